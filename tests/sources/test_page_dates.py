from __future__ import annotations

import pytest

from policygraph.model import Article
from policygraph.sources.html import read_html

PROSE = (
    "<p>The regulator fined the company on Tuesday, after an inquiry that took two years and "
    "three changes of staff.</p><p>The company said that it would appeal, and that it had done "
    "nothing of which it need be ashamed in any of its offices.</p>"
)


def read(head: str = "", header: str = "", *, lang: str = "en", url: str | None = None) -> Article:
    article = read_html(
        f"<html lang={lang}><head><title>The regulator fines a company</title>{head}</head><body>"
        f"<article><h1>The regulator fines a company</h1>{header}{PROSE}</article></body></html>",
        source="page",
        url=url,
    )
    assert article is not None
    return article


@pytest.mark.parametrize(
    "header",
    [
        "<p>Le 04/08/2020 à 14:54</p>",
        "<p>Publié le 4 août 2020 à 14h54</p>",
        "<p>Publié le : 04/08/2020 - 14:54 Modifié le : 06/08/2020 - 10:00</p>",
        "<p>Rédigé par Awa Sow le Mardi 4 Août 2020 à 12:33 | Lu 245 fois</p>",
        "<p>Par Awa Sow, le 4 août 2020 • Mis à jour le 6 août 2020</p>",
        "<p>Publié hier à 16 h 12</p><time datetime='2020-08-04'>hier</time>",
    ],
)
def test_a_day_is_read_as_french_pages_print_it(header: str) -> None:
    assert read(header=header, lang="fr").published == "2020-08-04"


@pytest.mark.parametrize(
    "header",
    [
        "<p>PUBLISHED: 12:01, 4 August 2020 | UPDATED: 09:10, 6 August 2020</p>",
        "<p>Updated - August 06, 2020 06:52 pm IST</p><p>Published - August 04, 2020 - DELHI</p>",
        "<p>Aug. 4, 2020 5:30 am ET</p>",
        "<p>Tue 4 Aug 2020 18.40 BST</p>",
        "<span itemprop=datePublished content=2020-08-04T10:00:00Z>today</span>",
        "<time class=published title='2020-08-04T10:00:00Z'>9:14 AM</time>",
        "<time pubdate datetime=2020-08-04>a while ago</time>",
    ],
)
def test_a_day_is_read_as_english_pages_print_it(header: str) -> None:
    assert read(header=header).published == "2020-08-04"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-08-04T09:00:00Z">',
        '<meta property="og:article:published_time" content="2020-08-04T09:00:00+02:00">',
        '<meta name="pdate" content="20200804">',
        '<meta name="DC.date.issued" content="2020-08-04">',
        '<meta name="govuk:first-published-at" content="2020-08-04T09:30:00+01:00">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": '
        '"2020-08-04T09:00:00Z", "dateModified": "2020-08-09T09:00:00Z"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": '
        '"2020-08-04"}]}</script>',
    ],
)
def test_a_day_is_read_as_machines_are_told_it(head: str) -> None:
    assert read(head).published == "2020-08-04"


@pytest.mark.parametrize(
    "path", ["2020/08/04/story", "2020/aug/04/story", "a/story-2020-08-04/", "fr/20200804-story"]
)
def test_a_day_is_read_from_an_address_and_said_to_be(path: str) -> None:
    article = read(url=f"https://paper.example/{path}")

    assert article.published == "2020-08-04"
    assert article.published_note is not None


def test_the_last_change_is_kept_and_is_no_publication() -> None:
    article = read(
        '<meta property="article:published_time" content="2020-08-04T23:30:00Z">'
        '<meta property="article:modified_time" content="2020-08-05T06:11:40Z">',
        "<time>August 5, 2020</time>",
    )

    assert (article.published, article.modified) == ("2020-08-04", "2020-08-05")


def test_a_printed_day_corrects_one_of_another_time_zone() -> None:
    article = read(
        '<meta property="article:published_time" content="2020-08-05T02:30:00Z">',
        "<p>By Jane Doe, August 4, 2020</p>",
    )

    assert article.published == "2020-08-04"
