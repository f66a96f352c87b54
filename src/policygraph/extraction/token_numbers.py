"""A token as numbers: its word, what it mentions, yes and no about it, and the arcs to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np

from policygraph.extraction.codes import KIND_AT, Codes
from policygraph.extraction.occurrences import PRONOUN, Occurrence
from policygraph.extraction.reading import Reading
from policygraph.extraction.spots import NAME, VALUE
from policygraph.extraction.syntax import is_passive, is_verb
from policygraph.model import Status
from policygraph.models.meanings import load_meanings
from policygraph.models.weights import Array
from policygraph.rules import Rules

WORDS = 1 << 14
"""Rows that lemmas are hashed to."""

FARTHEST, NOWHERE = 8, 9
"""Arcs between two tokens count up to ``FARTHEST``; ``NOWHERE`` is the distance to an implied
entity."""

_STATUS_AT = {status: i for i, status in enumerate(Status)}
FLAGS = 5 + len(_STATUS_AT) + 2
"""Yes and no about a token: see ``token_flags``."""


def _hidden(reading: Reading, i: int) -> str:
    """What stands for a token that belongs to a name or a value; "" for any other."""
    spot = reading.at.get(i)
    return f"<{spot.kind} {spot.type}>" if spot and spot.kind in (NAME, VALUE) else ""


def word_numbers(reading: Reading) -> tuple[Array, Array]:
    """Hashed lemmas, and rows of their meanings; a name's words are hidden."""
    lang, known = reading.lexicon.lang, load_meanings()
    hashed: list[int] = []
    meanings: list[int] = []
    for i, (lemma, word) in enumerate(zip(reading.lemmas, reading.words, strict=True)):
        hidden = _hidden(reading, i)
        hashed.append(_hashed(hidden or f"{lang}:{lemma}"))
        meanings.append(0 if hidden else known.row(lang, lemma, word))
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
        if occurrence.token is not None and not (occurrence.kind == PRONOUN and occurrence.rank):
            types[occurrence.token.i] = 1 + codes.types[occurrence.node.type]
            kinds[occurrence.token.i] = KIND_AT[occurrence.kind]
    for i, spot in reading.at.items():
        if not types[i]:
            types[i] = 1 + codes.types[spot.type]
            kinds[i] = KIND_AT[spot.kind]
    return types, kinds


_VERBLIKE = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
"""Classes of what may be a verb, asked first for speed."""

_QUOTES = frozenset('«»"“”')


def token_flags(reading: Reading, rules: Rules) -> Array:
    """Capital, quotation mark, passive, participle, infinitive; then what governors say."""
    tokens, lang = reading.tokens, reading.lexicon.lang
    texts = [token.text for token in tokens]
    flags = np.zeros((len(tokens), FLAGS), "float32")
    flags[:, 0] = [text[:1].isupper() for text in texts]
    flags[:, 1] = [text in _QUOTES for text in texts]
    forms: dict[int, list[str]] = {}
    told: dict[str, Array | None] = {}
    for i, shape in enumerate(reading.doc.to_array("MORPH").tolist()):
        if shape not in forms:
            forms[shape] = tokens[i].morph.get("VerbForm", [])
        form, verb = forms[shape], reading.pos[i] in _VERBLIKE and is_verb(tokens[i])
        if form or verb:
            flags[i, 2:5] = verb and is_passive(tokens[i]), "Part" in form, "Inf" in form
        for word in {reading.lemmas[i], reading.words[i]}:
            if word not in told:
                told[word] = _governed(word, lang, rules)
            said = told[word]
            if said is not None:
                np.maximum(flags[i, 5:], said, out=flags[i, 5:])
    return flags


def _governed(word: str, lang: str, rules: Rules) -> Array | None:
    """What a word that needs no other beside it says of what it governs, if anything."""
    found = np.zeros(FLAGS - 5, "float32")
    for governor in rules.governing(lang, word):
        if not governor.others:
            if governor.status is not None:
                found[_STATUS_AT[governor.status]] = 1
            found[-2] = max(found[-2], governor.negates)
            found[-1] = max(found[-1], governor.speech)
    return found if found.any() else None


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
