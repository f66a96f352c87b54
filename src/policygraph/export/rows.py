"""Entities and claims as rows, for formats of nodes and edges: read article by article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policygraph.graph import ClaimGraph
from policygraph.graph.networks import Nodes, edges_of

NODE_COLUMNS: Mapping[str, type] = {
    "id": str,
    "label": str,
    "label_en": str,
    "label_fr": str,
    "type": str,
    "wikidata": str,
    "mentions": int,
    "articles": int,
}
"""Of an entity, with their types; None stands for what is not known."""

EDGE_COLUMNS: Mapping[str, type] = {
    "source": str,
    "target": str,
    "id": str,
    "predicate": str,
    "label_en": str,
    "label_fr": str,
    "status": str,
    "negated": bool,
    "confidence": float,
    "date": str,
    "deadline": str,
    "amount": str,
    "role": str,
    "speaker": str,
    "speaker_iri": str,
    "evidence": str,
    "start": int,
    "end": int,
    "article": str,
    "article_title": str,
    "publisher": str,
    "published": str,
    "article_source": str,
    "lang": str,
}
"""Of a claim; ``source`` and ``target`` are ids of entities, ``start`` and ``end`` offsets."""

Row = dict[str, Any]


def gather_nodes(graph: ClaimGraph) -> Nodes:
    """The graph's entities, which fit into memory where its claims may not."""
    nodes = Nodes()
    for stored in graph.stored():
        nodes.add(stored)
    return nodes


def node_rows(nodes: Nodes) -> Iterator[Row]:
    """Entities in the order of their IRIs."""
    for iri, attributes in nodes.rows():
        yield {"id": iri, **attributes}


def edge_rows(graph: ClaimGraph, nodes: Nodes) -> Iterator[Row]:
    """Claims by the IRI of their article, and within it in reading order."""
    for stored in graph.stored():
        for edge in edges_of(stored, nodes):
            row = {**edge.attributes, "article_source": edge.attributes["source"]}
            row |= {"source": edge.subject, "target": edge.object, "id": edge.key}
            yield {column: row[column] for column in EDGE_COLUMNS}
