"""Which entities stand in the slots of a relation pattern: its subject, its object.

Each slot offers tokens of the trigger's phrase; a token stands for an entity directly, by
coreference, or through a carrier noun ("TikTok's US operations"). Arguments of the right type
are preferred to arguments of the right arc, because small parsers attach long complements
one noun too low.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.extraction.coreference.groups import group_node
from policygraph.extraction.fitting import fits
from policygraph.extraction.language.syntax import (
    agents,
    antecedent,
    base,
    case_of,
    children,
    complements,
    coordinated,
    is_passive,
    is_verb,
    objects,
    renamings,
    subjects,
)
from policygraph.extraction.qualifiers.stance import Stance
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, VALUE
from policygraph.rules import Pattern

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity in a slot, the token that led to it, and how directly (1 is a plain mention)."""

    node: Node
    token: Token
    quality: float


_GENITIVE = frozenset({"de", "of", "at", "for", "chez", "from", ""})


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots that a reading's words fill."""

    reading: Reading

    def fill(
        self,
        slots: tuple[str, ...],
        pattern: Pattern,
        trigger: Token,
        stance: Stance,
        types: frozenset[str],
        excluded: set[int] | None = None,
    ) -> list[Filler]:
        """Entities of the right type from the first slot that has any."""
        for slot in slots:
            fillers: dict[int, Filler] = {}
            for token in self.offered(slot, pattern, trigger, stance):
                members = [token] if token == trigger else coordinated(token)
                for member in members:
                    for filler in self.resolve(member, types):
                        if not excluded or id(filler.node) not in excluded:
                            fillers.setdefault(id(filler.node), filler)
            if fillers:
                return list(fillers.values())
        return []

    def offered(
        self, slot: str, pattern: Pattern, trigger: Token, stance: Stance
    ) -> Iterable[Token]:
        """The tokens that stand in a slot of the trigger."""
        if slot == "subject":
            return subjects(trigger) or [*_agents_of(trigger), *stance.controllers]
        if slot == "object":
            return objects(trigger)
        if slot == "agent":
            return [*_agents_of(trigger), *_own_light(trigger, stance), *stance.controllers]
        if slot == "patient":
            return [*stance.patients, *_light_patients(trigger, stance)]
        if slot == "possessive":
            return [
                c
                for c in trigger.children
                if c.dep_ == "nmod:poss" or (c.dep_ == "det" and c.morph.get("Poss", []))
            ]
        if slot == "compound":
            return [
                c for c in children(trigger, "compound", "amod", "flat", "nmod") if not case_of(c)
            ]
        if slot == "modified":
            return [trigger.head] if trigger.head != trigger else []
        if slot == "identity":
            return self.identities(trigger)
        if slot == "nationality":
            return [
                c
                for c in (*trigger.children, *(g for c in trigger.children for g in c.children))
                if (s := self.reading.at.get(c.i)) is not None and s.kind == DEMONYM
            ] or ([trigger] if pattern.head == "@nationality" else [])
        if slot == "trigger":
            return [trigger]
        found = complements(trigger, slot)
        if not found and not is_verb(trigger):
            found = _light_complements(trigger, slot)
        return found

    def identities(self, trigger: Token) -> list[Token]:
        """Whoever a noun denotes: its name beside it, the subject of its copula, its antecedent."""
        noun = trigger
        found = renamings(noun)
        if children(noun, "cop"):
            found += [antecedent(c) or c for c in children(noun, "nsubj")]
        if (
            base(noun.dep_) in ("appos", "flat", "compound", "parataxis")
            or noun.dep_ == "nmod:desc"
        ):
            found.append(noun.head)
        predicative = base(noun.dep_) in ("xcomp", "obl") and is_verb(noun.head)
        if predicative and case_of(noun) in ("as", "comme", "en tant que", ""):
            found += objects(noun.head) or subjects(noun.head)
        if base(noun.dep_) == "conj" and not found and not children(noun, "nsubj"):
            found += self.identities(noun.head)
        if (noun.dep_ == "amod" or base(noun.dep_) == "nmod") and not case_of(noun):
            found.append(noun.head)
        spot = self.reading.at.get(noun.i)
        if not found and spot is not None and spot.kind == "nominal":
            found.append(noun)
        following = noun.doc[noun.i + 1 : noun.i + 2]
        if not found and following and following[0].i in self.reading.at:
            found.append(following[0])
        return found

    def resolve(self, token: Token, types: frozenset[str], depth: int = 0) -> Iterator[Filler]:
        """Entities that a noun phrase stands for, of the types wanted; the most direct only."""
        reading = self.reading
        relative = antecedent(token)
        if relative is not None:
            token = relative
        if token.i in reading.pronouns:
            for rank, (referent, _) in enumerate(reading.pronouns[token.i][:4]):
                if fits(referent, types):
                    yield Filler(referent, token, 0.75 - 0.1 * rank)
                    return
            return
        node = reading.groups.get(token.i) or reading.node_at(token)
        spot = reading.at.get(token.i)
        if node is not None and spot is not None and spot.kind != VALUE:
            if fits(node, types):
                yield Filler(node, token, 0.85 if spot.kind == "nominal" else 1.0)
                return
            if spot.kind != "nominal":
                yield from self.within(token, types, depth, 0.6)
                return
        if token.pos_ in ("NOUN", "ADJ", "PRON", "NUM", "PROPN", "X"):
            lemma = str(token.lemma_).lower()
            group = group_node(reading, token) if "Group" in types else None
            carried = list(self.within(token, types, depth, 0.8))
            if lemma in reading.lexicon.carriers and carried and group is None:
                yield from carried
            elif group is not None:
                yield Filler(group, token, 0.8)
            elif carried and lemma not in reading.lexicon.groups:
                yield from (Filler(f.node, f.token, f.quality * 0.6) for f in carried)

    def within(
        self, token: Token, types: frozenset[str], depth: int, factor: float
    ) -> Iterator[Filler]:
        """Entities named inside a noun phrase: possessor, "of" complement, compound, apposition."""
        if depth > 2:
            return
        for relation in ("appos", "flat", "nmod", "compound", "amod", "nmod:poss", "obl", "acl"):
            for child in token.children:
                if child.dep_ != relation and base(child.dep_) != relation:
                    continue
                spot = self.reading.at.get(child.i)
                if spot is not None and spot.kind == DEMONYM and types != frozenset({"Country"}):
                    continue
                if relation in ("nmod", "obl") and case_of(child) not in _GENITIVE:
                    continue
                if relation == "acl":
                    continue
                found = [
                    Filler(f.node, f.token, f.quality * factor)
                    for f in self.resolve(child, types, depth + 1)
                ]
                if found:
                    yield from found
                    return


