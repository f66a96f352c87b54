"""Words of like meaning have vectors that stand near each other, in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from policygraph.models.meanings import WIDTH, load_meanings


def likeness(one: str, other: str) -> float:
    """Cosine of the vectors of two words, each with its language before it."""
    vectors = [load_meanings().vectors[load_meanings().row(*w.split(":"))] for w in (one, other)]
    assert all(vector.any() for vector in vectors), f"{one} or {other} is not known"
    a, b = vectors
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [
        ("fr:racheter", "en:acquire", "en:threaten"),
        ("en:fine", "fr:amende", "fr:ministre"),
        ("fr:interdire", "en:prohibit", "en:develop"),
        ("en:lawsuit", "fr:plainte", "fr:réseau"),
    ],
)
def test_meaning_crosses_languages(word: str, like: str, unlike: str) -> None:
    assert likeness(word, like) > likeness(word, unlike) + 0.1


def test_an_unknown_word_has_no_meaning() -> None:
    meanings = load_meanings()

    assert meanings.row("en", "qwzzx", "qwzzxs") == 0
    assert meanings.vectors.shape == (len(meanings.rows) + 1, WIDTH)
    assert not meanings.vectors[0].any()


def test_the_first_known_word_counts() -> None:
    meanings = load_meanings()

    assert meanings.row("en", "qwzzx", "fine") == meanings.row("en", "fine") > 0
    assert meanings.row("fr", "qwzzx", "amende") == meanings.row("fr", "amende") > 0
