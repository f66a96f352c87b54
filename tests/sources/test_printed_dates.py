from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.sources.dates import find_dates, first_date, is_day_first
from policygraph.sources.html import read_html

DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2049, 12, 31))

FRENCH = "<p>La CNIL a infligé lundi une amende de 50 millions d'euros à Google, à Paris.</p>"
COMMENT = (
    '<div class="comment"><b class="author">Ann</b> <i class="date">1 May 2020</i> <p>No!</p></div>'
)
ENGLISH = (
    "<p>The FTC sued Meta on Monday over its purchase of Instagram, a rival, in Washington.</p>"
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Publié le 3 août 2020 à 10h12", "2020-08-03"),
        ("Le 04/08/2020 à 14:54", "2020-08-04"),
        ("1er mars 2021", "2021-03-01"),
        ("le 14 févr. 2019", "2019-02-14"),
        ("Aug. 4, 2020", "2020-08-04"),
        ("August 4th, 2020 at 9:30 p.m. ET", "2020-08-04"),
        ("4 August 2020", "2020-08-04"),
        ("Tue, 04 Aug 2020 14:54:00 GMT", "2020-08-04"),
        ("2020-08-04T14:54:00+02:00", "2020-08-04"),
        ("2020/08/04", "2020-08-04"),
        ("04.08.2020", "2020-08-04"),
        ("août 2020", "2020-08"),
        ("04-Aug-2020", "2020-08-04"),
    ],
)
def test_a_printed_date_is_read(text: str, iso: str) -> None:
    assert first_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "45 jours",
        "70 % des fonds",
        "in 2020",
        "version 3.12.2",
        "the 5G of 2 operators",
        "31/02/2020",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert first_date(text) is None


def test_a_text_itself_tells_whether_its_days_come_first() -> None:
    assert is_day_first("12/21/2021 and 01/04/2022", "en") is False
    assert is_day_first("21/12/2021 and 01/04/2022", "en") is True
    assert is_day_first("01/04/2022", "fr") is True


@settings(deadline=None, max_examples=60)
@given(DAYS, st.sampled_from(["fr", "en"]), st.sampled_from(["long", "medium", "full"]))
def test_every_day_written_in_words_is_read_back(day: date, lang: str, width: str) -> None:
    text = format_date(day, width, locale=lang)

    assert [found.iso for found in find_dates(text)] == [day.isoformat()]


@pytest.mark.parametrize(
    ("head", "header", "iso"),
    [
        (
            '<meta property="article:published_time" content="2020-08-03T08:12:00Z">',
            "",
            "2020-08-03",
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", '
            '"datePublished": "2020-08-03"}</script>',
            "",
            "2020-08-03",
        ),
        ("", '<time datetime="2020-08-03T10:12">lundi</time>', "2020-08-03"),
        ("", "<div>Publié le 3 août 2020 à 10h12</div>", "2020-08-03"),
        ("", "<div>Le 03/08/2020 à 10:12</div>", "2020-08-03"),
        ("", "<div>Par Jeanne Morel, le 3 août 2020</div>", "2020-08-03"),
        ('<meta name="date" content="3 août 2020">', "", "2020-08-03"),
        (
            '<link rel="canonical" href="https://a.example/2020/08/03/la-cnil-et-google.html">',
            "",
            "2020-08-03",
        ),
    ],
)
def test_a_page_is_dated_by_what_it_says(head: str, header: str, iso: str) -> None:
    page = (
        f'<html lang="fr"><head>{head}</head><body><article><h1>La CNIL et Google</h1>{header}'
        f"{FRENCH * 3}</article></body></html>"
    )

    article = read_html(page, source="a.html")

    assert article is not None
    assert article.published == iso


def test_a_pages_address_dates_it_with_a_note() -> None:
    page = f"<html><body><article><h1>The FTC and Meta</h1>{ENGLISH * 3}</article></body></html>"

    article = read_html(page, source="a", url="https://a.example/news/2020/08/03/ftc-meta")

    assert article is not None
    assert article.published == "2020-08-03"
    assert article.published_note == "not printed on the page; read from its address"


def test_a_comment_does_not_date_an_article_that_has_a_date() -> None:
    page = (
        f"<html><body><article><h1>The FTC and Meta</h1><p>3 August 2021</p>{ENGLISH * 3}</article>"
        f'<section class="comments">{COMMENT}{COMMENT.replace("Ann", "Bob")}</section>'
        "</body></html>"
    )

    article = read_html(page, source="a")

    assert article is not None
    assert (article.published, article.published_note) == ("2021-08-03", None)
    assert [comment.published for comment in article.comments] == ["2020-05-01", "2020-05-01"]


def test_only_where_nothing_else_exists_a_comment_dates_an_article_and_a_note_says_so() -> None:
    page = (
        f"<html><body><article><h1>The FTC and Meta</h1>{ENGLISH * 3}</article>"
        f'<section class="comments">{COMMENT}</section></body></html>'
    )

    article = read_html(page, source="a")

    assert article is not None
    assert article.published == "2020-05-01"
    assert "earliest reader comment" in (article.published_note or "")
