"""Which of several entities is meant, or none: a small network, run by NumPy.

Two are shipped: what a noun stands for (``models/nominals.npz``) and who says a claim
(``models/speakers.npz``), both by ``training/together.py``. Every option is one row of named
features, a word's meaning, and what the word that is asked about and those that tell of the
option mean in their places. The network weighs the options of one question against each other, and
all of them against none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from policygraph.models.context import context_of
from policygraph.models.meanings import load_meanings
from policygraph.models.weights import Array, read_weights

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHTS = Path(__file__).parents[1] / "models" / "nominals.npz"


class Option(Protocol):
    """One entity that may be meant."""

    @property
    def features(self) -> Mapping[str, float]:
        """What is known of it, by name; names that were not learned are left out."""

    @property
    def meaning(self) -> int:
        """The row of the word that matters most."""

    @property
    def tokens(self) -> tuple[int, ...]:
        """The words that tell of it."""


Places = tuple[Array, Array]
"""What a word means in its place (numbers,), and on average those that tell of each of its options
(options, numbers), zeros where there are none."""

_ALIKE = ("noun", "option", "asked", "asked bias", "answer", "answer bias", "alike")


def places(doc: Doc, asked: int, options: Sequence[Option]) -> Places:
    """What the token ``asked`` about and those of its options mean in their places."""
    context = context_of(doc)
    answers = np.zeros((len(options), context.shape[1]), "float32")
    for row, option in zip(answers, options, strict=True):
        if option.tokens:
            row[:] = context[list(option.tokens)].mean(axis=0)
    return context[asked], answers


@dataclass(frozen=True, slots=True)
class Ranker:
    """Scores options; from ``threshold`` up the best one is taken."""

    names: Mapping[str, int]
    weights: Mapping[str, Array]
    threshold: float

    def score(self, options: Sequence[Option], places: Places | None = None) -> Array:
        """The probability of each option of a question; what they lack to 1 is that of none.

        ``places`` tells, where the ranker was taught so, what is asked and what may answer it.
        """
        weights = self.weights
        x = self._read([option.features for option in options])
        meanings = [option.meaning for option in options]
        if len(set(meanings)) == 1:
            meanings = meanings[:1]
        x += load_meanings().vectors[meanings] @ weights["meaning"] + weights["first"]
        if places is not None and "alike" in weights:
            asked, answers = places
            alike = (asked @ weights["asked"] + weights["asked bias"]) * (
                answers @ weights["answer"] + weights["answer bias"]
            )
            x += alike @ weights["alike"] + asked @ weights["noun"] + answers @ weights["option"]
        x = np.maximum(np.maximum(x, 0) @ weights["hidden"] + weights["second"], 0)
        raw = np.append(x @ weights["last"] + weights["bias"], 0.0)
        share = np.exp(raw - raw.max())
        found: Array = share[:-1] / share.sum()
        return found

    def _read(self, options: Sequence[Mapping[str, float]]) -> Array:
        """What the first layer makes of the features of some options, of those that it knows."""
        known = sorted({name for features in options for name in features} & self.names.keys())
        values = [[features.get(name, 0.0) for name in known] for features in options]
        weights = self.weights["features"][[self.names[name] for name in known]]
        found: Array = np.array(values, "float32") @ weights
        return found


@cache
def load_ranker(path: Path | None = None) -> Ranker | None:
    """A shipped ranker, of nominals unless told; None in a checkout that has none yet."""
    return read_weights(path or WEIGHTS, _read)


def _read(data: Mapping[str, Any]) -> Ranker:
    return Ranker(
        names={str(name): i for i, name in enumerate(data["names"])},
        weights={
            name: data[name].astype("float32")
            for name in (
                "features",
                "meaning",
                "first",
                "hidden",
                "second",
                "last",
                "bias",
                *_ALIKE,
            )
            if name in data
        },
        threshold=float(data["threshold"]),
    )