def _agents_of(trigger: Token) -> list[Token]:
    """The by-phrase of a noun, its own or its participle's: "amende infligée par la CNIL"."""
    found = agents(trigger)
    for participle in children(trigger, "acl", "amod"):
        if is_passive(participle):
            found += agents(participle)
    if not found:
        for child in children(trigger, "nmod", "obl"):
            if case_of(child) not in ("by", "par"):
                found += [c for c in agents(child)]
                for participle in children(child, "acl"):
                    found += agents(participle)
    return found


def _own_light(trigger: Token, stance: Stance) -> list[Token]:
    """The agent of a passive light verb: "a fine was imposed by the CNIL"."""
    head = trigger.head
    if trigger.dep_ == "nsubj:pass" and is_verb(head):
        return agents(head)
    return []


def _light_patients(trigger: Token, stance: Stance) -> list[Token]:
    """Who a noun is done to through its verb: "hit Google with a fine"."""
    head = trigger.head
    if is_verb(head) and base(trigger.dep_) in ("obl", "xcomp", "obj") and head in stance.path:
        return [o for o in objects(head) if o != trigger]
    return []


def _light_complements(trigger: Token, preposition: str) -> list[Token]:
    """Complements of the verb that a noun trigger completes: "infliger une amende à Google"."""
    head = trigger.head
    if is_verb(head) and base(trigger.dep_) in ("obj", "nsubj", "obl"):
        return [c for c in complements(head, preposition) if c != trigger and c.head == head]
    return []
