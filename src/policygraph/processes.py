"""Spreads work over processes and gives the results in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from policygraph.errors import PolicyGraphError

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 4
"""Items that wait in each process, so that none is idle while the input is read."""


def in_order(function: Callable[[In], Out], items: Iterable[In], jobs: int = 1) -> Iterator[Out]:
    """``map``, in ``jobs`` processes; the input is read a little ahead, and never whole.

    Raises:
        PolicyGraphError: a process died, most likely of memory.
    """
    if jobs < 2:
        yield from map(function, items)
        return
    waiting: deque[Future[Out]] = deque()
    # spawned, since a fork would share the store's threads and locks
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            for item in items:
                waiting.append(pool.submit(function, item))
                if len(waiting) >= jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise PolicyGraphError(
                f"one of {jobs} processes died, most likely for want of memory; what was done "
                "before is kept: do it again with fewer --jobs"
            ) from error
        finally:
            for future in waiting:
                future.cancel()
