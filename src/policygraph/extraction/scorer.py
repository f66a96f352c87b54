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

from policygraph.extraction.trees import Array, Trees, probability, read_trees, read_weights

WEIGHTS = Path(__file__).parents[1] / "models" / "claims.npz"

CUES = "cues"
"""Name of the feature that holds the linear part's log-odds."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of the cues, and the trees that judge their log-odds with the other features."""

    trees: Trees
    cues: Array
    cues_bias: float
    calibration: tuple[float, float]

    @property
    def threshold(self) -> float:
        """The probability from which a candidate counts as a claim."""
        return self.trees.threshold

    def weigh(self, cues: Sequence[Sequence[str]]) -> list[float]:
        """Log-odds of each candidate by its cues alone."""
        size = len(self.cues)
        return [
            self.cues_bias + float(self.cues[[place(cue, size) for cue in found]].sum())
            for found in cues
        ]

    def score(
        self, features: Sequence[Mapping[str, float]], cues: Sequence[Sequence[str]]
    ) -> Array:
        """Calibrated probabilities, one for each candidate."""
        rows = self.trees.rows(features)
        rows[:, self.trees.names[CUES]] = self.weigh(cues)
        slope, offset = self.calibration
        return probability(slope * self.trees.raw(rows) + offset)


def place(cue: str, size: int) -> int:
    """Where a cue's weight stands among ``size`` of them."""
    return crc32(cue.encode()) % size


@cache
def load_scorer() -> Scorer | None:
    """The shipped weights; None in a checkout that has none yet: rules alone then decide."""
    return read_weights(WEIGHTS, _read)


def _read(data: Mapping[str, Any]) -> Scorer:
    return Scorer(
        trees=read_trees(data),
        cues=data["cues"].astype("float32"),
        cues_bias=float(data["cues_bias"]),
        calibration=(float(data["slope"]), float(data["offset"])),
    )
