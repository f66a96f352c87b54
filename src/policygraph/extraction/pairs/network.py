"""How likely each pair of entities is joined by each predicate: a small network, run by NumPy.

Every token is read with its neighbours in the sentence and in the parse, three times over.
Where an entity is mentioned, a token is told what stands around its other mentions. Of most pairs a
glance at both ends and their sentence tells that nothing is claimed. Every other looks at its two
ends, at all mentions of both in the article, at the words between them, at the words of the
sentence that it attends to, at the sentence before and at what the title and the whole article are
about; then at what is made of the pairs with the same ends or in the same sentence, and gets one
probability for each predicate.

The weights ship in ``models/claims.npz``; ``training/claims.py`` learns them from the gold
articles and passages, and holds the same network in PyTorch. Probabilities are calibrated on
held-out articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from policygraph.extraction.pairs.codes import IMPLIED_KIND
from policygraph.extraction.pairs.encoding import Encoded, EncodedText
from policygraph.extraction.pairs.pair_numbers import PairNumbers
from policygraph.extraction.pairs.token_numbers import NOWHERE
from policygraph.model import Status
from policygraph.models.meanings import load_meanings
from policygraph.models.weights import Array, probability, read_weights

WEIGHTS = Path(__file__).parents[2] / "models" / "claims.npz"

PROMISE = -2.6
"""Log-odds of a glance from which a pair is judged: 36 in 100 on gold dev, and 99 in 100 of those
that are given 0.1 or more."""


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
class Seen:
    """An article as the network has read it.

    ``tokens`` (tokens, width); ``places`` (places, width): those where ends stand, each once, and
    ``place`` (ends,) which; ``about`` (entities + 1, 2 width): mean and maximum of each entity's
    mentions, then zeros; ``sentences`` (sentences, 2 width): of each sentence's words; ``known``
    (ends, known): what is known of each end beside these.
    """

    tokens: Array
    places: Array
    place: Array
    about: Array
    sentences: Array
    known: Array


@dataclass(frozen=True, slots=True)
class Network:
    """The weights by the names that PyTorch gives them."""

    weights: Mapping[str, Array]
    layers: int
    heads: int
    threshold: float
    """From which a further sentence counts as saying a claim too."""
    calibration: tuple[float, float]

    def read(self, text: EncodedText) -> Seen:
        """Read an article, before any pair is looked at."""
        tokens, who = self._tokens(text), text.who
        firsts, _ = _runs(text.mention_of)
        about = [_pooled(text, tokens), np.maximum.reduceat(tokens[text.mentions], firsts, axis=0)]
        starts = text.starts[:-1]
        lengths = np.diff(text.starts)[:, None].astype("float32")
        sentences = [np.add.reduceat(tokens, starts, axis=0) / lengths]
        sentences.append(np.maximum.reduceat(tokens, starts, axis=0))
        known = [self._linear("end_types", who.types)]
        known += [self.weights["end_kinds.weight"][who.kinds], who.told]
        places, place = np.unique(who.tokens, return_inverse=True)
        return Seen(
            tokens=tokens,
            places=_padded(tokens)[places],
            place=place,
            about=_padded(np.concatenate(about, axis=1)),
            sentences=np.concatenate(sentences, axis=1),
            known=np.concatenate(known, axis=1),
        )

    def promising(self, text: EncodedText, seen: Seen, ends: Array) -> Array:
        """(kept,): which of some pairs, by their ``ends`` (pairs, 2), may well make a claim."""
        rows: Array = np.flatnonzero(self.glance(text, seen, ends) >= PROMISE)
        return rows

    def glance(self, text: EncodedText, seen: Seen, ends: Array) -> Array:
        """(pairs,): log-odds that a closer look is worth while, by both ends and their sentence."""
        glances, width = [], seen.sentences.shape[1]
        for side in (0, 1):
            weight = self.weights[f"glance.{side}.weight"].T
            found = _of_ends(text, seen, weight[:-width]) + self.weights[f"glance.{side}.bias"]
            found += (seen.sentences @ weight[-width:])[text.who.sentence]
            glances.append(found[ends[:, side]])
        one, other = glances
        odds: Array = (one[:, 1:] * other[:, 1:]).sum(axis=1) + one[:, 0] + other[:, 0]
        return odds

    def judge(self, article: Encoded, seen: Seen | None = None) -> Judgement:
        """Probabilities of every predicate for the pairs of an article; 0 where types forbid.

        ``seen`` is the text as it was read already, if it was.
        """
        text, pairs = article.text, article.pairs
        if not len(pairs.sentence):
            none = np.zeros((0, len(Status)), "float32")
            return Judgement(pairs.allowed * 1.0, np.zeros(0, "int32"), none, none[:, 0])
        seen = seen or self.read(text)
        queries = self._of_pairs("query", article, seen)
        attended, triggers, focus = self._attend(article, seen.tokens, queries)
        ways, _ = _runs(pairs.path_of)
        between = np.maximum.reduceat(seen.tokens[pairs.path], ways, axis=0)
        heeded = np.concatenate([attended, triggers.reshape(len(queries), -1), between], axis=1)
        topic, before = _around(seen)
        places = -np.cumsum([before.shape[1], len(topic), heeded.shape[1]])[::-1]
        _, of_heeded, of_topic, of_before = np.split(self.weights["pair.weight"].T, places)
        hidden = self._of_pairs("pair", article, seen)
        hidden += heeded @ of_heeded + topic @ of_topic + (before @ of_before)[pairs.sentence]
        hidden = _gated(hidden)
        hidden = hidden + _gated(self._linear("beside", self._beside(pairs, hidden)))
        raw = self._linear("predicates", hidden)
        raw += (self.weights["trigger_weight"] * triggers).sum(axis=1)
        slope, offset = self.calibration
        stances = self._linear("stances", hidden)
        statuses = np.exp(stances[:, :-1] - stances[:, :-1].max(axis=1, keepdims=True))
        return Judgement(
            scores=probability(slope * raw + offset) * pairs.allowed,
            focus=focus,
            statuses=statuses / statuses.sum(axis=1, keepdims=True),
            negated=probability(stances[:, -1]),
        )

    def _linear(self, name: str, x: Array) -> Array:
        found: Array = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return found

    def _tokens(self, text: EncodedText) -> Array:
        """One vector a token, after every layer has looked around."""
        weights = self.weights
        x = np.concatenate(
            [
                weights["words.weight"][text.words],
                load_meanings().vectors[text.meanings],
                weights["pos.weight"][text.pos],
                weights["deps.weight"][text.deps],
                weights["types.weight"][text.types],
                weights["kinds.weight"][text.kinds],
                text.flags,
                text.triggers,
            ],
            axis=1,
        )
        x = np.maximum(self._linear("input", x) + self._linear("told", text.context), 0)
        count, width = x.shape
        before, after = np.arange(count) - 1, np.arange(count) + 1
        before[text.starts[:-1]] = count
        after[text.starts[1:] - 1] = count
        parents, parent, children = np.unique(text.heads, return_inverse=True, return_counts=True)
        order = np.argsort(parent, kind="stable")
        firsts = np.cumsum(children) - children
        children = children[:, None].astype(x.dtype)
        for layer in range(self.layers):
            if layer:
                about = self._linear(f"entity.{layer - 1}", _pooled(text, x))
                np.add.at(x, text.mentions, about[text.mention_of])
            # most tokens head no other: both products with heads are worked out once a head
            beside, above, below = np.split(
                weights[f"mix.{layer}.weight"].T, [3 * width, 4 * width]
            )
            padded = _padded(x)
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

    def _of_pairs(self, name: str, article: Encoded, seen: Seen) -> Array:
        """What a layer makes of each pair before its sentence is looked at."""
        pairs, weight = article.pairs, self.weights[f"{name}.weight"].T
        width = seen.tokens.shape[1] + seen.about.shape[1] + seen.known.shape[1]
        of_extras = weight[2 * width : 2 * width + pairs.extras.shape[1]]
        found: Array = pairs.extras @ of_extras + self.weights[f"{name}.bias"]
        for side in (0, 1):
            of_end = weight[side * width : (side + 1) * width]
            found += _of_ends(article.text, seen, of_end)[pairs.ends[:, side]]
        return found

    def _beside(self, pairs: PairNumbers, hidden: Array) -> Array:
        """(pairs, hidden + 6 small): each pair, and the most that is made of all, itself too, that
        have in common with it: the sentence and the subject, the object, or both either way round;
        both in the article, or turned; the sentence.
        """
        small = np.maximum(self._linear("small", hidden), 0)
        sentence = pairs.sentence.astype("int64")
        one, other = pairs.nodes.T
        size = pairs.nodes.max() + 1
        both, turned = one * size + other, other * size + one
        subjects, objects = sentence * size + one, sentence * size + other
        either = sentence * size**2 + np.minimum(both, turned)
        keys = [(subjects,), (objects,), (either,), (both, turned), (sentence,)]
        parts = [part for key, *wanted in keys for part in _most(small, key, key, *wanted)]
        return np.concatenate([hidden, *parts], axis=1)

    def _attend(
        self, article: Encoded, tokens: Array, queries: Array
    ) -> tuple[Array, Array, Array]:
        """What each pair heeds in its sentence: vectors, triggers, and its foremost token."""
        heads, count, text, pairs = self.heads, len(queries), article.text, article.pairs
        places, implied = article.end_tokens, article.end_kinds == IMPLIED_KIND
        queries = queries.reshape(count, heads, -1)
        size = queries.shape[2]
        keys = self._linear("key", tokens).reshape(len(tokens), heads, size)
        values = self._linear("value", tokens).reshape(len(tokens), heads, -1)
        attended = np.zeros((count, heads, values.shape[2]), "float32")
        triggers = np.zeros((count, heads, text.triggers.shape[1]), "float32")
        focus = np.zeros(count, "int32")
        sentences, firsts = np.unique(pairs.sentence, return_index=True)
        for number, rows in zip(sentences, np.split(np.arange(count), firsts[1:]), strict=True):
            start, end = text.starts[number], text.starts[number + 1]
            logits = np.matmul(
                queries[rows].transpose(1, 0, 2), keys[start:end].transpose(1, 2, 0)
            ) / np.float32(np.sqrt(size))
            for side, name in enumerate(("subject_arcs", "object_arcs")):
                absent = implied[rows, side]
                arcs = text.arcs[number][np.where(absent, 0, places[rows, side] - start)]
                arcs = np.where(absent[:, None], NOWHERE, arcs)
                logits += self.weights[f"{name}.weight"][arcs].transpose(2, 0, 1)
            logits -= logits.max(axis=2, keepdims=True)
            share = np.exp(logits)
            share /= share.sum(axis=2, keepdims=True)
            attended[rows] = np.matmul(share, values[start:end].transpose(1, 0, 2)).transpose(
                1, 0, 2
            )
            triggers[rows] = (share @ text.triggers[start:end]).transpose(1, 0, 2)
            focus[rows] = start + share.mean(axis=0).argmax(axis=1)
        return attended.reshape(count, -1), triggers, focus


def _of_ends(text: EncodedText, seen: Seen, weight: Array) -> Array:
    """(ends, out): what a layer makes of all ends.

    A token is that of many ends, and an entity even more so: each product is worked out once.
    """
    width = seen.tokens.shape[1]
    of_token, of_entity, of_known = np.split(weight, [width, 3 * width])
    found: Array = (seen.places @ of_token)[seen.place] + seen.known @ of_known
    found += (seen.about @ of_entity)[text.who.entities]
    return found


def _around(seen: Seen) -> tuple[Array, Array]:
    """The means of the title's words and of all; (sentences, width) of those before each."""
    means = seen.sentences[:, : seen.tokens.shape[1]]
    before = np.concatenate([np.zeros_like(means[:1]), means[:-1]])
    return np.concatenate([means[0], seen.tokens.mean(axis=0)]), before


def _pooled(text: EncodedText, tokens: Array) -> Array:
    """(entities, width): what the article says around each entity, the mean of its mentions."""
    firsts, often = _runs(text.mention_of)
    found: Array = np.add.reduceat(tokens[text.mentions], firsts, axis=0) / often[:, None]
    return found


def _most(rows: Array, key: Array, *wanted: Array) -> Iterator[Array]:
    """The maximum of the rows of each of some wanted keys; zeros where none has it."""
    order = np.argsort(key, kind="stable")
    firsts, _ = _runs(key[order])
    keys, best = key[order][firsts], np.maximum.reduceat(rows[order], firsts, axis=0)
    for asked in wanted:
        at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
        yield best[at] * (keys[at] == asked)[:, None]


def _padded(rows: Array) -> Array:
    """Some rows, then zeros, which stand for what there is none of."""
    return np.concatenate([rows, np.zeros((1, rows.shape[1]), rows.dtype)])


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
