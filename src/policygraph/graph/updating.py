"""SPARQL updates that write and take out quads in one transaction.

What stands in a named graph stands in the default graph too, but for what is ``INTERNAL``, and
there with the IRIs that stand for things today (``Merges``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from policygraph.graph.merges import Merges
from policygraph.graph.terms import INTERNAL

_UNMERGED = Merges()
_ALL = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Changes:
    """Quads of named graphs to write, and to take out."""

    insert: set[ox.Quad] = field(default_factory=set)
    delete: set[ox.Quad] = field(default_factory=set)


def with_default(quad: ox.Quad, merges: Merges = _UNMERGED) -> tuple[ox.Quad, ...]:
    """A quad as it is written: as it is, and in the default graph."""
    return (quad,) if quad.graph_name in INTERNAL else (quad, ox.Quad(*merges.triple(quad)))


def orphans(store: ox.Store, quads: set[ox.Quad], merges: Merges) -> Iterator[ox.Quad]:
    """What of the default graph no other quads than these, of named graphs, give it."""
    apart = {_ALL, *INTERNAL}
    for triple in {merges.triple(quad) for quad in quads}:
        copies = (
            copy
            for source in merges.sources(triple)
            for copy in store.quads_for_pattern(*source, None)
        )
        if all(copy.graph_name in apart or copy in quads for copy in copies):
            yield ox.Quad(*triple)


def rewriting(store: ox.Store, changes: Changes, merges: Merges) -> str:
    """The update that takes quads out, and then writes others."""
    gone = [*changes.delete, *orphans(store, changes.delete, merges)]
    return f"DELETE DATA {{ {data(gone)} }} ; {insertion(changes.insert, merges)}"


def insertion(quads: Iterable[ox.Quad], merges: Merges = _UNMERGED) -> str:
    """The update that writes quads."""
    return f"INSERT DATA {{ {data(c for q in quads for c in with_default(q, merges))} }}"


def deletion(quads: Iterable[ox.Quad]) -> str:
    """The update that takes quads out, whose triples stand in no other named graph."""
    return f"DELETE DATA {{ {data(c for q in quads for c in with_default(q))} }}"


def data(quads: Iterable[ox.Quad]) -> str:
    """Quads as the body of ``INSERT DATA`` and ``DELETE DATA``."""
    graphs: dict[object, list[str]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(f"{quad.triple} .")
    blocks = {name: "\n".join(lines) for name, lines in graphs.items()}
    default = blocks.pop(_ALL, "")
    return default + "".join(f" GRAPH {name} {{ {block} }}" for name, block in blocks.items())
