"""Finds the names of the authority file in a doc, and adjectives of countries and places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policygraph.authority import Authority, KnownEntity, load_authority
from policygraph.authority.given_names import given_names
from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.legal_forms import load_legal_forms
from policygraph.extraction.names.seats import means_government
from policygraph.extraction.spot import DEMONYM, NAME, Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class _NameIndex:
    """Names of the authority file by their text; ``longest`` bounds a look-up by first letters."""

    names: dict[str, tuple[KnownEntity, bool]]
    longest: dict[str, int]


_PREFIX = 2
_ACRONYM = 4
"""Letters up to which a word in capitals is no name written large ("LONDRES", "TIKTOK")."""


@cache
def _name_index(authority: Authority, lang: str) -> _NameIndex:
    names: dict[str, tuple[KnownEntity, bool]] = {}
    for name, known, weak in authority.names(lang):
        names.setdefault(name.replace("’", "'"), (known, weak))
    longest: dict[str, int] = {}
    for name in names:
        key = name[:_PREFIX]
        longest[key] = max(longest.get(key, 0), len(name))
    return _NameIndex(names, longest)


def known_names(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Spot]:
    """Names that the authority file knows, the longest at each place, in reading order.

    ``text`` is the doc's.
    """
    authority = load_authority()
    index = _name_index(authority, lexicon.lang)
    countries = authority.countries
    places = _places_by_adjective(authority, lexicon.lang)
    text = text.replace("’", "'").replace("\n", " ")
    tokens = list(doc)
    ends = [token.idx + len(token) for token in tokens]
    i = 0
    while i < len(tokens):
        token = tokens[i]
        step = 1
        if not token.is_punct and not token.is_space:
            found = _longest_name(text, token, index, ends)
            if found and token.lower_ in lexicon.articles and i + 1 < len(tokens):
                later = _longest_name(text, tokens[i + 1], index, ends)
                if later and later[0] > found[0]:  # "the Information Commissioner's Office"
                    found = None
            if found:
                end, known, weak = found
                if not names_street(doc, i, lexicon):
                    spot = _known_spot(doc, i, end, known, weak, lexicon)
                    end = spot.end
                    yield spot
                step = end - i
            elif (told := countries.demonym_at(_words(tokens, i), lexicon.lang)) is not None:
                step, country = told
                yield Spot(i, i + step, "Country", DEMONYM, known=country)
            elif (place := places.get(token.text)) is not None:
                yield Spot(i, i + 1, "Place", DEMONYM, known=place)
        i += step


def _words(tokens: list[Token], i: int) -> list[str]:
    """A word and the next one: "North Korean"."""
    return [token.text for token in tokens[i : i + 2]]


@cache
def _places_by_adjective(authority: Authority, lang: str) -> dict[str, KnownEntity]:
    """Cities, states and regions by what is said of the people there: "californien", "Texan"."""
    return {
        form: entity
        for entity in authority
        if entity.type == "Place"
        for form in entity.demonyms_in(lang)
    }


def _longest_name(
    text: str, token: Token, index: _NameIndex, ends: list[int]
) -> tuple[int, KnownEntity, bool] | None:
    start = token.idx
    variants = [text[start : start + _PREFIX]]
    if token.is_sent_start and token.text[:1].isupper():
        variants.append(variants[0].lower())
    for prefix in variants:
        longest = index.longest.get(prefix) or index.longest.get(prefix[:1], 0)
        for last in range(bisect_right(ends, start + longest) - 1, token.i - 1, -1):
            words = prefix[:1] + text[start + 1 : ends[last]]
            if words in index.names:
                known, weak = index.names[words]
                return last + 1, known, weak
    if token.is_upper and len(token) > _ACRONYM and token.text.capitalize() in index.names:
        known, weak = index.names[token.text.capitalize()]
        return token.i + 1, known, weak
    return None


@cache
def _people(city: KnownEntity, lang: str) -> frozenset[str]:
    """What those who live in a city are called: "Parisiens", from the adjective "parisiens"."""
    return frozenset(form[:1].upper() + form[1:] for form in city.demonyms_in(lang))


_LOCAL = frozenset({"Place", "Country"})


def _is_called_a_place(
    doc: Doc, start: int, end: int, known: KnownEntity, lexicon: Lexicon
) -> bool:
    """Whether the words before a name say that it is a place's: "la ville d'Orange".

    In English, an article before a firm's name alone does: "the Amazon has lost forests".
    """
    if not start:
        return False
    before = doc[start - 1].lower_
    if before == "the" and known.type == "Company":
        return end - start == 1 and not _goes_on(doc, end)
    if before in lexicon.seats.of:
        start -= 1
    return start > 0 and doc[start - 1].lower_ in lexicon.places


_OF_A_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PART", "SYM"})
_HYPHENS = frozenset("-‐‑–/")


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether an English phrase goes on behind a name: "the Meta lawyers", "the Meta-owned app",
    "the RTX Pro".
    """
    if end == len(doc):
        return False
    joined = doc[end].text in _HYPHENS and not doc[end - 1].whitespace_
    return joined or doc[end].pos_ in _OF_A_PHRASE or doc[end].text[:1].isupper()


def names_street(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Whether a name is a street's by the words before it: "rue McGill", "quai de la Loire"."""
    for noun in range(start - 1, max(start - 1 - _JOINED, -1), -1):
        word = doc[noun].lower_
        if word not in lexicon.seats.of and word not in lexicon.definite:
            return word in lexicon.streets
    return False


_JOINED = 3
"""Words from a street's noun to its name, at most: "rue de la"."""


def _is_called_so(doc: Doc, start: int, known: KnownEntity, lexicon: Lexicon) -> bool:
    """Whether a noun before a name says what the authority does: "le réseau social X"."""
    noun = start - 1
    while noun >= 0 and doc[noun].pos_ == "ADJ":
        noun -= 1
    if noun < 0 or doc[noun].pos_ != "NOUN":
        return False
    return not {known.type, *known.also}.isdisjoint(lexicon.types_of_noun(doc[noun])[:1])


def _is_of_another(doc: Doc, start: int, known: KnownEntity, lexicon: Lexicon) -> bool:
    """Whether a known surname has another's first name before it: "Mary Trump"."""
    first = doc[start - 1].text if start else ""
    names = known.names_in(lexicon.lang)
    return first in given_names() and not any(first in name.split() for name in names)


def _known_spot(
    doc: Doc, start: int, end: int, known: KnownEntity, weak: bool, lexicon: Lexicon
) -> Spot:
    type_ = known.type
    if (
        type_ == "Place"
        and known.capital_of
        and not doc[start].is_upper
        and means_government(doc[start:end], lexicon, _people(known, lexicon.lang))
    ):
        authority = load_authority()
        seat = authority.get(known.stands_for) or authority.countries.get(known.capital_of)
        if seat is not None:
            return Spot(start, end, seat.type, NAME, known=seat, apart=True)
    if type_ not in _LOCAL and _is_called_a_place(doc, start, end, known, lexicon):
        return Spot(start, end, "Place", NAME, apart=True)
    if type_ == "Person" and end - start == 1 and _is_of_another(doc, start, known, lexicon):
        return Spot(start - 1, end, "Person", NAME)
    if type_ == "Company":
        outer = load_legal_forms().around(doc, start, end)
        weak = weak and outer == (start, end)
        start, end = outer
    sure = not weak or _is_called_so(doc, start, known, lexicon)
    return Spot(start, end, type_, NAME, known=known, sure=sure, also=known.also)
