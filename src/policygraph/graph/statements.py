"""Joins claims that say the same into statements, and links those that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policygraph.graph.sayings import Saying
from policygraph.graph.stages import Models
from policygraph.ontology import load_vocabulary

Said = tuple[str, str, str]
"""Subject, predicate (its name) and object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """That something holds, or is denied, as several claims say, or as others contradict.

    ``said`` is subject, predicate and object, ``contradicted_by`` the like of statements, with
    whether they deny it.
    """

    said: Said
    denied: bool
    sayings: tuple[Saying, ...]
    contradicted_by: tuple[tuple[Said, bool], ...]

    @property
    def voices(self) -> int:
        """How many independent sources there are."""
        return len({saying.voice for saying in self.sayings})


def join_statements(sayings: Iterable[Saying], models: Models) -> list[Statement]:
    """What more than one claim says, or some claim contradicts; whatever the claims' statuses."""
    found: dict[tuple[Said, bool], list[Saying]] = defaultdict(list)
    for saying in sayings:
        found[_said(saying), saying.negated].append(saying)
    statements = []
    for (said, denied), group in sorted(found.items()):
        against = tuple(other for other in _opposites(said, denied, models) if other in found)
        if len(group) > 1 or against:
            statements.append(
                Statement(
                    said=said,
                    denied=denied,
                    sayings=tuple(sorted(group, key=lambda saying: saying.claim)),
                    contradicted_by=against,
                )
            )
    return statements


def family_of(saying: Saying, models: Models) -> Said:
    """What all statements that may contradict a saying's have in common with it."""
    subject, predicate, object_ = _said(saying)
    return subject, min(predicate, models.contradictions.get(predicate, predicate)), object_


def _said(saying: Saying) -> Said:
    ends = saying.subject, saying.object
    if load_vocabulary().predicates[saying.predicate].symmetric:
        ends = min(ends), max(ends)
    return ends[0], saying.predicate, ends[1]


def _opposites(said: Said, denied: bool, models: Models) -> Iterator[tuple[Said, bool]]:
    yield said, not denied
    opposite = models.contradictions.get(said[1])
    if opposite and not denied:
        yield (said[0], opposite, said[2]), False
