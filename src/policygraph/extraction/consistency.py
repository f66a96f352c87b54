"""Drops claims that surer ones of the article rule out, who is to buy a firm doesn't own it, and
those whose own words do: who is listed in London need not be based there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from policygraph.errors import OntologyError
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.model import Status
from policygraph.ontology import load_vocabulary, ontology_dir, read_toml


@dataclass(frozen=True, slots=True)
class Words:
    """Words that rule out the claim that they tell: triggers, the first of a role, or what stands
    right before the object; only with an object of some types, where ``objects`` names any.
    """

    on: frozenset[str]
    roles: frozenset[str]
    before: tuple[str, ...]
    objects: frozenset[str]

    def rule_out(self, claim: FoundClaim) -> bool:
        """Whether a claim is told by such words."""
        if self.objects and claim.object.type not in self.objects:
            return False
        role = (claim.role or "").lower().split(" ")[0]
        if claim.tokens[0].lower_ in self.on or role in self.roles:
            return True
        return bool(self.before) and f" {_before_object(claim)}".endswith(self.before)


@dataclass(frozen=True, slots=True)
class Consistency:
    """What claims rule out; ``pending`` maps a predicate to those that wait for it to be done.
    ``never`` maps one to the words that do not mean it.

    Of the claims of the predicates ``one`` that stand on one noun, those stay that the surest is
    not ``ratio`` times as sure as.
    """

    pending: Mapping[str, tuple[str, ...]]
    never: Mapping[str, tuple[Words, ...]]
    one: frozenset[str]
    ratio: float

    def keep(self, claims: Sequence[FoundClaim]) -> list[FoundClaim]:
        """The claims that nothing rules out, in their order."""
        claims = [c for c in claims if not self._is_meant_otherwise(c)]
        waiting: dict[object, float] = {}
        done: dict[object, float] = {}
        on_noun: dict[object, float] = {}
        for claim in claims:
            if _is_actual(claim):
                _raise(done, _said(claim, claim.predicate), claim.confidence)
            elif not claim.negated:
                for name in self.pending.get(claim.predicate, ()):
                    _raise(waiting, _said(claim, name), claim.confidence)
            if claim.predicate in self.one:
                for place in _places_of(claim):
                    _raise(on_noun, place, claim.confidence)
        return [
            claim
            for claim in claims
            if not self._is_early(claim, waiting)
            and not self._is_late(claim, done)
            and not self._is_anothers(claim, on_noun)
        ]

    def _is_meant_otherwise(self, claim: FoundClaim) -> bool:
        """Whether its words only seem to tell of its predicate."""
        return any(words.rule_out(claim) for words in self.never.get(claim.predicate, ()))

    def _is_early(self, claim: FoundClaim, waiting: Mapping[object, float]) -> bool:
        """Whether a surer claim tells that it is yet to become true."""
        surer = waiting.get(_said(claim, claim.predicate), 0.0)
        return _is_actual(claim) and surer > claim.confidence

    def _is_late(self, claim: FoundClaim, done: Mapping[object, float]) -> bool:
        """Whether a surer claim tells that what it waits for is so already."""
        if claim.status is Status.ACTUAL or claim.negated:
            return False
        names = self.pending.get(claim.predicate, ())
        return any(done.get(_said(claim, name), 0.0) > claim.confidence for name in names)

    def _is_anothers(self, claim: FoundClaim, on_noun: Mapping[object, float]) -> bool:
        """Whether its noun much rather speaks of somebody else, or of another body."""
        if claim.predicate not in self.one:
            return False
        return any(on_noun[p] > self.ratio * claim.confidence for p in _places_of(claim))


def _before_object(claim: FoundClaim) -> str:
    """The words before the object where the claim's own words name it, without its article."""
    for token in claim.tokens:
        for spot in claim.object.spots:
            if spot.start <= token.i < spot.end:
                start, doc = spot.start, token.doc
                while start and doc[start - 1].pos_ in ("DET", "ADJ"):
                    start -= 1
                return doc[max(0, start - _BEFORE) : start].text.lower()
    return ""


_BEFORE = 4
"""Tokens before an object that are looked at."""


def _is_actual(claim: FoundClaim) -> bool:
    return claim.status is Status.ACTUAL and not claim.negated


def _said(claim: FoundClaim, predicate: str) -> object:
    """A predicate of a claim's two ends."""
    return id(claim.subject), predicate, id(claim.object)


def _raise(most: dict[object, float], key: object, confidence: float) -> None:
    most[key] = max(confidence, most.get(key, 0.0))


def _places_of(claim: FoundClaim) -> Iterator[object]:
    """The word that a claim stands on, with each of its ends."""
    for end in (claim.subject, claim.object):
        yield claim.predicate, id(end), claim.tokens[0].i


def _never(entries: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Words, ...]]:
    found: dict[str, tuple[Words, ...]] = {}
    for entry in entries:
        on, roles, before, objects = lists = [
            entry.get(key, []) for key in ("on", "roles", "before", "objects")
        ]
        if not all(isinstance(words, list) for words in lists):
            raise TypeError(f"on, roles, before and objects of never are lists, not {lists}")
        phrases = tuple(f" {phrase}" for phrase in before)
        words = Words(frozenset(on), frozenset(roles), phrases, frozenset(objects))
        claims = entry["claim"] if isinstance(entry["claim"], list) else [entry["claim"]]
        for claim in claims:
            found[claim] = (*found.get(claim, ()), words)
    return found


@cache
def load_consistency() -> Consistency:
    """Read ``consistency.toml``."""
    path = ontology_dir() / "consistency.toml"
    data = read_toml(path)
    try:
        found = Consistency(
            pending={entry["claim"]: tuple(entry["rules_out"]) for entry in data["pending"]},
            never=_never(data.get("never", ())),
            one=frozenset(data["one"]["predicates"]),
            ratio=float(data["one"]["ratio"]),
        )
    except (TypeError, ValueError) as error:
        raise OntologyError(
            f"{path}: expected pending, one and maybe never, see its remarks: {error}"
        ) from error
    named = {
        *found.one,
        *found.pending,
        *found.never,
        *(n for names in found.pending.values() for n in names),
    }
    unknown = named - load_vocabulary().predicates.keys()
    if unknown:
        raise OntologyError(f"{path}: no such predicate: {', '.join(sorted(unknown))}")
    return found
