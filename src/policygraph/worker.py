"""A process that queries and updates for the server, which can kill it: the store has no time-out.

``python -m policygraph.worker FOLDER`` reads requests on standard input, a line of JSON each,
and answers on standard output: a line of JSON, and as many bytes after it as the line says.
An empty object comes first, when it is ready, or the refusal of a graph that cannot be read.

A request has the query under ``text``; the formats that the caller accepts under ``solutions``
and ``graph`` (None for none); the dataset under ``default_graphs`` and ``named_graphs``; the
largest answer under ``answer`` (bytes) and the time allowed under ``timeout`` (seconds).
A request for a page of the explorer has ``page`` instead of a query: what it is to show.
An answer has ``kind`` and ``length``; a refusal ``error``, ``reason`` (one of ``REASONS``) and
the length 0. In place of a query, a request may have an update under ``update``, with its dataset
under ``using`` and ``using_named``, and time; its answer's kind is ``done``.
"""

from __future__ import annotations

import json
import math
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from policygraph.errors import ProtectedError, QueryError, StoreError

if TYPE_CHECKING:
    import pyoxigraph as ox

MEMORY = 2 * 1024**3
"""Bytes of address space that a worker may use: a query that needs more dies alone."""

REASONS = ("query", "not-acceptable", "protected", "store", "too-large")


class _RefusedError(Exception):
    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class _Limited:
    """Collects an answer, and refuses one that grows too large."""

    def __init__(self, limit: int) -> None:
        self.content = bytearray()
        self._limit = limit

    def write(self, data: bytes) -> int:
        if len(self.content) + len(data) > self._limit:
            raise _RefusedError(
                "too-large", f"the answer has more than {_size(self._limit)}; add a LIMIT"
            )
        self.content += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def main(arguments: Sequence[str]) -> int:
    """Answer the queries that come in on standard input, until it ends."""
    from policygraph.graph.folder import Reader

    _limit_memory()
    folder = Path(arguments[0])
    try:
        reader = Reader(folder)
    except StoreError as error:
        _refuse("store", error)
        return 1
    _say({})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _set_alarm(request["timeout"])
        try:
            if "update" in request:
                kind, content = _update(folder, request)
            else:
                answer = _page if "page" in request else _answer
                kind, content = answer(reader.refresh(), request)
        except StoreError as error:
            _refuse("store", error)
        except _RefusedError as error:
            _refuse(error.reason, error)
        except QueryError as error:
            _refuse("protected" if isinstance(error, ProtectedError) else "query", error)
        else:
            _say({"kind": kind, "length": len(content)}, content)
        _set_alarm(0)
    reader.close()
    return 0


def _refuse(reason: str, error: Exception) -> None:
    _say({"error": str(error), "reason": reason, "length": 0})


def _say(header: Mapping[str, object], content: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


def _answer(store: ox.Store, request: dict[str, Any]) -> tuple[str, bytes]:
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
    kind = "graph" if is_graph else "solutions"
    name = request[kind]
    if name is None:
        what = ", ".join(GRAPH_FORMATS if is_graph else SOLUTION_FORMATS)
        raise _RefusedError(
            "not-acceptable", f"no accepted format fits this kind of query; there are {what}"
        )
    output = _Limited(request["answer"])
    target: IO[bytes] = output  # type: ignore[assignment]
    try:
        if isinstance(results, ox.QueryTriples):
            form = GRAPH_FORMATS[name]
            ox.serialize(_distinct(results), target, format=form, prefixes=dict(PREFIXES))
        else:
            results.serialize(target, format=SOLUTION_FORMATS[name])
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {str(error).splitlines()[0]}") from error
    return kind, bytes(output.content)


def _page(store: ox.Store, request: dict[str, Any]) -> tuple[str, bytes]:
    from policygraph.view.served import Wanted, serve_page

    output = _Limited(request["answer"])
    # lone surrogates, which a broken page can hold, have no UTF-8
    output.write(serve_page(store, Wanted(**request["page"])).encode("utf-8", errors="replace"))
    return "page", bytes(output.content)


def _update(folder: Path, request: dict[str, Any]) -> tuple[str, bytes]:
    from policygraph.graph import ClaimGraph

    with ClaimGraph.open(folder) as graph:
        graph.update(request["update"], using=request["using"], using_named=request["using_named"])
    return "done", b""


def _distinct(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Each triple once: a graph is a set, and a CONSTRUCT may repeat itself."""
    seen: set[ox.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _size(count: int) -> str:
    return f"{count // 1024**2} MiB" if count >= 1024**2 else f"{count} bytes"


def _set_alarm(seconds: float) -> None:
    """End this process a while after the time allowed, should the server be gone by then."""
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(seconds) + 5 if seconds else 0)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
