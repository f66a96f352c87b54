"""Where entities stand in a sentence: names, nominals, pronouns, groups, each with its token.

Entities that the sentence does not mention, but that the article is about just there, are
*implied*: news leaves out what the title or the sentence before has said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.names.entities import country_of
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import GROUP, NOMINAL, VALUE

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

PRONOUN, IMPLIED = "pronoun", "implied"

_MOST_IMPLIED, _FARTHEST_BACK = 6, 9
"""Entities that a sentence may imply, at most, and sentences that they may be back, as told."""

_MOST_ANNOUNCED = 4
"""Entities that a title may imply, at most."""

_ABOUT = {"Place": 0.5, "Technology": 0.5, "Country": 0.8, "Event": 0.8, "Company": 1.2,
          "GovernmentBody": 1.2, "Product": 1.2, "LegalInstrument": 1.2}  # fmt: skip
"""How gladly news leaves things out as known."""

_JUST_NOW = 2
"""Mentions that it is worth to have been mentioned in the sentence before."""

_LANDS = ("Country", "Place")
"""Types of what has ministers and governors."""

_REFERENTS = 2
"""A pronoun stands for one of so many of its likeliest entities."""


@dataclass(frozen=True, slots=True, eq=False)
class Occurrence:
    """An entity at a token: ``kind`` of mention and ``rank`` of the reading. The likeliest has 0; a
    noun that is linked with nothing has others alone.

    ``chance`` is how likely a noun or pronoun stands for it, or else how likely it is of its type.
    An implied one has no token; ``back`` tells how many sentences ago it was last mentioned,
    ``source`` by which token, if it was at all.
    """

    node: Node
    token: Token | None
    kind: str
    rank: int = 0
    chance: float = 1.0
    back: int = 0
    source: Token | None = None

    @property
    def doubtful(self) -> bool:
        """Whether it is what a noun less likely stands for."""
        return self.kind == NOMINAL and self.rank > 0


@dataclass(slots=True)
class Scene:
    """The sentences of an article with who occurs in each, read in order."""

    reading: Reading
    sentences: list[list[Occurrence]] = field(default_factory=list)
    _last: dict[int, tuple[int, Occurrence]] = field(default_factory=dict)
    _homes: list[Node] = field(init=False)
    _countries: dict[str, Node] = field(init=False)

    def __post_init__(self) -> None:
        lands = ([n for n in self.reading.nodes if n.type == type_] for type_ in _LANDS)
        self._homes = [max(nodes, key=lambda n: len(n.spots)) for nodes in lands if nodes]
        known = ((n.known, n) for n in self.reading.nodes if n.type == _LANDS[0])
        self._countries = {k.code: n for k, n in known if k is not None and k.code is not None}

    def enter(self, sent: TokenSpan) -> list[Occurrence]:
        """The occurrences of the next sentence, then the entities that it implies."""
        found = occurrences(self.reading, sent)
        present = {id(o.node) for o in found if not o.doubtful}
        is_title = not self.sentences and "\n" in sent[-1].text
        implied = list(self._announced(present) if is_title else self._implied(present))
        if not self.reading.lexicon.titles.isdisjoint(self.reading.words[sent.start : sent.end]):
            implied += self._at_home(found, present | {id(o.node) for o in implied})
        for occurrence in found:
            if not occurrence.rank:
                self._last[id(occurrence.node)] = len(self.sentences), occurrence
        self.sentences.append(found)
        return found + implied

    def _implied(self, present: set[int]) -> Iterator[Occurrence]:
        """Whom the article is about: those of many mentions, and those mentioned just before."""
        here = len(self.sentences)
        known = [item for key, item in self._last.items() if key not in present]
        known.sort(key=lambda item: -_weight(item[1].node, here - item[0]))
        for rank, (number, last) in enumerate(known[:_MOST_IMPLIED]):
            back = min(here - number, _FARTHEST_BACK)
            yield Occurrence(last.node, None, IMPLIED, rank, last.node.chance, back, last.token)

    def _announced(self, present: set[int]) -> Iterator[Occurrence]:
        """Whom the article is about, where its title does not say: "Doctolib fined"."""
        others = [
            node
            for node in self.reading.nodes
            if node.spots and node.spots[0].kind != VALUE and id(node) not in present
        ]
        others.sort(key=lambda node: -_weight(node, _FARTHEST_BACK))
        for rank, node in enumerate(others[:_MOST_ANNOUNCED]):
            yield Occurrence(node, None, IMPLIED, rank, node.chance, _FARTHEST_BACK)

    def _at_home(self, found: list[Occurrence], present: set[int]) -> Iterator[Occurrence]:
        """The country and the place that a story is set in, and the countries of known people: a
        minister is seldom said to be of his country, and it may be named only later.
        """
        people = (o.node for o in found if o.node.type == "Person" and not o.rank)
        codes = (country_of(node) for node in people)
        own = (self._countries[code] for code in codes if code in self._countries)
        for node in dict.fromkeys((*self._homes, *own)):
            if id(node) not in present:
                number, last = self._last.get(id(node), (0, None))
                back = min(len(self.sentences) - number, _FARTHEST_BACK)
                source = None if last is None else last.token
                yield Occurrence(node, None, IMPLIED, _MOST_IMPLIED, node.chance, back, source)


def _weight(node: Node, back: int) -> float:
    """How much an article is about an entity that it mentioned ``back`` sentences ago.

    Of what the training articles leave out the six that are most about them hold 87 in a hundred.
    """
    return (len(node.spots) + _JUST_NOW / back) * _ABOUT.get(node.type, 1.0)


def occurrences(reading: Reading, sent: TokenSpan) -> list[Occurrence]:
    """Every occurrence of an entity in a sentence, in reading order; values are left out."""
    return list(_occurrences(reading, sent))


def _occurrences(reading: Reading, sent: TokenSpan) -> Iterator[Occurrence]:
    entered: set[int] = set()
    for i in range(sent.start, sent.end):
        spot = reading.at.get(i)
        if spot is not None:
            if id(spot) not in entered:  # "a Meta spokesman" goes on after the name inside it
                entered.add(id(spot))
                node = reading.node_of.get(id(spot))
                if i in reading.groups:  # "Kenyans", who are not their country
                    yield Occurrence(reading.groups[i], reading.tokens[i], GROUP)
                elif node is not None and spot.kind != VALUE:
                    root = reading.root(spot)
                    chance = spot.chance if spot.kind == NOMINAL else node.chance
                    yield Occurrence(node, root, spot.kind, 0, chance)
                    yield from _maybe(reading, root)
        elif i in reading.pronouns:
            for rank, (node, share) in enumerate(reading.pronouns[i][:_REFERENTS]):
                yield Occurrence(node, reading.tokens[i], PRONOUN, rank, share)
        else:
            if i in reading.groups:
                yield Occurrence(reading.groups[i], reading.tokens[i], GROUP)
            yield from _maybe(reading, reading.tokens[i])


def _maybe(reading: Reading, noun: Token) -> Iterator[Occurrence]:
    """What a noun less likely stands for."""
    if noun.i in reading.maybe:
        node, share = reading.maybe[noun.i]
        yield Occurrence(node, noun, NOMINAL, 1, share)
