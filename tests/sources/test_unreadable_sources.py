from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.model import Article
from policygraph.sources import Failure, load

FRENCH = (
    "Le tribunal a tranché\n\nL’été dernier, la société française a été condamnée à Besançon. "
    "Elle fera appel, a déclaré son avocat."
)
PAGE = (Path(__file__).parent.parent / "pages" / "html" / "wordpress-en.html").read_text("utf-8")


def failure_of(*found: Article | Failure) -> Failure:
    [one] = found
    assert isinstance(one, Failure), one
    return one


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("nothing.txt", b"", "empty"),
        ("blank.html", b" \n\t ", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(500), "looks binary"),
        ("paper.pdf", b"%PDF-1.7 stream", "a damaged PDF"),
        ("noise.txt", bytes(range(256)) * 20, "looks binary"),
        ("style.css", b"a { color: red }", "no known format"),
        ("signs.txt", b"*** --- !!!", "no words"),
        (
            "app.html",
            b"<html><body><div id=app></div><script>run()</script></body></html>",
            "no art",
        ),
        ("word.html", b"<html><body><h1>Hello</h1><p>World</p></body></html>", "no article text"),
        ("cut.json", b'{"text": ', "not valid JSON"),
        ("deep.json", b"[" * 100_000, "not valid JSON"),
        ("other.json", b'{"words": "none"}', "no string under 'text'"),
        ("number.json", b"3", "found int"),
        ("void.json", b"[]", "an empty list"),
    ],
)
def test_what_holds_no_article_gives_one_failure_with_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)

    failure = failure_of(*load(tmp_path / name))

    assert failure.source == name
    assert reason in failure.reason
    assert "\n" not in str(failure)


def test_a_failure_does_not_stop_what_comes_after_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Meta sues the FTC\n\nMeta sued the FTC on Monday.")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "c.txt").write_text("Apple appeals\n\nApple appealed in Luxembourg on Tuesday.")

    found = list(load(tmp_path))

    assert [type(one) for one in found] == [Article, Failure, Article]


def test_a_missing_path_is_named_with_what_may_be_given(tmp_path: Path) -> None:
    missing = failure_of(*load(tmp_path / "nowhere.txt"))
    unmatched = failure_of(*load(str(tmp_path / "*.html")))

    assert "no such file or folder" in missing.reason
    assert unmatched.reason == "matches no file"


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / ".hidden.txt").write_text("not read")

    failure = failure_of(*load(tmp_path / "articles"))

    assert str(failure) == "articles: an empty folder; expected articles in it"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "mac_roman", "utf-16", "utf-16-le"]
)
def test_a_text_is_read_in_the_encodings_that_french_comes_in(
    tmp_path: Path, encoding: str
) -> None:
    text = FRENCH.replace("’", "'") if encoding == "latin-1" else FRENCH
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))

    [article] = load(tmp_path / "a.txt")

    assert isinstance(article, Article)
    assert article.text == text


def test_a_stray_nul_makes_no_page_binary(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.replace("Ofcom may", "Ofcom \x00may").encode())

    [article] = load(tmp_path / "a.html")

    assert isinstance(article, Article)
    assert "Ofcom may fine" in article.text


def test_a_page_cut_in_mid_tag_gives_what_is_there(tmp_path: Path) -> None:
    cut = PAGE[: PAGE.index("told a committee") + len("told a committee of the Lo")]
    (tmp_path / "a.html").write_text(cut)

    [article] = load(tmp_path / "a.html")

    assert isinstance(article, Article)
    assert article.title == "Ofcom gets its teeth: who will be fined first?"
    assert "What happens next" in article.text


def test_a_page_of_five_megabytes_of_script_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        PAGE.replace("</head>", f"<script>{'x=1;' * 1_300_000}</script></head>")
    )

    [article] = load(tmp_path / "a.html")

    assert isinstance(article, Article)
    assert article.text.endswith("told a committee of the Lords.")


