"""Tells the type of a name from its own words and from the nouns around it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policygraph.authority import load_authority
from policygraph.extraction.lexicon import Lexicon
from policygraph.extraction.spot import Spot
from policygraph.extraction.syntax import base, case_of, children
from policygraph.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def refine(spot: Spot, doc: Doc, lexicon: Lexicon) -> None:
    """Give a name the type that its words, its neighbours or the countries' list say."""
    if spot.known is not None:
        return
    span = doc[spot.start : spot.end]
    country = load_authority().countries.by_name(span.text, lexicon.lang)
    if country is not None:
        spot.type, spot.known = "Country", country
        return
    cue = lexicon.type_of_name(fold(span.text)) if spot.type != "Person" or len(span) > 3 else None
    if spot.type == "Person" and cue is None:
        return
    if cue and not (spot.type == "Person" and cue != "GovernmentBody"):
        spot.type = cue
        return
    if spot.type in ("Company", "Product", "Place") and _is_like_a_person(span.text):
        spot.type = "Person"
        return
    if spot.type in ("Company", "Product", "Place"):
        beside = _type_beside(span.root, spot, lexicon)
        if beside:
            spot.type = beside


@cache
def _given_names() -> frozenset[str]:
    """First names that people of the authority file bear."""
    first = {
        name.split(" ", 1)[0]
        for entity in load_authority()
        if entity.type == "Person"
        for name in (*entity.names, *entity.names_en, *entity.names_fr)
        if " " in name
    }
    return frozenset(name for name in first if len(name) > _INITIAL)


_INITIAL = 2
_INITIALS = re.compile(r"(?:[A-Z]\.? )+[A-Z][a-z]{2,}")


def _is_like_a_person(name: str) -> bool:
    """Whether a name of two or three words begins with a given name or with initials."""
    words = name.split()
    if not 2 <= len(words) <= 3 or not all(w[0].isupper() and w.isalpha() for w in words[1:]):
        return False
    return words[0] in _given_names() or bool(_INITIALS.fullmatch(name))


def _type_beside(root: Token, spot: Spot, lexicon: Lexicon) -> str | None:
    """The type of the common noun that names the name: "l'application X", "X, a startup"."""
    nouns: list[Token] = []
    if base(root.dep_) in ("appos", "flat", "compound") or root.dep_ in ("nmod:desc", "nmod"):
        nouns.append(root.head)
    nouns += children(root, "appos")
    nouns += [c for c in root.children if c.i < spot.start and c.pos_ == "NOUN" and not case_of(c)]
    for noun in nouns:
        if noun.pos_ != "NOUN" or (root.dep_ == "nmod" and case_of(root)):
            continue
        if spot.start <= noun.i < spot.end:
            continue
        types = lexicon.types_of_noun(noun)
        if types and "Person" not in types:
            return types[0]
    return _type_around(root.doc, spot, lexicon)


def _type_around(doc: Doc, spot: Spot, lexicon: Lexicon) -> str | None:
    """The type of a noun right before a name ("l'association X") or after it ("X, une ONG")."""
    i = spot.start - 1
    while i >= 0 and doc[i].pos_ == "ADJ" and i > spot.start - 3:
        i -= 1
    if i >= 0 and doc[i].pos_ == "NOUN":
        types = lexicon.types_of_noun(doc[i])
        if types and "Person" not in types:
            return types[0]
    i = spot.end
    if i < len(doc) and doc[i].text in (",", "("):
        i += 1
        for _ in range(2):
            if i < len(doc) and doc[i].pos_ in ("DET", "ADJ"):
                i += 1
        if i < len(doc) and doc[i].pos_ == "NOUN" and doc[i - 1].text != ",":
            types = lexicon.types_of_noun(doc[i])
            if types and "Person" not in types:
                return types[0]
    return None
