from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.folding import fold
from policygraph.text import clean, paragraphs


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u00a0b\u202fc\td", "a b c d"),
        ("  a  \r\n b\u2028c ", "a\nb\nc"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("so\u00adft\u200b hy\ufeffphen", "soft hyphen"),
        ("e\u0301te\u0301", "été"),
        ("« L’État » – “no” …", "« L’État » – “no” …"),
        ("o\ufb03ce \ufb01n, c\u0153ur", "office fin, c\u0153ur"),
        ("\x00\x07", ""),
    ],
)
def test_characters_are_cleaned_and_words_are_kept(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("a\nb\n\nc") == ["a\nb", "c"]
    assert paragraphs("") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("L’Élysée", "l'elysee"), ("Wi‑Fi", "wi-fi"), ("STRASSE", "straße"), (" a  b ", "A B")],
)
def test_names_that_a_reader_takes_for_one_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)
