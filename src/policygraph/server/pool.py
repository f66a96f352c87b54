"""Shares worker processes among requests, so that the slow do not shut out the quick."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from policygraph.server.child import Answer, Child, GoneError
from policygraph.server.limits import SLACK, Limits
from policygraph.server.refusals import BusyError, RefusedError, TooSlowError
from policygraph.view.served import Wanted

LOOK = 0.1
"""Seconds between two looks at whether a query has had its time while others wait."""


@dataclass(slots=True, eq=False)
class _Run:
    """A query that is being answered."""

    child: Child
    started: float
    spent: float
    stopped: bool = False


class Pool:
    """Worker processes, started when needed; queries stand in line for them.

    Belongs to one event loop. See ``Limits`` for who must leave when others wait.
    """

    def __init__(self, folder: Path, limits: Limits, *, niceness: int = 0) -> None:
        self._folder = folder
        self._limits = limits
        self._niceness = niceness
        self._free = limits.workers
        self._idle: list[Child] = []
        self._runs: list[_Run] = []
        self._line: deque[asyncio.Future[None]] = deque()

    async def run(
        self,
        text: str,
        *,
        solutions: str | None = None,
        graph: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a query in the format for its kind, ``solutions`` or ``graph``.

        Formats are those of ``policygraph.graph.rows``. A caller that is cancelled ends its
        query.

        Raises:
            TooSlowError: the query took too much time or memory, and was stopped.
            BusyError: no worker was free in time, or others waited for this one.
            RefusedError: the query is wrong, no format for its kind was given, or its answer
                is too large.
        """
        request: dict[str, Any] = {
            "text": text,
            "solutions": solutions,
            "graph": graph,
            "default_graphs": list(default_graphs),
            "named_graphs": list(named_graphs),
        }
        return await self._serve(request)

    async def draw(self, wanted: Wanted) -> bytes:
        """The explorer's page of what is wanted.

        Raises:
            TooSlowError, BusyError: as ``run`` does.
            RefusedError: the graph has no such thing, or the page is too large.
        """
        answer = await self._serve({"page": asdict(wanted)})
        return answer.content

    async def _serve(self, request: dict[str, Any]) -> Answer:
        request |= {"answer": self._limits.answer, "timeout": self._limits.timeout}
        await self._stand_in_line()
        try:
            return await self._ask(request)
        finally:
            self._leave()

    async def close(self) -> None:
        """Stop all processes."""
        for run in self._runs:
            run.child.kill()
        for child in self._idle:
            await child.stop()
        self._idle.clear()

    async def _ask(self, request: dict[str, Any]) -> Answer:
        child = await self._child()
        run = _Run(child, asyncio.get_running_loop().time(), child.seconds())
        self._runs.append(run)
        answered = False
        try:
            async with asyncio.timeout(self._limits.timeout):
                answer = await child.ask(request)
            answered = True
            return answer
        except TimeoutError:
            seconds = f"{self._limits.timeout:g} s"
            raise TooSlowError(
                f"the query took more than {seconds} and was stopped; ask for less"
            ) from None
        except GoneError:
            if run.stopped:
                raise BusyError(
                    "the query was stopped because others were waiting; ask for less, or later"
                ) from None
            raise TooSlowError(
                "the query ended its worker, most likely for memory; ask for less"
            ) from None
        except RefusedError:
            answered = True
            raise
        finally:
            self._runs.remove(run)
            if answered and child.alive:
                self._idle.append(child)
            else:
                await asyncio.shield(child.stop())

    async def _child(self) -> Child:
        """An idle process, or a new one."""
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
        try:
            return await Child.start(self._folder, niceness=self._niceness)
        except GoneError:
            raise BusyError("no worker could be started; try again later") from None

    async def _stand_in_line(self) -> None:
        if self._free and not self._line:
            self._free -= 1
            return
        if len(self._line) >= self._limits.waiting:
            raise BusyError("too many requests are waiting; try again later")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            async with asyncio.timeout(self._limits.timeout):
                while not turn.done():
                    self._make_room()
                    await asyncio.wait([turn], timeout=LOOK)
        except BaseException as error:
            if turn.done():
                self._leave()
            else:
                self._line.remove(turn)
            if isinstance(error, TimeoutError):
                raise BusyError("all workers are busy; try again later") from None
            raise

    def _leave(self) -> None:
        """Give the place to the next in line."""
        if self._line:
            self._line.popleft().set_result(None)
        else:
            self._free += 1

    def _make_room(self) -> None:
        """Stop queries that have had their time, at most as many as wait."""
        now = asyncio.get_running_loop().time()
        limits = self._limits
        overdue = [
            run
            for run in self._runs
            if run.child.seconds() - run.spent > limits.quick
            or now - run.started > limits.quick * SLACK
        ]
        old, others = overdue[: limits.long], overdue[limits.long :]
        leaving = [*(run for run in old if now - run.started > limits.patience), *others]
        waiting = len(self._line) - sum(run.stopped for run in self._runs)
        for run in [run for run in leaving if not run.stopped][: max(0, waiting)]:
            run.stopped = True
            run.child.kill()
