"""Which claims stand beside each other: a sentence hardly says all that might be in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policygraph.extraction.encoding import Codes
from policygraph.extraction.found import FoundClaim
from policygraph.extraction.network import Network
from policygraph.extraction.pairs import Pair
from policygraph.extraction.syntax import base

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 0.5
"""Share of a likelier claim's confidence from which another buyer or target of it stands."""


def with_likely_ends(found: Sequence[tuple[Pair, FoundClaim]]) -> list[FoundClaim]:
    """The claims less those that give a sentence's likelier claim another end.

    One sentence tells of one buyer of a firm, unless it joins several by "and".
    """
    stands: dict[tuple[str, int], list[tuple[Pair, FoundClaim]]] = {}
    for pair, claim in sorted(found, key=lambda item: -item[1].confidence):
        others = stands.setdefault((claim.predicate, claim.tokens[0].sent.start), [])
        if not any(
            claim.confidence < _NEAR * other.confidence and _is_another(pair, of)
            for of, other in others
        ):
            others.append((pair, claim))
    kept = {id(claim) for some in stands.values() for _, claim in some}
    return [claim for _, claim in found if id(claim) in kept]


def _is_another(pair: Pair, likelier: Pair) -> bool:
    """Whether the pairs share one end, and their others are not said in one breath."""
    if pair.object.node is likelier.object.node:
        return not _coordinated(pair.subject.token, likelier.subject.token)
    if pair.subject.node is likelier.subject.node:
        return not _coordinated(pair.object.token, likelier.object.token)
    return False


def _coordinated(one: Token | None, other: Token | None) -> bool:
    return one is not None and other is not None and _first(one) == _first(other)


def _first(token: Token) -> Token:
    """The first of those that the token is coordinated with."""
    while base(token.dep_) == "conj":
        token = token.head
    return token


_RIVAL = 0.8
"""Share of a likelier claim's confidence from which a rival of it stands beside it."""


def without_rivals(found: list[FoundClaim], network: Network, codes: Codes) -> list[FoundClaim]:
    """Claims less those of pairs of which a likelier one says what is seldom said with them.

    One fact is a ban or a block or a restriction, hardly all three.
    """
    stands: dict[tuple[int, int], list[FoundClaim]] = {}
    for claim in sorted(found, key=lambda c: -c.confidence):
        others = stands.setdefault((id(claim.subject), id(claim.object)), [])
        column = codes.predicates[claim.predicate]
        if all(
            network.together[column, codes.predicates[other.predicate]]
            or claim.confidence >= _RIVAL * other.confidence
            for other in others
        ):
            others.append(claim)
    kept = {id(claim) for claims in stands.values() for claim in claims}
    return [claim for claim in found if id(claim) in kept]
