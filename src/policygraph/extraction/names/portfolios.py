"""Finds what ministries and ministers are for where that is a list, which commas do not part:
"Ministry of Culture, Sports and Tourism", "ministre de l'Industrie, des Sciences et du Numérique".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.spot import MATTER, Spot
from policygraph.models.meanings import load_meanings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PEOPLE = ("PERSON", "PER")

_LEAST = 3
"""Parts of a list; a name of two is seldom taken apart, and two names are often joined."""


def find_portfolios(doc: Doc, lexicon: Lexicon, known: Iterable[Spot]) -> Iterator[Spot]:
    """Names of ministries, and what ministers are for; ``known`` are the authority file's names."""
    words = lexicon.portfolios
    sure = [s for s in known if s.sure and s.type != "Technology"]
    at = {i: spot for spot in sure for i in range(spot.start, spot.end)}
    named = frozenset(at)
    for token in doc:
        is_post = has_portfolio(token, lexicon)
        if not is_post and token.lower_ not in words.ministries:
            continue
        own = at.get(token.i)
        others = named.difference(range(own.start, own.end)) if own else named
        end = portfolio_end(token, lexicon, others)
        if end == token.i + 1 or (own and own.end >= end):
            continue
        if is_post:
            yield Spot(token.i + 1, end, "Group", MATTER)
        else:
            yield Spot(own.start if own else token.i, end, "GovernmentBody")


def has_portfolio(post: Token, lexicon: Lexicon) -> bool:
    """Whether a post may be for a list of matters: a vice-president's, but no president's."""
    ministers = lexicon.portfolios.ministers
    if post.lower_ in ministers:
        return True
    doc, i = post.doc, post.i
    return i > 1 and doc[i - 1].text == "-" and f"{doc[i - 2].lower_}-{post.lower_}" in ministers


def portfolio_end(head: Token, lexicon: Lexicon, names: Container[int]) -> int:
    """Where the list ends that a noun such as "ministry" is for; behind the noun if none is.

    ``names`` has the tokens of what stands for something else: "Ministry of Justice, Google and X".
    """
    doc, words = head.doc, lexicon.portfolios
    nothing = at = head.i + 1
    while lexicon.lang == "fr" and at < len(doc) and _goes_between(doc[at], lexicon):
        at += 1
    at, parts, closed = _behind(doc, at, words.of), 0, False
    while at and (end := _part_end(doc, at, lexicon, names)) > at:
        parts += 1
        if closed:
            return end if parts >= _LEAST else nothing
        at = end + (doc[end : end + 1].text == ",")
        closed = doc[at : at + 1].text in words.closing
        at += closed
        at = _behind(doc, at, words.between) if at > end else 0
    return nothing


def _behind(doc: Doc, start: int, links: Sequence[Sequence[str]]) -> int:
    """The place behind the first of some runs of small words that stands at ``start``, else 0."""
    for link in links:
        end = start + len(link)
        if [token.lower_ for token in doc[start:end]] == list(link):
            return end
    return 0


def _part_end(doc: Doc, start: int, lexicon: Lexicon, names: Container[int]) -> int:
    """Where one matter ends ("Aerospace Industry", "Souveraineté industrielle et numérique");
    ``start`` if what stands there is none: no word of it is an ordinary one.
    """
    end = start
    while end < len(doc) and doc[end].text[:1].isupper() and end not in names:
        if end > start and doc[end].ent_type_ in _PEOPLE and doc[end].ent_iob_ == "B":
            break  # "Technology Ann Ray"
        end += 1
        end += _joins_next(doc, end, lexicon)
    if not any(_is_ordinary(token, lexicon.lang) for token in doc[start:end]):
        return start
    while lexicon.lang == "fr" and end < len(doc):
        joined = end + (doc[end].text in lexicon.portfolios.closing)
        if joined == len(doc) or not _is_small_adjective(doc[joined]):
            break
        end = joined + 1
    return end


def _joins_next(doc: Doc, at: int, lexicon: Lexicon) -> int:
    """How many small words belong to a matter's name: "of" in "Rule of Law", "de droit" in "État de
    droit".
    """
    if at + 1 >= len(doc) or doc[at].lower_ not in lexicon.portfolios.inside:
        return 0
    if lexicon.lang == "fr":
        return 2 if doc[at + 1].is_lower and doc[at + 1].pos_ == "NOUN" else 0
    return int(doc[at + 1].text[:1].isupper())


def _goes_between(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word stands between a French post and its matters: "ministre déléguée chargée"."""
    return _is_small_adjective(token) or token.lower_ in lexicon.portfolios.charged


def _is_small_adjective(token: Token) -> bool:
    return token.is_lower and token.pos_ == "ADJ"


def _is_ordinary(token: Token, lang: str) -> bool:
    if token.ent_type_ in _PEOPLE:
        return False
    word = token.lower_
    return load_meanings().row(lang, word, word.removesuffix("s")) > 0
