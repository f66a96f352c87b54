from __future__ import annotations

import json

import pytest

from policygraph.model import Article
from policygraph.sources.html import read_html

BODY = (
    "<p>The FTC sued Meta on Monday over its purchase of Instagram, a rival, in Washington.</p>" * 3
)


def read(*, head: str = "", top: str = "", body: str = BODY) -> Article:
    article = read_html(
        f"<html lang='en'><head>{head}</head><body>{top}{body}</body></html>", source="a"
    )
    assert article is not None
    return article


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>The FTC sues Meta | Ledger</title>", "<h1>The FTC sues Meta</h1>", None),
        ("<title>The FTC sues Meta - Ledger</title>", "<h1>Ledger</h1>", None),
        (
            '<meta property="og:title" content="The FTC sues Meta">',
            "<h1><span>Antitrust</span> <span>The FTC sues Meta</span></h1>",
            None,
        ),
        (
            "<title>The FTC sues Meta</title>",
            '<h2 class="story-title"><a>The FTC sues Meta</a> <i>(ledger.example)</i></h2>',
            None,
        ),
        (
            "<title>Ledger: The FTC sues Meta</title>",
            '<h1>Ledger</h1><h3 class="post-title entry-title">The FTC sues Meta</h3>',
            None,
        ),
        (
            '<meta property="og:title" content="FTC sues Meta over Instagram">',
            "<h1>The FTC sues Meta over Instagram and WhatsApp</h1>",
            "The FTC sues Meta over Instagram and WhatsApp",
        ),
        (
            "<title>Meta fights back - Ledger</title>",
            "<h1>Ledger</h1><h1>Meta fights back</h1>",
            "Meta fights back",
        ),
    ],
)
def test_the_title_is_the_headline_alone(head: str, top: str, title: str | None) -> None:
    article = read(head=head, top=top)

    assert article.title == (title or "The FTC sues Meta")
    assert article.text.startswith(f"{article.title}\n\n")


def test_a_printed_day_wins_over_the_declared_one_that_is_utcs() -> None:
    head = '<meta property="article:published_time" content="2020-12-10T02:30:00Z">'
    top = "<h1>The FTC sues Meta</h1><p>By Jane Doe, December 9, 2020</p>"

    assert read(head=head, top=top).published == "2020-12-09"


def test_the_site_itself_is_no_writer_where_the_page_names_one() -> None:
    head = (
        '<meta property="og:site_name" content="The Ledger"><meta name="author" content="Ledger">'
    )
    top = "<h1>The FTC sues Meta</h1><p>By Jane Doe</p>"

    assert read(head=head, top=top).authors == ("Jane Doe",)


def test_broken_json_ld_is_left_aside() -> None:
    good = json.dumps(
        {"@type": "NewsArticle", "headline": "The FTC sues Meta", "author": "Ann Lee"}
    )
    head = "".join(
        f'<script type="application/ld+json">{data}</script>' for data in ("{oops", "[3]", good)
    )

    assert read(head=head).authors == ("Ann Lee",)


@pytest.mark.parametrize("name", ["paywall", "article promo"])
def test_a_wrapper_named_like_furniture_keeps_its_paragraphs(name: str) -> None:
    prose = (
        "<p>" + "The commission told the court that the deal had harmed every rival. " * 2 + "</p>"
    )
    inside = f'<div class="{name}">{prose.replace("deal", "first deal")}{prose}</div>'
    article = read(top="<h1>The FTC sues Meta</h1>", body=f"<article>{BODY * 6}{inside}</article>")

    assert "first deal" in article.text


def test_the_name_of_a_site_is_read_from_its_copyright_line() -> None:
    body = f"<main>{BODY}</main><footer>© 2020 The Daily Ledger. All rights reserved.</footer>"

    article = read(top="<h1>The FTC sues Meta</h1>", body=body)

    assert article.publisher == "The Daily Ledger"
