from __future__ import annotations

import pytest
from parsed import parse

from policygraph.extraction.lexicon import load_lexicon


@pytest.mark.parametrize(("behind", "denotes"), [("civile", False), ("chinoise", True)])
def test_a_phrase_may_denote_nothing_that_its_noun_does(behind: str, denotes: bool) -> None:
    doc = parse("fr", f"société société NOUN ROOT 0\n{behind} x ADJ amod 1")

    assert bool(load_lexicon("fr").types_of_noun(doc[0])) == denotes


def test_a_noun_may_end_a_doc() -> None:
    assert load_lexicon("fr").types_of_noun(parse("fr", "société société NOUN ROOT 0")[0])


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Jeux olympiques et paralympiques", "Event"),
        ("Coupe du monde 2030", "Event"),
        ("Festival du livre", "Event"),
        ("World Cup", "Event"),
        ("Festival Quorne", None),
        ("Jeux Vidéo Magazine", None),
        ("Epic Games", None),
        ("Quorne Ltd", "Company"),
    ],
)
def test_some_first_or_last_words_tell_the_type_of_a_name(name: str, type_: str | None) -> None:
    assert load_lexicon("fr").sure_type_of_name(name) == type_
