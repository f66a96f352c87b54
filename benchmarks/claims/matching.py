"""Finds the entities that the words of a triple speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from benchmarks.claims.answers import Reading, Relation
from policygraph.evaluate import VALUES
from policygraph.extraction.language.syntax import has_companions
from policygraph.model import Entity
from policygraph.ontology import load_vocabulary
from policygraph.rules import Pattern, load_rules

if TYPE_CHECKING:
    from spacy.tokens import Token

Bounds = tuple[int, int]
"""Start and end in the article's text, in code points."""


@dataclass(frozen=True, slots=True)
class Words:
    """One side of a triple: its heads, and all its words, conjuncts and modifiers included."""

    heads: tuple[Bounds, ...]
    whole: tuple[Bounds, ...]


@dataclass(slots=True)
class Mentions:
    """The mentions of an article's entities; dates and amounts, which no predicate takes, aside."""

    entities: tuple[Entity, ...]
    _bounds: list[tuple[int, int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._bounds = [
            (m.start, m.end, e.id)
            for e in self.entities
            if e.type not in VALUES
            for m in e.mentions
        ]

    @property
    def types(self) -> Mapping[str, str]:
        """Entity types by id."""
        return {entity.id: entity.type for entity in self.entities}

    def places(self) -> list[tuple[int, int, str]]:
        """Every mention, in reading order: start, end, entity id."""
        return sorted(self._bounds)

    def at(self, words: Words) -> list[str]:
        """The entities that a triple's side speaks of, in reading order.

        Those whose mentions overlap its heads, as ``evaluate`` pairs mentions; where there are
        none, those that overlap any of its words. Of mentions within each other, the shortest.
        """
        return self._over(words.heads) or self._over(words.whole)

    def within(self, start: int, end: int) -> list[str]:
        """The entities that a stretch of text mentions, in reading order."""
        return list(dict.fromkeys(i for s, e, i in sorted(self._bounds) if s < end and start < e))

    def _over(self, places: Iterable[Bounds]) -> list[str]:
        found = (self._shortest(*place) for place in places)
        return list(dict.fromkeys(id for id in found if id is not None))

    def _shortest(self, start: int, end: int) -> str | None:
        over = [(e - s, s, i) for s, e, i in self._bounds if s < end and start < e]
        return min(over)[2] if over else None


def bounds(token: Token) -> Bounds:
    """Where a token stands in the text."""
    return token.idx, token.idx + len(token)


def open_relations(
    subjects: Iterable[str],
    verbs: Iterable[Token],
    objects: Iterable[str],
    types: Mapping[str, str],
) -> Iterator[Relation]:
    """Relate every subject to every object by whatever predicates the verbs may mean.

    The verbs must be tokens of a shipped pipeline's doc.
    """
    patterns = [pattern for verb in verbs for pattern in _patterns(verb)]
    for subject, object_ in product(subjects, objects):
        if subject != object_:
            readings = {r for p in patterns for r in _readings(p, subject, object_)}
            kept = frozenset(r for r in readings if admitted(r, types))
            yield Relation(subject, object_, kept)


def _patterns(verb: Token) -> Iterator[Pattern]:
    """Patterns of the lexicon that the verb triggers, particles and companions in place."""
    for pattern in load_rules().triggered_by(verb.doc.lang_, verb.lemma_.lower()):
        if pattern.pos == "verb" and has_companions(verb, pattern.others):
            yield pattern


def _readings(pattern: Pattern, subject: str, object_: str) -> Iterator[Reading]:
    """Both ways round where the pattern says that the verb's object is the claim's subject."""
    yield subject, pattern.predicate, object_
    if "object" in pattern.subject and "subject" in pattern.object:
        yield object_, pattern.predicate, subject


def admitted(reading: Reading, types: Mapping[str, str]) -> bool:
    """Whether the ontology lets the predicate stand between entities of these types."""
    subject, name, object_ = reading
    predicate = load_vocabulary().predicates[name]
    return types[subject] in predicate.domain and types[object_] in predicate.range
