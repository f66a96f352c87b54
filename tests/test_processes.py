from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from policygraph.errors import PolicyGraphError
from policygraph.processes import in_order


def slow_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number * 2


def die(number: int) -> int:
    os._exit(1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_input(jobs: int) -> None:
    assert list(in_order(slow_first, range(20), jobs)) == [2 * number for number in range(20)]


def test_the_input_is_not_read_far_ahead() -> None:
    read = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    results = in_order(slow_first, numbers(), 2)
    next(results)
    results.close()

    assert len(read) < 20


def test_a_process_that_dies_is_told_of() -> None:
    with pytest.raises(PolicyGraphError, match=r"one of 2 processes died, .* fewer --jobs"):
        list(in_order(die, range(3), 2))
