"""Which entity a common noun stands for: "la firme", "the ruling", "son régulateur".

Every noun of the lexicon is compared with the entities around it, and with a new entity
that only nouns name ("le gouvernement", "a bill"). ``Nominals`` walks an article from left
to right and describes each pairing by features; ``training/nominals.py`` learns from the
gold mentions which pairings hold, and ``coreference`` links what the learned ``ranker``
chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from policygraph.authority import KnownEntity, load_authority
from policygraph.extraction.coreference.genders import gender_of
from policygraph.extraction.coreference.kinds_of_law import (
    Kinds,
    are_others,
    kinds_of_node,
    kinds_of_noun,
)
from policygraph.extraction.coreference.standing import Standing
from policygraph.extraction.language.syntax import base, case_of, is_plural
from policygraph.extraction.names.called import Called, load_called, load_seats
from policygraph.extraction.names.entities import country_of
from policygraph.extraction.names.nationality import nation_of
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import NAME, NOMINAL, VALUE, Spot
from policygraph.folding import fold
from policygraph.models.meanings import load_meanings

if TYPE_CHECKING:
    from spacy.tokens import Token

KINDS = {
    "Person": "person", "Company": "body", "Product": "body", "GovernmentBody": "body",
    "IntergovernmentalOrganization": "body", "AdvocacyGroup": "body", "MediaOutlet": "body",
    "ResearchOrganization": "body", "LegalInstrument": "law", "Country": "land", "Place": "land",
    "Event": "event",
}  # fmt: skip
"""Types that a noun may confuse; a person is never taken for a law."""

_AHEAD = 40
"""Tokens after a noun within which a name may come that it announces."""

_MOST = 9
"""Entities that a noun is compared with, the nearest first."""

_LAST = 3
"""Mentions of an entity, beside its first one, that tell what it is."""


@dataclass(slots=True)
class _Trace:
    """What the article has said of an entity so far.

    ``meant``, ``named``, ``done``: rows of the meanings of its nominals, of the words of its
    names, and of what its mentions depend on; ``nations`` countries that it is said to be of;
    ``laws`` the kinds of legal text that it is called; ``genders`` those of a person's nouns.
    """

    last: Spot
    sentence: int
    mentions: int = 0
    subject: bool = False
    titled: bool = False
    lemmas: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    meant: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)
    nations: set[str] = field(default_factory=set)
    laws: set[int] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """A noun and what it may stand for; ``node`` is None for an entity of its own.

    ``meaning`` is the row of the noun's meaning; ``tokens`` head the mentions before it that tell
    best what it may stand for: the first and the last ones, or the name that it announces.
    """

    noun: Token
    node: Node | None
    features: dict[str, float]
    meaning: int
    tokens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a noun: spots that depend on it, known places among them ("the Redmond
    firm"), what it is set off by, and the name that follows its complements.
    """

    beside: list[Spot]
    places: list[KnownEntity]
    set_off: Mapping[int, str]
    followed: tuple[Node, str] | None


