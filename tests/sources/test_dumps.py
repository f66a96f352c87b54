from __future__ import annotations

import csv
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from policygraph.model import Article
from policygraph.sources import Failure, load

TEXT = "The FTC sued Meta on Monday, and a judge will hear the case in Washington next year."
EXPORTS: dict[str, Any] = {
    "crawler": {
        "maintext": TEXT,
        "title": "Meta in court",
        "date_publish": "2020-12-09 10:00:00",
        "source_domain": "news.example",
        "authors": ["Jane Doe"],
        "language": "en",
        "url": "https://news.example/meta",
    },
    "content api": {
        "webTitle": "Meta in court",
        "webPublicationDate": "2020-12-09T10:00:00Z",
        "webUrl": "https://news.example/meta",
        "fields": {"bodyText": TEXT, "byline": "Jane Doe", "publication": "news.example"},
    },
    "blog": {
        "title": {"rendered": "Meta in court"},
        "content": {"rendered": f"<p>{TEXT}</p>\n<p>It appealed &amp; lost.</p>"},
        "date": "2020-12-09T10:00:00",
        "link": "https://news.example/meta",
        "site_name": "news.example",
        "author_name": "Jane Doe",
    },
    "search index": {
        "_source": {
            "headline": "Meta in court",
            "body": TEXT,
            "publishedAt": 1607508000000,
            "outlet": "news.example",
            "author": {"name": "Jane Doe"},
            "canonical_url": "https://news.example/meta",
        }
    },
    "press database": {
        "HD": "Meta in court",
        "TD": TEXT,
        "PD": "20201209",
        "SN": "news.example",
        "byline": "By Jane Doe",
        "LA": "English",
        "url": "https://news.example/meta",
    },
    "paragraphs": {
        "headline": "Meta in court",
        "text": [{"text": TEXT}, "It appealed."],
        "pubDate": "Wed, 09 Dec 2020 10:00:00 GMT",
        "source": {"name": "news.example"},
        "creator": "Jane Doe",
        "link": "https://news.example/meta",
    },
}


def only(*found: Article | Failure) -> Article:
    [article] = found
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("name", EXPORTS)
def test_common_exports_are_read_without_being_told_how(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps([EXPORTS[name]]))

    article = only(*load(tmp_path / "a.json"))

    assert article.text.startswith(f"Meta in court\n\n{TEXT}")
    assert article.title == "Meta in court"
    assert article.published == "2020-12-09"
    assert article.publisher == "news.example"
    assert article.authors == ("Jane Doe",)
    assert article.lang == "en"
    assert article.url == "https://news.example/meta"
    assert article.source == "a.json[1]"


@pytest.mark.parametrize("wrap", ["articles", "response.results", "data"])
def test_a_list_may_stand_within_an_object(tmp_path: Path, wrap: str) -> None:
    value: Any = [{"text": TEXT, "title": "One"}, {"text": TEXT, "title": "Two"}, {"n": 1}]
    for name in reversed(wrap.split(".")):
        value = {"status": "ok", "tags": ["a", {"b": [1]}], name: value, "total": 3}
    (tmp_path / "a.json").write_text(json.dumps(value))

    one, two, three = load(tmp_path / "a.json")

    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert [one.title, two.title] == ["One", "Two"]
    assert "no string under 'text' or its usual names; its keys are n" in str(three)


def test_one_object_is_one_article_whatever_lists_it_has(tmp_path: Path) -> None:
    value = {"data": ["x"], "text": TEXT, "items": [], "tags": [{"a": 1}], "title": "One"}
    (tmp_path / "a.json").write_text(json.dumps(value))

    assert only(*load(tmp_path / "a.json")).title == "One"


