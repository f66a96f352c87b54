from __future__ import annotations

import json
from typing import Any

import pytest

from policygraph.sources.html import read_html
from policygraph.sources.plain import read_plain

STORY = "The FTC sues Meta over Instagram"
BODY = "<p>The FTC sued Meta on Monday over its purchase of Instagram, a rival, in court.</p>" * 3


def published(head: str = "", top: str = "", foot: str = "", url: str = "") -> str | None:
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    article = read_html(
        f"<html lang='en'><head>{canonical}{head}</head><body>{top}<main><h1>{STORY}</h1>{BODY}"
        f"</main>{foot}</body></html>",
        source="a",
    )
    assert article is not None
    return article.publisher


def linked(**data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def named(name: str) -> str:
    return f'<meta property="og:site_name" content="{name}">'


def story(**data: Any) -> str:
    return linked(**{"@type": "NewsArticle", "headline": STORY, **data})


LEDGER_POST = '<link rel="alternate" type="application/rss+xml" title="Ledger Post" href="/feed/">'


def organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        (named("The Ledger"), "The Ledger"),
        (story(publisher=organization("The Ledger")), "The Ledger"),
        (named("ledger.example") + story(publisher=organization("The Ledger")), "The Ledger"),
        (named("LEDGER.EXAMPLE"), "LEDGER.EXAMPLE"),
        (named("European Ledger - European Ledger"), "European Ledger"),
        (named("Medium") + story(publisher=organization("Fine Print Friday")), "Fine Print Friday"),
        (named("Medium"), "Medium"),
        (
            f"<title>{STORY} - The Ledger</title>"
            + named("The Ledger")
            + story(publisher=organization("Ledger Post Holdings Inc.")),
            "The Ledger",
        ),
        (story(isPartOf={"@type": "WebSite", "name": "The Ledger"}), "The Ledger"),
        (
            story() + linked(**{"@graph": [{"@type": "WebSite", "name": "The Ledger"}]}),
            "The Ledger",
        ),
        (
            story(author={"@type": "Person", "name": "Jane Doe"}, publisher={"name": "Jane Doe"})
            + named("Jane reads the law"),
            "Jane reads the law",
        ),
        (named("The Ledger | News that the city wakes up to"), "The Ledger"),
        (story(author=organization("Office for Fair Networks")), "Office for Fair Networks"),
        (f'<title>{STORY}</title><meta name="application-name" content="Ledger">', "Ledger"),
        (
            '<link rel="alternate" type="application/rss+xml" title="The Ledger &raquo; Feed" '
            'href="/feed/">',
            "The Ledger",
        ),
        (
            '<link rel="search" type="application/opensearchdescription+xml" title="Ledger" '
            'href="/s.xml">',
            "Ledger",
        ),
        (
            '<meta name="dcterms.publisher" content="Office for Fair Networks">'
            f"<title>{STORY} | OFN</title>",
            "Office for Fair Networks",
        ),
        (named("ledgerpost.example | All the news of the town") + LEDGER_POST, "Ledger Post"),
        (f"<title>{STORY} • Buttondown</title>" + named("Buttondown") + LEDGER_POST, "Ledger Post"),
    ],
)
def test_a_page_tells_machines_who_published_it(head: str, publisher: str) -> None:
    assert published(head) == publisher


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        ('<header><a href="/"><img src="l.png" alt="The Ledger logo"></a></header>', ""),
        ('<div><a href="/" title="The Ledger - Home">TL</a></div>', ""),
        ('<div><a rel="home" href="https://x.example/en">The Ledger</a></div>', ""),
        ('<a href="https://www.theledger.example/">The Ledger, back to homepage</a>', ""),
        ('<div class="site-title">The Ledger</div>', ""),
        ('<a href="index.html">The Ledger</a>', ""),
        ('<a href="/"><svg aria-label="The Ledger"><path></path></svg></a>', ""),
        ('<a href="/">The Ledger</a>', "<footer>© 2021 Ledger Media Group</footer>"),
        ('<p id="logo"><img src="l.svg" alt="Logo: The Ledger"></p>', ""),
        ("", "<footer><p>Copyright © 2019-2021, The Ledger Pvt. Ltd.</p></footer>"),
        ("", "<footer><p>The Ledger, proudly powered by WordPress</p></footer>"),
        ("", "<footer><p>© 2021 The Ledger. All rights reserved.</p></footer>"),
        ("", "<footer><p>About The Ledger</p><p>Contact The Ledger</p></footer>"),
        ("<header><p>Cookies on The Ledger</p></header>", ""),
        ("<header><p>Politics</p></header>", "<footer><p>Made by The Ledger in Rome</p></footer>"),
    ],
)
def test_a_page_shows_readers_who_published_it(top: str, foot: str) -> None:
    assert published("", top, foot, "https://www.theledger.example/2021/ftc") == "The Ledger"


def test_a_link_to_another_site_names_no_publisher() -> None:
    foot = '<p><a href="https://studio.example/">Studio Bright</a></p>'

    assert published("", "", foot, "https://www.theledger.example/a") is None


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        ("La Gazette du Port\nMenu\nRechercher", "Mentions légales\nPlan du site"),
        ("Menu\nPolitique", "Suivez La Gazette du Port sur Facebook\nMentions légales\nCGU"),
        (
            "La Gazette du Port et ses partenaires utilisent des cookies\nTout accepter\nMenu",
            "La Gazette du Port\nMentions légales",
        ),
        ("Menu\nPolitique", "Mentions légales\n© 2021 La Gazette du Port"),
        ("Menu", "© gazettedu-port.example 2021\nLa Gazette du Port\nMentions légales\nCGU"),
        (
            "Menu\nGoogle",
            "La Gazette du Port Magazine\nLa Gazette du Port Emploi\nLa Gazette du Port TV\n"
            "CGU\nPlan du site\nTous droits réservés",
        ),
        ("Menu", "Tous droits réservés\nCopyright © 2021 La Gazette du Port [P] Ltd.\nCGU"),
    ],
)
def test_the_text_of_a_page_shows_who_published_it(top: str, foot: str) -> None:
    story = "La Cnil a infligé lundi une amende de 50 millions d'euros à Google, a-t-elle annoncé."
    text = f"{top}\n\nLa Cnil sanctionne Google pour ses bannières\n{story}\n{story}\n\n{foot}"

    article = read_plain(text, source="a")

    assert article is not None
    assert article.publisher == "La Gazette du Port"
