"""Finds claims that are one: what two names said is said once, where both name one thing."""

from __future__ import annotations

from dataclasses import replace

from policygraph.model import Claim, Record
from policygraph.ontology import Vocabulary, load_vocabulary

_KEPT = ("date", "deadline", "amount", "role")


def without_repeats(record: Record) -> Record:
    """A record whose entities are united, with one claim a triple and none of a thing with itself.

    The surest claim stays, and takes from the others what they alone tell.
    """
    vocabulary = load_vocabulary()
    best: dict[tuple[str, str, str], Claim] = {}
    for claim in sorted(record.claims, key=lambda claim: -claim.confidence):
        key = _key(claim, vocabulary)
        best[key] = _filled(best.get(key, claim), claim)
    order = {c.evidence: n for n, c in reversed([*enumerate(record.claims)])}
    kept = (claim for claim in best.values() if claim.subject != claim.object)
    return replace(record, claims=tuple(sorted(kept, key=lambda c: order[c.evidence])))


def _key(claim: Claim, vocabulary: Vocabulary) -> tuple[str, str, str]:
    ends = claim.subject, claim.object
    if vocabulary.predicates[claim.predicate].symmetric:
        ends = min(ends), max(ends)
    return ends[0], claim.predicate, ends[1]


def _filled(claim: Claim, other: Claim) -> Claim:
    """A claim with what another of the same triple and stance alone tells."""
    if (claim.status, claim.negated) != (other.status, other.negated):
        return claim
    told = {n: getattr(other, n) for n in _KEPT if getattr(claim, n) is None}
    return replace(claim, **told) if any(told.values()) else claim
