from __future__ import annotations

from dataclasses import replace

from sample_records import gold_records, make_record, said, zephyr

from benchmarks.claims.answers import Answer, Relation
from benchmarks.claims.measure import Tally
from policygraph.evaluate import evaluate
from policygraph.model import Record


def answer(record: Record) -> Answer:
    return Answer(
        record.entities,
        tuple(
            Relation(c.subject, c.object, frozenset({(c.subject, c.predicate, c.object)}))
            for c in record.claims
        ),
    )


def test_of_plain_claims_it_counts_what_evaluate_does() -> None:
    tally, pairs = Tally(), []
    for gold in gold_records():
        said_once = {}
        for n, claim in enumerate(gold.claims):
            if n % 4:
                predicate = "sues" if n % 3 == 0 else claim.predicate
                key = (claim.subject, predicate, claim.object)
                said_once[key] = replace(claim, predicate=predicate)
        claims = tuple(said_once.values())
        found = replace(gold, claims=claims, entities=gold.entities[::-1])
        tally.add(gold, answer(found))
        pairs.append((gold, found))

    assert tally.labelled == evaluate(pairs).score("all", "claims")


def test_any_reading_may_be_right() -> None:
    gold = zephyr()
    fine = gold.claims[1]
    readings = {(fine.subject, p, fine.object) for p in ("sues", "fines", "orders")}
    tally = Tally()

    tally.add(
        gold, Answer(gold.entities, (Relation(fine.subject, fine.object, frozenset(readings)),))
    )

    assert (tally.labelled.right, tally.labelled.found, tally.labelled.wanted) == (1, 1, 4)


def test_relations_that_mean_several_things_are_matched_to_claims_as_well_as_can_be() -> None:
    text = "A poursuit et critique B."
    types = {"A": "Company", "B": "Company"}
    gold = make_record(
        text, types, (said("A", "sues", "B", text), said("A", "criticizes", "B", text))
    )
    both = frozenset({("e1", "sues", "e2"), ("e1", "criticizes", "e2")})
    one = frozenset({("e1", "sues", "e2")})
    tally = Tally()

    tally.add(gold, Answer(gold.entities, (Relation("e1", "e2", both), Relation("e1", "e2", one))))

    assert tally.labelled.right == 2


def test_repeating_a_claim_is_not_held_against_a_system() -> None:
    gold = zephyr()
    once = answer(gold)
    tally = Tally()

    tally.add(gold, replace(once, relations=once.relations * 2))

    assert tally.labelled.precision == tally.pairs.precision == 1.0


def test_a_pair_counts_either_way_round_and_without_a_predicate() -> None:
    gold = zephyr()
    deal = gold.claims[0]
    tally = Tally()

    tally.add(gold, Answer(gold.entities, (Relation(deal.object, deal.subject, frozenset()),)))

    assert (tally.pairs.right, tally.pairs.found) == (1, 1)
    assert tally.labelled.found == 0


def test_a_relation_of_an_entity_that_is_not_in_the_gold_is_wrong() -> None:
    gold = zephyr()
    found = answer(gold)
    tally = Tally()

    tally.add(replace(gold, entities=gold.entities[1:], claims=gold.claims[1:2]), found)

    assert (tally.labelled.right, tally.labelled.found, tally.labelled.wanted) == (1, 4, 1)
