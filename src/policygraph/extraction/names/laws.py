"""Finds names of laws by their shape: "the RESTRICT Act", "la loi Avia", "règlement 2016/679"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policygraph.authority.given_names import given_names
from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import base
from policygraph.extraction.names.french_laws import end_of_law
from policygraph.extraction.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 10
"""Tokens of what may stand in brackets in a law's name: "(Fraud, Error and Recovery)"."""

_YEAR = re.compile(r"(?:19|20)\d\d")

_NUMBER = re.compile(r"(?:[A-Z]{1,3}-)?\d+(?:[/-]\w+)*")
"""A law's number: "580", "2016/679", "C-18"."""


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
        if lexicon.lang == "en" and token.text in lexicon.law_words and not _is_of_person(token):
            start = token.i if token.is_sent_start else _english_start(doc, token.i, lexicon)
            number = _number_end(doc, token.i + 1, lexicon, named=start < token.i)
            named = start < token.i or number > token.i + 1
            if named and not _is_of_body(doc, start, token.i, lexicon):
                yield Spot(start, _english_end(doc, number), "LegalInstrument", sure=True)
        elif lexicon.lang == "en" and token.text in lexicon.with_number:
            number = _number_end(doc, token.i + 1, lexicon)
            if number > token.i + 1:
                yield Spot(token.i, _english_end(doc, number), "LegalInstrument", sure=True)
        elif lexicon.lang == "fr" and (
            token.lower_ in lexicon.law_words or _is_dated(token, lexicon, days)
        ):
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
            if doc[start].pos_ == "CCONJ" and _ends_law(doc, start, lexicon):
                break  # "the Data Act and the AI Act" are two
            before = start - 1
        start = before
    while start < last and not doc[start].text[:1].isupper():
        start += 1
    return last if doc[start].lower_ in lexicon.articles else start


def _ends_law(doc: Doc, end: int, lexicon: Lexicon) -> bool:
    """Whether the word before ``end`` ends a law's name, as may do its number."""
    last = end - 1 - bool(end > 1 and _NUMBER.fullmatch(doc[end - 1].text))
    return doc[last].text in lexicon.law_words


def _is_of_person(token: Token) -> bool:
    """Whether a word for a law is somebody's first name or surname: "Bill Ray", "Jude Law"."""
    doc, i = token.doc, token.i
    begins = i == 0 or doc[i - 1].ent_type_ == "PERSON" or doc[i - 1].pos_ != "PROPN"
    if begins and token.text in given_names() and i + 1 < len(doc):
        surname = doc[i + 1]
        if surname.text[:1].isupper() and surname.pos_ == "PROPN" and surname.text.isalpha():
            return True
    is_last = token.ent_iob_ == "I" and token.ent_type_ == "PERSON"
    return is_last and doc[i - 1].text in given_names()


def names_provision(doc: Doc, spot: Spot, lexicon: Lexicon) -> bool:
    """Whether what is taken for another thing is a part of some law, as the words behind it tell:
    "Article 19 of the Covenant" is not the group.
    """
    return (
        spot.end < len(doc)
        and spot.type != "LegalInstrument"
        and doc[spot.start].lower_ in lexicon.provisions
        and doc[spot.end].lower_ in lexicon.seats.of
    )


def is_consent(doc: Doc, spot: Spot, lexicon: Lexicon) -> bool:
    """Whether "l'accord de Paris" is what somebody in Paris agrees to: "sans l'accord de Paris"."""
    noun = doc[spot.start]
    if noun.text not in lexicon.consent or noun.i < _ARTICLE:
        return False
    before = doc[noun.i - _ARTICLE]
    return before.lemma_.lower() in lexicon.before_consent and not before.is_sent_start


_ARTICLE = 2
"""Tokens from what governs a noun to the noun, behind its article."""


def _is_dated(noun: Token, lexicon: Lexicon, days: Mapping[int, int]) -> bool:
    """Whether a number or a day makes a noun a law's name: "arrêté du 26 février 2025"."""
    if noun.pos_ != "NOUN" or noun.lower_ not in lexicon.dated_laws or noun.i + 2 >= len(noun.doc):
        return False
    behind = noun.nbor(1).lower_
    return behind in lexicon.numbered or (behind == "du" and noun.i + 2 in days)


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


def _number_end(doc: Doc, start: int, lexicon: Lexicon, *, named: bool = False) -> int:
    """Behind a law's number ("No. 27", "2016/679"), or ``start`` where none stands there.

    A plain number is none where the law is ``named`` ("passed the Data Act 91-3"), counts what
    follows ("the Directive 95 firms signed"), or stands in "Order 500", which begins a sentence.
    """
    sign = start + (doc[start : start + 1].text.lower() in lexicon.numbered)
    at = sign + (sign > start and doc[sign : sign + 1].text == ".")
    number = doc[at : at + 1].text
    if not _NUMBER.fullmatch(number):
        return start
    if at == start and number.isdigit():
        counts = base(doc[at].dep_) == "nummod" and doc[at].head.i > at
        if named or counts or _YEAR.fullmatch(number) or doc[start - 1].is_sent_start:
            return start
    return at + 1


def _english_end(doc: Doc, end: int) -> int:
    """Behind the year that a name ends with, if any: "Data Act 2018", "Data Act of 2018", "Data
    Act, 2018"; but not in "under the Data Act, 2024 saw many fines".
    """
    comma = doc[end : end + 1].text == ","
    year = end + (comma or doc[end : end + 1].text == "of")
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
