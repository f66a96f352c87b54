"""Who stands where in an article, and which of them may be joined by a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from policygraph.extraction.pairs.occurrences import Occurrence
from policygraph.extraction.pairs.pairs import Pair
from policygraph.extraction.pairs.survey import Survey
from policygraph.extraction.reading import Node
from policygraph.models.weights import Array


@dataclass(frozen=True, slots=True)
class Lineup:
    """The ends (e) of an article's pairs (p), in reading order.

    ``who`` (e) is paired in a sentence, with the sentence's number; ``node_of`` (e) tells which of
    the ``nodes`` stands there.

    ``pairs`` (p); ``sentence`` (p) of each; ``ends`` (p, 2) rows of subject and object;
    ``together`` (p) in how many sentences both entities stand near by the parse; ``often`` (p, 2)
    how many pairs of the article join them in this order, and turned, whichever are left.
    """

    who: Sequence[tuple[int, Occurrence]]
    nodes: Sequence[Node]
    node_of: Array
    pairs: Sequence[Pair]
    sentence: Array
    ends: Array
    together: Array
    often: Array

    @property
    def nodes_at(self) -> Array:
        """(p, 2): which of the nodes are subject and object; the same for the same entity."""
        found: Array = self.node_of[self.ends]
        return found

    def only(self, rows: Array) -> Lineup:
        """Those pairs alone; the ends stay."""
        return replace(
            self,
            pairs=[self.pairs[row] for row in rows],
            sentence=self.sentence[rows],
            ends=self.ends[rows],
            together=self.together[rows],
            often=self.often[rows],
        )


def line_up(surveys: Sequence[Survey]) -> Lineup:
    """All that the sentences offer. Each end is one of many pairs, and is numbered once."""
    who: list[tuple[int, Occurrence]] = []
    rows: dict[int, int] = {}
    ends: list[int] = []
    for number, survey in enumerate(surveys):
        for pair in survey.pairs:
            for end in (pair.subject, pair.object):
                row = rows.get(id(end))
                if row is None:
                    row = rows[id(end)] = len(who)
                    who.append((number, end))
                ends.append(row)
    pairs = [pair for survey in surveys for pair in survey.pairs]
    at = np.array(ends, int).reshape(-1, 2)
    nodes = list({id(end.node): end.node for _, end in who}.values())
    numbers = {id(node): number for number, node in enumerate(nodes)}
    node_of = np.array([numbers[id(end.node)] for _, end in who], int)
    return Lineup(
        who=who,
        nodes=nodes,
        node_of=node_of,
        pairs=pairs,
        sentence=np.repeat(np.arange(len(surveys)), [len(survey.pairs) for survey in surveys]),
        ends=at,
        **_counts(node_of[at], np.array([pair.route is not None for pair in pairs], bool)),
    )


def _counts(nodes_at: Array, near: Array) -> dict[str, Array]:
    """``together`` and ``often`` of pairs, by nodes (p, 2) and whether a way joins them (p)."""
    size = nodes_at.max(initial=0) + 1
    keys, of = np.unique(nodes_at @ (size, 1), return_inverse=True)
    turned = nodes_at @ (1, size)
    at = np.minimum(np.searchsorted(keys, turned), len(keys) - 1)
    often = np.bincount(of)
    back = np.where(keys[at] == turned, often[at], 0) if len(keys) else turned
    return {
        "together": np.bincount(of, near)[of],
        "often": np.column_stack([often[of], back]),
    }
