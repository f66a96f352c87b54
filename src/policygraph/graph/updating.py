"""SPARQL updates that write and take out quads in one transaction.

What stands in a named graph stands in the default graph too, but for the marks of copies, and
there with the IRIs that stand for things today (``Merges``).
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from policygraph.graph.merges import Merges
from policygraph.graph.terms import MARKS

_UNMERGED = Merges()


def with_default(quad: ox.Quad, merges: Merges = _UNMERGED) -> tuple[ox.Quad, ...]:
    """A quad as it is written: as it is, and in the default graph."""
    return (quad,) if quad.graph_name == MARKS else (quad, ox.Quad(*merges.triple(quad)))


def insertion(quads: Iterable[ox.Quad], merges: Merges = _UNMERGED) -> str:
    """The update that writes quads."""
    return f"INSERT DATA {{ {_data(quads, merges)} }}"


def deletion(quads: Iterable[ox.Quad], merges: Merges = _UNMERGED) -> str:
    """The update that takes quads out, whose triples stand in no other named graph."""
    return f"DELETE DATA {{ {_data(quads, merges)} }}"


def _data(quads: Iterable[ox.Quad], merges: Merges) -> str:
    graphs: dict[object, list[str]] = {}
    for copy in (copy for quad in quads for copy in with_default(quad, merges)):
        graphs.setdefault(copy.graph_name, []).append(f"{copy.triple} .")
    blocks = {name: "\n".join(lines) for name, lines in graphs.items()}
    default = blocks.pop(ox.DefaultGraph(), "")
    return default + "".join(f" GRAPH {name} {{ {block} }}" for name, block in blocks.items())
