"""Pairs of entities that a sentence may join by a claim, and how its trigger is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.pairs.occurrences import PRONOUN, Occurrence, Scene
from policygraph.extraction.pairs.routes import Route, Routes
from policygraph.extraction.reading import Reading
from policygraph.extraction.spot import DEMONYM
from policygraph.rules import Pattern

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_LONGEST = 14
"""Arcs between two entities beyond which they have nothing to do with each other."""

_APART = 99
"""Arcs that count between an entity and one that the sentence only implies."""

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
    routes: Routes = field(init=False)
    scene: Scene = field(init=False)

    def __post_init__(self) -> None:
        self.routes = Routes(self.reading)
        self.scene = Scene(self.reading)

    def within(self, sent: TokenSpan) -> list[Pair]:
        """Ordered pairs of different entities in a sentence; of several occurrences the closest."""
        found = [(occurrence, _vagueness(occurrence)) for occurrence in self.scene.enter(sent)]
        best: dict[tuple[int, int], tuple[int, int, Pair]] = {}
        for subject, vague in found:
            place = -1 if subject.token is None else subject.token.i
            for object_, too in found:
                if subject.node is object_.node:
                    continue
                if subject.token is None or object_.token is None:
                    if not _is_implied(subject, object_):
                        continue
                    route, length = None, _APART
                else:
                    route = self.routes.between(place, object_.token.i)
                    length = 0 if route is None else route.length
                    if not 0 < length <= _LONGEST:
                        continue
                key = id(subject.node), id(object_.node)
                other, rank = best.get(key), length + vague + too
                if other is None or (rank, place) < other[:2]:
                    best[key] = rank, place, Pair(subject, object_, route)
        return [pair for *_, pair in best.values()]

    def trigger(self, pair: Pair, places: Places) -> tuple[Token, Pattern] | None:
        """The trigger that stands nearest to both ends, a surer pattern before a vaguer one."""
        best: tuple[tuple[float, int], Token, Pattern] | None = None
        for token, pattern in places:
            routes = [
                self.routes.between(e.token.i, token.i) for e in pair.ends if e.token is not None
            ]
            arcs = sum(_LONGEST if route is None else route.length for route in routes)
            rank = arcs - 2 * pattern.weight, token.i
            if best is None or rank < best[0]:
                best = rank, token, pattern
        return None if best is None else best[1:]


def _is_implied(subject: Occurrence, object_: Occurrence) -> bool:
    """Whether just one of two is implied, and the other is no adjective of nationality and surely
    stands for what it is taken for.
    """
    named = object_ if subject.token is None else subject
    return named.token is not None and named.kind != DEMONYM and not named.rank


def _vagueness(end: Occurrence) -> int:
    """Arcs that a closer mention may be farther and still be preferred."""
    return 2 * (end.kind in (PRONOUN, DEMONYM) or end.doubtful) + end.rank
