"""Which longer names an article's acronyms stand for: "la Commission du marché financier, la CMF".

An article introduces an acronym beside the name, in brackets or after a comma, or trusts its
readers to see the initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.spot import NAME, Spot
from policygraph.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_IN_BRACKETS = re.compile(r"[A-Z][A-Za-z.&-]{1,9}")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){3,8}")
"""What stands for a name without being introduced is in capitals; two are too common."""

_LEAST = 2
"""Initials of a name that an acronym beside it must share, the first one among them."""


def acronyms(doc: Doc, spots: Sequence[Spot], lexicon: Lexicon) -> dict[int, Spot]:
    """Acronyms by the identity of their spots, each with the spot of a name in full."""
    names = [spot for spot in spots if spot.kind == NAME]
    long = [spot for spot in names if spot.end - spot.start > 1]
    introduced = {
        _words(doc, short): full
        for one, other in _beside(doc, names, lexicon)
        for short, full in ((one, other), (other, one))
        if full.end - full.start > 1 and _introduces(doc, full, short, lexicon)
    }
    introduced |= {_words(doc, short): full for short, full in _called(doc, names, lexicon)}
    by_initials: dict[str, list[Spot]] = {}
    for spot in long:
        for letters in set(initials_of(doc[spot.start : spot.end], lexicon)):
            by_initials.setdefault(letters, []).append(spot)
    in_full = {id(spot.known) for spot in long if spot.known is not None}
    found: dict[int, Spot] = {}
    for spot in names:
        words = _words(doc, spot)
        full = introduced.get(words)
        if full is None and _ACRONYM.fullmatch(words) and id(spot.known) not in in_full:
            meant = by_initials.get(words.replace(".", ""), [])
            full = meant[0] if len({fold(_words(doc, s)) for s in meant}) == 1 else None
        if full is not None and full is not spot:
            found[id(spot)] = full
    return found


_LOCAL_OR_PERSON = frozenset({"Person", "Place"})
"""What stands in brackets behind these tells a party, a post or a country."""


def means_another(doc: Doc, short: Spot, full: Spot, lexicon: Lexicon) -> bool:
    """Whether an acronym has another name's initials here than the thing has that the authority
    file knows by it: "NCA", of the National Communications Authority.
    """
    if short.known is None or full.known is not None:
        return short.known is not None and short.known is not full.known
    if _words(doc, short).replace(".", "") not in initials_of(doc[full.start : full.end], lexicon):
        return False  # its name may be translated
    named = [fold(name).split() for name in short.known.names_in(lexicon.lang)]
    wanted = set(fold(_words(doc, full)).split()) - lexicon.links - lexicon.articles
    return all(len(wanted.intersection(words)) < _KNOWN * len(wanted) for words in named)


_KNOWN = 0.6
"""Share of a name's words that a name of the authority file must have to be meant."""


def _words(doc: Doc, spot: Spot) -> str:
    return doc[spot.start : spot.end].text


def _beside(doc: Doc, names: list[Spot], lexicon: Lexicon) -> Iterator[tuple[Spot, Spot]]:
    """Names that only a bracket, or a comma and an article, stand between."""
    at = {spot.start: spot for spot in names}
    for spot in names:
        place = spot.end
        if place + 1 >= len(doc) or doc[place].text not in ("(", ","):
            continue
        place += 1
        if doc[place].lower_ in lexicon.articles and place not in at:
            place += 1
        if place in at:
            yield spot, at[place]


def _called(doc: Doc, names: list[Spot], lexicon: Lexicon) -> Iterator[tuple[Spot, Spot]]:
    """Laws by a name that they go by, each with the longer name before it: "la loi du 3 mai qui les
    bride (loi Quorne)".
    """
    laws = [spot for spot in names if spot.type == "LegalInstrument"]
    for full, short in pairwise(laws):
        kind = doc[short.start].lower_
        if kind not in lexicon.law_words or kind != doc[full.start].lower_:
            continue
        between = doc[full.end : short.start]
        named = bool(between) and between[-1].lower_ in lexicon.law_called
        if named and not any(token.is_sent_start for token in between):
            yield short, full


def _introduces(doc: Doc, full: Spot, short: Spot, lexicon: Lexicon) -> bool:
    """Whether one of two names that stand side by side is the other's acronym."""
    words = _words(doc, short)
    if not _IN_BRACKETS.fullmatch(words):
        return False
    if inner_start(doc[full.start : full.end], words, lexicon) > full.start:
        return False
    if full.end < short.start and doc[full.end].text == "(" and full.type not in _LOCAL_OR_PERSON:
        apart = None not in (full.known, short.known) and full.known is not short.known
        if not apart:  # "Meta (Facebook)" are two
            return True
    letters = "".join(c for c in words if c.isupper())
    if len(letters) < _LEAST or len(letters) < len(words) / 2:
        return False
    return any(
        initials[:1] == letters[:1] and _shared(initials, letters) >= _LEAST
        for initials in initials_of(doc[full.start : full.end], lexicon)
    )


def inner_start(span: TokenSpan, acronym: str, lexicon: Lexicon) -> int:
    """Where the part of a name begins that an acronym fits better than the whole: "Cour de justice
    de la Communauté économique africaine", for "CEA"; the name's start where none does.
    """
    letters = "".join(c for c in acronym if c.isupper())
    small = lexicon.links | lexicon.articles
    best, start = _fit(span, letters, lexicon), span.start
    for before, token in pairwise(span):
        if before.lower_ in small and token.text[:1].isupper():
            fit = _fit(span.doc[token.i : span.end], letters, lexicon)
            if fit > best:
                best, start = fit, token.i
    return start


def _fit(span: TokenSpan, letters: str, lexicon: Lexicon) -> float:
    """The share of a name's chief words whose initials an acronym has, which begins as it does."""
    initials, _ = initials_of(span, lexicon)
    shared = _shared(initials, letters)
    if initials[:1] != letters[:1] or shared < max(_LEAST, len(letters) / 2):
        return 0
    return shared / len(initials)


def _shared(initials: str, letters: str) -> int:
    """How many of the one stand in the other, in their order."""
    return max(
        sum(letter in rest for letter in few)
        for few, rest in ((initials, iter(letters)), (letters, iter(initials)))
    )


def initials_of(span: TokenSpan, lexicon: Lexicon) -> tuple[str, str]:
    """The first letters of a name's words, without small words and with them."""
    words = [token.text for token in span if token.text[0].isalpha()]
    small = lexicon.links | lexicon.articles
    kept = [word for word in words if word.lower() not in small]
    return _first_letters(kept), _first_letters(words)


def _first_letters(words: list[str]) -> str:
    return "".join(fold(word)[:1].upper() for word in words)