def test_what_stands_before_a_fault_is_read(tmp_path: Path) -> None:
    whole = json.dumps([{"text": TEXT, "title": "One"}, {"text": TEXT, "title": "Two"}])
    (tmp_path / "a.json").write_text(whole[:-30])

    article, failure = load(tmp_path / "a.json")

    assert isinstance(article, Article)
    assert str(failure) == "a.json: not valid JSON: parse error: premature EOF"


def test_columns_that_a_user_names_win_and_are_joined(tmp_path: Path) -> None:
    row = {
        "text": "not this",
        "Lead, in": "Meta was sued.",
        "more": {"body": TEXT},
        "Kopf": "T",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row))

    article = only(
        *load(tmp_path / "a.jsonl", columns={"text": ("Lead, in", "more.body"), "title": ("Kopf",)})
    )

    assert article.text == f"T\n\nMeta was sued.\n\n{TEXT}"


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"headline,body\nOne,{TEXT!r}\n")
    (tmp_path / "a.jsonl").write_text(json.dumps({"a": {"b": "c"}}))
    (tmp_path / "b.jsonl").write_text(json.dumps({"url": "https://news.example/a"}))

    reasons = [str(f) for f in load(tmp_path / "a.csv", columns={"text": ("words",)})]
    reasons += [str(f) for f in load(tmp_path / "a.jsonl", columns={"text": ("words",)})]
    reasons += [str(f) for f in load(tmp_path / "b.jsonl")]

    assert reasons[0] == "a.csv: no column 'words' for text; the columns are headline, body"
    assert reasons[1] == "a.jsonl:1: nothing under words; its keys are a.b"
    assert "only an address" in reasons[2]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_row_by_row(tmp_path: Path, separator: str, encoding: str) -> None:
    text = 'Le tribunal, dit-il, a jugé "illégal" ;\nl\'accord sera revu à Besançon en été.'
    with (tmp_path / "a.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(["Titre", "Texte intégral", "Date de parution", "Journal"])
        writer.writerow(["Un", text, "04/08/2020", "L'Écho"])
        writer.writerow(["Deux", "", "", ""])
        writer.writerow([])
        writer.writerow(["Trois", text, "5 août 2020", "L'Écho"])

    one, two, three = load(tmp_path / "a.csv")

    assert isinstance(one, Article)
    assert one.text == f"Un\n\n{text}"
    assert (one.published, one.publisher, one.lang) == ("2020-08-04", "L'Écho", "fr")
    assert one.source == "a.csv:2"
    assert isinstance(two, Failure)
    assert two.source == "a.csv:4"
    assert isinstance(three, Article)
    assert (three.source, three.published) == ("a.csv:6", "2020-08-05")


def test_a_row_cut_short_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"title,text\nOne,{TEXT!r}\nTwo\nThree,{TEXT!r},too,many\n")

    found = list(load(tmp_path / "a.csv"))

    assert [type(one) for one in found] == [Article, Failure, Article]


def test_a_line_without_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policygraph.sources.origin.LINE", 1000)
    good = json.dumps({"text": TEXT})
    (tmp_path / "a.jsonl").write_text(f"{good}\n{'x' * 5000}\n{good}\n")

    found = list(load(tmp_path / "a.jsonl"))

    assert [one.source for one in found] == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3"]
    assert [type(one) for one in found] == [Article, Failure, Article]


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv"])
def test_memory_does_not_grow_with_the_number_of_articles(tmp_path: Path, suffix: str) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.{suffix}"
        text = f"{TEXT} " + "word " * 2000
        row = f'"{text}",en' if suffix == "csv" else json.dumps({"text": text, "lang": "en"})
        rows = f",{row}" * (count - 1) if suffix == "json" else f"\n{row}" * count
        before, after = {"jsonl": ("", ""), "json": (f"[{row}", "]"), "csv": ("text,lang", "")}[
            suffix
        ]
        path.write_text(before + rows + after)
        del rows
        tracemalloc.start()
        assert sum(isinstance(found, Article) for found in load(path)) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once

    assert peak(400) < peak(40) + 500_000  # of 4 MB