class Nominals:
    """Walks the nouns of an article; ``note`` what each was found to stand for before the next.

    ``called`` tells what known things are called by, ``seats`` where they are based, as shipped
    unless told.
    """

    def __init__(
        self, reading: Reading, called: Called | None = None, seats: Called | None = None
    ) -> None:
        self.reading = reading
        self._called = called or load_called(reading.lexicon.lang)
        self._seats = seats or load_seats()
        self._names = [s for s in reading.spots if s.kind == NAME]
        self._next = 0
        self._traces: dict[int, _Trace] = {}
        self._nodes: dict[int, Node] = {}
        self._said: dict[str, int] = {}
        self._meanings = load_meanings()
        self._standing = Standing(reading)
        self._paragraph_of: list[int] = []
        paragraph = 0
        for token in reading.tokens:
            self._paragraph_of.append(paragraph)
            paragraph += token.is_space and "\n" in token.text
        self._named: dict[int, int] = {}
        for spot in self._names:
            node = reading.node_of.get(id(spot))
            if node is not None:
                self._named[id(node)] = self._named.get(id(node), 0) + 1

    def nouns(self) -> Iterator[tuple[Token, tuple[str, ...]]]:
        """Common nouns of the lexicon that no name covers, with the types they may denote."""
        reading = self.reading
        for i, token in enumerate(reading.tokens):
            if reading.pos[i] != "NOUN" or i in reading.at:
                continue
            types = reading.lexicon.types_of_noun(token)
            if types:
                yield token, types

    def options(self, noun: Token, types: tuple[str, ...]) -> list[Option]:
        """The entities around that the noun may stand for, then one of its own; nothing where it
        tells what a pronoun is ("it is the first law to …").

        A decree is none of the laws named before, nor a law of the decrees (``kinds_of_law``); "la
        ministre" is nobody who was called "le ministre" (``genders``); a paper is no "opérateur".
        "The Dutch regulator" is none of another land: in training articles 1 in 100 such is right.
        """
        self._read_to(noun.i)
        kinds = {KINDS.get(t, t) for t in types}
        around = self._around(noun)
        nations = self._nations(noun) | {n for place in around.places if (n := _land_of(place))}
        own_nations = self._nations(noun, own=True)
        apart, told = self._standing.apart(noun, types), self._standing.told(noun)
        only = self._standing.subject(noun)
        if only is not None and not only:
            return []
        laws = self._kinds_of_law(noun, types)
        gender = self._gender(noun, types)
        lemma = self.reading.lemmas[noun.i]
        never = self.reading.lexicon.never.get(lemma, ())
        near = [
            (trace.sentence, trace.last.end, self._nodes[key], trace)
            for key, trace in self._traces.items()
            if KINDS.get(self._nodes[key].type, "") in kinds
            and key not in apart
            and (only is None or key in only)
            and not _are_others(own_nations, trace.nations)
            and not are_others(laws, frozenset(trace.laws))
            and not (gender and trace.genders and gender not in trace.genders)
            and self._nodes[key].type not in never
        ]
        near.sort(key=lambda item: -item[1])
        own = self._noun_features(noun, types)
        here = self.reading.sentence_of[noun.i]
        ahead = self._ahead(noun, kinds) if here < 2 or own.get("indefinite") else []
        if around.followed is not None and self._is_ahead(around.followed[0], kinds, ahead):
            ahead.append(around.followed[0])
        ahead = [n for n in ahead if only is None and id(n) not in apart | told]
        ahead = [n for n in ahead if n.type not in never]
        if own_nations:
            lang = self.reading.lexicon.lang
            ahead = [n for n in ahead if not _are_others(own_nations, {*_nations_of(n, lang)})]
        if laws:
            ahead = [n for n in ahead if not are_others(laws, self._kinds_of(n))]
        found = []
        most = max((trace.mentions for *_, trace in near), default=0)
        leading = max((self._named.get(id(node), 0) for _, _, node, _ in near), default=0)
        ends = [end for _, end, *_ in near]
        words = self._words(noun)
        heads = self.reading.heads
        meaning, governor = self._meaning(noun.i), self._meaning(heads[noun.i])
        traces = [trace for *_, trace in near[:_MOST]]
        like = self._meanings.likeness(meaning, [g for t in traces for g in (t.meant, t.named)])
        alike = list(zip(like[::2], like[1::2], strict=True))
        done = self._meanings.likeness(governor, [trace.done for trace in traces])
        above = {id(node): how for node, how in self._standing.above(noun.i)}
        for rank, (_, _, node, trace) in enumerate(near[:_MOST]):
            features = dict(own)
            features["options"] = len(near)
            features["rank"] = rank
            features["back"] = min(12, here - trace.sentence)
            features["mentions"] = min(8, trace.mentions)
            features["most mentioned"] = float(trace.mentions == most)
            features["was subject"] = float(trace.subject)
            features["in title"] = float(trace.titled)
            features["named last"] = float(trace.last.kind == NAME)
            features["said before"] = float(lemma in trace.lemmas)
            features["said of another"] = float(
                lemma in self._said and self._said[lemma] != id(node)
            )
            features["shared words"] = len(words & trace.words)
            features["like said"], features["like name"] = alike[rank]
            features["like done"] = done[rank]
            if id(node) in above:
                features[f"above {above[id(node)]}"] = 1.0
            if nations:
                known = nations & trace.nations
                features["same nation" if known else "other nation"] = float(bool(trace.nations))
                features["nation unknown"] = float(not trace.nations)
            root = self.reading.root(trace.last)
            features["tokens back"] = min(120, noun.i - trace.last.end)
            features["paragraphs back"] = min(
                9, self._paragraph_of[noun.i] - self._paragraph_of[trace.last.start]
            )
            features["named"] = min(12, self._named.get(id(node), 0))
            features["leads"] = float(self._named.get(id(node), 0) == leading)
            features[f"last {base(root.dep_)}"] = 1.0
            since = ends.index(trace.last.end)
            features["since"] = min(9, since)
            features["fitting since"] = min(
                9, sum(n.type == types[0] for _, _, n, _ in near[:since])
            )
            over, governing = heads[root.i], heads[noun.i]
            features["same head"] = float(over == governing and root.i != governing)
            features["hangs on it"] = float(over == noun.i)
            self._pair_features(features, noun, types, node, around)
            found.append(Option(noun, node, features, meaning, self._heads(node, noun.i)))
        for node in ahead:
            features = dict(own)
            features["options"] = len(near)
            features["ahead"] = 1.0
            features["distance"] = min(s.start for s in node.spots) - noun.i
            self._pair_features(features, noun, types, node, around)
            found.append(Option(noun, node, features, meaning, self._heads(node, noun.i)))
        own["new"] = 1.0
        own["options"] = len(near)
        own["exact options"] = sum(node.type == types[0] for *_, node, _ in near)
        own["said of another"] = float(lemma in self._said)
        own["set off"] = float(bool(around.set_off))
        own["of a nation"] = float(bool(nations))
        own["of a nation named"] = float(any(nations & trace.nations for *_, trace in near))
        found.append(Option(noun, None, own, meaning))
        return found

    def _heads(self, node: Node, noun: int) -> tuple[int, ...]:
        before = [spot for spot in node.spots if spot.start < noun]
        spots = [*before[-_LAST:], before[0]] if before else node.spots[:1]
        return tuple(sorted({self.reading.root(spot).i for spot in spots}))

    def note(self, spot: Spot, node: Node) -> None:
        """Take in a mention that was read."""
        root = self.reading.root(spot)
        trace = self._traces.get(id(node))
        if trace is None:
            trace = self._traces[id(node)] = _Trace(spot, 0)
            self._nodes[id(node)] = node
            trace.nations.update(_nations_of(node, self.reading.lexicon.lang))
            trace.laws.update(self._kinds_of(node))
            for name in (
                node.name,
                *(node.known.names_in(self.reading.lexicon.lang) if node.known else ()),
            ):
                trace.words.update(_parts(name))
                trace.named.update(
                    self._meanings.row(self.reading.lexicon.lang, word)
                    for word in name.lower().split()
                )
        trace.last = spot
        trace.sentence = self.reading.sentence_of[spot.start]
        trace.mentions += 1
        trace.subject = base(root.dep_) == "nsubj"
        trace.titled = trace.titled or trace.sentence == 0
        trace.done.add(self._meaning(self.reading.heads[root.i]))
        trace.nations.update(self._nations(root))
        if spot.kind == NOMINAL:
            trace.meant.add(self._meaning(root.i))
            trace.lemmas.add(self.reading.lemmas[root.i])
            trace.words.update(self._words(root))
            trace.laws.update(self._kinds_of_law(root, (node.type,)))
            if gender := self._gender(root, (node.type,)):
                trace.genders.add(gender)
            self._said[self.reading.lemmas[root.i]] = id(node)

    def _read_to(self, i: int) -> None:
        """Take in the names up to a token."""
        while self._next < len(self._names) and self._names[self._next].end <= i:
            spot = self._names[self._next]
            self._next += 1
            node = self.reading.node_of.get(id(spot))
            if node is not None:
                self.note(spot, node)

    def _ahead(self, noun: Token, kinds: set[str]) -> list[Node]:
        """The next names, three at most, that a noun may announce."""
        found: list[Node] = []
        for spot in self._names[self._next :]:
            if spot.start - noun.i > _AHEAD or len(found) >= 3:
                break
            node = self.reading.node_of.get(id(spot))
            if node is not None and self._is_ahead(node, kinds, found):
                found.append(node)
        return found

    def _is_ahead(self, node: Node, kinds: set[str], found: Sequence[Node]) -> bool:
        """Whether a noun may announce an entity that was not named yet, nor found so far."""
        return (
            id(node) not in self._traces
            and KINDS.get(node.type, "") in kinds
            and all(node is not other for other in found)
        )

    def _meaning(self, i: int) -> int:
        reading = self.reading
        return self._meanings.row(reading.lexicon.lang, reading.lemmas[i], reading.words[i])

    def _nations(self, noun: Token, *, own: bool = False) -> set[str]:
        """Slugs of the countries that are named beside a noun; of those alone that it is said to be
        of itself ("Dutch", "UK"), not where it does something, if ``own``.
        """
        children = (c for c in noun.children if not own or base(c.dep_) in ("amod", "compound"))
        slugs = map(self.reading.country_at, children)
        return {slug for slug in slugs if slug is not None}

    def _around(self, noun: Token) -> _Around:
        spots = (self.reading.at.get(child.i) for child in noun.children)
        beside = [spot for spot in spots if spot is not None]
        return _Around(
            beside=beside,
            places=[s.known for s in beside if s.type == "Place" and s.known is not None],
            set_off={id(node): how for node, how in self._standing.set_off(noun.i)},
            followed=self._standing.followed(noun.i),
        )

    def _kinds_of_law(self, noun: Token, types: Sequence[str]) -> Kinds:
        """The kinds of legal text that a noun tells, if it denotes one at all."""
        if "LegalInstrument" not in types:
            return frozenset()
        return kinds_of_noun(noun, self.reading.lexicon.lang)

    def _gender(self, noun: Token, types: Sequence[str]) -> str:
        """The gender that a noun tells of the person whom it denotes, if it does."""
        return gender_of(noun, self.reading.lexicon) if "Person" in types else ""

    def _kinds_of(self, node: Node) -> Kinds:
        """The kinds of legal text that an entity's names tell."""
        if node.type != "LegalInstrument":
            return frozenset()
        return kinds_of_node(node, self.reading.lexicon.lang)

    def _words(self, noun: Token) -> set[str]:
        """The noun and the words that tell it from others of its kind."""
        words = {noun.lemma_.lower(), noun.lower_}
        for child in noun.children:
            if base(child.dep_) in ("amod", "compound", "nmod", "flat") and child.is_alpha:
                words.update((child.lower_, child.lemma_.lower()))
        return {fold(word) for word in words if len(word) > 2}

    def _noun_features(self, noun: Token, types: tuple[str, ...]) -> dict[str, float]:
        features = {
            f"w {noun.lemma_.lower()}": 1.0,
            f"first {types[0]}": 1.0,
            f"dep {base(noun.dep_)}": 1.0,
            f"det {determiner(noun)}": 1.0,
            f"lang {self.reading.lexicon.lang}": 1.0,
            "types": len(types),
            "sentence": min(12, self.reading.sentence_of[noun.i]),
        }
        if features.get("det indefinite") or features.get("det none"):
            features["indefinite"] = 1.0
        if is_plural(noun):
            features["plural"] = 1.0
        for child in noun.children:
            relation = base(child.dep_)
            if relation in ("nmod", "compound", "amod", "acl", "appos", "nummod"):
                features[f"has {relation}"] = 1.0
                spot = self.reading.at.get(child.i)
                if spot is not None and spot.kind != VALUE:
                    features[f"has {spot.kind} {relation}"] = 1.0
                    if relation == "nmod":
                        features[f"of {spot.type}"] = 1.0
            elif relation == "case":
                features[f"case {case_of(noun)}"] = 1.0
        return features

    def _pair_features(
        self,
        features: dict[str, float],
        noun: Token,
        types: tuple[str, ...],
        node: Node,
        around: _Around,
    ) -> None:
        own = node.types()
        features[f"type {node.type}"] = 1.0
        features["exact"] = float(node.type == types[0])
        features["fits"] = float(bool(set(own) & set(types)))
        features["unnamed"] = float(not any(s.kind == NAME for s in node.spots))
        head = fold(noun.lemma_)
        known = node.known
        names = (
            node.name,
            *(known.names_in(self.reading.lexicon.lang) if known is not None else ()),
        )
        features["in name"] = float(any(head in _parts(name) for name in names))
        features["known"] = float(known is not None)
        if known is not None:
            features |= self._called.features(known.slug, self.reading.lemmas[noun.i])
            for place in around.places:
                features |= self._seats.features(known.slug, place.slug, "based")
        for spot in around.beside:
            if self.reading.node_of.get(id(spot)) is node:
                features["complement"] = 1.0
        if id(node) in around.set_off:
            features[around.set_off[id(node)]] = 1.0
        if around.followed is not None and around.followed[0] is node:
            features[around.followed[1]] = 1.0


