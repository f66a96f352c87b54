"""The network says the same in PyTorch, which trains it, and in NumPy, which runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from surveyed import CODES, encoded

from policygraph.extraction.pairs import network as shipped
from policygraph.extraction.pairs.codes import IMPLIED_KIND
from policygraph.extraction.pairs.encoding import Encoded

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
    save(network, path, threshold=0.3, calibration=(1.0, 0.0))
    monkeypatch.setattr(shipped, "WEIGHTS", path)
    loaded = shipped.load_network.__wrapped__()
    assert (loaded.layers, loaded.heads, loaded.threshold) == (2, 2, 0.3)

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
        odds = loaded.glance(article.text, loaded.read(article.text), article.pairs.ends)
        assert np.ptp(odds) > 0.01
        np.testing.assert_allclose(odds, promise, atol=1e-4)


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


def test_pairs_that_a_glance_leaves_out_tell_the_others_nothing(
    network: Any, articles: list[Encoded], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Training sees all pairs, the extractor those alone that are left; both say the same."""
    from training.claims import LEFT_OUT, Example, raw_scores, save
    from training.network import batch
    from training.weighing import as_run

    article = articles[0]
    none = np.zeros(article.pairs.allowed.shape, "int8")
    example = Example("en", article, none, none - 1, np.zeros((0, 2), "int8"))
    with torch.no_grad():
        promise = network(batch([article]))[2]
        network.glance[0].bias[0] += shipped.PROMISE - promise.median()
    monkeypatch.setattr(shipped, "WEIGHTS", tmp_path / "claims.npz")
    save(network.half().float(), shipped.WEIGHTS, threshold=0.3, calibration=(1.0, 0.0))
    loaded = shipped.load_network.__wrapped__()

    [raw] = raw_scores(network, [example])
    kept = as_run(loaded, example).encoded
    scores = loaded.judge(kept).scores.astype("float64")[kept.pairs.allowed]

    left = (raw > LEFT_OUT).any(axis=1)
    assert 0 < len(kept.pairs.ends) == left.sum() < len(left)
    np.testing.assert_allclose(
        np.log(scores / (1 - scores)), raw[left][kept.pairs.allowed], atol=1e-4
    )


def test_learning_goes_on_from_shrunk_weights(network: Any, tmp_path: Path) -> None:
    from training.claims import FRESH, KEPT, save, start_from
    from training.network import ClaimNetwork

    save(network, tmp_path / "claims.npz", threshold=0.3, calibration=(1.0, 0.0))
    torch.manual_seed(8)
    other = ClaimNetwork(CODES, width=24, layers=2, heads=2, hidden=20, word=12, key=8)
    fresh = {name: weight.detach().clone() for name, weight in other.named()}
    start_from(other, tmp_path / "claims.npz")

    known, mixed = dict(network.named()), dict(other.named())
    assert torch.allclose(mixed["norm.0.weight"], known["norm.0.weight"])
    expected = KEPT * known["pair.weight"] + FRESH * fresh["pair.weight"]
    assert torch.allclose(mixed["pair.weight"], expected, atol=1e-6)
