from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.reading import Reading

ROWS = """
    {now} {now} PROPN nsubj 5 {type}
    {sign} {sign} PUNCT punct 3
    ex-{before} ex-{before} PROPN appos 1 ORG
    , , PUNCT punct 3
    pleure pleurer VERB ROOT 0
"""


def read(now: str, sign: str, before: str, type_: str = "ORG") -> Reading:
    return read_names(parse("fr", ROWS.format(now=now, sign=sign, before=before, type=type_)))


@pytest.mark.parametrize(
    ("now", "sign", "before"),
    [("Altrix", ",", "Fabulo"), ("Fab", "(", "Altrix"), ("X", ",", "Twitter")],
)
@pytest.mark.usefixtures("word_lists_alone")
def test_a_thing_and_what_it_was_called_are_one(now: str, sign: str, before: str) -> None:
    [node] = read(now, sign, before).nodes

    assert (node.name, len(node.spots)) == (now, 2)


@pytest.mark.parametrize(
    ("now", "sign", "type_"), [("Altrix", ":", "ORG"), ("Dupont", ",", "PERSON")]
)
@pytest.mark.usefixtures("word_lists_alone")
def test_a_person_or_what_a_sign_parts_is_not_what_comes_behind(
    now: str, sign: str, type_: str
) -> None:
    assert [node.name for node in read(now, sign, "Fabulo", type_).nodes] == [now, "Fabulo"]


def test_a_noun_before_a_name_makes_sure_of_it() -> None:
    rows = """
        La le DET det 2
        {noun} {noun} NOUN nsubj 4
        X X PROPN nmod 2
        pleure pleurer VERB ROOT 0
    """

    known = [
        [
            node.known and node.known.slug
            for node in read_names(parse("fr", rows.format(noun=n))).nodes
        ]
        for n in ("plateforme", "lettre")
    ]

    assert known == [["twitter"], []]
