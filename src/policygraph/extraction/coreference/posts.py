"""Where a person is named behind a post: "le député (RN) Paul Ray", "la députée LFI Ada Ray"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import after_adjectives
from policygraph.extraction.reading import Reading
from policygraph.extraction.spot import NAME

if TYPE_CHECKING:
    from spacy.tokens import Token


def after_party(reading: Reading, noun: Token) -> int:
    """The place after a noun and the party named behind it, bare or in brackets."""
    place = after_adjectives(noun)
    if reading.words[place : place + 1] == ["("]:
        behind = reading.words[place + 1 : place + _BRACKETED]
        return place + 2 + behind.index(")") if ")" in behind else place
    spot = reading.at.get(place)
    node = reading.node_of.get(id(spot))
    if spot is None or node is None or spot.kind != NAME:
        return place
    return spot.end if node.type == "AdvocacyGroup" else place


_BRACKETED = 6
"""Tokens of a party in brackets behind a post, with the brackets, at most."""