@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_a_text_longer_than_the_pipelines_take_is_refused(tmp_path: Path, suffix: str) -> None:
    prose = "<p>The Commission said on Monday that it would look at the agreement.</p>\n" * 20_000
    page = f"<html><body><article><h1>Long</h1>{prose}</article></body></html>"
    (tmp_path / f"a.{suffix}").write_text(
        page if suffix == "html" else prose.replace("<p>", "").replace("</p>", "\n")
    )

    failure = failure_of(*load(tmp_path / f"a.{suffix}"))

    assert "an article may have 1000000" in failure.reason


def test_a_page_nested_a_thousand_deep_ends_no_run(tmp_path: Path) -> None:
    deep = "<div>" * 3000 + "<p>Short words.</p>" + "</div>" * 3000
    (tmp_path / "a.html").write_text(f"<html><body>{deep}</body></html>")

    failure = failure_of(*load(tmp_path / "a.html"))

    assert failure.reason


def test_an_element_of_countless_attributes_ends_no_run(tmp_path: Path) -> None:
    attributes = " ".join(f"data-{number}='a b'" for number in range(6000))
    (tmp_path / "a.html").write_text(f"<html><body><p {attributes}>Words.</p></body></html>")

    failure = failure_of(*load(tmp_path / "a.html"))

    assert "5000 attributes" in failure.reason


def test_a_long_attribute_is_none_of_countless_ones(tmp_path: Path) -> None:
    prose = "<p>The FTC sued Meta on Monday over its purchase of Instagram, a rival.</p>" * 3
    data = "a = b " * 20000
    (tmp_path / "a.html").write_text(
        f'<html><body data-all="{data}"><h1>A</h1>{prose}</body></html>'
    )

    [article] = load(tmp_path / "a.html")

    assert isinstance(article, Article)


def test_a_date_that_is_no_number_of_seconds_is_none(tmp_path: Path) -> None:
    text = "The FTC sued Meta on Monday over its purchase of Instagram."
    (tmp_path / "a.jsonl").write_text(
        "\n".join(f'{{"published": {day}, "text": "{text}"}}' for day in ("1e400", "1e300", "NaN"))
    )

    articles = list(load(tmp_path / "a.jsonl"))

    assert [isinstance(a, Article) and a.published for a in articles] == [None] * 3


def test_a_page_that_a_server_gave_for_a_pdf_is_read_as_a_page(tmp_path: Path) -> None:
    prose = "<p>The FTC sued Meta on Monday over its purchase of Instagram, a rival.</p>" * 3
    (tmp_path / "a.pdf").write_text(f"<!doctype html><html><body><h1>A</h1>{prose}</body></html>")

    [article] = load(tmp_path / "a.pdf")

    assert isinstance(article, Article)


def test_a_mail_from_countless_senders_ends_no_run(tmp_path: Path) -> None:
    prose = "The FTC sued Meta on Monday over its purchase of Instagram, a rival. " * 3
    (tmp_path / "a.eml").write_text(f"From: {'a,' * 100_000}\nSubject: The case\n\n{prose}")

    [article] = load(tmp_path / "a.eml")

    assert isinstance(article, Article)
    assert (article.title, article.publisher) == ("The case", None)


def test_a_german_article_keeps_its_language(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Bundeskartellamt prüft Google\n\nDie Behörde hat am Montag ein Verfahren eröffnet. "
        "Sie prüft, ob das Unternehmen seine Marktmacht missbraucht."
    )

    [article] = load(tmp_path / "a.txt")

    assert isinstance(article, Article)
    assert article.lang == "de"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("http://127.0.0.1/a", "private address"),
        ("http://[::1]/a", "private address"),
        ("http://", "only http and https"),
    ],
)
def test_an_address_that_must_not_be_fetched_says_why(url: str, reason: str) -> None:
    failure = failure_of(*load(url))

    assert failure.source == url
    assert reason in failure.reason
