"""The network says the same in PyTorch, which trains it, and in NumPy, which runs it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from surveyed import CODES, encoded

from policygraph.extraction import network as shipped
from policygraph.extraction.codes import IMPLIED_KIND
from policygraph.extraction.encoding import Encoded

torch = pytest.importorskip("torch", reason="PyTorch, of the extra 'train', is not installed")

TEXTS = (
    (
        "en",
        "Google bought Fitbit.\n\nIt rained.\n\nThe Commission, it said, fined Meta. X sued.",
    ),
    ("fr", "La CNIL a sanctionné Google.\n\nMicrosoft a racheté LinkedIn."),
)


@pytest.fixture
def articles() -> list[Encoded]:
    return [encoded(lang, text) for lang, text in TEXTS]


@pytest.fixture
def network() -> Any:
    """A network with random weights that 16-bit floats hold."""
    from training.network import ClaimNetwork

    torch.manual_seed(7)
    made = ClaimNetwork(CODES, width=24, layers=2, heads=2, hidden=20, word=12, key=8)
    return made.half().float().eval()


@pytest.fixture
def log_odds(network: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What NumPy makes of the weights of that network, as training writes them."""
    from training.claims import save

    path = tmp_path / "claims.npz"
    save(network, path, threshold=0.3, promise=-2.5, calibration=(1.0, 0.0))
    monkeypatch.setattr(shipped, "WEIGHTS", path)
    loaded = shipped.load_network.__wrapped__()
    assert (loaded.layers, loaded.heads, loaded.threshold) == (2, 2, 0.3)
    assert loaded.promise == -2.5

    def judge(article: Encoded) -> Any:
        scores = loaded.judge(article).scores.astype("float64")[article.pairs.allowed]
        return np.log(scores / (1 - scores))

    return judge


def test_both_tell_the_same_stances(network: Any, tmp_path: Path, log_odds: Any) -> None:
    from training.network import batch

    [article, _] = [encoded(lang, text) for lang, text in TEXTS]
    with torch.no_grad():
        stances = network(batch([article]))[1]
    judgement = shipped.load_network.__wrapped__().judge(article)

    np.testing.assert_allclose(judgement.statuses, stances[:, :-1].softmax(1), atol=1e-5)
    np.testing.assert_allclose(judgement.negated, stances[:, -1].sigmoid(), atol=1e-5)


def test_both_glance_alike(network: Any, log_odds: Any, articles: list[Encoded]) -> None:
    from training.network import batch

    loaded = shipped.load_network.__wrapped__()
    with torch.no_grad():
        together = np.split(network(batch(articles))[2].numpy(), [len(articles[0].pairs.ends)])

    for article, promise in zip(articles, together, strict=True):
        half = replace(loaded, promise=float(np.median(promise)))
        kept = half.promising(article.text, half.read(article.text), article.pairs.ends)
        assert kept.tolist() == np.flatnonzero(promise >= half.promise).tolist()


def test_both_give_the_same_log_odds(network: Any, log_odds: Any, articles: list[Encoded]) -> None:
    from training.network import batch

    for article in articles:
        with torch.no_grad():
            raw = network(batch([article]))[0].numpy()

        assert (article.end_kinds == IMPLIED_KIND).any()
        assert np.ptp(raw[article.pairs.allowed]) > 0.01
        np.testing.assert_allclose(log_odds(article), raw[article.pairs.allowed], atol=1e-4)


def test_articles_do_not_mix_in_a_batch(
    network: Any, log_odds: Any, articles: list[Encoded]
) -> None:
    from training.network import batch

    with torch.no_grad():
        raw = network(batch(articles))[0].numpy()

    allowed = np.concatenate([article.pairs.allowed for article in articles])
    alone = np.concatenate([log_odds(article) for article in articles])
    np.testing.assert_allclose(raw[allowed], alone, atol=1e-4)
