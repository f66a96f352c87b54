"""Shipped weights are taken up again as they were taught."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from surveyed import CODES

from policygraph.extraction.ranker import load_ranker
from policygraph.models import context
from policygraph.models.meanings import load_meanings

torch = pytest.importorskip("torch", reason="PyTorch, of the extra 'train', is not installed")
pytest.importorskip("onnx", reason="onnx, of the extra 'train', is not installed")
pytest.importorskip("tokenizers", reason="tokenizers, of the extra 'train', is not installed")

TYPES = ["Company", "Law", "Person"]
COLUMNS = {"distance": 0, "is subject": 1, "said before": 2}


def same(one: Any, other: Any) -> bool:
    """Whether two networks have the same weights, but for how 16-bit floats round."""
    pairs = zip(one.named_parameters(), other.named_parameters(), strict=True)
    return all(a == b and torch.allclose(x, y, rtol=2e-3, atol=1e-4) for (a, x), (b, y) in pairs)


def ranker(scale: list[float]) -> Any:
    from training.nominals import RankerNetwork

    return RankerNetwork(torch.tensor(scale), hidden=20, narrow=8, heard=True).eval()


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(7)


def test_the_claim_network(tmp_path: Path) -> None:
    from training.claims import save
    from training.network import ClaimNetwork
    from training.shipped import take_up_claims

    made, other = (ClaimNetwork(CODES, width=24, hidden=20, word=12, key=8) for _ in range(2))
    save(made, tmp_path / "claims.npz", threshold=0.3, calibration=(1.0, 0.0))

    assert not same(made, other)
    take_up_claims(other, tmp_path)
    assert same(made, other)


def test_names_types_in_another_order(tmp_path: Path) -> None:
    from training.names import NameNetwork, save
    from training.shipped import take_up_names

    made, other = (NameNetwork(len(TYPES), heard=True).eval() for _ in range(2))
    save(made, TYPES, tmp_path / "names.npz")

    take_up_names(other, TYPES[::-1], tmp_path)

    place = torch.randn(1, 2 * context.WIDTH)
    assert torch.allclose(other([[3, 9]], place).flip(1), made([[3, 9]], place), atol=0.02)


def test_a_ranker_with_features_that_the_shipped_one_lacks(tmp_path: Path) -> None:
    from training.nominals import save
    from training.shipped import take_up_ranker

    made, other = ranker([2.0, 1.0, 4.0]), ranker([1.0, 8.0, 1.0, 1.0])
    save(made, COLUMNS, tmp_path / "nominals.npz", 0.3)

    take_up_ranker(
        other,
        {"is subject": 0, "distance": 1, "unheard of": 2, "said before": 3},
        tmp_path / "nominals.npz",
    )

    features = torch.tensor([[0.5, 1.0, 3.0]])
    turned = torch.tensor([[1.0, 0.5, 0.0, 3.0]])
    meanings = torch.randn(1, load_meanings().vectors.shape[1])
    places = torch.randn(1, context.WIDTH), torch.randn(1, context.WIDTH)
    wanted = made(features, meanings, places)
    assert torch.allclose(other(turned, meanings, places), wanted, atol=0.02)


def test_a_ranker_says_the_same_in_numpy(tmp_path: Path) -> None:
    from training.nominals import log_shares, save

    made = ranker([2.0, 1.0, 4.0])
    save(made, COLUMNS, tmp_path / "nominals.npz", 0.3)
    loaded = load_ranker(tmp_path / "nominals.npz")
    assert loaded is not None
    rows = torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, 0.5]])
    options = [
        SimpleNamespace(features=dict(zip(COLUMNS, row, strict=True)), meaning=meaning, tokens=())
        for row, meaning in zip(rows.tolist(), (3, 5), strict=True)
    ]
    asked, answers = torch.randn(context.WIDTH), torch.randn(2, context.WIDTH)

    meanings = torch.from_numpy(load_meanings().vectors[[3, 5]].astype("float32"))
    raw = made(rows, meanings, (asked.expand(2, -1), answers))
    wanted = log_shares(raw, torch.zeros(2, dtype=torch.long), 1)[0].exp().detach()

    found = loaded.score(options, (asked.numpy(), answers.numpy()))
    assert np.allclose(found, wanted.numpy(), atol=0.01)


def test_the_weigher_with_its_calibration(tmp_path: Path) -> None:
    from training.weighing import WeigherNetwork, save, taken_up

    made = WeigherNetwork(12).eval()
    save(made, tmp_path / "weighing.npz", threshold=0.3, slope=2.0, offset=-0.5)
    features = torch.randn(5, 12)

    found = taken_up(tmp_path / "weighing.npz")(features)

    assert torch.allclose(found, 2.0 * made(features) - 0.5, atol=0.02)
