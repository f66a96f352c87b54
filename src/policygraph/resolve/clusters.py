"""Puts together what is judged to be one thing, in a way that knows no order.

Pairs are looked for within blocks only, and a block of more than ``CROWD`` things is split
by their types and then left alone, so that the work grows with the number of things. What
persons judged comes first; then the rules' verdicts, the surest first. Two groups are not
joined where a person judged two of their members to be different, or where both have an entry
of the authority file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from policygraph.resolve.judgements import Judgement, Verdict
from policygraph.resolve.pairs import Thing, blocks, judge

CROWD = 40
"""Things in a block above which a word says too little."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """IRIs that were merged, each with the IRI that stands for it now, and all judgements."""

    targets: Mapping[str, str]
    judgements: tuple[Judgement, ...]


def cluster(things: Iterable[Thing], decided: Mapping[tuple[str, str], Judgement]) -> Clusters:
    """Merge what is one. ``decided`` are the judgements of persons, by pair of IRIs."""
    by_iri = {thing.iri: thing for thing in sorted(things, key=lambda t: t.iri)}
    judged = (judge(by_iri[a], by_iri[b]) for a, b in _pairs(by_iri) if (a, b) not in decided)
    return settle(by_iri, decided, [j for j in judged if j is not None])


def settle(
    by_iri: Mapping[str, Thing],
    decided: Mapping[tuple[str, str], Judgement],
    proposed: Iterable[Judgement],
) -> Clusters:
    """Merge things by what persons judged, then by what the rules propose of other pairs.

    ``by_iri`` must hold, with a thing, all those that a verdict of "same" joins to it.
    """
    proposed = sorted(proposed, key=lambda j: (-j.score, j.pair))
    groups = _Groups(by_iri)
    for item in sorted(decided.values(), key=lambda j: j.pair):
        if item.verdict is Verdict.SAME:
            groups.join(*item.pair)
    for item in decided.values():
        if item.verdict is Verdict.DIFFERENT:
            groups.part(*item.pair)
    kept = [j for j in decided.values() if j.one in by_iri or j.other in by_iri]
    for item in proposed:
        if item.verdict is Verdict.UNSURE:
            kept.append(item)
        elif groups.may_join(*item.pair):
            groups.join(*item.pair)
            kept.append(item)
    unsettled = (
        j for j in kept if j.is_personal or j.verdict is Verdict.SAME or not groups.are_one(*j.pair)
    )
    return Clusters(groups.targets(), tuple(sorted(unsettled, key=lambda j: j.pair)))


def _pairs(things: Mapping[str, Thing]) -> Iterator[tuple[str, str]]:
    """Pairs that share a block, each once, in order."""
    members: dict[str, list[str]] = defaultdict(list)
    for iri, thing in things.items():
        for block in blocks(thing):
            members[block].append(iri)
    yield from sorted({pair for block, iris in members.items() for pair in pairs_in(block, iris)})


def pairs_in(block: str, iris: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of a block's things, in alphabetical order, that are to be judged."""
    if len(iris) <= CROWD:
        yield from combinations(iris, 2)
    elif is_chain(block):
        yield from pairwise(iris)


def is_chain(block: str) -> bool:
    """Whether all things of a block are one, so that of many each to the next says so."""
    return block.startswith("key ")


class _Groups:
    """Disjoint sets of IRIs with what must stay apart."""

    def __init__(self, things: Mapping[str, Thing]) -> None:
        self._things = things
        self._above: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def top(self, iri: str) -> str:
        while (above := self._above.get(iri, iri)) != iri:
            self._above[iri] = self._above.get(above, above)
            iri = above
        return iri

    def are_one(self, one: str, other: str) -> bool:
        return self.top(one) == self.top(other)

    def _of(self, top: str) -> list[str]:
        return self._members.get(top, [top])

    def part(self, one: str, other: str) -> None:
        """Never join the groups of these two."""
        first, second = self.top(one), self.top(other)
        if first != second:
            self._apart[first].add(second)
            self._apart[second].add(first)

    def may_join(self, one: str, other: str) -> bool:
        first, second = self.top(one), self.top(other)
        if first == second:
            return True
        if second in self._apart[first]:
            return False
        return not (self._is_known(first) and self._is_known(second)) and self._agree(first, second)

    def _is_known(self, top: str) -> bool:
        return any((t := self._things.get(iri)) is not None and t.known for iri in self._of(top))

    def _agree(self, one: str, other: str) -> bool:
        """Two people whose full names differ are not joined by way of a third, shorter one."""
        for a in self._of(one):
            for b in self._of(other):
                first, second = self._things.get(a), self._things.get(b)
                if first is None or second is None or "Person" not in first.types:
                    continue
                if judge(first, second) is None and not (first.known or second.known):
                    return False
        return True

    def join(self, one: str, other: str) -> None:
        first, second = self.top(one), self.top(other)
        if first == second:
            return
        members = self._of(first) + self._of(second)
        apart = self._apart.pop(first, set()) | self._apart.pop(second, set())
        self._members.pop(first, None)
        self._members.pop(second, None)
        self._above[second] = first
        self._members[first] = members
        self._apart[first] = apart
        for other_top in apart:
            self._apart[other_top] = {first} | (self._apart[other_top] - {first, second})

    def targets(self) -> dict[str, str]:
        """For each merged IRI the one that stands for it: of the authority file, or the first."""
        found: dict[str, str] = {}
        for members in self._members.values():
            best = min(members, key=self._rank)
            found.update({iri: best for iri in members if iri != best})
        return dict(sorted(found.items()))

    def _rank(self, iri: str) -> tuple[bool, bool, str]:
        thing = self._things.get(iri)
        return thing is None, thing is None or not thing.known, iri
