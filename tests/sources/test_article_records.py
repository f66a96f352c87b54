from __future__ import annotations

import json
from pathlib import Path

from policygraph.model import Article, Comment, Place, Record
from policygraph.sources import Failure, load

ARTICLE = Article(
    source="folder/a.html",
    text="The FTC sues Meta\n\nThe FTC sued Meta on Monday in Washington.",
    lang="en",
    title="The FTC sues Meta",
    subtitle="At last",
    published="2020-12-09",
    published_note="not printed on the page; read from its address",
    modified="2020-12-11",
    publisher="The Ledger",
    authors=("Jane Doe", "John Roe"),
    url="https://ledger.example/ftc",
    tags=("FTC", "Meta"),
    places=(Place(0, 17, 204), Place(19, 61, 260)),
    comments=(Comment(text="At last.\n\nReally.", author="Ann", published="2020-12-10"),),
)


def test_a_record_that_was_written_is_read_back_unchanged(tmp_path: Path) -> None:
    record = Record(article=ARTICLE)
    (tmp_path / "one.json").write_text(json.dumps(record.to_json()))
    (tmp_path / "many.jsonl").write_text(json.dumps(record.to_json()) + "\n\n")
    (tmp_path / "list.json").write_text(json.dumps([record.to_json()]))

    found = list(load(tmp_path))

    assert found == [ARTICLE] * 3


def test_objects_of_a_similar_shape_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps(
            {
                "headline": "The FTC sues Meta",
                "text": "The FTC sued Meta on Monday in Washington.",
                "date": "Dec. 9, 2020",
                "author": "By Jane Doe",
                "link": "https://ledger.example/ftc",
            }
        )
    )

    [article] = load(tmp_path / "a.json")

    assert isinstance(article, Article)
    assert article.text.startswith("The FTC sues Meta\n\nThe FTC sued")
    assert (article.published, article.authors) == ("2020-12-09", ("Jane Doe",))
    assert article.url == "https://ledger.example/ftc"


def test_annotated_text_is_not_moved(tmp_path: Path) -> None:
    record = Record(article=ARTICLE).to_json() | {
        "text": "The FTC sued Meta.",
        "entities": [{"id": "e1", "name": "FTC", "type": "GovernmentBody", "mentions": []}],
    }
    (tmp_path / "a.json").write_text(json.dumps(record))

    [article] = load(tmp_path / "a.json")

    assert isinstance(article, Article)
    assert article.text == "The FTC sued Meta."


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "Meta sued the FTC in Washington."}\nnot json\n{"title": "no text"}\n'
        '{"text": "Apple appealed in Luxembourg."}\n'
    )

    found = list(load(tmp_path / "a.jsonl"))

    assert [one.source for one in found] == [f"a.jsonl:{number}" for number in (1, 2, 3, 4)]
    assert [type(one) for one in found] == [Article, Failure, Failure, Article]


def test_standard_input_is_told_apart_by_how_it_begins() -> None:
    from policygraph.sources.formats import read_bytes

    page = b"<!doctype html><html><body><p>" + b"The FTC sued Meta on Monday in court. " * 5
    kinds = {
        page: "The FTC sued",
        b'{"text": "The FTC sued Meta on Monday."}': "The FTC sued",
        b'{"text": "The FTC sued Meta."}\n{"text": "The FTC lost."}\n': "The FTC",
        b"The FTC sued Meta on Monday.": "The FTC sued",
    }

    for data, begin in kinds.items():
        for article in read_bytes(data, source="-"):
            assert isinstance(article, Article)
            assert article.text.startswith(begin)
