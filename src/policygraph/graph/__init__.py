"""The graph: an embedded Oxigraph store of claims, SPARQL over it, views for other libraries.

From bottom to top: ``terms`` and ``folder``; ``writing`` and ``reading`` turn records into
quads and back; ``rows`` and ``sparql`` answer queries, ``named`` finds the shipped ones;
``networks`` gives NetworkX and rdflib views; ``claims`` puts it together.
"""

from policygraph.graph.claims import Added, ClaimGraph
from policygraph.graph.named import NamedQuery, named_queries, named_query
from policygraph.graph.reading import StoredArticle
from policygraph.graph.rows import Row, Rows
from policygraph.graph.stats import Stats

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
