from __future__ import annotations

from dataclasses import replace

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


def test_claims_of_other_predicates_or_the_other_way_round_are_others() -> None:
    assert without_repeats(zephyr()) == zephyr()
