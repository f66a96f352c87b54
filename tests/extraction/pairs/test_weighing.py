"""An article's likely claims, and what stands beside each of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from surveyed import CODES, encoded

from policygraph.errors import OntologyError
from policygraph.extraction.pairs import weighing
from policygraph.extraction.pairs.encoding import Encoded
from policygraph.extraction.pairs.weighing import FLOOR, Likely, likely, load_judges

TEXT = "Google sued Meta in 2021. Meta sued Google.\n\nMicrosoft praised Google and sued Meta."
SUES, MERGES = CODES.predicates["sues"], CODES.predicates["mergesWith"]

PROBABILITY, SECOND, PLACES, REVERSE = 1, 2, 3, 8


@pytest.fixture(scope="module")
def article() -> Encoded:
    return encoded("en", TEXT)


def found(article: Encoded, said: dict[tuple[int, int, int], float]) -> Likely:
    """What is likely where the network says so of (subject's token, object's token, predicate)."""
    scores = np.zeros(article.pairs.allowed.shape, "float32")
    for (subject, object_, column), score in said.items():
        row = (article.end_tokens == (subject, object_)).all(axis=1)
        assert row.sum() == 1
        scores[row, column] = score
    return likely(article, scores, CODES, "en")


def test_what_the_network_hardly_believes_is_not_weighed(article: Encoded) -> None:
    assert len(found(article, {(0, 2, SUES): FLOOR / 2}).rows) == 0
    assert len(found(article, {(0, 2, SUES): FLOOR * 2}).rows) == 1


def test_a_claim_of_two_sentences_is_weighed_once_by_the_surer(article: Encoded) -> None:
    claims = found(article, {(0, 2, SUES): 0.3, (8, 6, SUES): 0.6})

    row, other, *_ = claims.rows[0]
    assert len(claims.rows) == 1
    assert tuple(article.end_tokens[row]) == (8, 6)
    assert tuple(article.end_tokens[other]) == (0, 2)
    assert claims.features[0, [PROBABILITY, SECOND]] == pytest.approx([0.6, 0.3])


def test_the_reverse_of_a_claim_is_told(article: Encoded) -> None:
    alone = found(article, {(0, 2, SUES): 0.3})
    opposed = found(article, {(0, 2, SUES): 0.3, (6, 8, SUES): 0.5})

    assert alone.features[0, REVERSE] == 0
    assert opposed.features[0, REVERSE] == pytest.approx(0.5)


def test_a_symmetric_claim_has_no_reverse(article: Encoded) -> None:
    claims = found(article, {(0, 2, MERGES): 0.3, (6, 8, MERGES): 0.5})

    assert len(claims.rows) == 1
    assert claims.features[0, REVERSE] == 0


def test_the_shipped_weigher_gives_probabilities(article: Encoded) -> None:
    judges = load_judges()
    assert judges is not None, "the package ships no weighing.npz"
    network, weigher = judges
    claims = likely(article, network.judge(article).scores, CODES, "en")

    chances = weigher.weigh(claims)

    assert len(chances) == len(claims.rows) > 0
    assert ((chances > 0) & (chances < 1)).all()
    assert 0 < weigher.threshold < 1


def test_a_claim_that_is_surer_is_believed_more() -> None:
    judges = load_judges()
    assert judges is not None
    doubtful, sure = (
        judges[1].weigh(found(encoded("en", TEXT), {(0, 2, SUES): score}))[0]
        for score in (0.1, 0.8)
    )

    assert sure > doubtful


def test_nothing_to_weigh_gives_nothing(article: Encoded) -> None:
    judges = load_judges()
    assert judges is not None

    assert len(judges[1].weigh(found(article, {}))) == 0


def test_broken_weights_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weighing.npz"
    path.write_bytes(b"no weights")
    monkeypatch.setattr(weighing, "WEIGHTS", path)

    with pytest.raises(OntologyError, match=r"weighing\.npz"):
        load_judges.__wrapped__()


def test_without_weights_there_are_no_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weighing, "WEIGHTS", tmp_path / "weighing.npz")

    assert load_judges.__wrapped__() is None
