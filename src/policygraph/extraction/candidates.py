"""Candidate claims: pairs of entities in a sentence, with a predicate that may join them.

A candidate arises where the sentence has a trigger of the predicate and two entities of
fitting types; whether it is a claim is for ``scorer`` to say, from the features given here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.occurrences import IMPLIED, PRONOUN, Occurrence, Scene
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.routes import Route, Routes
from policygraph.extraction.spots import DEMONYM, GROUP, NOMINAL
from policygraph.extraction.syntax import (
    agents,
    base,
    complements,
    is_passive,
    is_verb,
    objects,
    subjects,
)
from policygraph.ontology import Predicate, Vocabulary
from policygraph.rules import SLOTS, Pattern

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

FIT = frozenset({"Company", "Product"})
"""A platform is often typed as the firm and the firm as its platform; slots accept either."""

_LONGEST = 14
"""Arcs between two entities beyond which they have nothing to do with each other."""

_FAR = 9
"""Arcs from the trigger to both ends together beyond which there is no claim."""

_NEAR = 3
"""Arcs from the trigger within which the named end of a pair must stand if the other is implied."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two occurrences of a sentence, in the order subject, object; one of them may be implied."""

    subject: Occurrence
    object: Occurrence
    route: Route | None


@dataclass(slots=True, eq=False)
class Candidate:
    """A pair with a predicate, and the trigger that suggests it by one of its patterns."""

    pair: Pair
    predicate: str
    trigger: Token
    pattern: Pattern
    features: dict[str, float] = field(default_factory=dict)
    cues: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, str, int]:
        """Subject, predicate and object: what the candidate would claim."""
        return id(self.pair.subject.node), self.predicate, id(self.pair.object.node)


Triggers = Mapping[str, list[tuple["Token", Pattern]]]
Fired = Mapping[tuple[int, str, int], float]


