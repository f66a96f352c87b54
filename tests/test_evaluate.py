from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sample_records import english, gold_records, make_record, said, zephyr

from policygraph.evaluate import MEASURES, Score, evaluate, pair_entities
from policygraph.model import Record, Status
from policygraph.resolve import resolve


def test_gold_scored_against_itself_is_perfect() -> None:
    found = evaluate((record, resolve(record)) for record in gold_records())

    assert found.articles == len(gold_records())
    assert set(found.scores) == {"all", "en", "fr"}
    for measure in MEASURES:
        assert found.score("all", measure).f1 == 1.0, measure
    assert {score.f1 for score in found.predicates.values()} == {1.0}


def test_finding_nothing_scores_nothing() -> None:
    empty = replace(zephyr(), entities=(), claims=())

    found = evaluate([(zephyr(), empty)])

    score = found.score("all", "claims")
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)
    assert (score.right, score.found, score.wanted) == (0, 0, 4)


def test_a_claim_is_right_when_its_ends_and_predicate_are() -> None:
    gold = zephyr()
    deal = replace(gold.claims[0], status=Status.ACTUAL, deadline=None)
    wrong = replace(gold.claims[2], predicate="acquires")

    found = evaluate([(gold, replace(gold, claims=(deal, wrong)))])

    score = found.score("all", "claims")
    assert (score.right, score.found, score.wanted) == (1, 2, 4)
    assert found.score("all", "claims with status").right == 0
    assert found.score("all", "status and negation").recall == 0.0
    deadline = found.score("all", "deadline")
    assert (deadline.right, deadline.found, deadline.wanted) == (0, 0, 1)
    assert found.predicates["acquires"].found == 2


def test_a_symmetric_claim_may_be_found_the_other_way_round() -> None:
    text = "A fusionne avec B."
    types = {"A": "Company", "B": "Company"}

    def record(subject: str, object_: str, predicate: str) -> Record:
        return make_record(text, types, (said(subject, predicate, object_, text),))

    right = evaluate([(record("A", "B", "mergesWith"), record("B", "A", "mergesWith"))])
    wrong = evaluate([(record("A", "B", "acquires"), record("B", "A", "acquires"))])

    assert right.score("all", "claims").f1 == 1.0
    assert wrong.score("all", "claims").f1 == 0.0


def test_entities_are_paired_by_what_they_mention_not_by_their_ids() -> None:
    gold = english()
    renamed = replace(
        gold,
        entities=tuple(replace(e, id=f"x{n}") for n, e in enumerate(reversed(gold.entities))),
        claims=(),
    )

    assert pair_entities(gold, renamed) == {"e1": "x1", "e2": "x0"}


def test_another_cleaning_of_the_page_is_compared_by_words() -> None:
    gold = english()
    found = english(text="Menu. ARCO fined Papillon. Share!")

    assert evaluate([(gold, found)]).score("all", "claims").f1 == 1.0


def test_a_wrong_type_still_pairs_but_is_counted() -> None:
    gold = english()
    found = replace(gold, entities=(replace(gold.entities[0], type="Company"), gold.entities[1]))

    scores = evaluate([(gold, found)])

    assert scores.score("all", "entities").f1 == 1.0
    assert scores.score("all", "entities typed").f1 == 0.5


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3)))
def test_scores_stay_between_nought_and_one(counts: list[tuple[int, int, int]]) -> None:
    score = Score()
    for right, found, wanted in counts:
        score.add(right, right + found, right + wanted)

    assert 0 <= score.precision <= 1
    assert 0 <= score.recall <= 1
    assert min(score.precision, score.recall) <= score.f1 <= max(score.precision, score.recall)


def test_figures_come_as_plain_json() -> None:
    value = evaluate([(zephyr(), zephyr())]).to_json()

    assert value["articles"] == 1
    assert value["predicates"]["fines"] == {  # type: ignore[index]
        "precision": 1.0, "recall": 1.0, "f1": 1.0, "right": 1, "found": 1, "wanted": 1,
    }  # fmt: skip
