"""Pairs of entities that a sentence may join by a claim, and how its trigger is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from policygraph.extraction.occurrences import DEPENDENT, Occurrence, Scene
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.routes import Route, Routes
from policygraph.extraction.spots import DEMONYM
from policygraph.models.weights import Array
from policygraph.rules import Pattern

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

FIT = frozenset({"Company", "Product"})
"""A platform is often typed as the firm and the firm as its platform; slots accept either."""

_LONGEST = 14
"""Arcs between two entities beyond which they have nothing to do with each other."""

Places = Sequence[tuple["Token", Pattern]]


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two occurrences of a sentence, in the order subject, object; one of them may be implied."""

    subject: Occurrence
    object: Occurrence
    route: Route | None

    @property
    def ends(self) -> tuple[Occurrence, Occurrence]:
        """Subject and object."""
        return self.subject, self.object


@dataclass(slots=True)
class Pairs:
    """The pairs of an article, sentence by sentence, in reading order."""

    reading: Reading
    routes: Routes = field(default_factory=Routes)
    scene: Scene = field(init=False)

    def __post_init__(self) -> None:
        self.scene = Scene(self.reading)

    def within(self, sent: TokenSpan) -> list[Pair]:
        """Ordered pairs of different entities in a sentence; of several occurrences the closest."""
        found = self.scene.enter(sent)
        best: dict[tuple[int, int], Pair] = {}
        for subject in found:
            for object_ in found:
                pair = self._pair(subject, object_)
                if pair is None:
                    continue
                key = id(subject.node), id(object_.node)
                other = best.get(key)
                if other is None or _rank(pair) < _rank(other):
                    best[key] = pair
        return list(best.values())

    def _pair(self, subject: Occurrence, object_: Occurrence) -> Pair | None:
        if subject.node is object_.node:
            return None
        if subject.token is None or object_.token is None:
            named = object_ if subject.token is None else subject
            if named.token is None or named.kind in DEPENDENT:
                return None
            return Pair(subject, object_, None)
        route = self.routes.between(subject.token, object_.token)
        if route is None or not 0 < route.length <= _LONGEST:
            return None
        return Pair(subject, object_, route)

    def trigger(self, pair: Pair, places: Places) -> tuple[Token, Pattern] | None:
        """The trigger that stands nearest to both ends, a surer pattern before a vaguer one."""
        best: tuple[tuple[float, int], Token, Pattern] | None = None
        for token, pattern in places:
            routes = [self.routes.between(e.token, token) for e in pair.ends if e.token is not None]
            arcs = sum(_LONGEST if route is None else route.length for route in routes)
            rank = arcs - 2 * pattern.weight, token.i
            if best is None or rank < best[0]:
                best = rank, token, pattern
        return None if best is None else best[1:]


def fits(node: Node, types: frozenset[str]) -> bool:
    """Whether an entity may stand where those types are wanted."""
    return admits(types, frozenset(node.types()))


def numbered(pairs: Sequence[Pair]) -> Array:
    """(pairs, 2): subjects and objects by number, the same for the same entity."""
    numbers: dict[int, int] = {}
    rows = [[numbers.setdefault(id(end.node), len(numbers)) for end in p.ends] for p in pairs]
    return np.array(rows, "int32").reshape(-1, 2)


def admits(wanted: frozenset[str], own: frozenset[str]) -> bool:
    """Whether something of the types ``own`` may stand where ``wanted`` ones are."""
    return bool(own & wanted) or bool(own & FIT and wanted & FIT)


def _rank(pair: Pair) -> tuple[int, int]:
    soft = sum(o.kind in DEPENDENT or o.kind == DEMONYM for o in pair.ends)
    length = pair.route.length if pair.route is not None else 99
    place = -1 if pair.subject.token is None else pair.subject.token.i
    return length + 2 * soft + sum(o.rank for o in pair.ends), place
