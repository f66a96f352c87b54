"""Who says a claim, of those around it: "X denied that …", "according to Y", a quotation.

Everybody who speaks near the claim is an option, and described by features;
``training/speakers.py`` learns from the gold claims who says them: mostly nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.extraction.fitting import fits
from policygraph.extraction.language.syntax import base, is_verb
from policygraph.extraction.pairs.occurrences import Occurrence, occurrences
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.extraction.ranker import Ranker, places
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.speech.attribution import Speech
from policygraph.extraction.speech.voices import SPEAKERS, Act, Voices, doers
from policygraph.models.meanings import load_meanings

if TYPE_CHECKING:
    from spacy.tokens import Token

WEIGHTS = Path(__file__).parents[2] / "models" / "speakers.npz"

_AGAINST = frozenset(
    {"accuses", "sues", "fines", "rulesAgainst", "investigates", "criticizes", "orders"}
)
"""What those do who may hold something against the subject of a claim, wherever they speak."""

_BACK, _FARTHEST_BACK = 2, 7
"""Sentences before a claim's own whose acts of saying may be of it, and whose last may."""

_FAR = 40
"""Tokens between two words from which it does not matter how many."""


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """Somebody who may say a claim; ``meaning`` is the row of the verb that reports it, ``tokens``
    that verb and the nearest mention.
    """

    node: Node
    features: dict[str, float]
    meaning: int
    tokens: tuple[int, ...]


@dataclass(slots=True)
class _Known:
    """What is known of one option so far; ``act`` is what binds it closest to the claim.

    Only those ``heard`` in some way are options in the end.
    """

    node: Node
    features: dict[str, float] = field(default_factory=dict)
    act: Act | None = None
    heard: bool = False

    def hear(self, *names: str) -> None:
        self.features.update(dict.fromkeys(names, 1.0))
        self.heard = True

    def note(self, act: Act, *names: str) -> None:
        self.hear(*names)
        if self.act is None:
            self.act = act


@dataclass(slots=True)
class _Asked:
    """A claim that is asked about: its trigger, what the options ``share``, and the options.

    ``way`` are the trigger and the words above it, the nearest first.
    """

    claim: FoundClaim
    trigger: Token
    way: dict[int, Token]
    share: dict[str, float]
    known: dict[int, _Known] = field(default_factory=dict)

    def of(self, node: Node) -> _Known:
        return self.known.setdefault(id(node), _Known(node))


