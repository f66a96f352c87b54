"""Linked data: every IRI of the graph answers here, to people and to programs.

``/id/…`` is the thing; it refers (303) to a document about it, ``/id/….html`` for people,
``.ttl``, ``.jsonld`` and others for programs, as the Accept header or the suffix says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policygraph.ontology import IDS
from policygraph.server.asking import node, select
from policygraph.server.described import describe
from policygraph.server.identifiers import ID_PATH
from policygraph.server.media import choose
from policygraph.server.refusals import RefusedError
from policygraph.server.shown import show
from policygraph.server.site import Site, site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

SUFFIXES: Mapping[str, str] = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""Documents about a thing, by what stands behind its IRI; the first is for people."""


async def thing(request: Request) -> Response:
    """The document that a path names, or the way from a thing to a document about it."""
    from starlette.responses import Response

    raw = request.scope["raw_path"].decode("ascii").removeprefix(ID_PATH)
    site = site_of(request)
    stem, _, suffix = raw.rpartition(".")
    if stem and suffix in SUFFIXES and (kind := await kind_of(site, IDS + stem)):
        return await document(request, IDS + stem, kind, suffix, ID_PATH + stem)
    if not await kind_of(site, IDS + raw):
        raise RefusedError(404, f"nothing is known here about {IDS}{raw}")
    suffix = accepted_suffix(request)
    query = request.url.query
    return Response(
        status_code=303,
        headers={
            "Location": f"{ID_PATH}{raw}.{suffix}" + (f"?{query}" if query else ""),
            "Vary": "Accept",
        },
    )


async def resource(request: Request) -> Response:
    """The document about any IRI that the graph speaks of, ``/resource?iri=…&format=…``."""
    iri = request.query_params.get("iri", "")
    suffix = request.query_params.get("format") or accepted_suffix(request)
    if suffix not in SUFFIXES:
        raise RefusedError(400, f"format must be one of {', '.join(SUFFIXES)}")
    kind = await kind_of(site_of(request), iri)
    if not kind:
        raise RefusedError(404, f"nothing is known here about {iri or 'no IRI'}")
    return await document(request, iri, kind, suffix, None)


async def document(
    request: Request, iri: str, kind: str, suffix: str, path: str | None
) -> Response:
    """What is known about a thing of that kind, as a page or as RDF."""
    if suffix != "html":
        return await describe(request, iri, kind, SUFFIXES[suffix])
    base = f"{path}." if path else f"{request.url.path}?{request.url.query}&format="
    formats = {media: base + suffix for suffix, media in SUFFIXES.items() if suffix != "html"}
    return await show(request, iri, kind, formats)


def accepted_suffix(request: Request) -> str:
    """The suffix of the document that an Accept header likes best; 406 for none."""
    media = choose(request.headers.get("accept", ""), SUFFIXES.values())
    if media is None:
        offered = ", ".join(SUFFIXES.values())
        raise RefusedError(406, f"none of the accepted types is offered; these are {offered}")
    return next(suffix for suffix, offered in SUFFIXES.items() if offered == media)


async def kind_of(site: Site, iri: str) -> str | None:
    """``entity``, ``claim``, ``article`` or ``other``; None for what the graph does not know."""
    try:
        me = node(iri)
    except ValueError as error:
        raise RefusedError(400, f"{iri!r} is no IRI") from error
    kinds = {
        "article": f"{me} a pg:Article",
        "claim": f"{me} a pg:Claim",
        "entity": f"?o pg:entity {me}",
        "other": f"{me} ?p ?v",
    }
    tests = " ".join(f'IF(EXISTS {{ {test} }}, "{kind}",' for kind, test in kinds.items())
    rows = await select(site, f'SELECT ({tests} "" {")" * len(kinds)} AS ?kind) {{}}')
    return str(rows[0]["kind"]) or None
