"""What each word means in its place: one vector a token, by a small transformer.

Its lower layers were those of a multilingual sentence encoder; ``training/together.py`` teaches
them, and with them what reads these vectors: which type a name has, what a noun stands for, which
pairs make which claims, and who says them. ONNX Runtime runs it, a stretch of whole sentences at a
time; the article is cut into pieces of words by SentencePiece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import numpy as np

from policygraph.errors import OntologyError
from policygraph.models.weights import Array

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHTS = Path(__file__).with_name("context.onnx")
PIECES = Path(__file__).with_name("context.model")

WIDTH = 384
"""Numbers in a vector."""

LONGEST = 500
"""Pieces that are read at once, at most."""

_SPARE = 60
"""Pieces by which a stretch stays shorter where a text has several, for whole sentences."""

_KEPT = "policygraph context"
"""Where a doc keeps its vectors."""


@dataclass(frozen=True, slots=True)
class ContextReader:
    """``session`` runs the transformer, ``pieces`` cuts words; those ``known`` are cut."""

    session: Any
    pieces: Any
    known: dict[str, tuple[Sequence[int], Sequence[int]]] = field(default_factory=dict)

    def read(self, doc: Doc) -> Array:
        """(tokens, ``WIDTH``): the mean of what is made of each token's pieces; zeros for space."""
        numbers, starts = self.cut(doc.text)
        tokens = tokens_at(starts, [token.idx + len(token) for token in doc])
        sentences = [sentence.start for sentence in doc.sents]
        found = np.zeros((len(doc), WIDTH), "float32")
        for start, end in stretches(tokens, sentences):
            ids = [self.pieces.bos_id(), *numbers[start:end], self.pieces.eos_id()]
            given = np.array([ids], "int64")
            said = self.session.run(None, {"pieces": given})[0][0, 1:-1]
            of = tokens[start:end]
            firsts = np.flatnonzero(np.diff(of, prepend=-1))
            found[of[firsts]] += np.add.reduceat(said, firsts, axis=0)
        often = np.bincount(tokens, minlength=len(doc))
        mean: Array = found / np.maximum(1, often)[:, None]
        return mean.astype("float32")

    def cut(self, text: str) -> tuple[list[int], list[int]]:
        """The numbers of a text's pieces, and the character where each one starts."""
        numbers: list[int] = []
        starts: list[int] = []
        for word in _WORD.finditer(text):
            pieces, offsets = self.cut_word(word[0])
            numbers += pieces
            starts += [word.start() + offset for offset in offsets]
        return numbers, starts

    def cut_word(self, word: str) -> tuple[Sequence[int], Sequence[int]]:
        """The pieces of what stands between two spaces."""
        if word not in self.known:
            if len(self.known) >= _MOST_WORDS:
                self.known.clear()
            spelled = [normalize("NFKC", letter) for letter in word]
            pieces = self.pieces.encode("".join(spelled), out_type=str)
            starts = np.cumsum([0, *map(len, pieces)])[:-1]
            self.known[word] = (
                [self.pieces.piece_to_id(piece) for piece in pieces],
                letters_at(spelled, starts),
            )
        return self.known[word]


_WORD = re.compile(r"\S+")

_MARK = 1
"""Letters of the mark that the first piece of a word has before it."""

_MOST_WORDS = 1 << 16
"""Words whose pieces are remembered."""


def letters_at(spelled: Sequence[str], starts: Array) -> list[int]:
    """The letters of a word that its pieces start with, by their places in it.

    ``spelled`` is what each letter is cut as, ``starts`` count in all of that, behind its mark.
    """
    ends = np.cumsum([_MARK, *map(len, spelled)])
    found: list[int] = np.maximum(0, np.searchsorted(ends, starts, side="right") - 1).tolist()
    return found


def tokens_at(starts: Sequence[int], ends: Sequence[int]) -> Array:
    """(pieces,): the token that each character belongs to; tokens ``ends`` in characters."""
    found: Array = np.searchsorted(np.array(ends), np.array(starts, int), side="right")
    return np.minimum(found, len(ends) - 1)


def stretches(tokens: Array, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pieces ``[start, end)`` that are read at once: all, or about equal parts between sentences.

    ``tokens`` are those of the pieces, ``sentences`` the first tokens of sentences.
    """
    count = len(tokens)
    if not count:
        return
    parts = 1 if count <= LONGEST else ceil(count / (LONGEST - _SPARE))
    cuts = np.unique(np.searchsorted(tokens, sentences))
    bounds = [0]
    for part in range(1, parts):
        nearest = int(cuts[np.abs(cuts - part * count / parts).argmin()])
        if nearest > bounds[-1]:
            bounds.append(nearest)
    for start, end in zip(bounds, [*bounds[1:], count], strict=True):
        for first in range(start, end, LONGEST):
            yield first, min(end, first + LONGEST)


def context_of(doc: Doc) -> Array:
    """(tokens, ``WIDTH``): the vectors of a doc's tokens, read once; zeros in a checkout that has
    no weights yet.
    """
    found: Array | None = doc.user_data.get(_KEPT)
    if found is None or len(found) != len(doc):
        found, reader = np.zeros((len(doc), WIDTH), "float32"), load_context()
        if reader is not None and len(doc):
            found = reader.read(doc)
        doc.user_data[_KEPT] = found
    return found


@cache
def load_context() -> ContextReader | None:
    """The shipped transformer; None in a checkout that has none yet."""
    if not WEIGHTS.is_file():
        return None
    import onnxruntime  # takes a while, and only who extracts needs them
    from sentencepiece import SentencePieceProcessor

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(
            WEIGHTS.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        return ContextReader(session, SentencePieceProcessor(model_file=str(PIECES)))
    except Exception as error:  # ONNX Runtime's own have nothing in common
        raise OntologyError(f"{WEIGHTS}: not the shipped weights: {error}") from error
