"""What a system says of an article, in a shape that all systems share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policygraph.model import Article, Entity

Reading = tuple[str, str, str]
"""Subject id, predicate, object id."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two entities that a system relates, by id, and what it may mean by that.

    A system with predicates of its own inventory means one thing; the verb of an open triple
    may mean several predicates, or none, in which case ``readings`` is empty and only the
    pair counts. The relation is right if any reading is.
    """

    subject: str
    object: str
    readings: frozenset[Reading]


@dataclass(frozen=True, slots=True)
class Answer:
    """A system's relations over an article, and the entities that their ids name."""

    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]


Reader = Callable[[Article, tuple[Entity, ...]], Answer]
"""A system: reads an article, and may use the entities that it is handed."""
