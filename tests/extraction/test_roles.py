"""What posts are called."""

from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.coreference import link_nominals
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.roles import role_of

CHIEF = """
    Google Google PROPN nmod:poss 5 ORG
    's 's PART case 1
    new new ADJ amod 5
    chief chief ADJ amod 5
    executive executive NOUN nsubj 9
    , , PUNCT punct 5
    Jane Jane PROPN appos 5 PER
    Doe Doe PROPN flat 7 PER+
    spoke speak VERB ROOT 0
"""
HYPHEN = """
    Doe Doe PROPN nsubj 9 PER
    , , PUNCT punct 1
    vice vice NOUN compound 5
    - - PUNCT punct 5
    president president NOUN appos 1
    of of ADP case 7
    Google Google PROPN nmod 5 ORG
    , , PUNCT punct 1
    spoke speak VERB ROOT 0
"""
MINISTER = """
    Le le DET det 2
    ministre ministre NOUN nsubj 9
    allemand allemand ADJ amod 2
    de de ADP case 6
    la le DET det 6
    Défense défense NOUN nmod 2
    , , PUNCT punct 2
    Doe Doe PROPN appos 2 PER
    parle parler VERB ROOT 0
"""
AGENTS = """
    Doe Doe PROPN nsubj 7 PER
    , , PUNCT punct 1
    the the DET det 4
    lawyers lawyer NOUN appos 1 - Number=Plur
    of of ADP case 6
    Google Google PROPN nmod 4 ORG
    spoke speak VERB ROOT 0
"""
GENERAL = """
    Attorney Attorney PROPN compound 3
    General General PROPN compound 3
    Doe Doe PROPN nsubj 4 PER
    spoke speak VERB ROOT 0
"""
LEADS = """
    Doe Doe PROPN nsubj 6 PER
    , , PUNCT punct 1
    who who PRON nsubj 4
    leads lead VERB acl:relcl 1
    Google Google PROPN obj 4 ORG
    spoke speak VERB ROOT 0
"""
TITLED = """
    Judge Judge PROPN compound 2 PER
    Doe Doe PROPN nsubj 3 PER+
    spoke speak VERB ROOT 0
"""


def read(lang: str, table: str) -> Reading:
    reading = read_names(parse(lang, table))
    link_nominals(reading)
    return reading


def person(reading: Reading) -> Node:
    return next(n for n in reading.nodes if n.type == "Person")


@pytest.mark.parametrize(
    ("lang", "table", "place", "role"),
    [
        ("en", CHIEF, 4, "chief executive"),
        ("en", HYPHEN, 4, "vice - president"),
        ("fr", MINISTER, 1, "ministre de la Défense"),
        ("en", AGENTS, 3, "lawyer"),
        ("en", TITLED, 0, "Judge"),
        ("en", GENERAL, 0, "Attorney General"),
    ],
)
def test_a_title_keeps_what_tells_the_post(lang: str, table: str, place: int, role: str) -> None:
    reading = read(lang, table)

    found = role_of(reading, reading.tokens[place], person(reading), is_post=True)

    assert found == role


def test_a_verb_tells_what_who_does_it_is() -> None:
    reading = read("en", LEADS)

    assert role_of(reading, reading.tokens[3], person(reading), is_post=False) == "head"
    assert role_of(reading, reading.tokens[5], person(reading), is_post=False) is None


def test_the_noun_that_stands_for_the_person_counts_where_the_trigger_is_no_post() -> None:
    reading = read("en", CHIEF)

    assert role_of(reading, reading.tokens[8], person(reading), is_post=False) == "chief executive"
