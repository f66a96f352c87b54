"""Which government a noun speaks of: "the authorities" are those called "the Turkish government".

An article calls one body by several names. Only bare words for who governs count, with their
nation or without; "the competition authorities" are another body.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import base
from policygraph.extraction.names.nationality import nation_of
from policygraph.extraction.reading import Node, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


class Governments:
    """The governments of an article, each with the nations that it is said to be of."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._nations: dict[int, tuple[Node, set[str]]] = {}
        for node in reading.nodes:
            for spot in node.spots:
                self.note(reading.root(spot), node)

    def note(self, noun: Token, node: Node) -> None:
        """Take in a mention, if it is a bare word for who governs."""
        nations = self._nations_of(noun)
        if nations is not None and node.type == "GovernmentBody":
            self._nations.setdefault(id(node), (node, set()))[1].update(nations)

    def same(self, noun: Token) -> Node | None:
        """The only government of the article that a noun can stand for."""
        wanted = self._nations_of(noun)
        if wanted is None:
            return None
        fitting = [
            node
            for node, nations in self._nations.values()
            if not nations or not wanted or nations & wanted
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _nations_of(self, noun: Token) -> set[str] | None:
        """Slugs of the nations of a bare word for who governs; None for any other word."""
        reading = self._reading
        if reading.words[noun.i] not in reading.lexicon.governments:
            return None
        nations = set()
        for word in self._telling(noun):
            slug = reading.country_at(word) or nation_of(word.text, reading.lexicon.lang)
            if slug is None:
                return None
            nations.add(slug)
        return nations

    def _telling(self, noun: Token) -> Iterator[Token]:
        """The words on a noun that tell which body it is."""
        for child in noun.children:
            relation = base(child.dep_)
            if relation in ("amod", "compound", "nmod", "flat") and not _is_possessive(child):
                yield child


def _is_possessive(word: Token) -> bool:
    return bool(word.morph.get("Poss", [])) or word.pos_ == "DET"
