from __future__ import annotations

import pytest
from parsed import found, parse, read_names

FRENCH = """
    {before} {before} {pos} dep 4
    {article} le DET det 3
    Plume plume PROPN nsubj 4 ORG
    pleure pleurer VERB ROOT 0
"""


@pytest.mark.parametrize(
    ("before", "pos", "article", "name"),
    [
        ("collectif", "NOUN", "La", "La Plume"),
        ("Selon", "ADP", "La", "La Plume"),
        (",", "PUNCT", "Les", "Les Plume"),
        ("selon", "ADP", "la", "Plume"),
        ("Hier", "PROPN", "La", "La Plume"),
        (":", "PUNCT", "La", "Plume"),
        ("«", "PUNCT", "La", "Plume"),
        ("¶", "SPACE", "La", "Plume"),
        ("selon", "ADP", "Une", "Plume"),
    ],
)
def test_an_article_belongs_to_a_name_where_its_capital_says_so(
    before: str, pos: str, article: str, name: str
) -> None:
    doc = parse("fr", FRENCH.format(before=before, pos=pos, article=article))

    assert [node.name for node in read_names(doc).nodes] == [name]


@pytest.mark.parametrize(("before", "name"), [("told", "The Plume"), ("Sues", "Plume")])
def test_in_a_headline_with_capitals_an_article_tells_nothing(before: str, name: str) -> None:
    doc = parse(
        "en",
        f"""
        Zorblax Zorblax PROPN nsubj 2 ORG
        {before} x VERB ROOT 0
        The the DET det 4
        Plume Plume PROPN obj 2 ORG
        """,
    )

    assert [node.name for node in read_names(doc).nodes] == ["Zorblax", name]


def test_an_article_adds_nothing_to_what_the_authority_knows() -> None:
    doc = parse(
        "fr",
        """
        Mardi mardi NOUN obl 5
        , , PUNCT punct 5
        La le DET det 4
        CNIL CNIL PROPN nsubj 5 ORG
        parle parler VERB ROOT 0
        """,
    )

    assert found(doc)["CNIL"] == "GovernmentBody"


def test_a_noun_announces_a_name_with_its_article() -> None:
    doc = parse(
        "fr",
        """
        L' le DET det 2
        association association NOUN nsubj 5
        Les le DET det 4
        Plumes Plumes PROPN nmod 2
        pleure pleurer VERB ROOT 0
        """,
    )

    assert found(doc) == {"Les Plumes": "AdvocacyGroup"}
