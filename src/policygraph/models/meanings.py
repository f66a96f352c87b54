"""What words mean: vectors that stand near each other where words do, across both languages.

They let ``network`` judge a word that no training article has by those that it resembles:
"racheter", "acquire" and "takeover" stand together. ``training/meanings.py`` distils them from
a multilingual sentence encoder into ``models/meanings.npz``; they are looked up, never learned
further.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from policygraph.models.weights import Array, read_weights

WEIGHTS = Path(__file__).with_name("meanings.npz")

WIDTH = 96
"""Numbers in a vector."""


@dataclass(frozen=True)
class Meanings:
    """``rows`` of words, each with its language before it ("fr:racheter"); ``vectors`` (rows,
    ``WIDTH``), of which the first, all zeros, stands for words that are not known.
    """

    rows: Mapping[str, int]
    vectors: Array

    def row(self, lang: str, *words: str) -> int:
        """The row of the first of some lower-case words that is known, else 0."""
        return next((row for word in words if (row := self.rows.get(f"{lang}:{word}"))), 0)

    def likeness(self, row: int, groups: Sequence[Iterable[int]]) -> list[float]:
        """Of a word and the one of each group that is most like it: a cosine, 0 if none is."""
        if not row:
            return [0.0] * len(groups)
        rows = sorted({other for group in groups for other in group if other})
        known = dict(zip(rows, (self.unit[rows] @ self.unit[row]).tolist(), strict=True))
        return [max((0.0, *(known[o] for o in group if o))) for group in groups]

    @cached_property
    def unit(self) -> Array:
        """The vectors, each of length 1."""
        lengths = np.linalg.norm(self.vectors, axis=1, keepdims=True)
        found: Array = self.vectors / np.maximum(lengths, 1e-6)
        return found


@cache
def load_meanings() -> Meanings:
    """The shipped vectors; none in a checkout that has none yet."""
    found = read_weights(WEIGHTS, _read)
    return Meanings({}, np.zeros((1, WIDTH), "float32")) if found is None else found


def _read(data: Mapping[str, Any]) -> Meanings:
    words = data["words"].tobytes().decode().split("\n")
    vectors = data["vectors"].astype("float32") * data["scales"]
    return Meanings(
        rows={word: row for row, word in enumerate(words, 1)},
        vectors=np.concatenate([np.zeros((1, WIDTH), "float32"), vectors]),
    )
