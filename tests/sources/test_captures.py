from __future__ import annotations

import json
from pathlib import Path

import pytest

from policygraph.model import Article
from policygraph.sources import load

CAPTURES = sorted((Path(__file__).parent.parent / "pages" / "captures").glob("*.txt"))


def read(capture: Path) -> Article:
    [article] = load(capture)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: path.stem)
def test_a_captured_page_gives_its_article(capture: Path) -> None:
    expected = json.loads(capture.with_suffix(".json").read_text("utf-8"))

    article = read(capture)

    told = {
        "lang": article.lang,
        "title": article.title,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "published": article.published,
        "noted": article.published_note is not None,
        "paragraphs": [
            paragraph[: len(begin)]
            for paragraph, begin in zip(
                article.text.split("\n\n"), expected["paragraphs"], strict=False
            )
        ],
        "comments": [[comment.author, comment.published] for comment in article.comments],
    }
    assert told == expected
    assert len(article.text.split("\n\n")) == len(expected["paragraphs"])


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: path.stem)
def test_no_comment_of_a_captured_page_stands_in_its_text(capture: Path) -> None:
    article = read(capture)

    assert article.text.startswith(f"{article.title}\n\n")
    for comment in article.comments:
        assert comment.text.split("\n")[0] not in article.text


def test_the_captures_cover_both_languages() -> None:
    languages = {path.stem[-2:] for path in CAPTURES}

    assert languages == {"en", "fr"}
    assert len(CAPTURES) >= 10
