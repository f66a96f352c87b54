"""RDF that the server writes itself, in whichever format a client accepts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.graph.rows import GRAPH_FORMATS
from policygraph.graph.terms import PREFIXES
from policygraph.server.media import GRAPH_TYPES, choose, content_type
from policygraph.server.refusals import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

EXTRA_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}


def parse_turtle(text: str, base: str) -> list[ox.Triple]:
    """The triples of a Turtle text, whose relative IRIs start from ``base``."""
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base)
    return [quad.triple for quad in quads]


def turtle_prefixes() -> str:
    """``@prefix`` lines for all prefixes."""
    known = {**PREFIXES, **EXTRA_PREFIXES}
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in known.items())


def accepted_graph(request: Request) -> str:
    """The graph format that a request asks for; refused with 406 when it is none of ours."""
    media_type = choose(request.headers.get("accept", ""), GRAPH_TYPES)
    if media_type is None:
        offered = ", ".join(GRAPH_TYPES)
        raise RefusedError(406, f"none of the accepted types is offered; these are {offered}")
    return media_type


def rdf_response(triples: Iterable[ox.Triple] | Iterable[ox.Quad], media_type: str) -> Response:
    """Triples or quads in the format of ``media_type``, one of ``GRAPH_TYPES``."""
    from starlette.responses import Response

    content = ox.serialize(
        triples,
        format=GRAPH_FORMATS[GRAPH_TYPES[media_type]],
        prefixes={**PREFIXES, **EXTRA_PREFIXES},
    )
    headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
    return Response(content or b"", headers=headers)
