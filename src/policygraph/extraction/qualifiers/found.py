"""A claim as it is found, and how several findings of one claim make one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.reading import Node
from policygraph.model import Status
from policygraph.ontology import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True, eq=False)
class FoundClaim:
    """A claim between nodes of a reading, before ids are given; ``tokens`` are its evidence, the
    word that it stands on first.

    ``cued`` tells that words say its status or negation, ``plain`` that they leave little and
    ``certain`` that they leave no doubt of the status, ``settled`` none of the negation, ``denied``
    that a phrase before it denies it ("without"), ``usual`` that only its trigger tells its status,
    by what such a word mostly means: a purchase is mostly planned. ``excepted`` says that all but
    it is denied, ``alone`` that it holds whatever the sentence around says of its own event: "the
    parent company of X".
    """

    subject: Node
    predicate: str
    object: Node
    status: Status
    negated: bool
    cued: bool
    speaker: Node | None
    date: str | None
    deadline: str | None
    amount: str | None
    role: str | None
    confidence: float
    rule: str
    usual: bool = False
    plain: bool = False
    certain: bool = False
    denied: bool = False
    settled: bool = False
    excepted: bool = False
    alone: bool = False
    tokens: list[Token] = field(default_factory=list)


def merge(found: list[FoundClaim], vocabulary: Vocabulary) -> list[FoundClaim]:
    """One claim a triple: the surest, its status from one that stands alone, or else from the
    surest that has a cue of one.
    """
    best: dict[tuple[int, str, int], FoundClaim] = {}
    for claim in found:
        ends = (id(claim.subject), id(claim.object))
        if vocabulary.predicates[claim.predicate].symmetric:
            ends = (min(ends), max(ends))
        key = (ends[0], claim.predicate, ends[1])
        other = best.get(key)
        if other is None:
            best[key] = claim
            continue
        winner, loser = (claim, other) if _rank(claim) > _rank(other) else (other, claim)
        if _tells(loser, winner):
            winner.status, winner.negated = loser.status, loser.negated
            winner.cued, winner.alone, winner.certain = loser.cued, loser.alone, loser.certain
        for name in ("date", "deadline", "amount", "role", "speaker"):
            if getattr(winner, name) is None:
                setattr(winner, name, getattr(loser, name))
        winner.confidence = max(winner.confidence, loser.confidence)
        best[key] = winner
    return sorted(best.values(), key=lambda c: (min(t.i for t in c.tokens), c.predicate))


def _tells(claim: FoundClaim, surer: FoundClaim) -> bool:
    """Whether a claim's status stands rather than a surer one's."""
    if claim.certain and not surer.certain:
        return False
    return claim.alone or (claim.cued and not surer.cued and not surer.alone)


def _rank(claim: FoundClaim) -> tuple[bool, float, bool]:
    """How much a finding counts: a fine that may yet come says nothing of the one that was paid."""
    return not claim.certain, claim.confidence, claim.cued
