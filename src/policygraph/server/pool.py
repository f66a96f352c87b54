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
"""Seconds between two looks at whether a query has become a long one."""


@dataclass(slots=True, eq=False)
class _Run:
    """A query that is being answered."""

    child: Child
    started: float
    spent: float
    long: bool = False
    stopped: bool = False


class Pool:
    """Worker processes, some started ahead; queries stand in line for them.

    Belongs to one event loop. See ``Limits`` for who must leave when others wait.
    """

    def __init__(self, folder: Path, limits: Limits, *, niceness: int = 0) -> None:
        self._folder = folder
        self._limits = limits
        self._niceness = niceness
        self._free = limits.workers - limits.long
        """Places for queries that are not long."""
        self._idle: list[Child] = []
        self._runs: list[_Run] = []
        self._line: deque[asyncio.Future[None]] = deque()
        self._starting: asyncio.Task[None] | None = None
        self._closed = False

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

        Formats are those of ``policygraph.graph.rows``. Raises as ``ask`` does.
        """
        return await self.ask(
            {
                "text": text,
                "solutions": solutions,
                "graph": graph,
                "default_graphs": list(default_graphs),
                "named_graphs": list(named_graphs),
                "answer": self._limits.answer,
            }
        )

    async def draw(self, wanted: Wanted) -> bytes:
        """The explorer's page of what is wanted; raises as ``ask`` does."""
        answer = await self.ask({"page": asdict(wanted), "answer": self._limits.answer})
        return answer.content

    async def ask(self, request: dict[str, Any]) -> Answer:
        """Have a worker do what a request says (``policygraph.worker``).

        A caller that is cancelled ends it.

        Raises:
            TooSlowError: it took too much time or memory, and was stopped.
            BusyError: no worker was free in time, or others waited for this one.
            RefusedError: the query is wrong, no format for its kind was given, or its answer
                is too large.
        """
        await self._stand_in_line()
        run = None
        try:
            run = await self._begin()
            return await self._answer(run, {**request, "timeout": self._limits.timeout})
        finally:
            if run is None or not run.long:
                self._leave()

    def start(self) -> None:
        """Start spare workers, if there are too few; does not wait for them."""
        if self._starting is None or self._starting.done():
            self._starting = asyncio.ensure_future(self._start_spares())

    async def close(self) -> None:
        """Stop all processes; one that is about to start is waited for, lest it be forgotten."""
        self._closed = True
        if self._starting is not None:
            await self._starting
        for child in [*(run.child for run in self._runs), *self._idle]:
            await child.stop()
        self._idle.clear()

    async def _begin(self) -> _Run:
        child = await self._child()
        run = _Run(child, asyncio.get_running_loop().time(), child.seconds())
        self._runs.append(run)
        return run

    async def _answer(self, run: _Run, request: dict[str, Any]) -> Answer:
        answered = False
        watch = asyncio.ensure_future(self._watch(run))
        try:
            async with asyncio.timeout(self._limits.timeout):
                answer = await run.child.ask(request)
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
            watch.cancel()
            self._runs.remove(run)
            kept = answered and run.child.alive and not self._closed
            if kept and not run.long:  # one that yields stays so
                self._idle.append(run.child)
            else:
                await asyncio.shield(run.child.stop())

    async def _watch(self, run: _Run) -> None:
        """Once a query has had its time as a quick one, make it a long one, or end it."""
        loop, quick = asyncio.get_running_loop(), self._limits.quick
        while (
            run.child.seconds() - run.spent <= quick and loop.time() - run.started <= quick * SLACK
        ):
            await asyncio.sleep(LOOK)
        while sum(other.long for other in self._runs) >= self._limits.long:
            if len(self._line) > sum(other.stopped for other in self._runs):
                run.stopped = True
                run.child.kill()
                return
            await asyncio.sleep(LOOK)
        run.long = True
        run.child.yield_to_others()
        self._leave()

    async def _child(self) -> Child:
        """An idle process, or a new one."""
        self.start()
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
        try:
            return await Child.start(self._folder, niceness=self._niceness)
        except GoneError:
            raise BusyError("no worker could be started; try again later") from None

    async def _start_spares(self) -> None:
        await asyncio.sleep(0)  # the one who called takes a worker first
        while not self._closed and len(self._idle) < min(
            self._limits.spare, self._limits.workers - len(self._runs)
        ):
            try:
                self._idle.append(await Child.start(self._folder, niceness=self._niceness))
            except (GoneError, OSError, RefusedError):
                return  # whoever asks next is told why

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
                await asyncio.wait([turn])
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
