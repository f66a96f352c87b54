"""Which of several values of a sentence is an object's own, where others like it have theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import objects
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import NAME, Spot

if TYPE_CHECKING:
    from spacy.tokens import Token


def paired(
    reading: Reading, trigger: Token, ends: Sequence[Token], amounts: list[Spot]
) -> str | None:
    """Of a clause's amounts that of the object, where others like it have theirs too: "fined Google
    two million and Meta one", "two million for Google and one for Meta", "Google and Meta two and
    one".
    """
    named, here = _named(reading, trigger, ends, amounts[0].start)
    if len(named) < 2:
        return None
    place, first, last = named.index(here), named[0], named[-1]
    together = last < amounts[0].start or amounts[-1].start < first
    if together:
        return amounts[place].value if len(named) == len(amounts) else None
    if amounts[0].start < first:
        return next((a.value for a in reversed(amounts) if a.start < here), None)
    return next((a.value for a in amounts if a.start > here), None)


def alternating(
    reading: Reading, trigger: Token, ends: Sequence[Token], values: list[Spot]
) -> str | None:
    """Of values of a sentence that of the object, where each stands right behind a name like it, or
    each right before one: "fined Google in 2019 and Meta in 2020".
    """
    named, here = _named(reading, trigger, ends, values[0].start)
    places = [value.start for value in values]
    if len(named) != len(places) or len(named) < 2:
        return None
    for first, second in ((named, places), (places, named)):
        order = [place for pair in zip(first, second, strict=True) for place in pair]
        if order == sorted(order):
            return values[named.index(here)].value
    return None


def _named(
    reading: Reading, trigger: Token, ends: Sequence[Token], start: int
) -> tuple[list[int], int]:
    """Where the object and those like it are named, and where the object is; nowhere if it stands
    for nothing.
    """
    subject, object_ = (reading.node_at(token) for token in ends)
    here = reading.at.get(ends[1].i)
    if object_ is None or here is None:
        return [], -1
    return list(_likes(reading, trigger, here, object_, subject, start)), here.start


def _likes(
    reading: Reading,
    trigger: Token,
    here: Spot,
    object_: Node,
    subject: Node | None,
    start: int,
) -> Iterator[int]:
    """Where the object and the names of its type stand in its sentence, from the clause's start."""
    types = set(object_.types())
    of, passive = reading.sentence_of, {token.i for token in objects(trigger)}
    start = min(start, trigger.i, here.start)
    for spot in reading.spots:
        if of[spot.start] != of[trigger.i]:
            continue
        node = reading.node_of.get(id(spot))
        alike = node is not None and node is not subject and not types.isdisjoint(node.types())
        reached = spot.start >= start or reading.root(spot).i in passive
        if spot is here or (spot.kind == NAME and alike and reached):
            yield spot.start
