"""Tells where an article belongs to a name: "le site Le Bon Coin", "told The Verge"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_BEFORE = frozenset({",", "("})
"""Signs behind which no sentence begins."""


def is_own_article(token: Token, lexicon: Lexicon) -> bool:
    """Whether an article is written large without need, before a capital: not where a sentence
    or a quotation begins, nor in a headline whose words all have capitals.
    """
    if token.lower_ not in lexicon.definite or token.is_lower or token.is_sent_start:
        return False
    doc, i = token.doc, token.i
    if i + 1 == len(doc) or not i or not doc[i + 1].text[:1].isupper():
        return False
    before = doc[i - 1]
    first = before.is_sent_start is True and before.is_alpha
    return first or before.is_lower or before.text in _BEFORE


def with_article(name: TokenSpan, lexicon: Lexicon) -> TokenSpan:
    """A name with the article before it, if that is its own."""
    doc, start = name.doc, name.start
    if start and is_own_article(doc[start - 1], lexicon):
        return doc[start - 1 : name.end]
    return name
