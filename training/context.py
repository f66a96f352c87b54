"""What ``policygraph.models.context`` runs, in PyTorch, and how it is written down.

The lower layers of an encoder (``training/encoder.py``), of whose pieces of words those are kept
that the training texts have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from policygraph.models.context import PIECES, WEIGHTS, WIDTH, stretches
from training.encoder import Encoder, Weights

LAYERS = 8

FIRST, LAST, UNKNOWN = 0, 1, 2
"""Numbers of the pieces around a text, and of what has none."""

_ALIKE = 1.25
"""How much longer than the shortest of a batch a stretch may be."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text's pieces: their numbers, and the tokens that they belong to."""

    numbers: Any
    tokens: Any
    count: int
    """Tokens."""
    sentences: Sequence[int]
    """First tokens of sentences."""


class ContextNetwork(nn.Module):
    """The encoder's lower layers over a ``vocabulary`` (numbers of its pieces)."""

    def __init__(self, weights: Weights, vocabulary: Sequence[int], layers: int = LAYERS) -> None:
        super().__init__()
        self.encoder = Encoder(weights, layers, torch.tensor(vocabulary))

    def forward(self, texts: Sequence[Cut]) -> Tensor:
        """(tokens of all texts, ``WIDTH``): see ``ContextReader.read``."""
        places = [(text, part) for text in texts for part in stretches(text.tokens, text.sentences)]
        said: dict[int, Tensor] = {}
        for rows in _alike([end - start for _, (start, end) in places]):
            given = [places[row][0].numbers[slice(*places[row][1])].tolist() for row in rows]
            with torch.autocast("cpu", torch.bfloat16):
                *_, last = self.encoder.hidden(given, FIRST, LAST)
            for row, vectors, pieces in zip(rows, last.float(), given, strict=True):
                said[row] = vectors[1 : 1 + len(pieces)]
        pieces = torch.cat([said[row] for row in range(len(places))])
        offsets = np.cumsum([0, *(text.count for text in texts)])
        of = np.concatenate([t.tokens + o for t, o in zip(texts, offsets, strict=False)])
        tokens = torch.from_numpy(of.astype("int64"))
        count = int(offsets[-1])
        often = torch.bincount(tokens, minlength=count).clamp(min=1)[:, None]
        return torch.zeros(count, WIDTH).index_add(0, tokens, pieces) / often


