"""What the graph is, how large, and where to ask: VoID and DCAT, at ``/dataset``.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph import __version__
from policygraph.graph.terms import VOCABULARY
from policygraph.ontology import IDS, NAMESPACE
from policygraph.server.asking import select
from policygraph.server.described import serialize
from policygraph.server.documents import parse_turtle, turtle_prefixes
from policygraph.server.interface import load_words
from policygraph.server.linked import SUFFIXES, accepted_suffix
from policygraph.server.media import GRAPH_TYPES
from policygraph.server.pages import html_response
from policygraph.server.refusals import RefusedError, TooSlowError
from policygraph.server.site import Site, site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


FRESH = 300.0
"""Seconds for which a count is good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Counts over the whole graph; predicates by name, from most to least frequent."""

    triples: int
    articles: int
    entities: int
    claims: int
    predicates: Mapping[str, int]


async def dataset(request: Request) -> Response:
    """The description of the dataset, for people or for programs."""
    suffix = request.path_params.get("suffix") or accepted_suffix(request)
    if suffix not in SUFFIXES:
        raise RefusedError(404, f"the description comes as {', '.join(SUFFIXES)}")
    size = await _size(request)
    if suffix != "html":
        text = turtle_prefixes() + describe(size)
        return await serialize(parse_turtle(text, str(request.base_url)), SUFFIXES[suffix])
    formats = {media: f"/dataset.{key}" for key, media in SUFFIXES.items() if key != "html"}
    return html_response(request, "dataset.html.j2", formats=formats, size=size)


async def well_known(request: Request) -> Response:
    """``/.well-known/void`` leads to the description (VoID, 7.2)."""
    from starlette.responses import RedirectResponse

    return RedirectResponse("/dataset", status_code=302)


async def _size(request: Request) -> Size | None:
    """The size as measured in the last ``FRESH`` seconds; None where that takes too long."""
    state = request.app.state
    now = time.monotonic()
    if getattr(state, "measured", None) is None or now - state.measured[0] > FRESH:
        try:
            state.measured = now, await measure(site_of(request))
        except TooSlowError:
            state.measured = now, None
    size: Size | None = state.measured[1]
    return size


async def measure(site: Site) -> Size:
    """Count what the articles hold.

    Raises:
        TooSlowError: the graph is too large to be counted while somebody waits.
    """

    async def count(pattern: str, what: str = "DISTINCT ?x") -> int:
        rows = await select(site, f"SELECT (COUNT({what}) AS ?n) {{ {pattern} }}")
        return int(rows[0]["n"] or 0)

    rows = await select(
        site,
        "SELECT ?p (COUNT(*) AS ?n) { ?c pg:predicate ?p } GROUP BY ?p ORDER BY DESC(?n) ?p",
    )
    predicates = {str(row["p"]).removeprefix(NAMESPACE): int(row["n"] or 0) for row in rows}
    return Size(
        triples=await count("?s ?p ?o", "*"),
        articles=await count("?x a pg:Article"),
        entities=await count("?o pg:entity ?x"),
        claims=sum(predicates.values()),
        predicates=predicates,
    )


def describe(size: Size | None) -> str:
    """The description as Turtle, without prefixes; IRIs are relative to the server's root."""
    words = load_words()
    titles, texts = (
        ", ".join(str(ox.Literal(words[lang][key], language=lang)) for lang in words)
        for key in ("dataset_title", "dataset_text")
    )
    formats = {name: kind for kind, name in GRAPH_TYPES.items() if kind != "text/plain"}
    distributions = "".join(
        f"<dataset#{name}> a dcat:Distribution ; dcat:accessURL <data?default> ;\n"
        f"  dcat:mediaType <https://www.iana.org/assignments/media-types/{media_type}> .\n"
        for name, media_type in formats.items()
    )
    return f"""
<dataset#this> a void:Dataset, dcat:Dataset ;
  dcterms:title {titles} ;
  dcterms:description {texts} ;
  dcterms:language "en", "fr" ;
  dcterms:creator "policygraph {__version__}" ;
  dcat:landingPage <./> ;
  dcat:distribution {", ".join(f"<dataset#{name}>" for name in formats)} ;
  void:sparqlEndpoint <sparql> ;
  void:uriSpace "{IDS}" ;
  void:vocabulary <{NAMESPACE}>, <http://www.w3.org/ns/prov#>, <http://www.w3.org/ns/oa#> ;
  void:feature formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML ;
  rdfs:seeAlso <context.jsonld>, <{VOCABULARY.value}> .
<sparql> a dcat:DataService ;
  dcterms:title "SPARQL 1.1" ; dcat:endpointURL <sparql> ; dcat:endpointDescription <sparql> ;
  dcterms:conformsTo <http://www.w3.org/TR/sparql11-protocol/> ; dcat:servesDataset <dataset#this> .
<dataset> a void:DatasetDescription ; foaf:primaryTopic <dataset#this> .
{distributions}{_counts(size) if size else ""}"""


def _counts(size: Size) -> str:
    classes = {"Article": size.articles, "Claim": size.claims}
    return "".join(
        [
            f"<dataset#this> void:triples {size.triples} ; void:documents {size.articles} ;\n"
            f"  void:entities {size.entities} .\n",
            *(
                f"<dataset#this> void:classPartition <dataset#{name}> .\n"
                f"<dataset#{name}> void:class pg:{name} ; void:entities {n} .\n"
                for name, n in classes.items()
            ),
            *(
                f"<dataset#this> void:propertyPartition <dataset#{name}> .\n"
                f"<dataset#{name}> void:property pg:{name} ; void:triples {n} .\n"
                for name, n in size.predicates.items()
            ),
        ]
    )
