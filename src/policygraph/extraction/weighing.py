"""Weighs an article's likely claims against each other: the network sees one pair at a time.

A claim gains by being said in several sentences and by being about those who act in the article; it
loses where the sentence more likely says something else of the pair, gives the claim to
somebody else, or claims the reverse. ``training/weighing.py`` learns how much, from what the
network says of articles that it was not taught, and writes ``models/weighing.npz``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from policygraph.extraction.encoding import DEPS, IMPLIED_KIND, KINDS, Codes, Encoded
from policygraph.extraction.network import Network, load_network
from policygraph.models.weights import Array, probability, read_weights

WEIGHTS = Path(__file__).parents[1] / "models" / "weighing.npz"

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


@dataclass(slots=True)
class _Between:
    """What the network says of two entities, subject and object, in any sentence."""

    rows: list[int]
    best: Array


def likely(article: Encoded, nodes: Array, scores: Array, codes: Codes, lang: str) -> Likely:
    """The claims that are likely by the network's ``scores`` (pairs, predicates).

    ``nodes`` (pairs, 2) numbers the entities of the article.
    """
    between = {key: _Between(rows, scores[rows].max(axis=0)) for key, rows in _rows(nodes)}
    sums = np.bincount(article.sentence, scores.sum(axis=1)) if len(scores) else np.zeros(0)
    of_subject: dict[int, list[tuple[int, int]]] = {}
    of_object: dict[int, list[tuple[int, int]]] = {}
    for key in between:
        of_subject.setdefault(key[0], []).append(key)
        of_object.setdefault(key[1], []).append(key)
    ends, columns, places, features = [], [], [], []
    for (subject, object_), here in between.items():
        for column in np.flatnonzero(here.best >= FLOOR).tolist():
            back = between.get((object_, subject))
            rows = here.rows
            if codes.vocabulary[column].symmetric and back is not None:
                if (object_, subject) < (subject, object_):
                    continue
                rows = [*rows, *back.rows]
                back = None
            rows = sorted(rows, key=lambda row: -scores[row, column])
            said, row = scores[rows, column], rows[0]
            same = np.flatnonzero(article.sentence == article.sentence[row])
            others = here.best.copy()
            others[column] = 0.0
            rivals = [
                max(
                    (between[key].best[column] for key in keys if key != (subject, object_)),
                    default=0.0,
                )
                for keys in (of_subject[subject], of_object[object_])
            ]
            beside = scores[same, column]
            is_subject, is_object = nodes[same, 0] == subject, nodes[same, 1] == object_
            features.append(
                np.concatenate(
                    [
                        _said(said),
                        [
                            others.max(),
                            others.sum(),
                            0.0 if back is None else back.best[column],
                            0.0 if back is None else back.best.max(),
                            (here.best > said.max()).sum() / 4,
                            *rivals,
                            beside[is_subject & ~is_object].max(initial=0.0),
                            beside[is_object & ~is_subject].max(initial=0.0),
                            (beside > said.max()).sum() / 4,
                            sums[article.sentence[row]],
                            sums.sum() / 10,
                            len(article.words) / _LONG,
                            min(_LATE, article.sentence[row]) / _LATE,
                            article.triggers[_tokens(article, row), column].max(),
                            max(between[key].best.max() for key in of_subject[subject]),
                            max(between[key].best.max() for key in of_object[object_]),
                            lang == "fr",
                            *_joined(article, row),
                        ],
                        _one_of(article.end_kinds[row, 0], len(KINDS)),
                        _one_of(article.end_kinds[row, 1], len(KINDS)),
                        article.extras[row],
                        article.end_types[row].ravel(),
                        _one_of(column, len(codes.vocabulary)),
                    ]
                )
            )
            ends.append((subject, object_))
            columns.append(column)
            places.append(rows)
    return Likely(
        ends=np.array(ends, "int32").reshape(-1, 2),
        columns=np.array(columns, "int32"),
        rows=places,
        features=np.array(features, "float32"),
    )


def _rows(nodes: Array) -> Iterator[tuple[tuple[int, int], list[int]]]:
    found: dict[tuple[int, int], list[int]] = {}
    for row, (subject, object_) in enumerate(nodes.tolist()):
        found.setdefault((subject, object_), []).append(row)
    yield from found.items()


def _said(said: Array) -> list[float]:
    """What the sentences say together of one claim, the surest first."""
    first, *rest = said.tolist()
    return [
        float(np.log(first / (1 - min(first, 0.999)))) / 4,
        first,
        rest[0] if rest else 0.0,
        min(_MOST_PLACES, len(said)) / _MOST_PLACES,
        float(said.sum()),
        1 - float(np.prod(1 - said)),
    ]


def _tokens(article: Encoded, row: int) -> slice:
    number = article.sentence[row]
    return slice(article.starts[number], article.starts[number + 1])


def _joined(article: Encoded, row: int) -> Array:
    """Whether "and" joins each end to others, who then are no rivals of it."""
    joined = article.deps[article.ends[row]] == _CONJ
    here: Array = joined & (article.end_kinds[row] != IMPLIED_KIND)
    return here


def _one_of(code: int, size: int) -> Array:
    found = np.zeros(size, "float32")
    found[code] = 1
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
