"""How likely a candidate is a claim: a model learned from the gold articles.

Two parts: a linear one over the words and arcs around a candidate (*cues*, hashed), whose
log-odds are one more feature of the other, gradient-boosted trees over its syntax.

The weights ship in ``models/claims.npz`` (``training/claims.py`` makes them): flat arrays of
tree nodes over named features, so that NumPy alone reads them. Scores are probabilities,
calibrated on held-out articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from policygraph.errors import OntologyError

WEIGHTS = Path(__file__).parents[1] / "models" / "claims.npz"

CUES = "cues"
"""Name of the feature that holds the linear part's log-odds."""

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Trees as arrays of shape (trees, nodes); a leaf is its own child.

    ``threshold`` is the probability from which a candidate counts as a claim.
    """

    names: Mapping[str, int]
    cues: Array
    cues_bias: float
    feature: Array
    split: Array
    left: Array
    right: Array
    value: Array
    depth: int
    bias: float
    calibration: tuple[float, float]
    threshold: float

    def weigh(self, cues: Sequence[Sequence[str]]) -> list[float]:
        """Log-odds of each candidate by its cues alone."""
        size = len(self.cues)
        return [
            self.cues_bias + float(self.cues[[place(cue, size) for cue in found]].sum())
            for found in cues
        ]

    def rows(self, features: Sequence[Mapping[str, float]]) -> Array:
        """Features as a matrix of shape (candidates, names); unknown names are left out."""
        matrix = np.zeros((len(features), len(self.names)), dtype="float32")
        for row, named in zip(matrix, features, strict=True):
            for name, number in named.items():
                column = self.names.get(name)
                if column is not None:
                    row[column] = number
        return matrix

    def score(
        self, features: Sequence[Mapping[str, float]], cues: Sequence[Sequence[str]]
    ) -> Array:
        """Calibrated probabilities, one for each candidate."""
        if not features:
            return np.zeros(0, dtype="float32")
        rows = self.rows(features)
        rows[:, self.names[CUES]] = self.weigh(cues)
        trees = np.arange(self.feature.shape[0])[None, :]
        lines = np.arange(rows.shape[0])[:, None]
        node = np.zeros((rows.shape[0], self.feature.shape[0]), dtype="int32")
        for _ in range(self.depth):
            goes_left = rows[lines, self.feature[trees, node]] <= self.split[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        raw = self.bias + self.value[trees, node].sum(axis=1)
        slope, offset = self.calibration
        result: Array = 1.0 / (1.0 + np.exp(-(slope * raw + offset)))
        return result


def place(cue: str, size: int) -> int:
    """Where a cue's weight stands among ``size`` of them."""
    return crc32(cue.encode()) % size


@cache
def load_scorer() -> Scorer | None:
    """The shipped weights; None in a checkout that has none yet: rules alone then decide."""
    if not WEIGHTS.is_file():
        return None
    try:
        with np.load(WEIGHTS, allow_pickle=False) as data:
            return Scorer(
                names={str(name): i for i, name in enumerate(data["names"])},
                cues=data["cues"].astype("float32"),
                cues_bias=float(data["cues_bias"]),
                feature=data["feature"],
                split=data["split"],
                left=data["left"],
                right=data["right"],
                value=data["value"],
                depth=int(data["depth"]),
                bias=float(data["bias"]),
                calibration=(float(data["slope"]), float(data["offset"])),
                threshold=float(data["threshold"]),
            )
    except (OSError, ValueError, KeyError) as error:
        raise OntologyError(f"{WEIGHTS}: not the shipped weights: {error}") from error
