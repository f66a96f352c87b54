from __future__ import annotations

import pytest
from parsed import parse, read_names


def names(
    *, det: str = "l' le DET", short: str = "ORG", sign: str = ",", behind: str = "AUX"
) -> list[str]:
    """Names of the entities where a body has another name behind it."""
    doc = parse(
        "fr",
        f"""
        Hier hier ADV advmod 10
        {det} det 3
        Association association NOUN nsubj 10 ORG
        des de ADP case 5 ORG+
        Zorblax Zorblax PROPN nmod 3 ORG+
        , , PUNCT punct 3
        Natcor Natcor PROPN appos 3 {short}
        {sign} {sign} PUNCT punct 3
        a avoir {behind} aux 10
        protesté protester VERB ROOT 0
        """,
    )
    return [node.name for node in read_names(doc).nodes]


LONG, SHORT = "Association des Zorblax", "Natcor"


@pytest.mark.parametrize("behind", ["AUX", "PRON"])
@pytest.mark.usefixtures("word_lists_alone")
def test_a_body_and_its_short_name_behind_it_are_one(behind: str) -> None:
    assert names(behind=behind) == [LONG]


@pytest.mark.parametrize(
    "told",
    [{"det": "et et CCONJ"}, {"behind": "CCONJ"}, {"sign": "et"}, {"short": "PERSON"}],
)
@pytest.mark.usefixtures("word_lists_alone")
def test_those_of_a_list_and_people_are_others(told: dict[str, str]) -> None:
    assert names(**told) == [LONG, SHORT]
