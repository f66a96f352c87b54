"""Counts over the whole graph."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from policygraph.graph.sparql import answer
from policygraph.graph.terms import PREFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts over the whole graph; the mappings run from most to least frequent.

    ``voices`` counts an article with its reprints and revisions once; ``copies`` counts these
    by what links them to it. ``printings`` counts further places of the very same articles.
    """

    articles: int
    voices: int
    printings: int
    entities: int
    mentions: int
    claims: int
    triples: int
    by_language: dict[str, int] = field(default_factory=dict)
    by_type: dict[str, int] = field(default_factory=dict)
    by_predicate: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)
    by_publisher: dict[str, int] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)


def count(store: ox.Store, articles: list[str]) -> Stats:
    """Count articles, entities, mentions, claims, and their kinds."""
    copies = _tally(store, "VALUES ?kind { pg:reprintOf pg:revisionOf } ?x ?kind ?original")
    graphs = (
        store.quads_for_pattern(None, None, None, ox.NamedNode(article)) for article in articles
    )
    return Stats(
        articles=len(articles),
        voices=len(articles) - sum(copies.values()),
        printings=_count(store, "?x a pg:Printing"),
        entities=_count(store, "?x ^pg:entity ?o"),
        mentions=_count(store, "?x a pg:Mention"),
        claims=_count(store, "?x a pg:Claim"),
        triples=sum(1 for graph in graphs for _ in graph),
        by_language=_tally(store, "?x a pg:Article ; dcterms:language ?kind"),
        by_type=_tally(store, "?o pg:entity ?x . ?x a ?kind"),
        by_predicate=_tally(store, "?x pg:predicate ?kind"),
        by_status=_tally(store, "?x pg:status ?kind"),
        by_publisher=_tally(store, "?x dcterms:publisher/schema:name ?kind"),
        copies=copies,
    )


def _count(store: ox.Store, pattern: str) -> int:
    value = answer(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")[0]["n"]
    return int(value or 0)


def _tally(store: ox.Store, pattern: str) -> dict[str, int]:
    rows = answer(
        store,
        f"SELECT ?kind (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }} "
        "GROUP BY ?kind ORDER BY DESC(?n) ?kind",
    )
    return {str(row["kind"]).removeprefix(PREFIXES["pg"]): int(row["n"] or 0) for row in rows}