class Speakers:
    """The options of an article's claims."""

    def __init__(
        self, reading: Reading, voices: Voices, speech: Speech, claims: Sequence[FoundClaim]
    ) -> None:
        self.reading = reading
        self.voices = voices
        self.speech = speech
        self._towards: dict[int, list[tuple[str, Node]]] = {}
        for claim in claims:
            towards = self._towards.setdefault(id(claim.object), [])
            towards.append((claim.predicate, claim.subject))
        self._present: dict[int, list[Occurrence]] = {}
        self._meanings = load_meanings()
        self._paragraphs: list[int] = []
        paragraph = 0
        for sent in reading.sentences:
            self._paragraphs.append(paragraph)
            paragraph += "\n" in sent[-1].text

    def choose(self, claim: FoundClaim, ranker: Ranker) -> Node | None:
        """Who says a claim; None where nobody likely does."""
        options = self.options(claim)
        if not options:
            return None
        chances = ranker.score(options, places(self.reading.doc, claim.tokens[0].i, options))
        best = int(chances.argmax())
        return options[best].node if chances[best] >= ranker.threshold else None

    def options(self, claim: FoundClaim) -> list[Option]:
        """Everybody who may say a claim, by the sentence of its trigger."""
        trigger = claim.tokens[0]
        here = self.reading.sentence_of[trigger.i]
        way = {token.i: token for token in (trigger, *trigger.ancestors)}
        asked = _Asked(claim, trigger, way, self._claim_features(claim, trigger, here))
        quoted = self.voices.named(list(self.speech.speakers_at(trigger)))
        for node in quoted:
            asked.of(node).hear("quoted")
        self._within(asked, here)
        for back in range(1, _BACK + 1):
            self._beside(asked, here, here - back, f"back {back}")
        self._beside(asked, here, here + 1, "next")
        self._last_voice(asked, here)
        self._mentions(asked, here)
        self._opponents(asked)
        if claim.speaker is not None:
            asked.of(claim.speaker).hear("by rule")
        asked.share["options"] = len(asked.known)
        asked.share["quote with speaker"] = float(bool(quoted))
        if "unnamed cites over" in asked.share:  # "according to a source, X …" is not said by X
            asked.known.pop(id(claim.subject), None)
        return [self._option(asked, known) for known in asked.known.values() if known.heard]

    def _claim_features(self, claim: FoundClaim, trigger: Token, here: int) -> dict[str, float]:
        inside = any(start <= trigger.idx < end for start, end, _ in self.speech.quotes)
        verbs = (trigger, *trigger.children)
        share = {
            f"predicate {claim.predicate}": 1.0,
            f"status {claim.status}": 1.0,
            "negated": float(claim.negated),
            f"negated {claim.status}": float(claim.negated),
            "in quote": float(inside),
            "french": float(self.reading.lexicon.lang == "fr"),
            f"word {trigger.pos_}": 1.0,
            f"arc {base(trigger.dep_)}": 1.0,
            "conditional": float(any("Cnd" in v.morph.get("Mood", []) for v in verbs)),
            "rule": float(claim.speaker is not None),
        }
        if here < 3:
            share[f"sentence {here}"] = 1.0
        return share

    def _within(self, asked: _Asked, here: int) -> None:
        """Who speaks in the claim's own sentence, or does what the claim is part of."""
        way = list(asked.way)
        for act in self.voices.acts(here):
            names = list(_standing(act, asked.trigger, way))
            if not act.nodes:
                asked.share.update({f"unnamed {name}": 1.0 for name in names})
            for node in act.nodes:
                asked.of(node).note(act, *names)
        for below, place in pairwise(way):
            verb = asked.way[place]
            if is_verb(verb):  # "X sued Y for breaking Z"
                arc = base(asked.way[below].dep_)
                for node in self.voices.named(doers(verb)):
                    act = Act(verb, (node,), cited=False)
                    asked.of(node).note(act, "does over", f"does over by {arc}")

    def _beside(self, asked: _Asked, here: int, number: int, name: str) -> None:
        """Who speaks in a sentence near by; who does so last apart."""
        acts = self.voices.acts(number)
        if not acts:
            return
        joined = self._paragraphs[number] == self._paragraphs[here]
        place = name if joined else f"{name} across"
        for act in reversed(acts):
            kind = "cites" if act.cited else "says"
            asked.share[f"{kind} {place}"] = 1.0
            for node in act.nodes:
                asked.of(node).note(act, f"{kind} {place}")
        asked.share[f"last {place} unnamed"] = float(not acts[-1].nodes)
        for node in acts[-1].nodes:
            asked.of(node).features[f"last {place}"] = 1.0

    def _last_voice(self, asked: _Asked, here: int) -> None:
        """Who spoke last in the paragraph: indirect speech goes on without saying so."""
        for number in range(here - 1, max(-1, here - 1 - _FARTHEST_BACK), -1):
            if self._paragraphs[number] != self._paragraphs[here]:
                return
            for act in reversed(self.voices.acts(number)):
                for node in act.nodes:
                    asked.of(node).note(act, "last voice")
                    asked.of(node).features["voice back"] = (here - number) / 4
                if act.nodes:
                    return

    def _mentions(self, asked: _Asked, here: int) -> None:
        trigger = asked.trigger
        for occurrence in self._occurrences(here):
            token = occurrence.token
            if token is None or occurrence.rank:
                continue
            features = asked.of(occurrence.node).features
            features["mentioned"] = 1.0
            features[f"as {occurrence.kind}"] = 1.0
            features[f"as {base(token.dep_)}"] = 1.0
            features["before" if token.i < trigger.i else "after"] = 1.0
            distance = min(_FAR, abs(token.i - trigger.i)) / _FAR
            features["distance"] = min(distance, features.get("distance", 1.0))
            if token.head.i == trigger.i:
                features[f"of trigger {base(token.dep_)}"] = 1.0
        for occurrence in self._occurrences(here - 1):
            features = asked.of(occurrence.node).features
            features["mentioned before"] = 1.0
            if occurrence.token is not None and base(occurrence.token.dep_) == "nsubj":
                features["subject before"] = 1.0

    def _occurrences(self, sentence: int) -> list[Occurrence]:
        """Those in a sentence who may say something, without what nouns less likely stand for."""
        if sentence < 0:
            return []
        found = self._present.get(sentence)
        if found is None:
            there = occurrences(self.reading, self.reading.sentences[sentence])
            found = self._present[sentence] = [
                o for o in there if fits(o.node, SPEAKERS) and not o.doubtful
            ]
        return found

    def _opponents(self, asked: _Asked) -> None:
        """What the article's other claims say that an option does to the claim's ends."""
        claim = asked.claim
        for predicate, node in self._towards.get(id(claim.subject), ()):
            if predicate in _AGAINST or id(node) in asked.known:
                asked.of(node).hear(f"{predicate} subject")
        for predicate, node in self._towards.get(id(claim.object), ()):
            if id(node) in asked.known and node is not claim.subject:
                asked.of(node).features[f"{predicate} object"] = 1.0

    def _option(self, asked: _Asked, known: _Known) -> Option:
        node, claim = known.node, asked.claim
        features = {
            **asked.share,
            **known.features,
            f"type {node.type}": 1.0,
            "mentions": log(1 + len(node.spots)),
            "is subject": float(node is claim.subject),
            "is object": float(node is claim.object),
        }
        if node is claim.subject:
            features[f"subject of {claim.predicate}"] = 1.0
        if node is claim.object:
            features[f"object of {claim.predicate}"] = 1.0
        meaning = 0
        if known.act is not None and not known.act.cited:
            verb = known.act.token
            words = verb.lemma_.lower(), verb.lower_
            meaning = self._meanings.row(self.reading.lexicon.lang, *words)
        return Option(node, features, meaning, tuple(self._telling(asked, known)))

    def _telling(self, asked: _Asked, known: _Known) -> Iterator[int]:
        """The word through which somebody speaks, and his mention nearest to it or the claim."""
        at = asked.trigger.i
        if known.act is not None:
            at = known.act.token.i
            yield at
        if known.node.spots:
            nearest = min(known.node.spots, key=lambda spot: abs(spot.start - at))
            yield self.reading.root(nearest).i


def _standing(act: Act, trigger: Token, way: Sequence[int]) -> Iterator[str]:
    """How an act of saying in the claim's own sentence stands to its trigger."""
    verb = act.token
    if act.cited:
        yield "cites"
        yield "cites before" if verb.i < trigger.i else "cites after"
        if verb.head.i in way:
            yield "cites over"
    elif verb.i == trigger.i:
        yield "says itself"
    elif verb.i in way:
        place = way.index(verb.i)
        yield "says over"
        yield f"says over by {base(verb.doc[way[place - 1]].dep_)}"
        yield f"says over at {min(4, place)}"
    else:
        yield "says beside"
        yield f"says beside {'before' if verb.i < trigger.i else 'after'}"
        if base(verb.dep_) in ("parataxis", "ccomp", "ROOT", "root"):
            yield f"says beside as {base(verb.dep_)}"
        if verb.head.i in way:
            yield "says beside close"