def _alike(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of about the same length."""
    rows: list[int] = []
    for row in np.argsort(lengths, kind="stable").tolist():
        if rows and lengths[row] > _ALIKE * lengths[rows[0]] + 16:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def vocabulary_of(weights: Weights, texts: Iterable[Sequence[int]]) -> list[int]:
    """The encoder's numbers of the pieces that some texts have, those of ``FIRST`` … before."""
    unknown = weights.unknown
    known = [weights.first, weights.last, unknown]
    return known + sorted({piece for text in texts for piece in text} - set(known))


def write_pieces(weights: Weights, vocabulary: Sequence[int], path: Path = PIECES) -> None:
    """Write the pieces for SentencePiece."""
    from sentencepiece.sentencepiece_model_pb2 import ModelProto

    model = ModelProto()
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.normalizer_spec.name = "identity"  # words are normalized before they are cut
    kinds = dict.fromkeys((FIRST, LAST), model.SentencePiece.CONTROL)
    kinds[UNKNOWN] = model.SentencePiece.UNKNOWN
    for number, piece in enumerate(vocabulary):
        letters, score = weights.vocabulary[piece]
        kind = kinds.get(number, model.SentencePiece.NORMAL)
        model.pieces.add(piece=letters, score=score, type=kind)
    spec = model.trainer_spec
    spec.bos_id, spec.eos_id, spec.unk_id, spec.pad_id = FIRST, LAST, UNKNOWN, -1
    first, last, unknown = (weights.vocabulary[piece][0] for piece in vocabulary[:3])
    spec.bos_piece, spec.eos_piece, spec.unk_piece = first, last, unknown
    spec.vocab_size = len(vocabulary)
    path.write_bytes(model.SerializeToString())


class _Graph:
    """Nodes of an ONNX graph, each named after what it gives."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, array: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, operator: str, given: Sequence[str], name: str, **options: Any) -> str:
        self.nodes.append(helper.make_node(operator, given, [name], name, **options))
        return name

    def linear(self, x: str, name: str, layer: nn.Linear) -> str:
        weight = self.constant(f"{name}.weight", _array(layer.weight).T)
        product = self.node("MatMul", [x, weight], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.bias", _array(layer.bias))], name)

    def norm(self, x: str, name: str, layer: nn.LayerNorm) -> str:
        weights = [self.constant(f"{name}.{key}", _array(w)) for key, w in layer.named_parameters()]
        return self.node("LayerNormalization", [x, *weights], name, epsilon=layer.eps, axis=-1)


def _array(weight: Tensor) -> Any:
    return weight.detach().float().numpy()


def write_context(network: ContextNetwork, path: Path = WEIGHTS) -> None:
    """Write the network for ONNX Runtime, its matrices in blocks of 8-bit numbers."""
    encoder, graph = network.encoder.eval(), _Graph()
    vectors = _array(encoder.pieces)
    scales = np.maximum(np.abs(vectors).max(axis=1, keepdims=True) / 127, 1e-8).astype("float32")
    graph.constant("vectors", np.round(vectors / scales).astype("int8"))
    graph.constant("scales", scales)
    graph.constant("positions", _array(encoder.places + encoder.kind))
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        graph.constant(name, np.array([value], "int64"))
    graph.node("Gather", ["vectors", "pieces"], "small")
    graph.node("Cast", ["small"], "numbers", to=TensorProto.FLOAT)
    graph.node("Gather", ["scales", "pieces"], "scale")
    graph.node("Mul", ["numbers", "scale"], "words")
    graph.node("Shape", ["pieces"], "shape")
    graph.node("Slice", ["shape", "one", "two"], "length")
    graph.node("Slice", ["positions", "zero", "length"], "places")
    x = graph.norm(graph.node("Add", ["words", "places"], "sum"), "norm", encoder.norm)
    for number, layer in enumerate(encoder.layers):
        x = _layer(graph, x, f"layer {number}", layer)
    graph.node("Identity", [x], "context")
    shape = [1, "length", WIDTH]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "context",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, shape[:2])],
            [helper.make_tensor_value_info("context", TensorProto.FLOAT, shape)],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIBUTED, 1)],
        ir_version=10,
    )
    onnx.save(_small(model), path)


_CONTRIBUTED = "com.microsoft"
"""Operators that ONNX Runtime has beside the standard's."""


def _layer(graph: _Graph, x: str, name: str, layer: Any) -> str:
    seen = [graph.linear(x, f"{name} {key}", getattr(layer, key)) for key in ("q", "k", "v")]
    graph.node(
        "MultiHeadAttention", seen, f"{name} seen", domain=_CONTRIBUTED, num_heads=layer.heads
    )
    graph.node("Add", [x, graph.linear(f"{name} seen", f"{name} ao", layer.ao)], f"{name} both")
    x = graph.norm(f"{name} both", f"{name} aln", layer.aln)
    inner = graph.linear(x, f"{name} fi", layer.fi)
    graph.node("Gelu", [inner], f"{name} gelu", domain=_CONTRIBUTED)
    graph.node("Add", [x, graph.linear(f"{name} gelu", f"{name} fo", layer.fo)], f"{name} all")
    return graph.norm(f"{name} all", f"{name} oln", layer.oln)


def _small(model: Any) -> Any:
    """The model with each matrix in blocks of 64 numbers of 8 bits and their scale."""
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    blocks = DefaultWeightOnlyQuantConfig(
        block_size=64, is_symmetric=True, accuracy_level=4, bits=8
    )
    quantizer = MatMulNBitsQuantizer(model, algo_config=blocks)
    quantizer.process()
    return quantizer.model.model


def matrices(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights by name, but for the pieces' vectors, which are not taught."""
    return {name: weight for name, weight in state.items() if not name.endswith("pieces")}
