"""One worker process (``policygraph.worker``), seen from the server."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from policygraph.server.refusals import RefusedError

Kind = Literal["solutions", "graph", "page", "done"]

STATUSES = {
    "query": 400, "not-acceptable": 406, "protected": 403, "store": 503, "too-large": 400,
}  # fmt: skip
"""The HTTP status for each of ``policygraph.worker.REASONS``."""


NICER = (3, 12)
"""By how much processes of the first level and the second are nicer than the server."""


class GoneError(Exception):
    """The process died before it had answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A serialized answer; ``kind`` says which of the formats asked for it is in.

    An update that is done has no content.
    """

    kind: Kind
    content: bytes


class Child:
    """A process that answers one query at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, folder: Path, *, niceness: int) -> Self:
        """Start a process on a graph folder; ``niceness`` above 0 yields to other processes.

        Raises:
            RefusedError: the graph cannot be read.
            GoneError: the process died.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "policygraph.worker", str(folder)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        child = cls(process)
        if niceness:
            child._nice(niceness)
        try:
            await child._read()
        except BaseException:
            await asyncio.shield(child.stop())
            raise
        return child

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    def seconds(self) -> float:
        """Processor time that it has taken; where the system does not tell, the time that is."""
        try:
            stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return time.monotonic()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def ask(self, request: dict[str, Any]) -> Answer:
        """Send a request and wait for its answer.

        Raises:
            RefusedError: the query is wrong, or its answer cannot be given.
            GoneError: the process died, of memory or because it was stopped.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            await self._process.stdin.drain()
        except OSError as error:
            raise GoneError from error
        header, content = await self._read()
        return Answer(kind=header["kind"], content=content)

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        """What the process says next: a line, and the content that comes with it."""
        assert self._process.stdout is not None
        try:
            header = json.loads(await self._process.stdout.readline())  # ValueError at the end
            content = await self._process.stdout.readexactly(header.get("length", 0))
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            raise GoneError from error
        if "error" in header:
            raise RefusedError(STATUSES[header["reason"]], header["error"])
        return header, content

    def yield_to_others(self, level: int) -> None:
        """Have the system prefer the processes of lower levels from now on; 0 changes nothing.

        A little on the first level: what takes seconds must not starve on a busy machine.
        """
        if level:
            self._nice(NICER[level - 1])

    def _nice(self, niceness: int) -> None:
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                base = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, self._process.pid, min(19, base + niceness))

    def kill(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def stop(self) -> None:
        """End the process and wait until it has."""
        self.kill()
        await self._process.wait()
