"""How sure a sentence is of the event that a word names."""

from __future__ import annotations

from parsed import parse

from policygraph.extraction.lexicon import load_lexicon
from policygraph.extraction.stance import read_stance
from policygraph.model import Status
from policygraph.rules import load_rules

EXISTENCE = """
    Velteks Velteks PROPN nsubj 2
    confirme confirmer VERB ROOT 0
    l' le DET det 4
    existence existence NOUN obj 2
    de de ADP case 6
    {} {} NOUN nmod 4
    pour pour ADP case 9
    le le DET det 9
    rachat rachat NOUN nmod 4
"""


def status(noun: str, lemma: str) -> Status:
    doc = parse("fr", EXISTENCE.format(noun, lemma))
    return read_stance(doc[8], load_rules(), load_lexicon("fr")).status


def test_what_a_noun_plans_is_planned_even_if_a_parser_hangs_it_higher() -> None:
    assert status("pourparlers", "pourparler") is Status.PLANNED


def test_any_other_noun_before_changes_nothing() -> None:
    assert status("bureaux", "bureau") is Status.ACTUAL


def test_what_is_completed_is_done_and_words_say_so() -> None:
    doc = parse(
        "en",
        """
        Velteks Velteks PROPN nsubj 2
        completed complete VERB ROOT 0
        its its PRON nmod:poss 4
        purchase purchase NOUN obj 2
        """,
    )

    stance = read_stance(doc[3], load_rules(), load_lexicon("en"))

    assert stance.status is Status.ACTUAL
    assert stance.cued
