"""Finds the name beside a noun that names the same thing: "le PDG de Microsoft, Satya Nadella"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.coreference.posts import after_party
from policygraph.extraction.fitting import fits
from policygraph.extraction.language.syntax import (
    after_adjectives,
    base,
    children,
    is_plural,
    renamings,
)
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, NAME

if TYPE_CHECKING:
    from spacy.tokens import Token


def named_beside(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name in apposition: "X, a startup", "the Chinese firm X".

    One thing is explained by the name right before it, not by the first of a list.
    """
    one = not is_plural(noun)
    if one and (node := _name_before(reading, noun, types)) is not None:
        return node
    for token in _joined(noun):
        node = reading.node_at(token)
        if node is not None and fits(node, frozenset(types)):
            return node
    if "Person" in types:
        person = _person_beside(reading, noun)
        if person is not None or types[0] == "Person":
            return person
    if not one:
        return None
    return (
        _name_after(reading, noun, types)
        or _name_after_complements(reading, noun, types)
        or _name_set_off(reading, noun, types)
    )


def _joined(noun: Token) -> list[Token]:
    """What the parse joins with a noun as another name of the same thing."""
    found = renamings(noun)
    if base(noun.dep_) in ("appos", "flat") or noun.dep_ in ("nmod:desc",):
        found.append(noun.head)
    if base(noun.dep_) == "compound" and noun.head.pos_ == "PROPN":
        found.append(noun.head)
    return found


