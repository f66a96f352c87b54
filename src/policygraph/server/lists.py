"""Lists to begin with: all entities and all articles, a page at a time, searched by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.ontology import ENTITIES, NAMESPACE, load_vocabulary
from policygraph.server.asking import names_of, select
from policygraph.server.interface import interface_of
from policygraph.server.pages import html_response
from policygraph.server.shown import page_number
from policygraph.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

PAGE = 50
"""Lines on a page."""

_VALUES = ("Date", "Money")


async def entities(request: Request) -> Response:
    """Entities, those of the most articles first; dates and amounts are none to look up."""
    words, kind = request.query_params.get("q", "").strip(), request.query_params.get("type", "")
    known = load_vocabulary().types
    page, site = page_number(request), site_of(request)
    named = f"""
      {{ SELECT DISTINCT ?x {{
        ?x rdfs:label|skos:altLabel ?name FILTER(CONTAINS(LCASE(STR(?name)), {_lower(words)}))
      }} }}
    """
    values = " && ".join(f'!STRSTARTS(STR(?x), "{ENTITIES}{name.lower()}/")' for name in _VALUES)
    rows = await select(
        site,
        f"""
        SELECT ?x ?n (MIN(?t) AS ?type) {{
          {{ SELECT ?x ?n {{
            {{ SELECT ?x (COUNT(*) AS ?n) {{
              {named if words else ""}
              {f"?x a <{NAMESPACE}{kind}> ." if kind in known else ""}
              ?occurrence pg:entity ?x
            }} GROUP BY ?x }}
            FILTER({values})
          }} ORDER BY DESC(?n) ?x LIMIT {PAGE + 1} OFFSET {PAGE * (page - 1)} }}
          ?x a ?t
        }} GROUP BY ?x ?n ORDER BY DESC(?n) ?x
        """,
    )
    found = [
        (str(row["x"]), str(row["type"]).removeprefix(NAMESPACE), int(row["n"] or 0))
        for row in rows[:PAGE]
    ]
    return html_response(
        request,
        "entities.html.j2",
        words=words,
        type=kind,
        types=[name for name in known if name not in _VALUES],
        found=found,
        names=await names_of(site, (iri for iri, _, _ in found), interface_of(request).lang),
        page=page,
        more=len(rows) > PAGE,
    )


async def articles(request: Request) -> Response:
    """Articles, the newest first."""
    words, page = request.query_params.get("q", "").strip(), page_number(request)
    search = f"""
      ?a pg:text ?text
      FILTER(CONTAINS(LCASE(STR(?title)), {_lower(words)})
          || CONTAINS(LCASE(?text), {_lower(words)}))
    """
    rows = await select(
        site_of(request),
        f"""
        SELECT ?a ?title ?published ?publisher ?lang (COUNT(?claim) AS ?n) {{
          {{ SELECT ?a ?title ?published ?publisher ?lang {{
            ?a a pg:Article ; dcterms:language ?lang .
            OPTIONAL {{ ?a dcterms:title ?title }}
            OPTIONAL {{ ?a dcterms:issued ?published }}
            OPTIONAL {{ ?a dcterms:publisher ?house OPTIONAL {{ ?house schema:name ?publisher }} }}
            {search if words else ""}
          }} ORDER BY DESC(STR(?published)) ?a LIMIT {PAGE + 1} OFFSET {PAGE * (page - 1)} }}
          OPTIONAL {{ ?claim prov:wasDerivedFrom ?a }}
        }} GROUP BY ?a ?title ?published ?publisher ?lang ORDER BY DESC(STR(?published)) ?a
        """,
    )
    return html_response(
        request,
        "articles.html.j2",
        words=words,
        found=[row.as_dict() for row in rows[:PAGE]],
        page=page,
        more=len(rows) > PAGE,
    )


def _lower(words: str) -> ox.Literal:
    return ox.Literal(words.lower())
