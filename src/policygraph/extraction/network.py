"""How likely each pair of entities is joined by each predicate: a small network, run by NumPy.

Every token is read with its neighbours in the sentence and in the parse, three times over.
Where an entity is mentioned, a token is told what stands around its other mentions. Every pair then
looks at its two ends, at all mentions of both in the article, at the words between them, at the
words of the sentence that it attends to, at the sentence before and at what the title and the whole
article are about, and gets one probability for each predicate.

The weights ship in ``models/claims.npz``; ``training/claims.py`` learns them from the gold
articles and passages, and holds the same network in PyTorch. Probabilities are calibrated on
held-out articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from policygraph.extraction.codes import IMPLIED_KIND
from policygraph.extraction.encoding import Encoded
from policygraph.extraction.token_numbers import NOWHERE
from policygraph.model import Status
from policygraph.models.meanings import load_meanings
from policygraph.models.weights import Array, probability, read_weights

WEIGHTS = Path(__file__).parents[1] / "models" / "claims.npz"


@dataclass(frozen=True, slots=True)
class Judgement:
    """``scores`` (pairs, predicates): probabilities; ``focus`` (pairs,): the token most heeded.

    ``statuses`` (pairs, statuses) and ``negated`` (pairs,): probabilities of the stance that
    the sentence takes, if it claims anything of the pair.
    """

    scores: Array
    focus: Array
    statuses: Array
    negated: Array


@dataclass(frozen=True, slots=True)
class Network:
    """The weights by the names that PyTorch gives them."""

    weights: Mapping[str, Array]
    layers: int
    heads: int
    threshold: float
    """From which a further sentence counts as saying a claim too."""
    calibration: tuple[float, float]

    def judge(self, article: Encoded) -> Judgement:
        """Probabilities of every predicate for every pair of an article; 0 where types forbid."""
        if not len(article.sentence):
            none = np.zeros((0, len(Status)), "float32")
            return Judgement(article.allowed * 1.0, np.zeros(0, "int32"), none, none[:, 0])
        tokens = self._tokens(article)
        pairs = self._pairs(article)
        about = self._about(article, tokens)
        queries = self._of_pairs("query", article, tokens, about, pairs)
        attended, triggers, focus = self._attend(article, tokens, queries)
        ways, _ = _runs(article.path_of)
        between = np.maximum.reduceat(tokens[article.path], ways, axis=0)
        heeded = np.concatenate([attended, triggers.reshape(len(pairs), -1), between], axis=1)
        hidden = self._of_pairs("pair", article, tokens, about, pairs)
        topic, before = self._around(article, tokens)
        weight = self.weights["pair.weight"].T[pairs.shape[1] + 6 * tokens.shape[1] :]
        of_heeded, of_topic, of_before = np.split(weight, np.cumsum([heeded.shape[1], len(topic)]))
        hidden += heeded @ of_heeded + topic @ of_topic + (before @ of_before)[article.sentence]
        hidden = _gated(hidden)
        raw = self._linear("predicates", hidden)
        raw += (self.weights["trigger_weight"] * triggers).sum(axis=1)
        slope, offset = self.calibration
        stances = self._linear("stances", hidden)
        statuses = np.exp(stances[:, :-1] - stances[:, :-1].max(axis=1, keepdims=True))
        return Judgement(
            scores=probability(slope * raw + offset) * article.allowed,
            focus=focus,
            statuses=statuses / statuses.sum(axis=1, keepdims=True),
            negated=probability(stances[:, -1]),
        )

    def _linear(self, name: str, x: Array) -> Array:
        found: Array = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return found

    def _tokens(self, article: Encoded) -> Array:
        """One vector a token, after every layer has looked around."""
        weights = self.weights
        x = np.concatenate(
            [
                weights["words.weight"][article.words],
                load_meanings().vectors[article.meanings],
                weights["pos.weight"][article.pos],
                weights["deps.weight"][article.deps],
                weights["types.weight"][article.types],
                weights["kinds.weight"][article.kinds],
                article.flags,
                article.triggers,
            ],
            axis=1,
        )
        x = np.maximum(self._linear("input", x), 0)
        count, width = x.shape
        before, after = np.arange(count) - 1, np.arange(count) + 1
        before[article.starts[:-1]] = count
        after[article.starts[1:] - 1] = count
        parents, parent, children = np.unique(
            article.heads, return_inverse=True, return_counts=True
        )
        order = np.argsort(parent, kind="stable")
        firsts = np.cumsum(children) - children
        children = children[:, None].astype(x.dtype)
        for layer in range(self.layers):
            if layer:
                about = self._linear(f"entity.{layer - 1}", _pooled(article, x))
                np.add.at(x, article.mentions, about[article.mention_of])
            # most tokens head no other: both products with heads are worked out once a head
            beside, above, below = np.split(
                weights[f"mix.{layer}.weight"].T, [3 * width, 4 * width]
            )
            padded = np.concatenate([x, np.zeros((1, width), x.dtype)])
            mixed = np.concatenate([x, padded[before], padded[after]], axis=1) @ beside
            mixed += (x[parents] @ above)[parent] + weights[f"mix.{layer}.bias"]
            mixed[parents] += np.add.reduceat(x[order], firsts, axis=0) / children @ below
            x = self._norm(f"norm.{layer}", x + self._linear(f"out.{layer}", _gated(mixed)))
        return x

    def _norm(self, name: str, x: Array) -> Array:
        centred = x - x.mean(axis=1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        found: Array = centred / scale * self.weights[f"{name}.weight"]
        return found + self.weights[f"{name}.bias"]

    def _pairs(self, article: Encoded) -> Array:
        """What is known of each pair beside the tokens at its ends."""
        parts = [self._linear("end_types", article.end_types[:, side]) for side in (0, 1)]
        parts += [self.weights["end_kinds.weight"][article.end_kinds[:, side]] for side in (0, 1)]
        return np.concatenate([*parts, article.extras], axis=1)

    def _about(self, article: Encoded, tokens: Array) -> Array:
        """(entities, 2 width): mean and maximum of each entity's mentions; then zeros."""
        firsts, _ = _runs(article.mention_of)
        most = np.maximum.reduceat(tokens[article.mentions], firsts, axis=0)
        found = np.concatenate([_pooled(article, tokens), most], axis=1)
        return np.concatenate([found, np.zeros((1, found.shape[1]), found.dtype)])

    def _around(self, article: Encoded, tokens: Array) -> tuple[Array, Array]:
        """The means of the title's words and of all; (sentences, width) of those before each."""
        starts = article.starts[:-1]
        lengths = np.diff(article.starts)[:, None].astype("float32")
        means = np.add.reduceat(tokens, starts, axis=0) / lengths
        before = np.concatenate([np.zeros_like(means[:1]), means[:-1]])
        return np.concatenate([means[0], tokens.mean(axis=0)]), before

    def _of_pairs(
        self, name: str, article: Encoded, tokens: Array, about: Array, pairs: Array
    ) -> Array:
        """What a layer makes of each pair's ends, before its sentence is looked at.

        A token is an end of many pairs, and an entity even more so: each product is worked out
        once.
        """
        weight, width = self.weights[f"{name}.weight"].T, tokens.shape[1]
        padded = np.concatenate([tokens, np.zeros((1, width), tokens.dtype)])
        of_tokens, of_entities, rest = np.split(
            weight[: 6 * width + pairs.shape[1]], [2 * width, 6 * width]
        )
        found: Array = pairs @ rest + self.weights[f"{name}.bias"]
        for side, part in enumerate(np.split(of_tokens, 2)):
            ends, end = np.unique(article.ends[:, side], return_inverse=True)
            found += (padded[ends] @ part)[end]
        for side, part in enumerate(np.split(of_entities, 2)):
            found += (about @ part)[article.entities[:, side]]
        return found

    def _attend(
        self, article: Encoded, tokens: Array, queries: Array
    ) -> tuple[Array, Array, Array]:
        """What each pair heeds in its sentence: vectors, triggers, and its foremost token."""
        heads, count = self.heads, len(queries)
        queries = queries.reshape(count, heads, -1)
        size = queries.shape[2]
        keys = self._linear("key", tokens).reshape(len(tokens), heads, size)
        values = self._linear("value", tokens).reshape(len(tokens), heads, -1)
        attended = np.zeros((count, heads, values.shape[2]), "float32")
        triggers = np.zeros((count, heads, article.triggers.shape[1]), "float32")
        focus = np.zeros(count, "int32")
        sentences, firsts = np.unique(article.sentence, return_index=True)
        for number, rows in zip(sentences, np.split(np.arange(count), firsts[1:]), strict=True):
            start, end = article.starts[number], article.starts[number + 1]
            logits = np.matmul(
                queries[rows].transpose(1, 0, 2), keys[start:end].transpose(1, 2, 0)
            ) / np.float32(np.sqrt(size))
            for side, name in enumerate(("subject_arcs", "object_arcs")):
                places = article.ends[rows, side] - start
                implied = article.end_kinds[rows, side] == IMPLIED_KIND
                arcs = article.arcs[number][np.where(implied, 0, places)]
                arcs = np.where(implied[:, None], NOWHERE, arcs)
                logits += self.weights[f"{name}.weight"][arcs].transpose(2, 0, 1)
            logits -= logits.max(axis=2, keepdims=True)
            share = np.exp(logits)
            share /= share.sum(axis=2, keepdims=True)
            attended[rows] = np.matmul(share, values[start:end].transpose(1, 0, 2)).transpose(
                1, 0, 2
            )
            triggers[rows] = (share @ article.triggers[start:end]).transpose(1, 0, 2)
            focus[rows] = start + share.mean(axis=0).argmax(axis=1)
        return attended.reshape(count, -1), triggers, focus


def _pooled(article: Encoded, tokens: Array) -> Array:
    """(entities, width): what the article says around each entity, the mean of its mentions."""
    firsts, often = _runs(article.mention_of)
    found: Array = np.add.reduceat(tokens[article.mentions], firsts, axis=0) / often[:, None]
    return found


def _runs(numbers: Array) -> tuple[Array, Array]:
    """Where each number first stands among ascending ones, and how often."""
    firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
    return firsts, np.diff(np.append(firsts, len(numbers))).astype("float32")


def _gated(x: Array) -> Array:
    left, right = np.split(x, 2, axis=1)
    found: Array = left * probability(right)
    return found


@cache
def load_network() -> Network | None:
    """The shipped weights; None in a checkout that has none yet: rules alone then decide."""
    return read_weights(WEIGHTS, _read)


def _read(data: Mapping[str, Any]) -> Network:
    return Network(
        weights={
            name.removeprefix("w:"): array.astype("float32")
            for name, array in data.items()
            if name.startswith("w:")
        },
        layers=int(data["layers"]),
        heads=int(data["heads"]),
        threshold=float(data["threshold"]),
        calibration=(float(data["slope"]), float(data["offset"])),
    )
