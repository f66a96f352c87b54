"""Tells where the name of a French law ends: "loi Sécurité globale", "loi du 30 juillet 2020"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def end_of_law(doc: Doc, first: int, lexicon: Lexicon, days: Mapping[int, int]) -> int:
    """Behind the name that begins at token ``first``, after the noun; there, where none does.

    ``days`` maps the first token of each date of the doc to the one behind it.
    """
    end = first
    while end < len(doc) and _in_law(doc[end], lexicon):
        end += 1
    while end > first and not _is_written_large(doc[end - 1]):
        end -= 1
    if end == first or doc[first].lower_ in lexicon.numbered:
        return _behind_day(doc, end, days)
    return max(end, _seen_by_model(doc, first))


def _in_law(token: Token, lexicon: Lexicon) -> bool:
    if token.is_punct or token.is_space:
        return token.text in ("-", "/", "n°")
    capital = token.text[:1].isupper() and token.pos_ != "VERB"
    return capital or token.lower_ in lexicon.numbered or any(c.isdigit() for c in token.text[:2])


def _is_written_large(token: Token) -> bool:
    return token.text[:1].isupper() or any(c.isdigit() for c in token.text)


def _behind_day(doc: Doc, end: int, days: Mapping[int, int]) -> int:
    """Behind the day of which a law is, if it is told: "loi n° 78-17 du 6 janvier 1978"."""
    behind = days.get(end + 1)
    if behind is None or doc[end].lower_ != "du" or not doc[end + 1].text[:1].isdigit():
        return end
    return behind


def _seen_by_model(doc: Doc, first: int) -> int:
    """Behind the name as the pipeline's NER sees it: "loi Création et Internet"."""
    end = first
    while end < len(doc) and doc[end].ent_type_ == "LAW" and doc[end].ent_iob_ == "I":
        if doc[end].is_space:
            break
        end += 1
    return end
