from __future__ import annotations

from spacy.tokens import Doc

from policygraph.mending.openings import mend_openings
from tests.parsed import parse

ONE_PHRASE = """
    In        -  ADP    case      3
    October   -  PROPN  compound  3
    Norvalis  -  PROPN  obl       4
    bought    -  VERB   ROOT      0
    Blivo     -  PROPN  obj       4
"""

WITHIN_THE_SUBJECT = """
    In         -  ADP    case   2
    May        -  PROPN  nmod   4
    the        -  DET    det    4
    Authority  -  PROPN  nsubj  5
    sued       -  VERB   ROOT   0
    Blivo      -  PROPN  obj    5
"""

APPOSED = """
    Dans        -  ADP    case   3
    un          -  DET    det    3
    communiqué  -  NOUN   obl    6
    Norvalis    -  PROPN  appos  3
    a           -  AUX    aux    6
    démenti     -  VERB   ROOT   0
"""


def _arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    return {token.text: (token.dep_, token.head.text) for token in doc}


def test_a_month_is_no_part_of_the_name_behind_it() -> None:
    arcs = _arcs(mend_openings(parse("en", ONE_PHRASE)))

    assert arcs["Norvalis"] == ("nsubj", "bought")
    assert (arcs["October"], arcs["In"]) == (("obl", "bought"), ("case", "October"))


def test_a_month_before_the_subject_is_told_of_the_verb() -> None:
    arcs = _arcs(mend_openings(parse("en", WITHIN_THE_SUBJECT)))

    assert arcs["Authority"] == ("nsubj", "sued")
    assert (arcs["May"], arcs["In"]) == (("obl", "sued"), ("case", "May"))


def test_a_month_behind_which_a_common_noun_stands_may_be_of_one_phrase() -> None:
    table = ONE_PHRASE.replace("Norvalis  -  PROPN", "talks  -  NOUN")

    arcs = _arcs(mend_openings(parse("en", table)))

    assert (arcs["October"], arcs["talks"]) == (("compound", "talks"), ("obl", "bought"))


def test_a_name_behind_the_opening_phrase_is_the_subject() -> None:
    arcs = _arcs(mend_openings(parse("fr", APPOSED)))

    assert arcs["Norvalis"] == ("nsubj", "démenti")


def test_a_verb_that_has_a_subject_gets_no_other() -> None:
    table = APPOSED.replace("a           -  AUX    aux ", "on  -  PRON  nsubj")

    arcs = _arcs(mend_openings(parse("fr", table)))

    assert arcs["Norvalis"] == ("appos", "communiqué")
