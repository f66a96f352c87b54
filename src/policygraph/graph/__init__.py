"""The graph: an embedded Oxigraph store of claims, SPARQL over it, views for other libraries.

From bottom to top: ``terms`` and ``folder``; ``writing`` and ``reading`` turn records into
quads and back; ``rows`` and ``sparql`` answer queries, ``named`` finds the shipped ones;
``networks`` gives NetworkX and rdflib views; ``claims`` puts it together.

Each name is imported when it is first used: a worker of the server needs few of them, and must
start fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.graph.claims import Added, ClaimGraph
    from policygraph.graph.named import NamedQuery, named_queries, named_query
    from policygraph.graph.reading import StoredArticle
    from policygraph.graph.rows import Row, Rows
    from policygraph.graph.stats import Stats

_HOMES = {
    "claims": ("Added", "ClaimGraph"),
    "named": ("NamedQuery", "named_queries", "named_query"),
    "reading": ("StoredArticle",),
    "rows": ("Row", "Rows"),
    "stats": ("Stats",),
}

__all__ = [
    "Added",
    "ClaimGraph",
    "NamedQuery",
    "Row",
    "Rows",
    "Stats",
    "StoredArticle",
    "named_queries",
    "named_query",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"policygraph.graph.{module}"), name)
    raise AttributeError(f"module 'policygraph.graph' has no attribute {name!r}")
