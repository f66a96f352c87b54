"""Finds names of lawsuits, which are called by both parties: "Quorne v. Zorblax"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_cases(doc: Doc, lexicon: Lexicon, names: Iterable[Spot]) -> Iterator[Spot]:
    """Lawsuits in reading order; ``names`` are those of possible parties.

    They are apart from other names: what the first word of one means alone is its party.
    """
    starts = {spot.end: spot.start for spot in names if doc[spot.start].text[:1].isupper()}
    for token in doc[1:]:
        if token.text in lexicon.versus:  # not the initial in "Jean C. Dupont"
            start = starts.get(token.i, token.i - 1)
            end = token.i + 1
            while end < len(doc) and doc[end].text[:1].isupper():
                end += 1
            if end > token.i + 1 and doc[start].text[:1].isupper():
                yield Spot(start, end, "LegalInstrument", apart=True)
