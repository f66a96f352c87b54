"""Finds the short name that stands between commas behind a body's long one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.spot import NAME, Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BODIES = frozenset({"AdvocacyGroup", "GovernmentBody"})

_LONG = 3
"""Words of a long name, at least."""


def apposed_names(doc: Doc, spots: Iterable[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Short names, with the long ones: "l'Association des abonnés, Natcoms, proteste".

    A determiner before the long name, and a verb or pronoun behind the short one, tell it from a
    list.
    """
    long = {
        s.end: s for s in spots if s.kind == NAME and s.type in _BODIES and s.end - s.start >= _LONG
    }
    for spot in spots:
        body = long.get(spot.start - 1)
        if body is not None and body.known is None and _is_short_name(doc, spot, body):
            yield spot, body


def _is_short_name(doc: Doc, spot: Spot, body: Spot) -> bool:
    if spot.kind != NAME or spot.known is not None or spot.type == "Person":
        return False
    if spot.end - spot.start > 1 or spot.end + 1 >= len(doc) or not body.start:
        return False
    between = doc[spot.start - 1].text + doc[spot.end].text
    before, behind = doc[body.start - 1], doc[spot.end + 1]
    return between == ",," and before.pos_ == "DET" and behind.pos_ in _GOES_ON


_GOES_ON = frozenset({"VERB", "AUX", "PRON"})
"""Word classes with which a sentence goes on behind an apposition."""
