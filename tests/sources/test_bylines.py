from __future__ import annotations

import json

import pytest

from policygraph.sources.byline import read_byline
from policygraph.sources.html import read_html

BODY = (
    "<p>The FTC sued Meta on Monday over its purchase of Instagram, a rival, in Washington.</p>" * 3
)


ANN_AND_OTHERS = ("Ann Ruddock", "Pat O'Hara", "Lee Marsh")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Par Élodie Marchetti", ("Élodie Marchetti",)),
        ("Le , par Patrick Ruiz", ("Patrick Ruiz",)),
        ("Par Jean-Luc d'Aubigné et Zoé van der Berg", ("Jean-Luc d'Aubigné", "Zoé van der Berg")),
        ("By Jane Doe and John Roe, Staff Writers", ("Jane Doe", "John Roe")),
        ("By JANE Q. DOE", ("Jane Q. Doe",)),
        ("Written by Vikram S. Menon", ("Vikram S. Menon",)),
        ("Posted on July 20, 2020 by Tom Ainsley", ("Tom Ainsley",)),
        ("Par La rédaction", ()),
        ("Par Julie Marchand avec AFP", ("Julie Marchand",)),
        ("Un texte de Geneviève Lachance", ("Geneviève Lachance",)),
        ("Sarah Oduya, Technology correspondent", ("Sarah Oduya",)),
        ("Par Maud Kervella (avec AFP)", ("Maud Kervella",)),
        ("Par Maud Kervella, à Bruxelles", ("Maud Kervella",)),
        ("Par Maud Kervella (@maudk)", ("Maud Kervella",)),
        ("Par Maud Kervella | Suivre", ("Maud Kervella",)),
        ("Par Pierre LE GUILLOU", ("Pierre Le Guillou",)),
        ("Article rédigé par Maud Kervella", ("Maud Kervella",)),
        ("Une enquête signée Maud Kervella", ("Maud Kervella",)),
        ("Propos recueillis par Maud Kervella et Zoé Hamon", ("Maud Kervella", "Zoé Hamon")),
        ("Texte : Maud Kervella – Photos : Luc Hamon", ("Maud Kervella",)),
        ("© Tarn Dépêches par Maud KERVELLA à Albi", ("Maud Kervella",)),
        ("Par Le Courrier avec AFP", ()),
        ("By The Associated Press", ()),
        ("ByAnn Ruddock", ("Ann Ruddock",)),
        ("By Ann Ruddock in Brussels and Pat O'Hara in London", ("Ann Ruddock", "Pat O'Hara")),
        ("By Ann Ruddock, Pat O'Hara and Lee Marsh, Reuters", ANN_AND_OTHERS),
        ("By Ann Ruddock Political reporter, The Harbour Post", ("Ann Ruddock",)),
        ("By Ann Ruddock For Kettleonline", ("Ann Ruddock",)),
        ("By Dr. Ann Ruddock, Senior Fellow", ("Dr. Ann Ruddock",)),
        ("Guest post by Ann Ruddock", ("Ann Ruddock",)),
        ("Analysis by Ann Ruddock", ("Ann Ruddock",)),
        ("Traduit le 3 mai 2021 par Maud Kervella", ("Maud Kervella",)),
        ("Words by Ann Ruddock; photographs by Lee Marsh", ("Ann Ruddock",)),
    ],
)
def test_a_byline_names_its_writers(line: str, authors: tuple[str, ...]) -> None:
    byline = read_byline(line)

    assert byline is not None
    assert byline.authors == authors


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BRUSSELS, April 23, 2025 (Reuters)", "2025-04-23"),
        ("BRUSSELS, April 23, 2025 (Reuters) -", "2025-04-23"),
        ("Posted 6 November 2025, Dar es Salaam", "2025-11-06"),
        ("6 November 2025, Dar es Salaam", "2025-11-06"),
        ("Dar es Salaam, 6 November 2025", "2025-11-06"),
        ("ACCRA, Ghana, 6 November 2025", "2025-11-06"),
        ("Nairobi — 6 November 2025", "2025-11-06"),
        ("New Delhi/Abuja, 6 November 2025", "2025-11-06"),
        ("Port-au-Prince, le 11 août 2023", "2023-08-11"),
        ("Publié le 11 août 2023 à Dar es Salaam", "2023-08-11"),
        ("Radio-Canada, publié le 11 août 2023", "2023-08-11"),
        ("Traduction publiée le 11 août 2023", "2023-08-11"),
        ("Billet publié le 11 août 2023", "2023-08-11"),
        ("Translated 14 September 2021", "2021-09-14"),
    ],
)
def test_a_place_an_outlet_or_a_kind_may_stand_beside_the_day(line: str, day: str) -> None:
    byline = read_byline(line)

    assert byline is not None
    assert (byline.published, byline.authors) == (day, ())


@pytest.mark.parametrize(
    "line",
    [
        "By May 2022 Meta must pay.",
        "Par conséquent, Google fait appel.",
        "By requiring Meta to sell Giphy, we are protecting users.",
        "Le 3 août 2020, Donald Trump a menacé de bannir TikTok.",
        "Microsoft and LinkedIn",
        "From Washington to Brussels, regulators are waking up",
        "The Commission fined Meta",
        "For Release",
        "Dar es Salaam",
        "Traduction juridique du 3 mai 2021 contestée",
        "Dar es Salaam sues over 6 November 2025",
        "Norvalis wins its case in Nairobi, 6 November 2025",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ({"@type": "Person", "name": "Jane Doe"}, ("Jane Doe",)),
        ([{"name": "Jane Doe"}, {"name": "John Roe"}], ("Jane Doe", "John Roe")),
        ("Jane Doe", ("Jane Doe",)),
        ({"name": ["Jane Doe"]}, ("Jane Doe",)),
        ({"@type": "Person", "name": "By Jane Doe and John Roe"}, ("Jane Doe", "John Roe")),
        ({"@id": "#jane"}, ()),
    ],
)
def test_json_ld_authors_are_read_in_every_shape(author: object, authors: tuple[str, ...]) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "The FTC and Meta", "author": author})
    page = (
        f'<html lang="en"><head><script type="application/ld+json">{data}</script></head>'
        f"<body><article><h1>The FTC and Meta</h1>{BODY}</article></body></html>"
    )

    article = read_html(page, source="a")

    assert article is not None
    assert article.authors == authors


def test_a_visible_byline_is_read_where_the_page_declares_none() -> None:
    page = (
        f"<html><body><article><h1>The FTC and Meta</h1><p>By Jane Doe | Aug. 4, 2020</p>{BODY}"
        "</article></body></html>"
    )

    article = read_html(page, source="a")

    assert article is not None
    assert (article.authors, article.published) == (("Jane Doe",), "2020-08-04")
    assert "Jane Doe" not in article.text