def _name_before(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name that "a hiking app" explains after a comma, whatever the parse hangs it on; "the
    hiking app Velteks" explains another.
    """
    explains = base(noun.dep_) in _EXPLAINING
    if not explains and not _is_closed(reading, noun):
        return None
    place = noun.i - 1
    while place > 0 and reading.pos[place] in ("DET", "ADJ", "NOUN", "VERB"):
        place -= 1
    if noun.i - place > _EXPLAINED or reading.words[place] != ",":
        return None
    node = _named(reading, place - 1, types)
    if not explains and _is_governed(reading, place - 1):
        return None  # "sued by Google, the company, based in Paris, appealed"
    if node is None or ("Person" in types and node.type != "Person" and not children(noun, "det")):
        return None  # "Arpol, juge que": a verb
    return node if _named(reading, after_adjectives(noun), types) is None else None


_EXPLAINING = frozenset({"appos", "parataxis"})
"""Arcs by which a noun behind a comma explains."""

_EXPLAINED = 4
"""Words between the comma and the noun, at most, and the noun."""


def _is_closed(reading: Reading, noun: Token) -> bool:
    """Whether a comma and a verb follow a noun and its complements: ", the owner of X, said"."""
    place = _end_of_phrase(reading, noun)
    pos = reading.pos[place + 1 : place + 2]
    return reading.words[place] == "," and pos in (["VERB"], ["AUX"])


def _is_governed(reading: Reading, place: int) -> bool:
    """Whether a preposition stands before the name at a place, which so ends another phrase."""
    spot = reading.at.get(place)
    return spot is not None and reading.pos[spot.start - 1 : spot.start] == ["ADP"]


def _name_after(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name right after a noun of its kind: "l'association FairSearch", not "the firm Meta
    bought", however the parse joins them.
    """
    place = _after_adjectives(reading, noun)
    node = _named(reading, place, types, first=True)
    return None if node is None or _acts(reading, place, noun) else node


def _acts(reading: Reading, place: int, noun: Token) -> bool:
    """Whether the name at a place does something to the noun before it: not where the noun has an
    owner of its own ("Bar's parent firm Foo said"), or does it too.
    """
    root = reading.root(reading.at[place])
    if base(root.dep_) != "nsubj" or children(noun, "nmod:poss"):
        return False
    return base(noun.dep_) != "nsubj" or root.head.i != noun.head.i


def _name_after_complements(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name behind a noun's complements that tells none of them: "le géant du commerce en ligne
    Temu", not "la filiale du groupe Temu" or "l'éditeur des consoles Temu".
    """
    place = _after_adjectives(reading, noun)
    last = min(place + _COMPLEMENTS, len(reading.pos))
    if place >= last or reading.words[place] not in _OF:
        return None
    while place < last and place not in reading.at and _is_of_complement(reading, place):
        place += 1
    node = _named(reading, place, types, first=True)
    if node is None or reading.tokens[place - 1].pos_ not in ("NOUN", "ADJ"):
        return None
    if _acts(reading, place, noun):
        return None
    inner = [reading.tokens[i] for i in range(noun.i + 1, place) if reading.pos[i] == "NOUN"]
    return None if any(_is_told(reading, token, node) for token in inner) else node


def _is_of_complement(reading: Reading, place: int) -> bool:
    if reading.pos[place] == "ADP":
        return reading.words[place] in _OF
    return reading.pos[place] in ("DET", "NOUN", "ADJ")


def _is_told(reading: Reading, noun: Token, node: Node) -> bool:
    """Whether a noun may be told by the name behind it; many things, by a name of their type."""
    types = reading.lexicon.types_of_noun(noun)
    return bool(types) and (not is_plural(noun) or bool(set(types) & set(node.types())))


_OF = frozenset({"of", "de", "du", "des", "d'", "d’", "en"})


def _name_set_off(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name between marks behind a noun: "the watchdog, the Velteks Office, said"; in a list
    something else follows.
    """
    place = _end_of_phrase(reading, noun) + 1
    if reading.words[place - 1] != "," or place >= len(reading.pos):
        return None
    if noun.left_edge.is_sent_start and children(noun, "case"):
        return None  # "according to the firm, Velteks, which sells apps, …"
    place += reading.pos[place] == "DET"
    node = _named(reading, place, types, first=True)
    if node is None or fits(node, frozenset(reading.lexicon.types_of_noun(noun.head))):
        return None
    end = reading.at[place].end
    after = reading.pos[end + 1 : end + 2]
    return node if reading.words[end : end + 1] == [","] and after in _GOES_ON else None


_GOES_ON = (["VERB"], ["AUX"], ["PRON"])
"""Word classes with which a sentence goes on behind an apposition."""


def _person_beside(reading: Reading, noun: Token) -> Node | None:
    """The person named right after a title or before it, however the parse joins them."""
    doc = reading.doc
    places = [after_adjectives(noun), after_party(reading, noun)]
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
    place = _end_of_phrase(reading, noun)
    if reading.words[place] != ",":
        return noun.i
    named = reading.at.get(place + 1)
    ends = named is not None and named.start == place + 1 and reading.pos[named.end : named.end + 1]
    return place + 1 if ends in (["PUNCT"], ["SPACE"]) else noun.i


def _end_of_phrase(reading: Reading, noun: Token) -> int:
    """The place of what ends a noun and its complements; the noun's own before "'s"."""
    pos, place = reading.pos, noun.i + 1
    while place - noun.i <= _COMPLEMENTS and place < len(pos) and pos[place] not in _PARTING:
        place += 1
    owns = pos[noun.i + 1 : noun.i + 2] == ["PART"]
    return noun.i if owns else min(place, len(pos) - 1)


_COMPLEMENTS = 9
"""Tokens of a noun's complements, at most."""

_PARTING = frozenset({"VERB", "AUX", "PUNCT", "SCONJ", "PRON", "CCONJ", "SPACE"})
"""Classes of words that end a noun's phrase."""


def _named(
    reading: Reading, place: int, types: tuple[str, ...], *, first: bool = False
) -> Node | None:
    """What the name at a place names, if a noun of some types may stand for it; only of a name
    that begins there if ``first``.
    """
    spot = reading.at.get(place)
    if spot is None or spot.kind != NAME or (first and spot.start != place):
        return None
    node = reading.node_of.get(id(spot))
    return node if node is not None and fits(node, frozenset(types)) else None


def _after_adjectives(reading: Reading, noun: Token) -> int:
    """The place after a noun and its adjectives, one of nationality too, whatever its class."""
    place = after_adjectives(noun)
    spot = reading.at.get(place)
    return spot.end if spot is not None and spot.kind == DEMONYM else place
