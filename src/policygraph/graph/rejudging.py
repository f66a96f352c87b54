"""Judges again the things that have changed, and those whose lot that may change, and no others.

The outcome is that of judging all. A thing has changed when an article with it has. Its likes
are those it shares a block with; whatever a verdict of "same" joins, directly or by way of
others, before or now, is settled together. A block that grows above ``CROWD``, or shrinks
below, is judged as a whole, as all its pairs come or go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from policygraph.graph.blocks import block_quads, stored_blocks, stored_members
from policygraph.graph.merges import Merges
from policygraph.graph.things import thing_of
from policygraph.resolve.clusters import CROWD, Clusters, is_chain, pairs_in, settle
from policygraph.resolve.judgements import Judgement, Verdict
from policygraph.resolve.pairs import Thing, blocks, judge

Pair = tuple[str, str]


class Rejudging:
    """Works out what becomes of the things that some changed IRIs touch.

    ``settled`` are, once ``run`` was called, the IRIs whose merges and judgements are those of
    the outcome; ``gone`` and ``come`` the quads of ``BLOCKS`` to take out and to write.
    """

    def __init__(self, store: ox.Store, old: Merges, decided: Mapping[Pair, Judgement]) -> None:
        self._store = store
        self._old = old
        self._decided = decided
        self._beside: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in decided:
            self._beside[one].add(other)
            self._beside[other].add(one)
        self._things: dict[str, Thing | None] = {}
        self._members: dict[str, list[str]] = {}
        self.settled: set[str] = set()
        self.gone: set[ox.Quad] = set()
        self.come: set[ox.Quad] = set()

    def run(self, changed: Iterable[str]) -> Clusters:
        """Judge what the changed IRIs touch, and merge what is one of it."""
        todo = sorted(self._touched(changed))
        proposed: dict[Pair, Judgement | None] = {}
        while todo:
            iri = todo.pop()
            if iri in self.settled:
                continue
            self.settled.add(iri)
            todo.extend(self._beside[iri])
            for pair in self._pairs_of(iri):
                if pair not in proposed and pair not in self._decided:
                    proposed[pair] = found = self._judged(pair)
                    if found is not None and found.verdict is Verdict.SAME:
                        todo.extend(pair)
        by_iri = {i: t for i in sorted(self.settled) if (t := self._thing(i)) is not None}
        decided = {p: j for p, j in self._decided.items() if not self.settled.isdisjoint(p)}
        return settle(by_iri, decided, [j for j in proposed.values() if j is not None])

    def _touched(self, changed: Iterable[str]) -> set[str]:
        """The changed IRIs with all that they were merged with, and the blocks that they tip."""
        found: set[str] = set()
        moved: defaultdict[str, set[str]] = defaultdict(set)
        todo = {*changed}
        while todo:
            for iri in todo - found:
                found.add(iri)
                todo |= self._old.group(iri)
                before, now = stored_blocks(self._store, iri), block_quads(iri, self._thing(iri))
                self.gone |= before - now
                self.come |= now - before
                for quad in before ^ now:
                    moved[str(quad.object.value)].add(iri)  # type: ignore[union-attr]
            todo -= found
            if not todo:
                todo = {i for block, iris in moved.items() for i in self._tipped(block, iris)}
                todo -= found
        for block, iris in moved.items():
            self._members[block] = sorted(stored_members(self._store, block) ^ iris)
        return found

    def _tipped(self, block: str, moved: set[str]) -> set[str]:
        """The things of a block of which other pairs are judged than before, by its size alone."""
        before = stored_members(self._store, block)
        sizes = len(before), len(before ^ moved)
        crowded = max(sizes) > CROWD
        return before if crowded and (is_chain(block) or min(sizes) <= CROWD) else set()

    def _thing(self, iri: str) -> Thing | None:
        if iri not in self._things:
            self._things[iri] = thing_of(self._store, iri)
        return self._things[iri]

    def _judged(self, pair: Pair) -> Judgement | None:
        one, other = self._thing(pair[0]), self._thing(pair[1])
        assert one is not None and other is not None  # only things stand in blocks
        return judge(one, other)

    def _pairs_of(self, iri: str) -> Iterator[Pair]:
        """The pairs of a thing with those that share a block with it."""
        thing = self._thing(iri)
        for block in blocks(thing) if thing is not None else ():
            if block not in self._members:
                self._members[block] = sorted(stored_members(self._store, block))
            yield from (pair for pair in pairs_in(block, self._members[block]) if iri in pair)
