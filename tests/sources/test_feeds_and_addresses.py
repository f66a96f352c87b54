from __future__ import annotations

from pathlib import Path

import pytest
from websites import NEARBY, Website, page, redirect

from policygraph.model import Article
from policygraph.sources import Failure, load

PROSE = "The Federal Trade Commission sued Meta on Monday over its purchase of Instagram. " * 8
PAGE = (
    "<html><head><title>The FTC sues Meta - The Ledger</title></head><body><article>"
    f"<h1>The FTC sues Meta</h1><p>{PROSE}</p></article></body></html>"
)
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Ledger</title>
<item><title>The FTC sues Meta &amp; Instagram</title><link>https://ledger.example/ftc</link>
<pubDate>Wed, 09 Dec 2020 21:00:00 GMT</pubDate><dc:creator>Jane Doe</dc:creator>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>{PROSE}</p>]]></content:encoded>
</item>
<item><title>Only a teaser</title><link>/second</link><description>Short.</description>
<author>john@ledger.example (John Roe)</author>
<pubDate>Thu, 10 Dec 2020 08:00:00 GMT</pubDate>
</item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Carnet</title>
<entry><title>La FTC poursuit Meta</title><link rel="alternate" href="https://carnet.example/ftc"/>
<link rel="self" href="https://carnet.example/api/1"/><updated>2021-01-02T00:00:00Z</updated>
<published>2020-12-09T21:00:00Z</published><author><name>Jeanne Morel</name></author>
<content type="html">&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry></feed>"""


@pytest.fixture
def site(website: Website) -> str:
    website.pages.update(
        {
            "/page": page(PAGE),
            "/second": page(PAGE.replace("FTC", "Commission")),
            "/latin": page(PAGE.replace("Meta", "Méta"), encoding="iso-8859-1"),
            "/feed": page(RSS, type="application/rss+xml"),
            "/paper.pdf": page("%PDF-1.7 ...", type="application/pdf"),
            "/moved": redirect("/page"),
        }
    )
    return website.url


def read(url: str) -> Article | Failure:
    [found] = load(url, fetch=NEARBY)
    return found


def test_a_page_is_fetched_with_its_address(site: str) -> None:
    article = read(f"{site}/page")

    assert isinstance(article, Article)
    assert (article.title, article.publisher) == ("The FTC sues Meta", "The Ledger")
    assert (article.source, article.url) == (f"{site}/page", f"{site}/page")


def test_a_redirect_is_followed(site: str) -> None:
    article = read(f"{site}/moved")

    assert isinstance(article, Article)
    assert (article.source, article.url) == (f"{site}/moved", f"{site}/page")


def test_the_charset_that_a_server_declares_is_used(site: str) -> None:
    article = read(f"{site}/latin")

    assert isinstance(article, Article)
    assert article.title == "The FTC sues Méta"


@pytest.mark.parametrize(
    ("path", "reason"), [("/gone", "answered 404"), ("/paper.pdf", "a damaged PDF")]
)
def test_what_cannot_be_read_behind_an_address_says_why(site: str, path: str, reason: str) -> None:
    failure = read(site + path)

    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_private_addresses_are_refused_unless_allowed(site: str) -> None:
    [failure] = load(f"{site}/page")

    assert isinstance(failure, Failure)
    assert "private address" in failure.reason


def test_a_fetched_feed_gives_its_entries_and_follows_its_teasers(site: str) -> None:
    whole, followed = load(f"{site}/feed", fetch=NEARBY)

    assert isinstance(whole, Article)
    assert isinstance(followed, Article)
    assert whole.title == "The FTC sues Meta & Instagram"
    assert (whole.published, whole.authors) == ("2020-12-09", ("Jane Doe",))
    assert (whole.publisher, whole.source) == ("The Ledger", "https://ledger.example/ftc")
    assert followed.title == "The Commission sues Meta"
    assert (followed.published, followed.authors) == ("2020-12-10", ("John Roe",))


def test_a_feed_in_a_file_gives_what_it_holds_and_names_the_rest(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)

    whole, teaser = load(tmp_path / "feed.xml")

    assert isinstance(whole, Article)
    assert isinstance(teaser, Failure)
    assert teaser.source == "feed.xml[2]"
    assert "only a teaser" in teaser.reason


def test_an_atom_feed_is_read_by_its_day_of_publication(tmp_path: Path) -> None:
    (tmp_path / "feed.atom").write_text(ATOM)

    [article] = load(tmp_path / "feed.atom")

    assert isinstance(article, Article)
    assert (article.published, article.authors) == ("2020-12-09", ("Jeanne Morel",))
    assert (article.publisher, article.url) == ("Le Carnet", "https://carnet.example/ftc")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<?xml version='1.0'?><note>Hi</note>", "no feed"),
        ("<rss><channel><title>Empty</title></channel></rss>", "without entries"),
        ("<rss", "without entries"),
    ],
)
def test_what_is_no_feed_says_so(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "feed.xml").write_text(text)

    [failure] = load(tmp_path / "feed.xml")

    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_a_feed_may_not_read_files_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words " * 100)
    (tmp_path / "feed.xml").write_text(
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><channel><item>'
        "<title>A</title><description>&x;</description></item></channel></rss>"
    )

    [found] = load(tmp_path / "feed.xml")

    assert isinstance(found, Failure)


def test_a_feed_that_declares_another_encoding_than_its_text_keeps_its_accents(
    tmp_path: Path,
) -> None:
    text = ATOM.replace("<feed", '<?xml version="1.0" encoding="iso-8859-1"?><feed')
    text = text.replace("Jeanne Morel", "Irène Morél")
    (tmp_path / "feed.atom").write_text(text, encoding="iso-8859-1")

    [article] = load(tmp_path / "feed.atom")

    assert isinstance(article, Article)
    assert article.authors == ("Irène Morél",)
