"""Reads what a thing was called before from "ex-": "Altrix (ex-Fabulo)" is one firm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.spot import NAME, Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc

FORMER = "ex-"


def former_names(doc: Doc, spots: Iterable[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Names with "ex-" behind other names, and those; a person is not what he has left."""
    ends = {s.end: s for s in spots if s.kind == NAME and s.type != "Person"}
    for spot in spots:
        if spot.kind != NAME or not is_former(doc[spot.start].text):
            continue
        now = ends.get(spot.start - 1) if doc[spot.start - 1].text in (",", "(") else None
        if now is not None and (spot.known is None or now.known is None):
            yield spot, now


def is_former(words: str) -> bool:
    """Whether words begin as a name does that is no longer used."""
    return words.lower().startswith(FORMER) and words[len(FORMER) :][:1].isupper()
