"""What the names of an article are linked to, and what they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policygraph.model import Article, Entity, Mention, Record
from policygraph.ontology import ENTITIES
from policygraph.resolve import link


def record(lang: str, *entities: tuple[str, str] | tuple[str, str, str]) -> Record:
    """An article that names these things: (type, name) or (type, name, further form)."""
    text = ""
    made = []
    for number, (type_, *names) in enumerate(entities, 1):
        mentions = []
        for name in names:
            mentions.append(Mention(len(text), len(text) + len(name), name))
            text += f"{name}. "
        made.append(Entity(id=f"e{number}", name=names[0], type=type_, mentions=tuple(mentions)))
    return Record(article=Article(source="a", text=text, lang=lang), entities=tuple(made))


def slugs(lang: str, *entities: tuple[str, str] | tuple[str, str, str]) -> list[str | None]:
    """The authority slugs of the article's things, None for the unknown."""
    linked = link(record(lang, *entities))
    return [e.iri.removeprefix(ENTITIES) if e.iri else None for e in linked.entities]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("fr", "LegalInstrument", "RGPD"), ("en", "LegalInstrument", "GDPR")),
        (
            ("fr", "IntergovernmentalOrganization", "Commission européenne", "Bruxelles"),
            ("en", "IntergovernmentalOrganization", "European Commission", "the Commission"),
        ),
        (("fr", "Person", "Trump"), ("en", "Person", "Donald J. Trump", "Trump")),
        (("fr", "GovernmentBody", "la Cnil"), ("en", "GovernmentBody", "CNIL")),
        (("fr", "Company", "Facebook"), ("en", "Company", "Facebook, Inc.")),
        (("fr", "Company", "MICROSOFT"), ("en", "Company", "Microsoft Corporation")),
        (
            ("fr", "GovernmentBody", "Commission nationale de l´informatique et des libertés"),
            ("fr", "GovernmentBody", "commission nationale de l'informatique et des libertes"),
        ),
    ],
)
def test_names_of_one_thing_have_one_iri(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    [first] = slugs(one[0], tuple(one[1:]))  # type: ignore[arg-type]
    [second] = slugs(other[0], tuple(other[1:]))  # type: ignore[arg-type]

    assert first is not None
    assert first == second


@pytest.mark.parametrize(
    ("type_", "name", "slug"),
    [
        ("Company", "Orange", "orange-sa"),
        ("Place", "Orange", None),
        ("Place", "Orange County", None),
        ("Company", "Oracle", "oracle"),
        ("Person", "Oracle", None),
        ("Company", "X", "twitter"),
        ("Product", "Signal", "signal"),
        ("Event", "Signal", None),
        ("Company", "Amazon", "amazon"),
        ("Place", "Amazon", None),
        ("Place", "Amazon River", None),
        ("Company", "Apple", "apple"),
        ("Group", "Apple", None),
        ("Company", "Apple Records", None),
        ("Person", "Fred Trump", None),
        ("Person", "Zebulon Trump", None),
        ("Company", "Deutsche Bahn", None),
        ("Company", "CDC Group", None),
    ],
)
def test_a_name_means_what_its_type_and_its_other_words_allow(
    type_: str, name: str, slug: str | None
) -> None:
    assert slugs("en", (type_, name)) == [slug]


@pytest.mark.parametrize(
    ("lang", "country", "body", "slug"),
    [
        ("en", "India", "Supreme Court", "supreme-court-of-india"),
        ("en", "Brazil", "Supreme Court", "brazilian-supreme-court"),
        ("en", "United States", "Supreme Court", "us-supreme-court"),
        ("en", "Bangladesh", "Supreme Court", None),
        ("fr", "Québec", "Assemblée nationale", "national-assembly-of-quebec"),
        ("fr", "France", "Assemblée nationale", "french-national-assembly"),
        ("fr", "Turquie", "Cour constitutionnelle", "turkish-constitutional-court"),
        ("en", "India", "Congress", "indian-national-congress"),
    ],
)
def test_a_body_that_every_country_has_is_that_of_the_articles_country(
    lang: str, country: str, body: str, slug: str | None
) -> None:
    place = "Place" if country == "Québec" else "Country"
    type_ = "AdvocacyGroup" if body == "Congress" else "GovernmentBody"
    [_, found] = slugs(lang, (place, country, country), (type_, body))

    assert found == slug


def test_a_misprint_is_forgiven_in_long_names_alone() -> None:
    found = slugs(
        "en", ("GovernmentBody", "Securities and Exchange Comission"), ("Company", "Gogle")
    )

    assert found == ["securities-and-exchange-commission", None]


def test_a_link_has_a_confidence_and_what_is_unknown_has_none() -> None:
    sure, weak, unknown = link(
        record("en", ("Company", "Microsoft"), ("Company", "Lime"), ("Company", "Zorblax"))
    ).entities

    assert sure.link_confidence is not None and weak.link_confidence is not None
    assert sure.link_confidence > weak.link_confidence
    assert (unknown.iri, unknown.wikidata, unknown.link_confidence) == (None, None, None)


def test_an_iri_and_a_qid_that_an_article_came_with_are_kept() -> None:
    given = record("en", ("Company", "Microsoft"), ("Company", "Redmond firm"))
    decided = replace(given.entities[0], iri="https://example.org/microsoft")
    known = replace(given.entities[1], wikidata="Q2283")

    linked = link(replace(given, entities=(decided, known)))

    assert [e.iri for e in linked.entities] == [
        "https://example.org/microsoft",
        f"{ENTITIES}microsoft",
    ]


def test_a_guess_of_the_extractor_is_taken_back_where_the_article_speaks_against_it() -> None:
    given = record("en", ("Person", "Fred Trump", "Trump"))
    guessed = replace(given.entities[0], iri=f"{ENTITIES}donald-trump", wikidata="Q22686")

    [entity] = link(replace(given, entities=(guessed,)), revise=True).entities

    assert (entity.iri, entity.wikidata) == (None, None)


@pytest.mark.parametrize(
    ("published", "type_", "name", "slug"),
    [
        ("2019-05-02", "Company", "Meta", None),
        ("2022-05-02", "Company", "Meta", "meta"),
        ("2019-05-02", "Company", "Facebook, Inc.", "meta"),
        ("2024-05-02", "Company", "Facebook, Inc.", "meta"),
        ("2021-03", "Company", "X", None),
        ("2024", "Company", "X", "twitter"),
        ("2010-01-01", "GovernmentBody", "Arcom", None),
    ],
)
def test_a_name_is_not_used_before_its_time(
    published: str, type_: str, name: str, slug: str | None
) -> None:
    given = record("en", (type_, name))
    dated = replace(given, article=replace(given.article, published=published))

    [entity] = link(dated).entities

    assert entity.iri == (ENTITIES + slug if slug else None)


@pytest.mark.parametrize(
    ("body", "slug"), [("Court of Justice", None), ("Federal Administrative Court", None)]
)
def test_a_body_does_not_vouch_for_its_own_country(body: str, slug: str | None) -> None:
    found = slugs("en", ("Country", "Bangladesh", "Bangladesh"), ("GovernmentBody", body))

    assert found[1] == slug


@pytest.mark.parametrize(
    ("lang", "country", "body", "slug"),
    [
        ("en", "New Zealand", "Parliament", "new-zealand-parliament"),
        ("en", "United Kingdom", "government", "uk-government"),
        ("en", "United Kingdom", "police", None),
        ("fr", "Pologne", "Tribunal constitutionnel", "polish-constitutional-tribunal"),
    ],
)
def test_what_a_country_has_one_of_is_known_by_its_kind(
    lang: str, country: str, body: str, slug: str | None
) -> None:
    [_, found] = slugs(lang, ("Country", country, country), ("GovernmentBody", body))

    assert found == slug


def test_titles_and_kinds_before_a_name_are_no_part_of_it() -> None:
    found = slugs("fr", ("AdvocacyGroup", "ONG Internet sans frontières"))

    assert found == ["internet-sans-frontieres"]
