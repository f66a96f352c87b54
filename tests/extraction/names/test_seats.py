"""Capitals that stand for governments, and names that are longer than what is known of them."""

from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.spot import NOMINAL

ACTS = "Pékin Pékin PROPN nsubj 2 LOC\nproteste protester VERB ROOT 0"
TITLE = "Moscou Moscou PROPN ROOT 0 LOC\nmenace menace NOUN flat 1"
INSIDE = """
    Elle elle PRON nsubj 2
    vit vivre VERB ROOT 0
    à à ADP case 4
    Moscou Moscou PROPN obl 2 LOC
"""
VETO = """
    le le DET det 2
    veto veto NOUN ROOT 0
    de de ADP case 4
    Moscou Moscou PROPN nmod 2 LOC
"""
MAYOR = """
    le le DET det 2
    maire maire NOUN ROOT 0
    de de ADP case 4
    Moscou Moscou PROPN nmod 2 LOC
"""
LEFT = """
    Il il PRON nsubj 2
    quitte quitter VERB ROOT 0
    Moscou Moscou PROPN obj 2 LOC
"""


@pytest.mark.usefixtures("word_lists_alone")
@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (ACTS, "Country"),
        (TITLE, "Country"),
        (VETO, "Country"),
        (INSIDE, "Place"),
        (MAYOR, "Place"),
        (LEFT, "Place"),
    ],
)
def test_a_capital_is_its_government_where_it_acts(text: str, type_: str) -> None:
    [node] = read_names(parse("fr", text)).nodes

    assert node.type == type_


@pytest.mark.usefixtures("word_lists_alone")
@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        (
            "fr",
            "Orange Orange PROPN nsubj 3 ORG\nBelgique Belgique PROPN flat 1 ORG+\n"
            "proteste protester VERB ROOT 0",
            ["Orange Belgique"],
        ),
        (
            "en",
            "American American ADJ amod 3 ORG\nPsychological Psychological PROPN compound 3 ORG+\n"
            "Association Association PROPN nsubj 4 ORG+\nsued sue VERB ROOT 0",
            ["American Psychological Association"],
        ),
        (
            "en",
            "American American ADJ amod 2 ORG\nfirm firm NOUN nsubj 3 ORG+\nsued sue VERB ROOT 0",
            ["United States"],
        ),
    ],
)
def test_a_longer_name_is_taken_whole(lang: str, text: str, names: list[str]) -> None:
    found = [n.name for n in read_names(parse(lang, text)).nodes if n.spots[0].kind != NOMINAL]

    assert found == names