def determiner(noun: Token) -> str:
    """How the noun is introduced: definite, this, possessive, indefinite, none."""
    for child in noun.children:
        if base(child.dep_) == "det" or child.pos_ == "DET":
            if child.morph.get("Poss", []):
                return "possessive"
            if "Dem" in child.morph.get("PronType", []):
                return "this"
            if "Def" in child.morph.get("Definite", []) or "Def" in child.morph.get("PronType", []):
                return "definite"
            if "Ind" in child.morph.get("Definite", []):
                return "indefinite"
            return "other"
        if base(child.dep_) == "nmod" and child.morph.get("Poss", []):
            return "possessive"
        if child.dep_ == "nmod:poss":
            return "genitive"
    if noun.i > 0:
        before = noun.nbor(-1)
        if before.pos_ == "ADP" and "Def" in before.morph.get("Definite", []):
            return "definite"
    contracted = any(
        c.dep_ == "case" and c.lemma_ != c.lower_ and " " in c.lemma_ for c in noun.children
    )
    return "definite" if contracted else "none"


def _land_of(place: KnownEntity) -> str | None:
    """The slug of the country that a known place is in."""
    country = load_authority().countries.get(place.country)
    return None if country is None else country.slug


def _are_others(nations: set[str], own: set[str]) -> bool:
    """Whether an entity's own nations are others than those that a noun is said to be of."""
    return bool(nations and own) and nations.isdisjoint(own)


def _nations_of(node: Node, lang: str) -> Iterator[str]:
    """Slugs of the countries that an entity is of by the authority file, or by its name."""
    country = load_authority().countries.get(country_of(node))
    if country is not None:
        yield country.slug
    elif node.known is None and node.type != "Country":
        slugs = (nation_of(word, lang) for word in node.name.split())
        yield from (slug for slug in slugs if slug is not None)


@lru_cache(maxsize=1 << 14)
def _parts(name: str) -> frozenset[str]:
    return frozenset(word for word in fold(name).replace("-", " ").split() if len(word) > 2)
