"""Word vectors of the pipelines: made of the meanings, by forms."""

from __future__ import annotations

import numpy as np
import pytest

from policygraph.models.meanings import WIDTH, load_meanings
from policygraph.nlp import load
from policygraph.word_vectors import word_vectors

FORMS = {
    "fr": (("racheter", "rachetaient"), ("entreprise", "entreprises")),
    "en": (("acquire", "acquired"), ("company", "company"), ("regulator", "regulators")),
}


@pytest.mark.parametrize("lang", FORMS)
def test_forms_of_a_word_share_its_vector(lang: str) -> None:
    table = word_vectors(lang)

    for word, form in FORMS[lang]:
        assert table.find(key=word) == table.find(key=form) >= 0


@pytest.mark.parametrize("lang", FORMS)
def test_a_word_with_a_capital_has_none(lang: str) -> None:
    table = word_vectors(lang)

    for word, _ in FORMS[lang]:
        assert table.find(key=word.capitalize()) == -1


def test_a_language_s_own_meaning_is_found() -> None:
    meanings, table = load_meanings(), word_vectors("fr")

    vector = table.data[table.find(key="amende")]
    wanted = meanings.vectors[meanings.row("fr", "amende")]

    assert table.shape[1] == WIDTH
    assert np.allclose(vector / np.linalg.norm(vector), wanted / np.linalg.norm(wanted), atol=1e-5)


@pytest.mark.parametrize("lang", FORMS)
def test_the_shipped_pipelines_look_words_up(lang: str) -> None:
    vectors = load(lang).vocab.vectors

    assert all(vectors.find(key=word) >= 0 for word, _ in FORMS[lang])


def test_an_unknown_language_has_an_empty_table() -> None:
    assert word_vectors("de").n_keys == 0
