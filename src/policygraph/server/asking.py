"""What the server's own pages ask the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from policygraph.graph import Rows
from policygraph.server.site import Site


async def select(site: Site, query: str) -> Rows:
    """The rows of a SELECT query."""
    answer = await site.pages.run(query, solutions="json")
    return Rows("select", answer.content)


async def construct(site: Site, query: str) -> list[ox.Triple]:
    """The triples of a CONSTRUCT query, in the order of N-Triples."""
    answer = await site.pages.run(query, graph="nt")
    quads = ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)
    return sorted((quad.triple for quad in quads), key=str)


def node(iri: str) -> str:
    """An IRI as a query writes it; ``ValueError`` for what is none."""
    return str(ox.NamedNode(iri))


def nodes(iris: Iterable[str]) -> str:
    """IRIs as the values of a VALUES clause."""
    return " ".join(node(iri) for iri in iris)


async def names_of(site: Site, iris: Iterable[str], lang: str) -> Mapping[str, str]:
    """A name for each entity: in that language, or in any; its IRI where it has none."""
    wanted = {*iris}
    rows = await select(
        site,
        f"""
        SELECT ?x (MIN(STR(?best)) AS ?first) (MIN(?own) AS ?second) (MIN(STR(?any)) AS ?third) {{
          VALUES ?x {{ {nodes(sorted(wanted))} }}
          ?x rdfs:label ?any
          BIND(IF(LANG(?any) = "{lang}", STR(?any), ?none) AS ?own)
          OPTIONAL {{ ?x skos:prefLabel ?best FILTER(LANG(?best) = "{lang}") }}
        }} GROUP BY ?x
        """,
    )
    found = {str(row["x"]): str(row["first"] or row["second"] or row["third"]) for row in rows}
    return {iri: found.get(iri, iri) for iri in wanted}