@dataclass(slots=True)
class Proposer:
    """Proposes the candidates of an article, sentence by sentence."""

    reading: Reading
    vocabulary: Vocabulary
    routes: Routes = field(default_factory=Routes)
    scene: Scene = field(init=False)

    def __post_init__(self) -> None:
        self.scene = Scene(self.reading)

    def pairs(self, sent: TokenSpan) -> list[Pair]:
        """Ordered pairs of different entities in a sentence; of several occurrences the closest."""
        found = self.scene.enter(sent)
        best: dict[tuple[int, int], Pair] = {}
        for subject in found:
            for object_ in found:
                pair = self._pair(subject, object_)
                if pair is None:
                    continue
                key = id(subject.node), id(object_.node)
                other = best.get(key)
                if other is None or _rank(pair) < _rank(other):
                    best[key] = pair
        return list(best.values())

    def _pair(self, subject: Occurrence, object_: Occurrence) -> Pair | None:
        if subject.node is object_.node:
            return None
        if subject.token is None or object_.token is None:
            named = object_ if subject.token is None else subject
            if named.token is None or named.kind in (PRONOUN, DEMONYM):
                return None
            return Pair(subject, object_, None)
        route = self.routes.between(subject.token, object_.token)
        if route is None or not 0 < route.length <= _LONGEST:
            return None
        return Pair(subject, object_, route)

    def candidates(self, pair: Pair, triggers: Triggers, fired: Fired) -> Iterator[Candidate]:
        """The predicates that the sentence's triggers suggest for a pair, best trigger of each."""
        for name, places in triggers.items():
            predicate = self.vocabulary.predicates[name]
            if not fits(pair.subject.node, predicate.domain) or not fits(
                pair.object.node, predicate.range
            ):
                continue
            if predicate.symmetric and _place(pair.subject) > _place(pair.object):
                continue
            candidate = self._best(pair, predicate, places, fired)
            if candidate is not None:
                yield candidate

    def _best(
        self,
        pair: Pair,
        predicate: Predicate,
        places: list[tuple[Token, Pattern]],
        fired: Fired,
    ) -> Candidate | None:
        chosen: tuple[tuple[float, int], Candidate] | None = None
        for trigger, pattern in places:
            arcs = self._arcs(pair, trigger, pattern)
            if arcs is None:
                continue
            rank = (arcs - 2 * pattern.weight, trigger.i)
            if chosen is None or rank < chosen[0]:
                chosen = rank, Candidate(pair, predicate.name, trigger, pattern)
        if chosen is None:
            return None
        candidate = chosen[1]
        candidate.features = self.features(candidate, predicate, len(places), fired)
        candidate.cues = self.cues(candidate)
        return candidate

    def _arcs(self, pair: Pair, trigger: Token, pattern: Pattern) -> int | None:
        """Arcs between the trigger and both ends; None where they are too far for a claim.

        A pair with an implied end needs the other one in the slot that the pattern gives it,
        or right beside the trigger.
        """
        total = 0
        for end, slots in ((pair.subject, pattern.subject), (pair.object, pattern.object)):
            if end.token is None:
                continue
            route = self.routes.between(end.token, trigger)
            if route is None:
                return None
            total += route.length
            if pair.route is None and route.length > 1:
                branch = self.routes.branch(route, trigger)
                if route.length > _NEAR or _slot_names(branch).isdisjoint(slots):
                    return None
        return total if total <= _FAR else None

    def cues(self, candidate: Candidate) -> list[str]:
        """Words and arcs that speak for or against a candidate; ``scorer`` weighs each."""
        trigger, pattern = candidate.trigger, candidate.pattern
        name, pair = candidate.predicate, candidate.pair
        found = [f"{pattern.id}", f"{name} {pair.subject.node.type} {pair.object.node.type}"]
        found.append(f"{pattern.id} {pair.subject.node.type} {pair.object.node.type}")
        branches = []
        for side, end in (("s", pair.subject), ("o", pair.object)):
            kind = _kind(end)
            if end.token is None:
                branches.append(kind)
                found.append(f"{pattern.id} {side} {kind}")
                continue
            route = self.routes.between(end.token, trigger)
            if route is None:
                continue
            branch = self.routes.branch(route, trigger)
            branches.append(branch)
            found += (
                f"{side} {branch} {min(route.length, 5)}",
                f"{name} {side} {branch}",
                f"{pattern.id} {side} {branch}",
                f"{pattern.pos} {side} {branch} {kind}",
            )
            case = self.routes.case(end.token)
            found.append(f"{name} {side} {case}")
            found += (f"{name} {side} over {t.lemma_.lower()}" for t in route.up[1:][-2:])
            found += (
                f"{name} {side} under {t.lemma_.lower()}" for t in (*route.down[1:], route.top)
            )
        found.append(f"{pattern.pos} {' '.join(branches)}")
        found.append(f"{name} {' '.join(branches)}")
        head = trigger.head
        if head != trigger:
            found.append(f"{name} head {head.lemma_.lower()} {base(trigger.dep_)}")
        found += (
            f"{name} child {base(c.dep_)} {c.lemma_.lower()}"
            for c in trigger.children
            if c.pos_ != "PUNCT"
        )
        return found

    def features(
        self, candidate: Candidate, predicate: Predicate, triggers: int, fired: Fired
    ) -> dict[str, float]:
        """What ``scorer`` judges a candidate by: numbers, and flags of value 1."""
        pair, reading = candidate.pair, self.reading
        subject, object_ = pair.subject, pair.object
        features: dict[str, float] = {
            "rule": fired.get(candidate.key, 0.0),
            "triggers": triggers,
            "subject first": float(_place(subject) < _place(object_)),
            "subject mentions": min(8, len(subject.node.spots)),
            "object mentions": min(8, len(object_.node.spots)),
            "subject exact": float(subject.node.type in predicate.domain),
            "object exact": float(object_.node.type in predicate.range),
            "symmetric": float(predicate.symmetric),
            f"p {predicate.name}": 1.0,
            f"subject {subject.node.type}": 1.0,
            f"object {object_.node.type}": 1.0,
            f"subject {_kind(subject)}": 1.0,
            f"object {_kind(object_)}": 1.0,
        }
        if pair.route is not None and subject.token is not None and object_.token is not None:
            features["arcs"] = pair.route.length
            features["distance"] = abs(subject.token.i - object_.token.i)
            features["between"] = _between(reading, subject.token.i, object_.token.i)
        trigger, pattern = candidate.trigger, candidate.pattern
        features["weight"] = pattern.weight
        features[f"trigger {pattern.pos}"] = 1.0
        features["passive"] = float(is_verb(trigger) and is_passive(trigger))
        features["trigger root"] = float(trigger.head.i == trigger.i)
        ends = {id(subject.node), id(object_.node)}
        for name, end, slots, types in (
            ("subject", subject, pattern.subject, predicate.domain),
            ("object", object_, pattern.object, predicate.range),
        ):
            if end.token is None:
                features |= self._implied(name, end, trigger, slots)
                continue
            route = self.routes.between(end.token, trigger)
            if route is None:
                continue
            branch = self.routes.branch(route, trigger)
            features[f"{name} arcs"] = route.length
            features[f"{name} up"] = len(route.up)
            features[f"{name} words"] = abs(end.token.i - trigger.i)
            features[f"{name} before"] = float(end.token.i < trigger.i)
            features[f"{name} by {branch}"] = 1.0
            features[f"{name} slot"] = float(bool(_slot_names(branch) & set(slots)))
            features[f"{name} clause"] = _clauses(route)
            features[f"{name} rivals"] = self._rivals(end, route, trigger, types, ends)
        return features

    def _rivals(
        self,
        end: Occurrence,
        route: Route,
        trigger: Token,
        types: frozenset[str],
        ends: set[int],
    ) -> float:
        """Other entities of a fitting type that stand closer to the trigger."""
        count = 0
        for other in self.scene.sentences[-1]:
            if other.token is None or id(other.node) in ends or other.kind == PRONOUN:
                continue
            if other.node.type in types:
                way = self.routes.between(other.token, trigger)
                count += way is not None and way.length < route.length
        return float(count)

    def _implied(
        self, name: str, end: Occurrence, trigger: Token, slots: tuple[str, ...]
    ) -> dict[str, float]:
        """Features of an end that the sentence leaves out: how near, what stands in its slot."""
        features = {f"{name} back": float(end.back), f"{name} rank": float(end.rank)}
        title = self.scene.sentences[0]
        features[f"{name} in title"] = float(any(o.node is end.node for o in title))
        before = self.scene.sentences[-2] if len(self.scene.sentences) > 1 else []
        features[f"{name} was subject"] = float(
            any(
                o.node is end.node and o.token is not None and base(o.token.dep_) == "nsubj"
                for o in before
            )
        )
        words = _slot_words(trigger, slots)
        here = {o.token.i for o in self.scene.sentences[-1] if o.token is not None}
        features[f"{name} slot words"] = len(words)
        features[f"{name} slot taken"] = float(any(w.i in here for w in words))
        types = [t for w in words for t in self.reading.lexicon.types_of_noun(w)]
        features[f"{name} slot type"] = float(end.node.type in types)
        features[f"{name} slot pronoun"] = float(any(w.pos_ == "PRON" for w in words))
        return features


