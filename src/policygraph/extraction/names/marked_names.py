"""Names that are marked as such: by an honorific, their first word, the noun before them, or how
they are written; and where they are repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.own_articles import is_own_article
from policygraph.extraction.names.tagged_names import is_common
from policygraph.extraction.spot import NAME, Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMELIKE = frozenset({"PROPN", "X", "NOUN"})
_INITIALS = 2
"""Letters that a repeated name has more of."""


def titled_names(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """People named by an honorific: "M. Therrien", "Ms Wells"."""
    for token in doc[:-1]:
        if (
            token.lower_ in lexicon.honorifics
            and token.text[:1].isupper()
            and not _is_initial(token)
        ):
            end = token.i + 1
            while end < len(doc) and doc[end].is_title and doc[end].pos_ == "PROPN":
                end += 1
            if end > token.i + 1:
                yield Spot(token.i, end, "Person")


def _is_initial(token: Token) -> bool:
    """Whether a letter that may be an honorific is a middle name's: "Paul M. Quorne"."""
    if token.is_sent_start or len(token.text.rstrip(".")) > 1:
        return False
    first = token.nbor(-1)
    return first.pos_ == "PROPN" and first.is_title


def headed_names(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """Names that begin with a word which tells their type: "Operation Quorne"."""
    for token in doc[:-1]:
        type_ = lexicon.first_words.get(token.lower_)
        if type_ is None or (token.is_lower and lexicon.lang == "en"):
            continue
        end = token.i + 1
        while end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ in _NAMELIKE:
            end += 1
        if end > token.i + 1:
            yield Spot(token.i, end, type_)


def announced_names(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """Names that a common noun before them announces: "l'association FairSearch"."""
    for token in doc:
        if token.pos_ != "NOUN":
            continue
        types = lexicon.types_of_noun(token)
        if not types or "Person" in types or types[0] == "Event":
            continue
        start = token.i + 1
        while start < len(doc) and doc[start].pos_ == "ADJ" and not doc[start].text[:1].isupper():
            start += 1
        end = start + (start < len(doc) and is_own_article(doc[start], lexicon))
        while end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ in _NAMELIKE:
            end += 1
        if end > start and not doc[start].is_sent_start and not is_common(doc[start:end], lexicon):
            yield Spot(start, end, types[0])


def site_names(doc: Doc) -> Iterator[Spot]:
    """Web sites that are called by their addresses: "archive.is"."""
    for token in doc:
        if "." in token.text[1:-1] and token.like_url and _SITE.fullmatch(token.text):
            yield Spot(token.i, token.i + 1, "Product")


_SITE = re.compile(r"(?!www\.)[\w-]{2,}(?:\.[\w-]{2,})+")
"""No page of a site, nor an address that one writes to."""


def humped_names(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Spot]:
    """Names with a capital only within them: "openDesk", "uBlock"."""
    for hump in _HUMP.finditer(text):
        span = doc.char_span(*hump.span(), alignment_mode="expand")
        if span is None or (word := _HUMPED.match(text, span.start_char)) is None:
            continue
        if word.end() == span.end_char and word[1] not in lexicon.links:
            yield Spot(span.start, span.end, "Product")


_HUMP = re.compile(r"[a-z][A-Z][a-z]{2}")
"""Quicker to look for than what has one, which is rare."""


_HUMPED = re.compile(r"(?<![\w.@/#-])([a-z]+)[A-Z][a-z]{2,}\w*(?![\w@/(-])")
"""No unit ("kWh"), no part of an address, no name of a program's function."""


def repeated_names(doc: Doc, found: list[Spot]) -> Iterator[Spot]:
    """Further places where a name, or the surname of a person, is written."""
    taken = {i for s in found for i in range(s.start, s.end)}
    names: dict[str, Spot] = {}
    for spot in found:
        if spot.kind != NAME or spot.type == "Technology":
            continue
        if spot.type == "Person" and spot.end - spot.start > 1:
            names.setdefault(doc[spot.end - 1].text, spot)
        elif spot.known is None and spot.end - spot.start == 1:
            names.setdefault(doc[spot.start].text, spot)
    for token in doc:
        first = names.get(token.text) if token.i not in taken else None
        if first is None or not token.text[:1].isupper() or len(token) <= _INITIALS:
            continue
        if token.pos_ == "PROPN" or not token.is_sent_start:
            yield Spot(token.i, token.i + 1, first.type)
