"""The shipped weights in PyTorch again: what ``together`` goes on from where no checkpoint is left.

They were rounded when they were written, to 8 and 16 bits, which the first steps make good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from sentencepiece import SentencePieceProcessor
from torch import nn

from policygraph.models.context import PIECES, WEIGHTS
from training.claims import named_weights
from training.encoder import Weights
from training.names import NameNetwork
from training.nominals import RankerNetwork

_BLOCK, _ZERO = 64, 128
"""Numbers that share a scale, and what stands for zero among them."""

_RANKED = {
    "meaning": "meaning.weight",
    "first": "features.bias",
    "hidden": "hidden.weight",
    "second": "hidden.bias",
    "last": "last.weight",
    "bias": "last.bias",
    "noun": "noun.weight",
    "option": "option.weight",
    "asked": "asked.weight",
    "asked bias": "asked.bias",
    "answer": "answer.weight",
    "answer bias": "answer.bias",
    "alike": "alike.weight",
}
"""Names of a ranker's weights as shipped and as taught."""


def vocabulary_in(folder: Path, weights: Weights) -> list[int]:
    """The encoder's numbers of the shipped pieces, in their order."""
    pieces = SentencePieceProcessor(model_file=str(folder / PIECES.name))
    number = {letters: place for place, (letters, _) in enumerate(weights.vocabulary)}
    return [number[pieces.id_to_piece(place)] for place in range(len(pieces))]


def take_up_context(network: nn.Module, folder: Path) -> None:
    """Give a ``ContextNetwork`` the weights of the shipped one."""
    graph = onnx.load(folder / WEIGHTS.name).graph
    given = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    state = {
        "encoder.places": given["positions"],
        "encoder.kind": np.zeros_like(given["positions"][0]),
        "encoder.norm.weight": given["norm.weight"],
        "encoder.norm.bias": given["norm.bias"],
    }
    for name, array in given.items():
        if not name.startswith("layer "):
            continue
        layer, part = name.removeprefix("layer ").split(" ", 1)
        key = f"encoder.layers.{layer}.{part.removesuffix('_Q8')}"
        if part.endswith("_Q8"):
            scales = given[name.removesuffix("_Q8") + "_scales"].reshape(len(array), -1, 1)
            numbers = (array.astype("float32") - _ZERO).reshape(len(array), -1, _BLOCK)
            state[key] = (numbers * scales).reshape(len(array), -1)
        elif not part.endswith("_scales"):
            state[key] = array
    _load(network, state)


def take_up_claims(network: nn.Module, folder: Path) -> None:
    """Give a ``ClaimNetwork`` the weights of the shipped one."""
    _load(network, named_weights(folder / "claims.npz"))


def take_up_ranker(network: RankerNetwork, columns: Mapping[str, int], path: Path) -> None:
    """Give a ranker the weights of a shipped one, but for ``columns`` that this one lacks."""
    with np.load(path) as data:
        state = {taught: data[name].T for name, taught in _RANKED.items() if name in data}
        known = {str(name): row for row, name in enumerate(data["names"])}
        rows = data["features"].astype("float32")
    both = [(column, known[name]) for name, column in columns.items() if name in known]
    kept, shipped = map(list, zip(*both, strict=True))
    features = network.features.weight.detach().numpy().T.copy()
    features[kept] = rows[shipped] * network.scale[kept].numpy()[:, None]
    _load(network, state | {"features.weight": features.T})


def take_up_names(network: NameNetwork, types: Sequence[str], folder: Path) -> None:
    """Give a network of names' types the weights of the shipped one, whose types these are."""
    with np.load(folder / "names.npz") as data:
        order = [data["types"].tolist().index(type_) for type_ in types]
        state = {
            "cues.weight": data["cues"],
            "first": data["first"],
            "last.weight": data["last"].T[order],
            "last.bias": data["bias"][order],
            "context.weight": data["context"].T,
        }
    _load(network, state)


def _load(network: nn.Module, state: Mapping[str, Any]) -> None:
    own = network.state_dict()
    given = {name: torch.from_numpy(np.array(array, "float32")) for name, array in state.items()}
    network.load_state_dict(
        {name: weight.reshape(own[name].shape) if weight.dim() < 2 else weight
         for name, weight in given.items()},
        strict=False,
    )  # fmt: skip
