"""How several findings of one claim make one."""

from __future__ import annotations

from parsed import parse

from policygraph.extraction.qualifiers.found import FoundClaim, merge
from policygraph.extraction.reading import Node
from policygraph.model import Status
from policygraph.ontology import load_vocabulary

TOKENS = list(parse("en", "Owners owner NOUN nsubj 2\nsell sell VERB ROOT 0"))
FIRM, APP = Node("Company"), Node("Product")


def owns(confidence: float, status: Status = Status.ACTUAL, alone: bool = False) -> FoundClaim:
    return FoundClaim(
        subject=FIRM, predicate="owns", object=APP, status=status, negated=False,
        cued=status is not Status.ACTUAL, speaker=None, date=None, deadline=None, amount=None,
        role=None, confidence=confidence, rule="test", alone=alone, tokens=[TOKENS[0]],
    )  # fmt: skip


def merged(*claims: FoundClaim) -> tuple[Status, float]:
    [claim] = merge(list(claims), load_vocabulary())
    return claim.status, claim.confidence


def test_a_cue_of_the_less_sure_finding_tells_the_status() -> None:
    assert merged(owns(0.6), owns(0.4, Status.PLANNED)) == (Status.PLANNED, 0.6)


def test_what_stands_alone_holds_whatever_other_sentences_plan() -> None:
    planned = owns(0.6, Status.PLANNED)

    assert merged(planned, owns(0.4, alone=True)) == (Status.ACTUAL, 0.6)
    assert merged(owns(0.8, alone=True), planned) == (Status.ACTUAL, 0.8)


def test_what_certainly_may_come_is_not_what_has_come() -> None:
    coming = owns(0.8, Status.POSSIBLE)
    coming.certain, coming.amount = True, "20 EUR"
    come = owns(0.5)
    come.amount = "5 EUR"

    [claim] = merge([coming, come], load_vocabulary())

    assert (claim.status, claim.amount, claim.confidence) == (Status.ACTUAL, "5 EUR", 0.8)
    assert merged(coming) == (Status.POSSIBLE, 0.8)
