from __future__ import annotations

import json
from pathlib import Path

import pytest

from policygraph.model import Article
from policygraph.sources import load

PAGES = sorted((Path(__file__).parent.parent / "pages" / "html").glob("*.html"))


def read(page: Path) -> Article:
    [article] = load(page)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_says_who_published_what_and_when(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text("utf-8"))

    article = read(page)

    told = {
        "lang": article.lang,
        "title": article.title,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "published": article.published,
        "noted": article.published_note is not None,
    }
    assert told == {name: expected[name] for name in told}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_its_article_and_no_furniture(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text("utf-8"))

    text = read(page).text

    assert text.startswith(expected["title"] + "\n\n")
    assert [words for words in expected["must"] if words not in text] == []
    assert [words for words in expected["must_not"] if words in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_keeps_its_comments_apart(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text("utf-8"))

    article = read(page)

    told = [[comment.author, comment.published] for comment in article.comments]
    assert told == expected["comments"]
    assert all(comment.text.split("\n")[0] not in article.text for comment in article.comments)


def test_the_order_of_a_pages_text_is_the_order_of_the_page() -> None:
    for page in PAGES:
        expected = json.loads(page.with_suffix(".json").read_text("utf-8"))
        text = read(page).text
        places = [text.index(words) for words in expected["must"]]
        assert places == sorted(places), page.stem
