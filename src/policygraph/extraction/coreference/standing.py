"""How a noun stands to the names around it: which of them act above it, which it is set off by.

"Apple sues the firm" never means Apple by the firm, "Apple says the firm will appeal" mostly
does, and in "Strava, the fitness app," a comma tells what the app is, however the parse joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import after_adjectives, base, case_of, children
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import NAME, Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"ccomp", "advcl", "acl", "parataxis", "csubj"})
"""Relations below which another clause begins."""

_WITHIN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV"})
"""Words that may stand between a mark and the noun that it sets off."""

_WITHIN_PHRASE = _WITHIN | {"ADP"}

_LONGEST = 11
"""Tokens within which a name may follow."""

_OWNED = frozenset({"Company", "Person", "Product"})
"""Types of nouns that "of" joins with another thing, unlike "the city of Bonn"."""

_OF = frozenset({"of", "de"})

_MARKS = frozenset({",", "–", "—", "-", "("})

_WIDEST = 5


class Standing:
    """Answers for the nouns of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._subjects: dict[int, list[int]] = {}
        for i, dep in enumerate(reading.deps):
            if base(dep) == "nsubj":
                self._subjects.setdefault(reading.heads[i], []).append(i)

    def above(self, i: int) -> Iterator[tuple[Node, str]]:
        """What is the subject of the verbs above a noun, outermost first, and what parts them.

        "clause" for a subject of the noun's own clause.
        """
        return reversed(list(self._above(i)))

    def _above(self, i: int) -> Iterator[tuple[Node, str]]:
        reading = self._reading
        heads, deps = reading.heads, reading.deps
        parted = "clause"
        while heads[i] != i:
            head, relation = heads[i], base(deps[i])
            joined = relation == "conj" and i in self._subjects
            if parted == "clause" and (joined or relation in _CLAUSES):
                parted = relation
            for subject in self._subjects.get(head, ()):
                node = reading.node_at(reading.tokens[subject])
                if subject != i and node is not None:
                    yield node, parted
            i = head

    def apart(self, noun: Token, types: tuple[str, ...]) -> set[int]:
        """Identities of what a noun never stands for: its owner ("Foo's parent firm", "the app of
        Foo"), what "and" joins it with, and who does what is done to it ("Foo met a director"). In
        training articles 1 of 30 such is right, of the last 1 of 190.
        """
        others = [
            child
            for child in children(noun, "nmod")
            if child.dep_ == "nmod:poss"
            or (types[0] in _OWNED and child.i > noun.i and case_of(child) in _OF)
        ]
        if noun.dep_ == "conj" and children(noun, "cc"):
            others.append(noun.head)
        if base(noun.dep_) in ("obj", "iobj"):
            others += children(noun.head, "nsubj")
        return self._identities(others)

    def subject(self, noun: Token) -> set[int] | None:
        """Identity of what a noun is said to be: "X is the first law", the only thing that it may
        stand for; none of a pronoun, and None where the noun tells of nothing so.
        """
        if case_of(noun) or not any(child.dep_ == "cop" for child in noun.children):
            return None
        told = [c for c in children(noun, "nsubj") if c.pos_ == "PRON" or c.i in self._reading.at]
        return self._identities(told) if told else None

    def told(self, noun: Token) -> set[int]:
        """Identities of what only the words name that a noun says: "the agency said that Foo"."""
        if base(noun.dep_) != "nsubj":
            return set()
        return self._identities(t for c in children(noun.head, "ccomp") for t in c.subtree)

    def _identities(self, tokens: Iterable[Token]) -> set[int]:
        return {id(node) for node in map(self._reading.node_at, tokens) if node is not None}

    def set_off(self, i: int) -> Iterator[tuple[Node, str]]:
        """What is named right beside a noun's phrase, and whether a mark stands between."""
        reading = self._reading
        for spot, how in self._beside(i):
            node = reading.node_of.get(id(spot))
            if node is not None:
                yield node, how

    def followed(self, i: int) -> tuple[Node, str] | None:
        """The first name behind a noun's own words and complements, and what leads to it: "le
        service de livraison de repas UberEats", "the office in Oslo, Velteks".
        """
        reading = self._reading
        place, last = i + 1, min(i + _LONGEST, len(reading.pos))
        marked = False
        while place < last:
            spot = reading.at.get(place)
            if spot is not None and spot.kind == NAME:
                node = reading.node_of.get(id(spot))
                before = reading.pos[place - 1]
                how = "mark" if marked and before == "PUNCT" else before
                return None if node is None or place - i < 2 else (node, f"followed {how}")
            if reading.pos[place] == "PUNCT" and reading.words[place] in _MARKS and not marked:
                marked = True
            elif reading.pos[place] not in _WITHIN_PHRASE:
                return None
            place += 1
        return None

    def _beside(self, i: int) -> Iterator[tuple[Spot, str]]:
        reading = self._reading
        place = i - 1
        while place > 0 and i - place <= _WIDEST and reading.pos[place] in _WITHIN:
            if place in reading.at and reading.at[place].kind == NAME:
                break
            place -= 1
        if place > 0 and reading.words[place] in _MARKS:
            before = reading.at.get(place - 1)
            if before is not None and before.kind == NAME:
                yield before, "after mark"
        place = after_adjectives(reading.tokens[i])
        if place >= len(reading.pos):
            return
        marked = reading.words[place] in _MARKS
        after = reading.at.get(place + marked)
        if after is not None and after.kind == NAME and after.start == place + marked:
            yield after, "before mark" if marked else "before"
