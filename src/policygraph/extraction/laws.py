"""Finds names of laws by their shape: "the RESTRICT Act", "la loi Avia", "règlement 2016/679"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policygraph.extraction.french_laws import end_of_law
from policygraph.extraction.lexicon import Lexicon
from policygraph.extraction.spot import Spot
from policygraph.extraction.syntax import base

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 10
"""Tokens of what may stand in brackets in a law's name: "(Fraud, Error and Recovery)"."""

_YEAR = re.compile(r"(?:19|20)\d\d")


def find_laws(doc: Doc, lexicon: Lexicon, days: Mapping[int, int]) -> list[Spot]:
    """What is called a law; names with brackets come before those that end at them.

    ``days`` maps the first token of each date of the doc to the one behind it.
    """
    return sorted(
        _laws(doc, lexicon, days), key=lambda law: ")" not in doc[law.start : law.end].text
    )


def known_laws(known: Sequence[Spot], laws: Sequence[Spot]) -> list[Spot]:
    """Laws of the authority file whose names are at least as long as what has a law's shape."""
    return [
        spot
        for spot in known
        if spot.type == "LegalInstrument"
        and any(spot.start <= law.start and law.end <= spot.end for law in laws)
    ]


def _laws(doc: Doc, lexicon: Lexicon, days: Mapping[int, int]) -> Iterator[Spot]:
    for token in doc:
        if lexicon.lang == "en" and token.text in lexicon.law_words and not token.is_sent_start:
            start = _english_start(doc, token.i, lexicon)
            if start < token.i and not _is_of_body(doc, start, token.i, lexicon):
                yield Spot(start, _english_end(doc, token.i + 1), "LegalInstrument", sure=True)
        elif lexicon.lang == "fr" and token.lower_ in lexicon.law_words:
            end = end_of_law(doc, token.i + 1, lexicon, days)
            if end > token.i + 1:
                yield Spot(token.i, end, "LegalInstrument", sure=True)


def _english_start(doc: Doc, last: int, lexicon: Lexicon) -> int:
    """Where the name begins that a word for a law ends; there, if nothing is before it."""
    start = last
    while start > 0:
        before = _bracket_before(doc, start)
        if before == start:
            if not _in_name(doc[start - 1], lexicon) or doc[start - 1].is_sent_start:
                break
            if doc[start].pos_ == "CCONJ" and doc[start - 1].text in lexicon.law_words:
                break  # "the Data Act and the AI Act" are two
            before = start - 1
        start = before
    while start < last and not doc[start].text[:1].isupper():
        start += 1
    return last if doc[start].lower_ in lexicon.articles else start


def _bracket_before(doc: Doc, end: int) -> int:
    """Where a word with a bracket behind it begins that goes before ``end``: "Data (Use and
    Access)" Act; ``end`` where none does, nor where an acronym is in it.
    """
    if doc[end - 1].text != ")":
        return end
    for i in range(end - 2, max(end - 2 - _LONGEST, 0), -1):
        if doc[i].text == "(":
            start = i - 1 if doc[i - 1].text[:1].isupper() else _bracket_before(doc, i)
            is_title = doc[i + 1].text[:1].isupper() and not doc[i + 1 : end - 1].text.isupper()
            return start if is_title and start < i else end
    return end


def _english_end(doc: Doc, end: int) -> int:
    """Behind the year that a name ends with, if any: "Data Act 2018", "Data Act, 2018"; but not in
    "under the Data Act, 2024 saw many fines".
    """
    comma = doc[end : end + 1].text == ","
    year = end + comma
    if year >= len(doc) or not _YEAR.fullmatch(doc[year].text):
        return end
    goes_on = comma and year + 1 < len(doc) and doc[year + 1].pos_ in ("VERB", "AUX")
    return end if goes_on and base(doc[year].dep_) == "nsubj" else year + 1


def _is_of_body(doc: Doc, start: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the name goes on to be a body's ("Company Law Tribunal"), or began as one's."""
    if doc[start].lower_ in lexicon.law_bodies and doc[start + 1].lower_ in lexicon.links:
        return True
    end = last + 1
    while end < len(doc) and doc[end].text[:1].isupper():
        end += 1
    return end > last + 1 and doc[end - 1].lower_ in lexicon.law_bodies


def _in_name(token: Token, lexicon: Lexicon) -> bool:
    return token.text[:1].isupper() or token.lower_ in lexicon.links or token.text == "&"
