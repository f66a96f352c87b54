"""Where pages of many kinds say who wrote them, each on the smallest page that shows it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policygraph.sources.html import read_html
from policygraph.sources.plain import read_plain

STORY = "The FTC sues Meta over Instagram"
PROSE = "The FTC sued Meta on Monday over its purchase of Instagram, a rival, in court."
BODY = f"<p>{PROSE}</p>" * 3


def writers(head: str = "", top: str = "", foot: str = "") -> tuple[str, ...]:
    article = read_html(
        f"<html lang='en'><head><title>{STORY}</title>{head}</head><body><main><h1>{STORY}</h1>"
        f"{top}{BODY}{foot}</main></body></html>",
        source="a",
    )
    assert article is not None
    return article.authors


def linked(*nodes: dict[str, Any], around: tuple[str, str] = ("", "")) -> str:
    data = json.dumps({"@graph": list(nodes)})
    kind = "application/ld+json; charset=utf-8"
    return f'<script type="{kind}">{around[0]}{data}{around[1]}</script>'


def story(author: Any, **data: Any) -> dict[str, Any]:
    return {"@type": ["Article", "NewsArticle"], "headline": STORY, "author": author, **data}


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Ann Ruddock"><meta name="author" content="Pat O\'Hara">',
        '<meta name="citation_author" content="Ruddock, Ann">'
        '<meta name="citation_author" content="O\'Hara, Pat">',
        '<meta name="twitter:label1" content="Written by">'
        '<meta name="twitter:data1" content="Ann Ruddock, Pat O\'Hara">',
        '<meta property="article:author" content="https://social.example/annr">'
        '<meta name="author" content="Ann Ruddock and Pat O\'Hara">',
        linked(
            story([{"name": "", "@id": "#1"}, {"givenName": "Pat", "familyName": "O'Hara"}]),
            {"@type": "Person", "@id": "#1", "name": "Ann Ruddock"},
        ),
        linked(
            story([{"name": "Ann Ruddock"}, {"name": "Pat O&#039;Hara"}]),
            around=("//<![CDATA[\n", "\n//]]>"),
        ),
    ],
)
def test_machines_are_told_of_each_writer(head: str) -> None:
    assert writers(head) == ("Ann Ruddock", "Pat O'Hara")


@pytest.mark.parametrize(
    "top",
    [
        '<ul class="article-authors"><li><a rel="author" href="/1">Ann Ruddock</a></li>'
        '<li><a rel="author" href="/2">Pat O\'Hara</a></li></ul>',
        '<div class="byline"><a href="/authors/1">Ann Ruddock</a> <a href="/authors/2">Pat O\'Hara'
        '</a> <a href="/x">Share</a></div>',
        '<p class="head_by__x3J"><span>By</span> <a>Ann Ruddock</a><span> and </span><a>Pat O\'Hara'
        "</a></p>",
        '<p><a class="th" href="/about/editors/ann">Ann Ruddock</a><br>'
        '<a class="th" href="/about/editors/pat">Pat O\'Hara</a></p>',
    ],
)
def test_readers_are_shown_each_writer(top: str) -> None:
    assert writers(top=top) == ("Ann Ruddock", "Pat O'Hara")


def test_a_given_name_that_shortens_a_day_is_kept() -> None:
    assert writers(top='<p class="byline"><a rel="author">Sam Levin</a></p>') == ("Sam Levin",)


def test_whoever_opens_a_thread_wrote_it() -> None:
    assert writers(top='<table><tr><td><a class="bigusername">Fileuse29</a></td></tr></table>') == (
        "Fileuse29",
    )


def test_a_name_below_the_last_sentence_is_the_writers_and_no_text() -> None:
    article = read_html(
        f"<html lang='en'><body><h1>{STORY}</h1>{BODY}<p><b>Ann Ruddock</b></p></body></html>",
        source="a",
    )

    assert article is not None
    assert article.authors == ("Ann Ruddock",)
    assert article.text.endswith("in court.")


def test_a_page_declared_to_be_its_sites_is_signed_by_whom_it_prints() -> None:
    site = {"@type": "Organization", "name": "Le Courrier du Lac"}

    assert writers(linked(story(site, publisher=site)), "<p>Par <b>Maud Kervella</b></p>") == (
        "Maud Kervella",
    )


def test_an_agency_that_signs_alone_is_the_writer() -> None:
    assert writers(linked(story("Associated Press"))) == ("Associated Press",)
    assert writers(linked(story(["Ann Ruddock", "Associated Press"]))) == ("Ann Ruddock",)


def test_an_authority_that_metadata_names_is_no_writer() -> None:
    assert writers('<meta name="dcterms.creator" content="Office for Fair Networks">') == ()


@pytest.mark.parametrize(
    "header",
    [
        "Ann Ruddock\nBusiness reporter\n@annr\n4 August 2020, 10:14 BST",
        "By\nAnn Ruddock\nPublished yesterday at 09:12, updated 4 August 2020",
        "August 4, 2020 · Ann Ruddock · 4 min read",
        "By Ann Ruddock | Staff\n4 August 2020\nA Norvalis shop. (Lee Marsh/The Ledger)",
        "Ann Ruddock\n4 August 2020\nA Norvalis shop in the rain of Leeds — © Lee Marsh / Wire",
    ],
)
def test_the_text_of_a_page_shows_its_writer(header: str) -> None:
    head, foot = "The Ledger\nMenu\nSign in", "Share\nPrivacy policy\n© 2020 The Ledger"
    prose = "\n\n".join([PROSE] * 3)

    article = read_plain(f"{head}\n{STORY}\n{header}\n\n{prose}\n\n{foot}", source="a")

    assert article is not None
    assert article.authors == ("Ann Ruddock",)
    assert article.text == f"{STORY}\n\n{prose}"


def test_a_paper_that_signs_its_page_is_its_publisher() -> None:
    head = "Connexion\nINFO RÉSEAUX\nDirect\nPolitique"
    header = "Par Info Réseaux avec AFP\nPublié le 04/08/2020 à 09:12\nLecture 2 min."
    text = f"{head}\n{STORY}\n{header}\n{PROSE}\n{PROSE}\nSuivez Info Réseaux sur Facebook\nCGU"

    article = read_plain(text, source="a")

    assert article is not None
    assert (article.authors, article.publisher) == ((), "Info Réseaux")
