"""Gradient-boosted trees, read and walked with NumPy alone: which entity a noun stands for.

``training/nominals.py`` makes ``models/nominals.npz``: arrays of shape (trees, nodes) over
named features, in which a leaf is its own child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from policygraph.extraction.weights import Array, probability, read_weights

RANKER = Path(__file__).parents[1] / "models" / "nominals.npz"


@dataclass(frozen=True, slots=True)
class Trees:
    """Scores options; from ``threshold`` up the best one is taken."""

    names: Mapping[str, int]
    feature: Array
    split: Array
    left: Array
    right: Array
    value: Array
    depth: int
    bias: float
    threshold: float

    def rows(self, features: Sequence[Mapping[str, float]]) -> Array:
        """Features as a matrix of shape (options, names); unknown names are left out."""
        rows = np.zeros((len(features), len(self.names)), dtype="float32")
        for row, named in zip(rows, features, strict=True):
            for name, number in named.items():
                column = self.names.get(name)
                if column is not None:
                    row[column] = number
        return rows

    def raw(self, rows: Array) -> Array:
        """Log-odds, one for each row."""
        count, size = self.feature.shape
        base = (np.arange(count) * size)[None, :]
        lines = (np.arange(len(rows)) * len(self.names))[:, None]
        flat = rows.ravel()
        place = np.repeat(base, len(rows), axis=0)
        for _ in range(self.depth):  # np.take is several times as fast as indexing by arrays
            value = flat.take(lines + self.feature.take(place))
            goes_left = value <= self.split.take(place)
            place = base + np.where(goes_left, self.left.take(place), self.right.take(place))
        found: Array = self.bias + self.value.take(place).sum(axis=1)
        return found

    def score(self, features: Sequence[Mapping[str, float]]) -> Array:
        """Probabilities, one for each mapping."""
        return probability(self.raw(self.rows(features)))


def read_trees(data: Mapping[str, Any]) -> Trees:
    """The trees of an opened weights file."""
    return Trees(
        names={str(name): i for i, name in enumerate(data["names"])},
        feature=data["feature"],
        split=data["split"],
        left=data["left"],
        right=data["right"],
        value=data["value"],
        depth=int(data["depth"]),
        bias=float(data["bias"]),
        threshold=float(data["threshold"]),
    )


@cache
def load_ranker() -> Trees | None:
    """The shipped ranker of nominals; None in a checkout that has none yet."""
    return read_weights(RANKER, read_trees)
