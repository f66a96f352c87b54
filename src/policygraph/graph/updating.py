"""SPARQL updates that write and take out quads in one transaction.

What stands in a named graph stands in the default graph too, but for the marks of copies.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from policygraph.graph.terms import MARKS


def with_default(quad: ox.Quad) -> tuple[ox.Quad, ...]:
    """A quad as it is written: as it is, and in the default graph."""
    return (quad,) if quad.graph_name == MARKS else (quad, ox.Quad(*quad.triple))


def insertion(quads: Iterable[ox.Quad]) -> str:
    """The update that writes quads."""
    return f"INSERT DATA {{ {_data(quads)} }}"


def deletion(quads: Iterable[ox.Quad]) -> str:
    """The update that takes quads out, whose triples stand in no other named graph."""
    return f"DELETE DATA {{ {_data(quads)} }}"


def _data(quads: Iterable[ox.Quad]) -> str:
    graphs: dict[object, list[str]] = {}
    for copy in (copy for quad in quads for copy in with_default(quad)):
        graphs.setdefault(copy.graph_name, []).append(f"{copy.triple} .")
    blocks = {name: "\n".join(lines) for name, lines in graphs.items()}
    default = blocks.pop(ox.DefaultGraph(), "")
    return default + "".join(f" GRAPH {name} {{ {block} }}" for name, block in blocks.items())
