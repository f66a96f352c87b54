"""Weighs an article's likely claims against each other: the network judges pairs in sentences.

A claim gains by being said in several sentences and by being about those who act in the article; it
loses where the sentence more likely says something else of the pair, gives the claim to
somebody else, or claims the reverse. ``training/weighing.py`` learns how much, from what the
network says of articles that it was not taught, and writes ``models/weighing.npz``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from policygraph.extraction.pairs.codes import DEPS, IMPLIED_KIND, KINDS, Codes
from policygraph.extraction.pairs.encoding import Encoded
from policygraph.extraction.pairs.network import Network, load_network
from policygraph.extraction.pairs.pair_numbers import PairNumbers
from policygraph.models.weights import Array, probability, read_weights

WEIGHTS = Path(__file__).parents[2] / "models" / "weighing.npz"

FLOOR = 0.03
"""Probability by the network from which a claim is weighed at all."""

_MOST_PLACES, _LONG, _LATE, _CONJ = 8, 500, 20, DEPS.index("conj")


@dataclass(frozen=True, slots=True)
class Likely:
    """Claims that are likely, one a triple.

    ``ends`` (claims, 2) numbers of the entities; ``columns`` (claims,) of the predicates;
    ``rows`` (claims) lists of the pairs that speak for them, the one that does most first;
    ``features`` (claims, features).
    """

    ends: Array
    columns: Array
    rows: Sequence[Sequence[int]]
    features: Array


@dataclass(frozen=True, slots=True)
class _Between:
    """What the network says of every two entities that any sentence pairs.

    ``ends`` (twos, 2) numbers of subject and object, in order of appearance; ``rows`` (twos) lists
    of their pairs; ``best`` (twos, predicates) highest probabilities; ``reverse`` (twos,) where
    the same two stand the other way round, or -1.
    """

    ends: Array
    rows: Sequence[Sequence[int]]
    best: Array
    reverse: Array


def likely(article: Encoded, scores: Array, codes: Codes, lang: str) -> Likely:
    """The claims that are likely by the network's ``scores`` (pairs, predicates)."""
    between = _between(article.pairs.nodes, scores)
    twos, columns = np.nonzero(between.best >= FLOOR)
    symmetric = np.array([predicate.symmetric for predicate in codes.vocabulary], bool)
    both = symmetric[columns] & (between.reverse[twos] >= 0)
    kept = ~both | (between.ends[twos, 0] < between.ends[twos, 1])
    twos, columns, both = twos[kept], columns[kept], both[kept]
    if not len(twos):
        return Likely(between.ends[twos], columns, [], np.zeros((0, 0), "float32"))
    rows = [
        sorted(
            [*between.rows[two], *(between.rows[between.reverse[two]] if joint else ())],
            key=scores[:, column].__getitem__,
            reverse=True,
        )
        for two, column, joint in zip(twos, columns, both, strict=True)
    ]
    first = np.array([found[0] for found in rows])
    text, pairs, who = article.text, article.pairs, article.text.who
    sentence, ends = pairs.sentence[first], pairs.ends[first]
    often = pairs.often[first, 0] + symmetric[columns] * pairs.often[first, 1]
    sums = np.bincount(pairs.sentence, scores.sum(axis=1))
    triggers = np.maximum.reduceat(text.triggers, text.starts[:-1], axis=0)
    kinds = who.kinds[ends]
    joined = (text.deps[who.tokens[ends]] == _CONJ) & (
        kinds != IMPLIED_KIND
    )  # whether "and" joins each end to others, who then are no rivals of it
    features = [
        _said(rows, columns, scores, often),
        _of_the_two(between, twos, columns, both, scores[first, columns]),
        *(_rivals(between.best, owner)[twos, columns] for owner in between.ends.T),
        _beside(pairs, scores, between.ends[twos], first, columns),
        sums[sentence],
        np.full(len(rows), sums.sum() / 10),
        np.full(len(rows), len(text.words) / _LONG),
        np.minimum(_LATE, sentence) / _LATE,
        triggers[sentence, columns],
        *(_most(between.best, owner)[owner[twos]] for owner in between.ends.T),
        np.full(len(rows), lang == "fr"),
        joined,
        *(np.eye(len(KINDS))[of_end] for of_end in kinds.T),
        who.told[ends].reshape(len(rows), -1),
        pairs.extras[first],
        who.types[ends].reshape(len(rows), -1),
        np.eye(len(codes.vocabulary))[columns],
    ]
    return Likely(
        ends=between.ends[twos],
        columns=columns,
        rows=rows,
        features=np.column_stack(features).astype("float32"),
    )


