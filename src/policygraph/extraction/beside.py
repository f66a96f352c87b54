"""Finds the name beside a noun that names the same thing: "le PDG de Microsoft, Satya Nadella"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spots import NAME
from policygraph.extraction.syntax import after_adjectives, base, renamings

if TYPE_CHECKING:
    from spacy.tokens import Token


def named_beside(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name in apposition: "le PDG de Microsoft, Satya Nadella", "X, a startup"."""
    beside = renamings(noun)
    if base(noun.dep_) in ("appos", "flat") or noun.dep_ in ("nmod:desc",):
        beside.append(noun.head)
    if base(noun.dep_) == "compound" and noun.head.pos_ == "PROPN":
        beside.append(noun.head)
    for token in beside:
        node = reading.node_at(token)
        if node is not None and _fits(node, types):
            return node
    if "Person" in types:
        return _person_beside(reading, noun)
    return _name_before(reading, noun, types) or _name_after(reading, noun, types)


def _name_before(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name that "a hiking app" explains after a comma, whatever the parse hangs it on."""
    if base(noun.dep_) != "appos":
        return None
    place = noun.i - 1
    while place > 0 and reading.tokens[place].pos_ in ("DET", "ADJ", "NOUN", "VERB"):
        place -= 1
    if noun.i - place > _EXPLAINED or reading.tokens[place].text != ",":
        return None
    spot = reading.at.get(place - 1)
    node = reading.node_of.get(id(spot)) if spot is not None and spot.kind == NAME else None
    return node if node is not None and _fits(node, types) else None


_EXPLAINED = 4
"""Words between the comma and the noun, at most, and the noun."""


def _name_after(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name right after a noun of its kind: "l'association FairSearch", not "the firm Meta
    bought", however the parse joins them.
    """
    place = after_adjectives(noun)
    spot = reading.at.get(place)
    if spot is None or spot.kind != NAME or spot.start != place:
        return None
    node = reading.node_of.get(id(spot))
    acts = base(reading.root(spot).dep_) in ("nsubj", "obj")
    return node if node is not None and not acts and _fits(node, types) else None


def _person_beside(reading: Reading, noun: Token) -> Node | None:
    """The person named right after a title or before it, however the parse joins them."""
    doc = reading.doc
    places = [after_adjectives(noun)]
    i = noun.i - 1
    while i > noun.i - 3 and i > 0 and doc[i].pos_ in ("DET", "ADJ"):
        i -= 1
    if i > 0 and doc[i].text == ",":
        places.append(i - 1)
    places.append(_after_phrase(reading, noun))
    for place in places:
        node = reading.node_at(doc[place]) if place < len(doc) else None
        if node is not None and node.type == "Person" and reading.at[place].kind == NAME:
            return node
    return None


def _after_phrase(reading: Reading, noun: Token) -> int:
    """The place of what a comma sets off behind a noun and its complements, and a mark ends: "the
    head of the agency, Sue Ray, said". The noun's own place where there is none.
    """
    doc, pos, place = reading.doc, reading.pos, noun.i + 1
    while place - noun.i <= _COMPLEMENTS and place < len(doc) and pos[place] not in _PARTING:
        place += 1
    if place + 1 >= len(doc) or doc[place].text != ",":
        return noun.i
    named = reading.at.get(place + 1)
    ends = named is not None and named.start == place + 1 and pos[named.end : named.end + 1]
    return place + 1 if ends in (["PUNCT"], ["SPACE"]) else noun.i


_COMPLEMENTS = 9
"""Tokens of a noun's complements, at most."""

_PARTING = frozenset({"VERB", "AUX", "PUNCT", "SCONJ", "PRON", "CCONJ", "SPACE"})
"""Classes of words that end a noun's phrase."""


def _fits(node: Node, types: tuple[str, ...]) -> bool:
    own = set(node.types())
    if own & set(types):
        return True
    return bool({"Company", "Product"} & own and {"Company", "Product"} & set(types))
