"""Reads graphs by name: the SPARQL 1.1 Graph Store Protocol (``/data``), its GET and HEAD.

https://www.w3.org/TR/sparql11-http-rdf-update/. The default graph is the union of the others;
most of these are articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox

from policygraph.server.connection import while_connected
from policygraph.server.documents import accepted_graph
from policygraph.server.media import GRAPH_TYPES, content_type
from policygraph.server.protocol import all_of, pairs
from policygraph.server.refusals import RefusedError
from policygraph.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def graph_store(request: Request) -> Response:
    """The graph that the request names by ``?graph=IRI`` or ``?default``."""
    from starlette.responses import Response

    name = _graph_name(request)
    media_type = accepted_graph(request)
    pattern = f"GRAPH {name} {{ ?s ?p ?o }}" if name else "?s ?p ?o"
    pool = site_of(request).queries
    if name:
        known = await pool.run(f"ASK {{ {pattern} }}", solutions="csv")
        if known.content.strip() != b"true":
            raise RefusedError(404, f"no graph {name} here; articles name the graphs")
    answer = await while_connected(
        request,
        pool.run(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", graph=GRAPH_TYPES[media_type]),
    )
    headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
    return Response(answer.content, headers=headers)


def _graph_name(request: Request) -> ox.NamedNode | None:
    """The graph asked for; None for the default graph."""
    params = pairs(request.scope["query_string"])
    names, default = all_of(params, "graph"), all_of(params, "default")
    if len(names) + len(default) != 1:
        raise RefusedError(400, "name one graph: ?graph=IRI, or ?default")
    if default:
        return None
    try:
        return ox.NamedNode(urljoin(str(request.url.replace(query="")), names[0]))
    except ValueError as error:
        raise RefusedError(400, f"the graph name {names[0]!r} is no IRI") from error
