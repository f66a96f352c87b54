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
