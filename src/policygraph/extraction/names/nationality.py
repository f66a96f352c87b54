"""Tells where an adjective of nationality makes its country one of the article's things.

"The Dutch maker ASML" says where a firm is at home. "The Dutch authority", "French drivers"
and "Kenyans" name somebody else; their country counts only if a claim is about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.authority import KnownEntity, load_authority
from policygraph.extraction.language.syntax import base, children, is_plural
from policygraph.extraction.spot import NAME, Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

    from policygraph.extraction.reading import Reading

_AT_HOME = frozenset({"Company", "Product", "MediaOutlet", "AdvocacyGroup"})
"""Types of what is said to be at home in a country; bodies of states are its own."""

_BESIDE = frozenset({"amod", "compound", "nmod", "flat", "appos"})


def nation(word: str, lang: str) -> KnownEntity | None:
    """The country that a word names or whose adjective it is: "Turkish"."""
    countries = load_authority().countries
    return countries.by_demonym(word, lang) or countries.by_name(word, lang)


def nation_of(word: str, lang: str) -> str | None:
    """The slug of the country that a word means: see ``nation``."""
    country = nation(word, lang)
    return country.slug if country is not None else None


def names_country(spot: Spot, reading: Reading) -> bool:
    """Whether a name is a country's own, or a demonym tells where something is at home.

    A noun in lower case stands for what is at home there: "l'américain".
    """
    if spot.kind == NAME and not _is_adjective(spot, reading):
        return True
    token = _first(reading.root(spot))
    head = token.head
    if head is token or base(token.dep_) not in _BESIDE:
        return not token.text[:1].isupper()  # "Les Belges" are people
    types = reading.lexicon.types_of_noun(head) if head.pos_ == "NOUN" else ()
    if not types:
        node = reading.node_at(head)
        types = (node.type,) if node is not None else ()
    return types[:1] != () and types[0] in _AT_HOME


def names_people(spot: Spot, reading: Reading) -> bool:
    """Whether a demonym is a noun in the plural, with a capital: "Kenyans", "les Italiens"."""
    token = reading.root(spot)
    if not token.text[:1].isupper() or (
        base(token.dep_) in ("amod", "compound") and token.head.pos_ == "NOUN"
    ):
        return False
    if reading.lexicon.lang == "en":
        return nation(token.text.removesuffix("s"), "en") is spot.known and token.text[-1] == "s"
    told = (token, *children(token, "det"))
    return any(map(is_plural, told))


def _is_adjective(spot: Spot, reading: Reading) -> bool:
    """Whether an English name of a country stands before a noun as an adjective: "UK users"."""
    token = reading.root(spot)
    return (
        spot.type == "Country"
        and reading.lexicon.lang == "en"
        and base(token.dep_) in ("amod", "compound")
        and token.head.i > token.i
        and token.head.pos_ == "NOUN"
    )


def _first(token: Token) -> Token:
    """The first of those that a token is coordinated with."""
    while base(token.dep_) == "conj" and token.head.pos_ == token.pos_:
        token = token.head
    return token
