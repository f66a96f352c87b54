"""What words mean in their places is the same in PyTorch, which teaches it, and as it is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from policygraph import nlp as pipelines
from policygraph.models import context
from policygraph.models.context import WIDTH, load_context, tokens_at

torch = pytest.importorskip("torch", reason="PyTorch, of the extra 'train', is not installed")
pytest.importorskip("onnx", reason="onnx, of the extra 'train', is not installed")
pytest.importorskip("tokenizers", reason="tokenizers, of the extra 'train', is not installed")

LETTERS = "abcdefghijklmnopqrstuvwxyz.GM"
PIECES = ["<s>", "</s>", "<unk>", "▁", *LETTERS, *(f"▁{letter}" for letter in LETTERS)]


class Random:
    """The weights of an encoder, at random."""

    size, layers, heads, epsilon = WIDTH, 2, 12, 1e-5
    first, last, unknown = 0, 1, 2
    vocabulary = tuple((piece, -1.0 - 0.01 * number) for number, piece in enumerate(PIECES))

    def plain(self, name: str) -> Any:
        size = {"emb.pos": 512 * WIDTH, "fi": 4 * WIDTH}
        count = next((n for key, n in size.items() if f".{key}." in f".{name}."), WIDTH)
        return torch.randn(count) * 0.2 + ("ln" in name and name.endswith("w"))

    def packed(self, name: str, columns: int) -> Any:
        rows = len(PIECES) if name == "emb.word" else 4 * WIDTH if ".fi." in name else WIDTH
        return torch.randn(rows, columns) / columns**0.5


def test_both_say_the_same_of_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from training.context import ContextNetwork, Cut, write_context, write_pieces

    torch.manual_seed(7)
    weights: Any = Random()
    vocabulary = range(len(PIECES))
    taught = ContextNetwork(weights, vocabulary, layers=2).eval()
    monkeypatch.setattr(context, "WEIGHTS", tmp_path / "context.onnx")
    monkeypatch.setattr(context, "PIECES", tmp_path / "context.model")
    write_context(taught, context.WEIGHTS)
    write_pieces(weights, vocabulary, context.PIECES)
    reader = load_context.__wrapped__()
    assert reader is not None
    docs = [
        pipelines.analyse(pipelines.load("en"), text)
        for text in ("Google sued Meta.\n\nIt lost.", "Meta lost. " * 250)
    ]

    cuts = []
    for doc in docs:
        numbers, starts = reader.cut(doc.text)
        ends = [token.idx + len(token) for token in doc]
        sentences = [sentence.start for sentence in doc.sents]
        cuts.append(Cut(np.array(numbers), tokens_at(starts, ends), len(doc), sentences))
    with torch.no_grad():
        wanted = taught(cuts).numpy()
    found = np.concatenate([reader.read(doc) for doc in docs])

    assert found.shape == wanted.shape
    spoken = wanted.any(axis=1)
    lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(wanted, axis=1)
    alike = (found * wanted).sum(axis=1)[spoken] / lengths[spoken]
    assert alike.min() > 0.99
    assert not found[~spoken].any()


def test_what_was_written_is_taken_up_again(tmp_path: Path) -> None:
    from training.context import ContextNetwork, Cut, write_context, write_pieces
    from training.shipped import take_up_context, vocabulary_in

    torch.manual_seed(7)
    weights: Any = Random()
    taught, other = (ContextNetwork(weights, range(len(PIECES)), 2).eval() for _ in range(2))
    write_context(taught, tmp_path / context.WEIGHTS.name)
    write_pieces(weights, range(len(PIECES)), tmp_path / context.PIECES.name)
    cut = [Cut(np.arange(3, 40) % len(PIECES), np.arange(37), 37, [0])]

    assert vocabulary_in(tmp_path, weights) == list(range(len(PIECES)))
    take_up_context(other, tmp_path)
    other.encoder.pieces = taught.encoder.pieces

    with torch.no_grad():
        wanted, found = taught(cut), other(cut)
    assert torch.nn.functional.cosine_similarity(wanted, found).min() > 0.999
