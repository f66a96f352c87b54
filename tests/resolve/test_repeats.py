from __future__ import annotations

from dataclasses import replace

import pytest
from sample_records import zephyr

from policygraph.resolve.repeats import without_repeats


def test_of_two_claims_of_one_triple_the_surer_stays_with_what_the_other_tells() -> None:
    first, *rest = zephyr().claims
    sure = replace(first, confidence=0.9, date=None, amount=None)
    unsure = replace(first, confidence=0.3, date="2020-09", amount="3 EUR")

    [kept, *others] = without_repeats(replace(zephyr(), claims=(unsure, sure, *rest))).claims

    assert (kept.confidence, kept.date, kept.amount) == (0.9, "2020-09", "3 EUR")
    assert others == rest


def test_nothing_claims_a_thing_of_itself() -> None:
    first, *rest = zephyr().claims
    of_itself = replace(first, object=first.subject)

    assert without_repeats(replace(zephyr(), claims=(of_itself, *rest))).claims == tuple(rest)


def test_what_differs_in_stance_is_not_mixed() -> None:
    first, *rest = zephyr().claims
    sure = replace(first, confidence=0.9, date=None)
    other = replace(first, confidence=0.3, date="2020-09", negated=not first.negated)

    [kept, *_] = without_repeats(replace(zephyr(), claims=(sure, other, *rest))).claims

    assert kept == sure


@pytest.mark.parametrize(
    ("predicate", "other", "turned", "count"),
    [
        ("acquires", "acquires", True, 2),
        ("acquires", "owns", False, 2),
        ("mergesWith", "mergesWith", True, 1),
    ],
)
def test_claims_of_other_predicates_or_the_other_way_round_are_others(
    predicate: str, other: str, turned: bool, count: int
) -> None:
    first = replace(zephyr().claims[0], predicate=predicate)
    ends = {"subject": first.object, "object": first.subject} if turned else {}
    second = replace(first, predicate=other, **ends)

    assert len(without_repeats(replace(zephyr(), claims=(first, second))).claims) == count
