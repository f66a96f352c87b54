"""Runs queries in a process of its own, which can be killed: the store offers no time-out.

The parent (``Workers``) and the child (``python -m policygraph.worker FOLDER``) speak over
the child's standard input and output: a line of JSON, and for answers as many bytes after it
as the line says. A child that dies, of memory or by our hand, is replaced.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from policygraph.errors import PolicyGraphError, QueryError

MEMORY = 4 * 1024**3
"""Bytes of address space that a child may use: a query that needs more dies alone."""

ANSWER = 100 * 1024**2
"""Bytes that an answer may have."""

Kind = Literal["solutions", "graph"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A serialized answer; ``kind`` says which of the two formats it is in."""

    kind: Kind
    content: bytes


class TooSlowError(QueryError):
    """A query was stopped because of the time or memory it took, or found no free worker."""


class NotAcceptableError(QueryError):
    """The query is of a kind for which the caller accepts no format."""


class Workers:
    """A few processes that each answer one query at a time; safe to use from many threads."""

    def __init__(self, path: Path, *, count: int = 2, timeout: float = 30.0) -> None:
        """``timeout`` is in seconds, for the wait for a free worker and for the query each."""
        self._path = path
        self._timeout = timeout
        self._closed = False
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(count):
            self._free.put(None)  # started when first needed

    def run(
        self,
        text: str,
        *,
        solutions: str | None,
        graph: str | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a query in the format for its kind, ``solutions`` or ``graph``.

        Raises:
            QueryError: the query is wrong or refused.
            TooSlowError: no worker was free in time, or the query was stopped.
            NotAcceptableError: the format for the query's kind is None.
        """
        request = {
            "text": text,
            "solutions": solutions,
            "graph": graph,
            "default_graphs": list(default_graphs),
            "named_graphs": list(named_graphs),
        }
        try:
            child = self._free.get(timeout=self._timeout)
        except queue.Empty:
            raise TooSlowError("all workers are busy; try again later") from None
        try:
            if child is None or not child.alive:
                child = _Child(self._path)
            return child.ask(request, self._timeout)
        finally:
            if child is not None and self._closed:
                child.stop()
            self._free.put(child if child is not None and child.alive else None)

    def close(self) -> None:
        """Stop the processes."""
        self._closed = True
        with suppress(queue.Empty):
            while True:
                child = self._free.get_nowait()
                if child is not None:
                    child.stop()


class _Child:
    """One worker process, seen from its parent."""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "policygraph.worker", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], timeout: float) -> Answer:
        started = time.monotonic()
        timer = threading.Timer(timeout, self._process.kill)
        timer.start()
        try:
            header, content = self._exchange(request)
        except (OSError, ValueError) as error:
            self.stop()
            if time.monotonic() - started >= timeout:
                message = f"the query took more than {timeout:g} s and was stopped; ask for less"
            else:
                message = "the query ended its worker, most likely for memory; ask for less"
            raise TooSlowError(message) from error
        finally:
            timer.cancel()
        if header.get("error") is not None:
            kinds = {"not-acceptable": NotAcceptableError, "too-large": TooSlowError}
            raise kinds.get(header.get("reason", ""), QueryError)(header["error"])
        return Answer(kind=header["kind"], content=content)

    def _exchange(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        header = json.loads(self._process.stdout.readline())  # ValueError at the end of file
        content = self._process.stdout.read(header["length"])
        if len(content) != header["length"]:
            raise ValueError("the worker died in the middle of its answer")
        return header, content

    def stop(self) -> None:
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


class _Limited:
    """Collects an answer, and refuses one that grows too large."""

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, data: bytes) -> int:
        if len(self.content) + len(data) > ANSWER:
            raise _TooLargeError
        self.content += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


class _TooLargeError(Exception):
    """The answer has more than ``ANSWER`` bytes."""


def main(arguments: Sequence[str]) -> int:
    """Answer the queries that come in on standard input, until it ends."""
    from policygraph.graph.folder import Reader

    _limit_memory()
    reader = Reader(Path(arguments[0]))
    output = sys.stdout.buffer
    for line in sys.stdin.buffer:
        try:
            kind, content = _answer(reader.refresh(), json.loads(line))
            header: dict[str, Any] = {"kind": kind, "length": len(content)}
        except NotAcceptableError as error:
            header, content = {"error": str(error), "reason": "not-acceptable", "length": 0}, b""
        except _TooLargeError:
            message = f"the answer has more than {ANSWER // 1024**2} MiB; add a LIMIT"
            header, content = {"error": message, "reason": "too-large", "length": 0}, b""
        except PolicyGraphError as error:
            header, content = {"error": str(error), "length": 0}, b""
        output.write(json.dumps(header).encode() + b"\n" + content)
        output.flush()
    reader.close()
    return 0


def _answer(store: Any, request: dict[str, Any]) -> tuple[Kind, bytes]:
    import pyoxigraph as ox

    from policygraph.graph.rows import GRAPH_FORMATS, SOLUTION_FORMATS
    from policygraph.graph.sparql import evaluate
    from policygraph.graph.terms import PREFIXES

    results = evaluate(
        store,
        request["text"],
        default_graphs=request["default_graphs"],
        named_graphs=request["named_graphs"],
    )
    is_graph = isinstance(results, ox.QueryTriples)
    kind: Kind = "graph" if is_graph else "solutions"
    name = request[kind]
    if name is None:
        what = ", ".join(GRAPH_FORMATS if is_graph else SOLUTION_FORMATS)
        raise NotAcceptableError(f"no accepted format fits this kind of query; there are {what}")
    output = _Limited()
    target: IO[bytes] = output  # type: ignore[assignment]
    try:
        if isinstance(results, ox.QueryTriples):
            triples = dict.fromkeys(results)  # a graph has a triple once, a CONSTRUCT may repeat it
            ox.serialize(triples, target, format=GRAPH_FORMATS[name], prefixes=dict(PREFIXES))
        else:
            results.serialize(target, format=SOLUTION_FORMATS[name])
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {str(error).splitlines()[0]}") from error
    return kind, bytes(output.content)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
