"""Shares worker processes among requests, so that the slow do not shut out the quick."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from policygraph.server.child import Answer, Child, GoneError
from policygraph.server.limits import LEVELS, SLACK, Limits
from policygraph.server.refusals import BusyError, RefusedError, TooSlowError
from policygraph.view.served import Wanted

LOOK = 0.1
"""Seconds between two looks at whether a query has become a long one."""


@dataclass(slots=True, eq=False)
class _Task:
    """A query that stands in line, or runs."""

    level: int = 0
    used: float = 0.0
    """Seconds that it ran before it made room for others."""
    turn: asyncio.Future[None] | None = None
    child: Child | None = None
    displaced: bool = False


class _DisplacedError(Exception):
    """A query made room for others before it was done."""


class Pool:
    """Worker processes, some started ahead; queries stand in line for them.

    Belongs to one event loop. See ``Limits`` for who must make room when others wait.
    """

    def __init__(self, folder: Path, limits: Limits, *, niceness: int = 0) -> None:
        self._folder = folder
        self._limits = limits
        self._niceness = niceness
        self._idle: list[Child] = []
        self._running: list[_Task] = []
        self._line: list[_Task] = []
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
        task = _Task()
        while True:
            await self._stand_in_line(task)
            try:
                return await self._answer(task, request)
            except _DisplacedError:
                continue
            finally:
                self._running.remove(task)
                self._call()

    def start(self) -> None:
        """Start spare workers, if there are too few; does not wait for them."""
        if self._starting is None or self._starting.done():
            self._starting = asyncio.ensure_future(self._start_spares())

    async def close(self) -> None:
        """Stop all processes; one that is about to start is waited for, lest it be forgotten."""
        self._closed = True
        if self._starting is not None:
            await self._starting
        for child in [*(task.child for task in self._running if task.child), *self._idle]:
            await child.stop()
        self._idle.clear()

    async def _answer(self, task: _Task, request: dict[str, Any]) -> Answer:
        left = self._limits.timeout - task.used
        task.child = child = await self._child()
        loop, answered = asyncio.get_running_loop(), False
        started = loop.time()
        watch = asyncio.ensure_future(self._watch(task, child))
        try:
            async with asyncio.timeout(left):
                answer = await child.ask({**request, "timeout": left})
            answered = True
            return answer
        except TimeoutError:
            seconds = f"{self._limits.timeout:g} s"
            raise TooSlowError(
                f"the query took more than {seconds} and was stopped; ask for less"
            ) from None
        except GoneError:
            if task.displaced:
                raise _DisplacedError from None
            raise TooSlowError(
                "the query ended its worker, most likely for memory; ask for less"
            ) from None
        except RefusedError:
            answered = True
            raise
        finally:
            watch.cancel()
            task.used += loop.time() - started
            task.child = None
            if answered and child.alive and not self._closed and not task.level:
                self._idle.append(child)  # one that yields stays so, and is of no use to others
            else:
                await asyncio.shield(child.stop())

    async def _watch(self, task: _Task, child: Child) -> None:
        """Have a query go up a level each time it has had the time of one, or make room."""
        loop = asyncio.get_running_loop()
        started, spent = loop.time(), child.seconds()
        child.yield_to_others(task.level)
        while True:
            patience = self._limits.patience(task.level)
            while child.seconds() - spent <= patience and loop.time() - started <= patience * SLACK:
                await asyncio.sleep(LOOK)
            higher = min(task.level + 1, LEVELS - 1)
            while not self._may_rise(task, higher):
                if self._is_in_the_way(task):
                    task.level, task.displaced = higher, True
                    child.kill()
                    return
                await asyncio.sleep(LOOK)
            task.level = higher
            child.yield_to_others(task.level)

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
            self._limits.spare, self._limits.workers - len(self._running)
        ):
            try:
                self._idle.append(await Child.start(self._folder, niceness=self._niceness))
            except (GoneError, OSError, RefusedError):
                return  # whoever asks next is told why

    async def _stand_in_line(self, task: _Task) -> None:
        """Wait until a query may run, and count it as running."""
        if len(self._line) >= self._limits.waiting and not self._has_place(task.level):
            raise BusyError("too many requests are waiting; try again later")
        task.displaced = False
        turn = task.turn = asyncio.get_running_loop().create_future()
        self._line.append(task)
        self._call()
        try:
            async with asyncio.timeout(self._limits.in_line):
                await asyncio.wait([turn])
        except BaseException as error:
            if turn.done():
                self._running.remove(task)
                self._call()
            else:
                self._line.remove(task)
            if isinstance(error, TimeoutError):
                raise BusyError("all workers are busy; try again later") from None
            raise

    def _call(self) -> None:
        """Let those run for whom there is a place: of the lowest level first, then in turn."""
        for task in sorted(self._line, key=lambda task: task.level):
            if self._has_place(task.level):
                self._line.remove(task)
                self._running.append(task)
                assert task.turn is not None
                task.turn.set_result(None)

    def _has_place(self, level: int, *, without: _Task | None = None) -> bool:
        """Whether a query of that level may run beside those that do."""
        others = [task.level for task in self._running if task is not without]
        if level == 0 and others.count(0) >= self._limits.quick_places:
            return False
        return all(
            sum(other >= each for other in others) < self._limits.places(each)
            for each in range(level + 1)
        )

    def _may_rise(self, task: _Task, level: int) -> bool:
        """Whether a query may run on at that level, where it keeps no lower one from running."""
        places = self._limits.places
        return places(level) < places(task.level) and self._has_place(level, without=task)

    def _is_in_the_way(self, task: _Task) -> bool:
        """Whether another could run if this one did not; one at a time makes room."""
        return not any(other.displaced for other in self._running) and any(
            self._has_place(other.level, without=task) for other in self._line
        )
