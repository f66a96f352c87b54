"""Acts of saying: in each sentence, which words report, and who speaks through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.fitting import fits
from policygraph.extraction.language.syntax import (
    agents,
    case_of,
    children,
    coordinated,
    has_companions,
    is_passive,
    is_verb,
    subjects,
)
from policygraph.extraction.qualifiers.slots import Slots
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.speech.attribution import source_phrases
from policygraph.rules import Rules

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKERS = frozenset(
    {"Person", "Company", "GovernmentBody", "IntergovernmentalOrganization", "AdvocacyGroup",
     "MediaOutlet", "ResearchOrganization", "Country", "Group", "Product"}
)  # fmt: skip
"""Types of those who may say something."""


_RELAYING = frozenset({"MediaOutlet", "ResearchOrganization"})
"""Types of those who make known what others told them."""

_INVERTED = 6
"""Tokens after a verb within which its subject is named."""


_ENDING = frozenset({"PUNCT", "SCONJ", "PRON", "ADP", "VERB", "AUX"})
"""Classes of words before which the subject that follows its verb is named, or not at all."""

_OF = frozenset({"of", "for", "de", "du", "d'", "d’"})
"""Prepositions that lead to those for whom somebody speaks."""

_GOING_ON = (["SCONJ"], ["PART"], ["VERB"], ["AUX"])
"""Classes of words that follow those to whom something is said, or of whom."""


def doers(verb: Token) -> list[Token]:
    """Who does what a verb says; of a passive, those whom it names."""
    return agents(verb) if is_passive(verb) else subjects(verb)


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """A reporting verb, or with ``cited`` a source phrase ("selon X"), and whose words it tells.

    ``nodes`` is empty where the speaker is no entity that was found ("a spokeswoman said"). Those
    from whom his or a group's words are known are cited: "officials told X", "sources quoted by X".
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
                if _are_unnamed(speakers, nodes):
                    heard_of = [who for noun in speakers for who in _quoting(noun)]
                    yield from self._relayed(token, [*heard_of, *_addressed(token)])
            elif source_phrases(token, lexicon):
                nodes = self.named([token])
                yield Act(token, nodes, cited=True)
                if not nodes:
                    yield from self._relayed(token, _quoting(token))

    def _reports(self, token: Token) -> bool:
        governors = self.rules.governing(self.reading.lexicon.lang, token.lemma_.lower())
        return any(g.speech and has_companions(token, g.others) for g in governors) and is_verb(
            token
        )

    def _inverted(self, verb: Token) -> tuple[Node, ...]:
        """Who follows a verb in an incise, whatever a small parser makes of it: ", says X".

        Where the name is addressed, or the words go on with it, a comma before the verb ends
        something else: "the minister, Jo Doe, told X that …", "the panel, under Y, says X is …".
        """
        reading = self.reading
        if verb.i == 0 or not reading.tokens[verb.i - 1].is_punct or _goes_along(verb):
            return ()
        for token in reading.tokens[verb.i + 1 : verb.i + 1 + _INVERTED]:
            if token.pos_ in _ENDING and token.lower_ not in _OF:
                break
            node = reading.node_at(token)
            if node is not None and fits(node, SPEAKERS):
                end = reading.at[token.i].end
                follows = reading.pos[end : end + 1]
                return () if token.dep_ == "iobj" or follows in _GOING_ON else (node,)
        return ()

    def _relayed(self, token: Token, heard_of: list[Token]) -> Iterator[Act]:
        """Outlets and researchers from whom is known what somebody unnamed says, or data show."""
        nodes = tuple(node for node in self.named(heard_of) if node.type in _RELAYING)
        if nodes:
            yield Act(token, nodes, cited=True)

    def named(self, tokens: list[Token]) -> tuple[Node, ...]:
        """The entities that may speak among those that tokens and their like stand for."""
        found = {
            id(filler.node): filler.node
            for token in tokens
            for member in coordinated(token)
            for filler in self._slots.resolve(member, SPEAKERS)
        }
        return tuple(found.values())


def _goes_along(verb: Token) -> bool:
    """Whether a verb tells what somebody does besides: ", adding that …", ", saluant …"."""
    form, tense = verb.morph.get("VerbForm", []), verb.morph.get("Tense", [])
    return "Ger" in form or ("Part" in form and "Pres" in tense)


def _quoting(source: Token) -> list[Token]:
    """Who a source is known from: "sources cited by X", "measurements collected by X"."""
    return [agent for verb in children(source, "acl") for agent in agents(verb)]


def _addressed(verb: Token) -> list[Token]:
    """To whom something is said: "told X", "a déclaré à X"."""
    return [
        child
        for child in children(verb, "obj", "iobj", "obl")
        if case_of(child) in ("", "to", "à") and child.i > verb.i
    ]


def _are_unnamed(speakers: list[Token], nodes: tuple[Node, ...]) -> bool:
    """Whether nouns speak that stand for nobody or for a group; pronouns stand for somebody."""
    nouns = bool(speakers) and all(speaker.pos_ == "NOUN" for speaker in speakers)
    return nouns and all(node.type == "Group" for node in nodes)
