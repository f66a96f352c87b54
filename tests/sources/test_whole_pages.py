"""Pages in HTML and captures of pages as text, each with a record of what is in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policygraph.model import Article
from policygraph.sources import load

FOLDER = Path(__file__).parent.parent / "pages"
HTML = sorted((FOLDER / "html").glob("*.html"))
CAPTURES = sorted((FOLDER / "captures").glob("*.txt"))
METADATA = ("lang", "title", "authors", "publisher", "published", "noted")


def read(page: Path) -> Article:
    [article] = load(page)
    assert isinstance(article, Article), article
    return article


def expected(page: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return record


def name(page: Path) -> str:
    return f"{page.parent.name}-{page.stem}"


@pytest.mark.parametrize("page", [*HTML, *CAPTURES], ids=name)
def test_a_page_says_who_published_what_and_when(page: Path) -> None:
    article = read(page)

    told = {
        "lang": article.lang,
        "title": article.title,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "published": article.published,
        "noted": article.published_note is not None,
    }
    assert told == {name: expected(page)[name] for name in METADATA}


@pytest.mark.parametrize("page", [*HTML, *CAPTURES], ids=name)
def test_a_page_keeps_its_comments_apart(page: Path) -> None:
    article = read(page)

    told = [[comment.author, comment.published] for comment in article.comments]
    assert told == expected(page)["comments"]
    assert article.text.startswith(f"{article.title}\n\n")
    assert all(comment.text.split("\n")[0] not in article.text for comment in article.comments)


@pytest.mark.parametrize("page", HTML, ids=name)
def test_a_page_gives_its_article_in_its_order_and_no_furniture(page: Path) -> None:
    text, record = read(page).text, expected(page)

    assert [words for words in record["must"] if words not in text] == []
    assert [words for words in record["must_not"] if words in text] == []
    places = [text.index(words) for words in record["must"]]
    assert places == sorted(places)


@pytest.mark.parametrize("page", CAPTURES, ids=name)
def test_a_captured_page_gives_the_paragraphs_of_its_article(page: Path) -> None:
    begins = expected(page)["paragraphs"]

    paragraphs = read(page).text.split("\n\n")

    told = [text[: len(begin)] for text, begin in zip(paragraphs, begins, strict=False)]
    assert (told, len(paragraphs)) == (begins, len(begins))


def test_the_pages_cover_both_languages() -> None:
    assert {page.stem[-2:] for page in HTML} == {page.stem[-2:] for page in CAPTURES}
    assert {page.stem[-2:] for page in CAPTURES} == {"en", "fr"}
    assert len(HTML) >= 10 <= len(CAPTURES)
