"""RDF about one thing: what its document for programs holds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from policygraph.server.asking import construct, node, select
from policygraph.server.context import compact_json
from policygraph.server.documents import rdf_response
from policygraph.server.media import content_type
from policygraph.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

CLAIMS = 500
"""Claims in one document about an entity; a Link header leads to the next."""

_CLAIM = """
  { ?claim ?p ?v BIND(?claim AS ?s) }
  UNION { ?claim oa:hasTarget ?s . ?s ?p ?v }
  UNION { ?claim oa:hasTarget/oa:hasSelector ?s . ?s ?p ?v }
  UNION { ?claim prov:wasDerivedFrom ?s .
    VALUES ?p { rdf:type dcterms:title dcterms:issued dcterms:source dcterms:publisher schema:url }
    ?s ?p ?v }
  UNION { VALUES ?role { pg:subject pg:object pg:attributedTo } ?claim ?role ?s .
    VALUES ?p { rdf:type rdfs:label owl:sameAs } ?s ?p ?v }
"""


async def describe(request: Request, iri: str, kind: str, media_type: str) -> Response:
    """The description of a thing of that kind, in the format of ``media_type``."""
    site, me = site_of(request), node(iri)
    page = (
        max(1, int(number)) if (number := request.query_params.get("page", "1")).isdecimal() else 1
    )
    chosen = (
        "{ SELECT DISTINCT ?claim { VALUES ?role { pg:subject pg:object pg:attributedTo } "
        f"?claim ?role {me} }} ORDER BY ?claim LIMIT {CLAIMS} OFFSET {CLAIMS * (page - 1)} }}"
    )
    patterns = {
        "article": f"GRAPH {me} {{ ?s ?p ?v }}",
        "claim": f"VALUES ?claim {{ {me} }} {_CLAIM}",
        "entity": f"{{ {me} ?p ?v BIND({me} AS ?s) }} UNION {{ {chosen} {_CLAIM} }}",
        "other": f"{me} ?p ?v BIND({me} AS ?s)",
    }
    triples = await construct(site, f"CONSTRUCT {{ ?s ?p ?v }} WHERE {{ {patterns[kind]} }}")
    response = await serialize(triples, media_type, me if kind == "article" else None)
    if kind == "entity":
        rows = await select(
            site,
            f"SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ "
            f"VALUES ?role {{ pg:subject pg:object pg:attributedTo }} ?claim ?role {me} }}",
        )
        if int(rows[0]["n"] or 0) > CLAIMS * page:
            params = urlencode({**request.query_params, "page": page + 1})
            response.headers["Link"] = f'<{request.url.path}?{params}>; rel="next"'
    return response


async def serialize(
    triples: list[ox.Triple], media_type: str, graph: str | None = None
) -> Response:
    """Triples in the format of ``media_type``, in a named graph where the format has such."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response

    if media_type == "application/ld+json":
        headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
        return Response(await run_in_threadpool(compact_json, triples), headers=headers)
    if graph and media_type in ("application/trig", "application/n-quads"):
        name = ox.NamedNode(graph[1:-1])
        return rdf_response(
            [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples], media_type
        )
    return rdf_response(triples, media_type)
