"""Where entities stand in a sentence: names, nominals, pronouns, groups, each with its token.

Entities that the sentence does not mention, but that the article is about just there, are
*implied*: news leaves out what the title or the sentence before has said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spots import DEMONYM, GROUP, VALUE

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

PRONOUN, IMPLIED = "pronoun", "implied"
DEPENDENT = frozenset({PRONOUN, DEMONYM})
"""Kinds of mention that say too little to stand alone with an implied entity."""

_RECENT, _MOST_IMPLIED = 2, 3
"""Sentences to look back for implied entities, and the most of them."""

_REFERENTS = 2
"""A pronoun stands for one of so many of its likeliest entities."""


@dataclass(frozen=True, slots=True, eq=False)
class Occurrence:
    """An entity at a token: ``kind`` of mention, ``rank`` of the reading (0 is the likeliest).

    An implied one has no token; ``back`` tells how many sentences ago it was mentioned,
    ``source`` by which token.
    """

    node: Node
    token: Token | None
    kind: str
    rank: int = 0
    back: int = 0
    source: Token | None = None


@dataclass(slots=True)
class Scene:
    """The sentences of an article with who occurs in each, read in order."""

    reading: Reading
    sentences: list[list[Occurrence]] = field(default_factory=list)

    def enter(self, sent: TokenSpan) -> list[Occurrence]:
        """The occurrences of the next sentence, then the entities that it implies."""
        found = occurrences(self.reading, sent)
        implied = list(self._implied({id(o.node) for o in found}))
        self.sentences.append(found)
        return found + implied

    def _implied(self, present: set[int]) -> Iterator[Occurrence]:
        """Those of the sentences just before, the nearest first, then those of the title."""
        seen = set(present)
        recent = list(enumerate(reversed(self.sentences[-_RECENT:]), 1))
        title = (_RECENT + 1, self.sentences[0] if self.sentences else [])
        for back, earlier in (*recent, title):
            for occurrence in earlier:
                if id(occurrence.node) in seen or (occurrence.kind == PRONOUN and occurrence.rank):
                    continue
                seen.add(id(occurrence.node))
                yield Occurrence(
                    occurrence.node, None, IMPLIED, len(seen) - len(present) - 1, back,
                    occurrence.token,
                )  # fmt: skip
                if len(seen) - len(present) >= _MOST_IMPLIED:
                    return


def occurrences(reading: Reading, sent: TokenSpan) -> list[Occurrence]:
    """Every occurrence of an entity in a sentence, in reading order; values are left out."""
    return list(_occurrences(reading, sent))


def _occurrences(reading: Reading, sent: TokenSpan) -> Iterator[Occurrence]:
    i = sent.start
    while i < sent.end:
        token = reading.tokens[i]
        spot = reading.at.get(i)
        if spot is not None:
            node = reading.node_of.get(id(spot))
            if node is not None and spot.kind != VALUE:
                root = reading.doc[spot.start : spot.end].root
                yield Occurrence(node, root, spot.kind)
            i = max(i + 1, spot.end)
            continue
        if i in reading.pronouns:
            for rank, node in enumerate(reading.pronouns[i][:_REFERENTS]):
                yield Occurrence(node, token, PRONOUN, rank)
        elif i in reading.groups:
            yield Occurrence(reading.groups[i], token, GROUP)
        i += 1