def fits(node: Node, types: frozenset[str]) -> bool:
    """Whether an entity may stand where those types are wanted."""
    own = set(node.types())
    return bool(own & types) or bool(own & FIT and types & FIT)


def triggers_of(found: Iterable[tuple[Token, Pattern]]) -> dict[str, list[tuple[Token, Pattern]]]:
    """Triggers by predicate."""
    result: dict[str, list[tuple[Token, Pattern]]] = defaultdict(list)
    for token, pattern in found:
        result[pattern.predicate].append((token, pattern))
    return dict(result)


def _slot_words(trigger: Token, slots: tuple[str, ...]) -> list[Token]:
    """The words that stand where a pattern wants an argument, whatever they are."""
    found = []
    for slot in slots:
        if slot in ("subject", "agent"):
            found += subjects(trigger) if is_verb(trigger) else agents(trigger)
        elif slot == "object":
            found += objects(trigger) if is_verb(trigger) else []
        elif slot not in SLOTS:
            found += complements(trigger, slot)
    return found


def _place(occurrence: Occurrence) -> int:
    """Where an occurrence stands in the doc; implied ones before the sentence."""
    return -1 if occurrence.token is None else occurrence.token.i


def _rank(pair: Pair) -> tuple[int, int]:
    ends = pair.subject, pair.object
    soft = sum(o.kind in (PRONOUN, DEMONYM) for o in ends)
    length = pair.route.length if pair.route is not None else 99
    return length + 2 * soft + sum(o.rank for o in ends), _place(pair.subject)


def _kind(occurrence: Occurrence) -> str:
    if occurrence.kind == PRONOUN:
        return f"pronoun {occurrence.rank}"
    if occurrence.kind == IMPLIED:
        return IMPLIED
    return {NOMINAL: "nominal", GROUP: "group", DEMONYM: "demonym"}.get(occurrence.kind, "name")


def _between(reading: Reading, one: int, other: int) -> float:
    """Entities that stand between two tokens."""
    low, high = min(one, other), max(one, other)
    spots = {id(reading.at[i]) for i in range(low + 1, high) if i in reading.at}
    ends = {id(reading.at[i]) for i in (one, other) if i in reading.at}
    return float(len(spots - ends))


_CLAUSAL = frozenset({"advcl", "acl", "ccomp", "xcomp", "parataxis", "csubj", "conj"})


def _clauses(route: Route) -> float:
    """Clause borders that a route passes."""
    return float(sum(base(t.dep_) in _CLAUSAL for t in (*route.up, *route.down)))


_SLOTS = {
    "nsubj": {"subject", "identity"}, "nsubj:pass": {"object", "patient"}, "obj": {"object"},
    "iobj": {"object"}, "obl:agent": {"subject", "agent"}, "nmod:poss": {"possessive"},
    "compound": {"compound"}, "appos": {"identity"}, "flat": {"identity"},
    "^appos": {"identity"}, "^acl": {"object", "subject", "modified"},
    "^acl:relcl": {"object", "subject"}, "^amod": {"modified"}, "^flat": {"identity"},
    "^nmod": {"identity"}, "amod": {"compound", "nationality"}, "=": {"trigger", "identity"},
}  # fmt: skip
_PREPOSITIONS = {
    "of": {"de", "of"}, "by": {"by", "par", "agent", "subject"}, "to": {"à", "to"},
    "with": {"avec", "with"}, "in": {"dans", "en", "in", "into"},
    "against": {"contre", "against"}, "on": {"sur", "on", "over"}, "for": {"pour", "for"},
    "at": {"chez", "at"}, "from": {"from"}, "between": {"entre", "between"},
    "as": {"comme", "as"}, "before": {"devant", "before"},
}  # fmt: skip


def _slot_names(branch: str) -> set[str]:
    """The slots of a pattern that a branch can stand for."""
    found = _SLOTS.get(branch)
    if found is not None:
        return found
    return _PREPOSITIONS.get(branch.rpartition(":")[2], set())
