"""A token as numbers: its word, what it mentions, and the arcs to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np

from policygraph.extraction.names.name_nouns import noun_of
from policygraph.extraction.pairs.codes import KIND_AT, Codes
from policygraph.extraction.pairs.occurrences import Occurrence
from policygraph.extraction.pairs.survey import Survey
from policygraph.extraction.reading import Reading
from policygraph.extraction.spot import NAME, VALUE
from policygraph.models.meanings import load_meanings
from policygraph.models.weights import Array

WORDS = 1 << 14
"""Rows that lemmas are hashed to."""

FARTHEST, NOWHERE = 8, 9
"""Arcs between two tokens count up to ``FARTHEST``; ``NOWHERE`` is the distance to an implied
entity."""


def _hidden(reading: Reading, i: int) -> str:
    """What stands for a token that belongs to a name or a value; "" for any other."""
    spot = reading.at.get(i)
    return f"<{spot.kind} {spot.type}>" if spot and spot.kind in (NAME, VALUE) else ""


def word_numbers(reading: Reading) -> tuple[Array, Array]:
    """Hashed lemmas, and rows of their meanings; a name's words are hidden behind its type, and
    mean what the noun does that tells what it names: a court, a bill, a judge.
    """
    lang, known = reading.lexicon.lang, load_meanings()
    hashed: list[int] = []
    meanings: list[int] = []
    told: dict[int, int] = {}
    for i, (lemma, word) in enumerate(zip(reading.lemmas, reading.words, strict=True)):
        hidden = _hidden(reading, i)
        hashed.append(_hashed(hidden or f"{lang}:{lemma}"))
        if not hidden:
            meanings.append(known.row(lang, lemma, word))
            continue
        node = reading.node_of.get(id(reading.at[i]))
        if id(node) not in told:
            noun = None if node is None else noun_of(node, reading)
            told[id(node)] = 0 if noun is None else known.row(*noun)
        meanings.append(told[id(node)])
    return np.array(hashed, "int32"), np.array(meanings, "int32")


@lru_cache(maxsize=1 << 16)
def _hashed(word: str) -> int:
    return crc32(word.encode()) % WORDS


def mention_codes(
    reading: Reading, present: Iterable[Occurrence], codes: Codes
) -> tuple[Array, Array]:
    """Type (from 1) and kind of what each token mentions, 0 where it mentions nothing."""
    types = np.zeros(len(reading.doc), "int8")
    kinds = np.zeros(len(reading.doc), "int8")
    for occurrence in present:
        if occurrence.token is not None and not occurrence.rank:
            types[occurrence.token.i] = 1 + codes.types[occurrence.node.type]
            kinds[occurrence.token.i] = KIND_AT[occurrence.kind]
    for i, spot in reading.at.items():
        if not types[i]:
            types[i] = 1 + codes.types[spot.type]
            kinds[i] = KIND_AT[spot.kind]
    return types, kinds


def mentioned(surveys: Sequence[Survey]) -> tuple[dict[int, int], Array, Array]:
    """Numbers of the entities (by identity), and the tokens that mention them, by number."""
    numbers: dict[int, int] = {}
    found: list[tuple[int, int]] = []
    for survey in surveys:
        for o in survey.present:
            if o.token is not None and not o.rank:
                found.append((numbers.setdefault(id(o.node), len(numbers)), o.token.i))
    found.sort()
    of, tokens = np.array(found, "int32").reshape(-1, 2).T
    return numbers, tokens, of


def arcs_between(heads: Sequence[int], start: int) -> Array:
    """Arcs between any two tokens of a sentence that begins at ``start``, ``FARTHEST`` at most.

    Their depths less twice the depth of the lowest common head.
    """
    head = np.array(heads) - start
    tokens = np.arange(len(head))
    above = np.eye(len(head), dtype="float32")
    place, next_ = tokens, head
    while (place != next_).any():  # all tokens climb at once, one head at a time
        above[tokens, next_] = 1
        place, next_ = next_, head[next_]
    depth = above.sum(axis=1)
    arcs = depth[:, None] + depth[None, :] - 2 * above @ above.T
    found: Array = np.minimum(arcs, FARTHEST).astype("int8")
    return found