def _between(nodes: Array, scores: Array) -> _Between:
    size = nodes.max(initial=0) + 1
    key = nodes[:, 0] * size + nodes[:, 1]
    keys, firsts, counts = np.unique(key, return_index=True, return_counts=True)
    if not len(keys):
        return _Between(nodes, [], scores, np.zeros(0, int))
    together = np.argsort(key, kind="stable")
    starts = np.cumsum(counts) - counts
    order = np.argsort(firsts)  # by first appearance
    ends = nodes[firsts[order]]
    turned = ends[:, 1] * size + ends[:, 0]
    found = np.minimum(np.searchsorted(keys, turned), len(keys) - 1)
    return _Between(
        ends=ends,
        rows=[together[starts[n] : starts[n] + counts[n]].tolist() for n in order],
        best=np.maximum.reduceat(scores[together], starts, axis=0)[order],
        reverse=np.where(keys[found] == turned, np.argsort(order)[found], -1),
    )


def _flat(lists: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """Lists end to end, and where each begins."""
    counts = np.array([len(found) for found in lists], int)
    return np.array([row for found in lists for row in found], int), np.cumsum(counts) - counts


def _said(rows: Sequence[Sequence[int]], columns: Array, scores: Array, often: Array) -> Array:
    """What the sentences say together of each claim: how sure, next sure, how many, in all.

    ``often`` (claims,) they pair its ends.
    """
    together, firsts = _flat(rows)
    counts = np.diff(firsts, append=len(together))
    said = scores[together, np.repeat(columns, counts)]
    surest = said[firsts].astype(float)
    found: Array = np.column_stack(
        [
            np.log(surest / (1 - np.minimum(surest, 0.999))) / 4,
            surest,
            np.where(counts > 1, np.append(said, 0)[firsts + 1], 0),
            np.minimum(_MOST_PLACES, often) / _MOST_PLACES,
            np.add.reduceat(said, firsts),
            1 - np.multiply.reduceat(1 - said, firsts).astype(float),
        ]
    )
    return found


def _of_the_two(
    between: _Between, twos: Array, columns: Array, both: Array, surest: Array
) -> Array:
    """What else is said of a claim's two entities, and the other way round: in sum, how much is
    surer, and each predicate by itself.
    """
    claims = np.arange(len(twos))
    others = between.best[twos]
    surer = (others > surest[:, None]).sum(axis=1) / 4
    others[claims, columns] = 0.0
    reverse = between.best[between.reverse[twos]]
    reverse[both | (between.reverse[twos] < 0)] = 0.0
    said = [others.max(axis=1), others.sum(axis=1), reverse[claims, columns], reverse.max(axis=1)]
    found: Array = np.column_stack([*said, surer, others, reverse])
    return found


def _rivals(best: Array, owner: Array) -> Array:
    """(twos, predicates): the most that is said of another two with the same owner."""
    found = np.zeros_like(best)
    for number in np.unique(owner):
        group = np.flatnonzero(owner == number)
        if len(group) > 1:
            second, first = np.partition(best[group], (-2, -1), axis=0)[-2:]
            found[group] = np.where(best[group] < first, first, second)
    return found


def _most(best: Array, owner: Array) -> Array:
    """The most that is said of anything with each owner, by the owner's number."""
    found = np.zeros(owner.max() + 1, best.dtype)
    np.maximum.at(found, owner, best.max(axis=1))
    return found


def _beside(pairs: PairNumbers, scores: Array, ends: Array, first: Array, columns: Array) -> Array:
    """What a claim's sentence says of its subject with others, of its object, and how much surer.

    One row for every claim and pair of its sentence is looked at, all of them at once.
    """
    sentence = pairs.sentence
    start = np.searchsorted(sentence, sentence[first])
    counts = np.searchsorted(sentence, sentence[first], side="right") - start
    firsts = np.cumsum(counts) - counts
    claim = np.repeat(np.arange(len(first)), counts)
    row = np.arange(len(claim)) + np.repeat(start - firsts, counts)
    beside = scores[row, columns[claim]]
    same = pairs.nodes[row] == ends[claim]
    found: Array = np.column_stack(
        [
            np.maximum.reduceat(beside * (same[:, 0] & ~same[:, 1]), firsts),
            np.maximum.reduceat(beside * (same[:, 1] & ~same[:, 0]), firsts),
            np.add.reduceat(beside > scores[first, columns][claim], firsts, dtype=int) / 4,
        ]
    )
    return found


@dataclass(frozen=True, slots=True)
class Weigher:
    """Gives likely claims their probability; those from ``threshold`` up are shown."""

    weights: Mapping[str, Array]
    threshold: float

    def weigh(self, claims: Likely) -> Array:
        """(claims,): probabilities."""
        if not len(claims.rows):
            return np.zeros(0, "float32")
        weights = self.weights
        x = np.maximum(claims.features @ weights["features"] + weights["first"], 0)
        raw = x @ weights["last"] + claims.features @ weights["plain"] + weights["bias"]
        return probability(raw)


@cache
def load_judges() -> tuple[Network, Weigher] | None:
    """The shipped network and weigher; None in a checkout that lacks one of them."""
    network, weigher = load_network(), read_weights(WEIGHTS, _read)
    return None if network is None or weigher is None else (network, weigher)


def _read(data: Mapping[str, Any]) -> Weigher:
    return Weigher(
        weights={
            name: data[name].astype("float32")
            for name in ("features", "first", "last", "plain", "bias")
        },
        threshold=float(data["threshold"]),
    )
