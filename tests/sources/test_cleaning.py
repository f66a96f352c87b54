from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.sources.plain import read_plain
from policygraph.text import clean, paragraphs

ODD = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(" \n\r\t\u00a0\u202f\u200b\ufeff\u2028\u0301\x00\x85e"),
    ),
    max_size=200,
)


@settings(max_examples=300, deadline=None)
@given(ODD)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


LETTERS = st.characters(categories=["L", "N", "P"], exclude_characters="ﬀﬁﬂﬃﬄﬅﬆ")


@settings(max_examples=200, deadline=None)
@given(ODD)
def test_a_clean_text_is_composed_and_trimmed(text: str) -> None:
    result = clean(text)

    assert unicodedata.is_normalized("NFC", result)
    assert result == result.strip(" \n")
    assert "\n\n\n" not in result
    assert not any(char in result for char in "\r\t\u00a0\u202f\u200b\ufeff\x00")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=100))
def test_cleaning_keeps_letters_figures_and_quotes(word: str) -> None:
    assert clean(word) == unicodedata.normalize("NFC", word)


def test_paragraphs_are_what_blank_lines_part() -> None:
    assert paragraphs(clean("One.\r\n\r\n \r\nTwo\u00a0: 3\n")) == ["One.", "Two : 3"]


@settings(max_examples=60, deadline=None)
@given(ODD)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    article = read_plain(text, source="a.txt")

    if article is not None:
        assert article.text == clean(article.text)
