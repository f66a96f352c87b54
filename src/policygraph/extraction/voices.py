"""Acts of saying: in each sentence, which words report, and who speaks through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.attribution import source_phrases
from policygraph.extraction.pairs import fits
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.slots import Slots
from policygraph.extraction.syntax import (
    agents,
    coordinated,
    has_companions,
    is_passive,
    is_verb,
    subjects,
)
from policygraph.rules import Rules

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKERS = frozenset(
    {"Person", "Company", "GovernmentBody", "IntergovernmentalOrganization", "AdvocacyGroup",
     "MediaOutlet", "ResearchOrganization", "Country", "Group", "Product"}
)  # fmt: skip
"""Types of those who may say something."""


_INVERTED = 6
"""Tokens after a verb within which its subject is named."""


def doers(verb: Token) -> list[Token]:
    """Who does what a verb says; of a passive, those whom it names."""
    return agents(verb) if is_passive(verb) else subjects(verb)


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """A reporting verb, or with ``cited`` a source phrase ("selon X"), and whose words it tells.

    ``nodes`` is empty where the speaker is no entity that was found ("a spokeswoman said").
    """

    token: Token
    nodes: tuple[Node, ...]
    cited: bool


@dataclass(slots=True)
class Voices:
    """The acts of saying of an article, found sentence by sentence when they are asked for."""

    reading: Reading
    rules: Rules
    _slots: Slots = field(init=False)
    _acts: dict[int, list[Act]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._slots = Slots(self.reading)

    def acts(self, sentence: int) -> list[Act]:
        """The acts of a sentence by its number, in reading order; none outside of the article."""
        found = self._acts.get(sentence)
        if found is None:
            inside = 0 <= sentence < len(self.reading.sentences)
            found = self._acts[sentence] = list(self._find(sentence)) if inside else []
        return found

    def _find(self, sentence: int) -> Iterator[Act]:
        lexicon = self.reading.lexicon
        for token in self.reading.sentences[sentence]:
            if self._reports(token):
                speakers = doers(token)
                nodes = self.named(speakers) or self._inverted(token)
                if speakers or nodes:
                    yield Act(token, nodes, cited=False)
            elif source_phrases(token, lexicon):
                yield Act(token, self.named([token]), cited=True)

    def _reports(self, token: Token) -> bool:
        governors = self.rules.governing(self.reading.lexicon.lang, token.lemma_.lower())
        return any(g.speech and has_companions(token, g.others) for g in governors) and is_verb(
            token
        )

    def _inverted(self, verb: Token) -> tuple[Node, ...]:
        """Who follows a verb in an incise, whatever a small parser makes of it: ", says X"."""
        tokens = self.reading.tokens
        if verb.i == 0 or not tokens[verb.i - 1].is_punct:
            return ()
        for token in tokens[verb.i + 1 : verb.i + 1 + _INVERTED]:
            if token.is_punct:
                break
            node = self.reading.node_at(token)
            if node is not None and fits(node, SPEAKERS):
                return (node,)
        return ()

    def named(self, tokens: list[Token]) -> tuple[Node, ...]:
        """The entities that may speak among those that tokens and their like stand for."""
        found = {
            id(filler.node): filler.node
            for token in tokens
            for member in coordinated(token)
            for filler in self._slots.resolve(member, SPEAKERS)
        }
        return tuple(found.values())
