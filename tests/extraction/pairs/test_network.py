from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from surveyed import CODES, encoded

from policygraph.errors import OntologyError
from policygraph.extraction.pairs import network
from policygraph.extraction.pairs.codes import IMPLIED_KIND
from policygraph.extraction.pairs.network import Network, load_network

TEXTS = {
    "en": "Google bought Fitbit in 2021.\n\nThe European Commission fined Google. Meta appealed.",
    "fr": "La CNIL a sanctionné Google.\n\nMicrosoft a racheté LinkedIn. Il pleut.",
}


@pytest.fixture
def shipped() -> Network:
    found = load_network()
    assert found is not None, "the package ships no claims.npz"
    return found


@pytest.mark.parametrize("lang", TEXTS)
def test_every_pair_gets_a_probability_of_every_predicate(shipped: Network, lang: str) -> None:
    article = encoded(lang, TEXTS[lang])

    judgement = shipped.judge(article)

    pairs = len(article.pairs.sentence)
    assert pairs > 0
    assert (article.end_kinds == IMPLIED_KIND).any()
    assert judgement.scores.shape == (pairs, len(CODES.predicates))
    assert judgement.scores.dtype == np.float32
    assert ((judgement.scores >= 0) & (judgement.scores <= 1)).all()


@pytest.mark.parametrize("lang", TEXTS)
def test_what_types_forbid_has_no_probability(shipped: Network, lang: str) -> None:
    article = encoded(lang, TEXTS[lang])

    scores = shipped.judge(article).scores

    assert not scores[~article.pairs.allowed].any()
    assert (scores[article.pairs.allowed] > 0).all()


@pytest.mark.parametrize("lang", TEXTS)
def test_a_pair_heeds_a_token_of_its_own_sentence(shipped: Network, lang: str) -> None:
    article = encoded(lang, TEXTS[lang])

    focus = shipped.judge(article).focus

    assert (focus >= article.text.starts[article.pairs.sentence]).all()
    assert (focus < article.text.starts[article.pairs.sentence + 1]).all()


@pytest.mark.parametrize("lang", TEXTS)
def test_a_glance_keeps_what_is_likely(shipped: Network, lang: str) -> None:
    article = encoded(lang, TEXTS[lang])
    scores = shipped.judge(article).scores.max(axis=1)

    seen = shipped.read(article.text)
    kept = shipped.promising(article.text, seen, article.pairs.ends)

    likely = set(np.flatnonzero(scores >= shipped.threshold))
    assert likely
    assert likely <= set(kept.tolist())
    assert len(kept) < len(scores)
    assert (np.diff(kept) > 0).all()


def test_plain_claims_are_likelier_than_the_threshold(shipped: Network) -> None:
    article = encoded("en", "The European Commission fined Google.")

    scores = shipped.judge(article).scores

    row, column = np.unravel_index(scores.argmax(), scores.shape)
    assert CODES.vocabulary[column].name == "fines"
    assert scores[row, column] >= shipped.threshold


def test_a_text_is_judged_alike_twice(shipped: Network) -> None:
    first = shipped.judge(encoded("fr", TEXTS["fr"]))
    second = shipped.judge(encoded("fr", TEXTS["fr"]))

    assert first.scores.tobytes() == second.scores.tobytes()
    assert first.focus.tobytes() == second.focus.tobytes()


@pytest.mark.parametrize("text", ["", "It rained.", "Google grew."])
def test_an_article_without_pairs_has_nothing_to_judge(shipped: Network, text: str) -> None:
    article = encoded("en", text)

    judgement = shipped.judge(article)

    assert len(shipped.promising(article.text, shipped.read(article.text), article.pairs.ends)) == 0
    assert judgement.scores.shape == (0, len(CODES.predicates))
    assert judgement.focus.shape == (0,)


def test_sentences_without_pairs_may_stand_between_others(shipped: Network) -> None:
    text = "It rained.\n\nGoogle bought Fitbit.\n\nIt snowed.\n\nMeta sued Google."
    article = encoded("en", text)

    judgement = shipped.judge(article)

    assert set(article.pairs.sentence.tolist()).isdisjoint({0, 2})
    assert len(judgement.scores) == len(article.pairs.sentence)
    assert np.isfinite(judgement.scores).all()


def test_without_weights_there_is_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "WEIGHTS", tmp_path / "claims.npz")

    assert load_network.__wrapped__() is None


@pytest.mark.parametrize("content", [b"", b"weights", b"PK\x03\x04 cut short"])
def test_weights_that_cannot_be_read_are_named(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "claims.npz"
    path.write_bytes(content)
    monkeypatch.setattr(network, "WEIGHTS", path)

    with pytest.raises(OntologyError, match=r"claims\.npz: not the shipped weights"):
        load_network.__wrapped__()


def test_weights_of_another_kind_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claims.npz"
    np.savez(path, layers=3)
    monkeypatch.setattr(network, "WEIGHTS", path)

    with pytest.raises(OntologyError, match="heads"):
        load_network.__wrapped__()
