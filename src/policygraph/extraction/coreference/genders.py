"""Which gender a French noun tells of a person: "la ministre" is nobody called "le ministre".

Of the persons in gold articles who are called by several nouns with such an article, 1 in 35 has
both genders, mostly by a noun that has its own whoever is meant ("la victime").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import is_plural

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN = 2
"""Adjectives between an article and its noun, at most: "la nouvelle première ministre"."""


def gender_of(noun: Token, lexicon: Lexicon) -> str:
    """The gender that the article of a noun in the singular tells, if it does."""
    if noun.lemma_.lower() in lexicon.any_gender or is_plural(noun):
        return ""
    for token in reversed(noun.doc[max(0, noun.i - 1 - _BETWEEN) : noun.i]):
        if gender := lexicon.genders.get(token.lower_):
            return gender
        if token.pos_ != "ADJ":
            break
    return ""
