"""What words mean in their places: how texts are cut, and what the shipped weights say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from policygraph import nlp as pipelines
from policygraph.errors import OntologyError
from policygraph.models import context
from policygraph.models.context import LONGEST, WIDTH, context_of, load_context, stretches
from policygraph.models.weights import Array


def analysed(text: str, lang: str = "en") -> Array:
    return context_of(pipelines.analyse(pipelines.load(lang), text))


def likeness(one: Array, other: Array) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.mark.parametrize("count", [1, LONGEST])
def test_a_short_text_is_read_at_once(count: int) -> None:
    assert list(stretches(np.arange(count), [0])) == [(0, count)]


def test_nothing_is_read_of_nothing() -> None:
    assert list(stretches(np.arange(0), [])) == []


def test_a_long_text_is_parted_between_sentences_into_like_parts() -> None:
    pieces = np.repeat(np.arange(600), 2)  # two of each token
    sentences = list(range(0, 600, 25))

    parts = list(stretches(pieces, sentences))

    assert parts[0][0] == 0
    assert parts[-1][1] == len(pieces)
    assert all(end == start for (_, end), (start, _) in pairwise(parts))
    assert all(start % 50 == 0 for start, _ in parts)
    assert max(end - start for start, end in parts) <= LONGEST
    assert min(end - start for start, end in parts) >= LONGEST // 2


def test_a_sentence_without_end_is_parted_all_the_same() -> None:
    parts = list(stretches(np.arange(1300), [0]))

    assert [end - start for start, end in parts] == [LONGEST, LONGEST, 300]


def test_a_piece_belongs_to_the_token_that_holds_its_first_letter() -> None:
    reader = load_context()
    assert reader is not None
    text = "Bonjour,\n\nl'ARCEP  saisit Netflix."

    numbers, starts = reader.cut(text)
    tokens = context.tokens_at(starts, [7, 8, 10, 12, 17, 19, 25, 33, 34])

    assert len(numbers) == len(starts)
    assert text[starts[0]] == "B"
    assert not any(text[start].isspace() for start in starts)
    assert set(tokens.tolist()) == {0, 1, 3, 4, 6, 7, 8}  # all but the two of space


def test_each_token_has_a_vector_and_space_has_none() -> None:
    found = analysed("Google sued Meta.\n\nIt lost.")

    assert found.shape == (8, WIDTH)
    assert not found[4].any()
    assert np.abs(found).sum(axis=1).astype(bool).sum() == 7


def test_a_word_means_different_things_in_different_places() -> None:
    apples, firm, other = (
        analysed(text)[1]
        for text in (
            "The Apple fell from the tree in my garden.",
            "The Apple chief unveiled a phone in Cupertino.",
            "The Apple boss showed a tablet in Cupertino.",
        )
    )

    assert likeness(firm, other) > likeness(firm, apples)


def test_the_same_text_has_the_same_vectors() -> None:
    text = "La CNIL inflige une amende de 50 millions d'euros à Google."

    assert (analysed(text, "fr") == analysed(text, "fr")).all()


def test_a_long_text_is_read_to_its_end() -> None:
    found = analysed("Google sued Meta over its patents in Texas. " * 150)

    assert len(found) == 9 * 150
    assert np.abs(found).sum(axis=1).all()


def test_a_doc_keeps_what_was_read() -> None:
    doc = pipelines.analyse(pipelines.load("en"), "Google sued Meta.")

    assert context_of(doc) is context_of(doc)


def test_a_checkout_without_weights_has_zeros(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "WEIGHTS", tmp_path / "none.onnx")
    monkeypatch.setattr(context, "load_context", load_context.__wrapped__)

    assert not analysed("Google sued Meta.").any()


def test_other_files_are_no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "context.onnx"
    path.write_bytes(b"no graph at all")
    monkeypatch.setattr(context, "WEIGHTS", path)

    with pytest.raises(OntologyError, match=r"context\.onnx: not the shipped weights"):
        load_context.__wrapped__()
