"""Time the named queries: ``python -m benchmarks.questions --claims 200000``."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.questions.synthetic import LATE, entity_iri, fill_graph
from policygraph.graph import ClaimGraph, named_queries
from policygraph.validate import validate


def main(arguments: Sequence[str] | None = None) -> None:
    """Load a graph (or open one that is kept), derive its matters, and time each query."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "policygraph.db"
        with ClaimGraph.open(path, create=True) as graph:
            if not len(graph):
                with _timed("load"):
                    fill_graph(graph, options.claims)
            with _timed("derive matters"):
                graph.derive_matters()
            first, record = graph.articles()[0], next(graph.records())
            graph.remove(first)
            _time_settling(graph, "removed")
            graph.add(record)
            _time_settling(graph, "added")
        with ClaimGraph.open(path, read_only=True) as graph:
            print(f"{len(graph)} articles, {len(graph.store)} quads")
            for rank in options.ranks:
                _time_queries(graph, rank)
            if options.sample:
                with _timed(f"validate a sample of {options.sample}"):
                    validate(graph, sample=options.sample)


def _time_settling(graph: ClaimGraph, what: str) -> None:
    with _timed(f"an article {what}: merge what is one"):
        graph.resolve()
    with _timed(f"an article {what}: derive what changed"):
        graph.derive_matters()


def _time_queries(graph: ClaimGraph, rank: int) -> None:
    """Each query about the ``rank``-th company, and those that take no entity as they are."""
    print(f"about the company of rank {rank}:")
    for name, query in named_queries().items():
        given = {"entity": entity_iri(0, rank)} if "entity" in query.params else {}
        with _timed(f"  {name}") as rows:
            rows.append(len(graph.ask(name, **given)))
    with _timed(f"  changes-since {LATE}, whatever about") as rows:
        rows.append(len(graph.ask("changes-since", since=LATE)))


class _timed:  # noqa: N801 - a context manager reads as a verb
    """Print how long the block took, of the processor and by the clock, and what it counted."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._counts: list[int] = []

    def __enter__(self) -> list[int]:
        self._start = time.process_time(), time.perf_counter()
        return self._counts

    def __exit__(self, *_: object) -> None:
        cpu, clock = time.process_time() - self._start[0], time.perf_counter() - self._start[1]
        counts = " ".join(f"{count} rows" for count in self._counts)
        print(f"{self._what:40} {cpu:8.3f} s CPU {clock:8.3f} s  {counts}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000, help="how many to invent")
    parser.add_argument("--ranks", type=int, nargs="*", default=[1, 20], help="1 is named most")
    parser.add_argument("--keep", type=Path, help="a folder for the graph, used again if there")
    parser.add_argument("--sample", type=int, help="also validate so many articles")
    return parser


if __name__ == "__main__":
    main()
