"""The SPARQL 1.1 service description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.server.documents import (
    accepted_graph,
    parse_turtle,
    rdf_response,
    turtle_prefixes,
)
from policygraph.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

DESCRIPTION = """
<> a sd:Service ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML,
    formats:SPARQL_Results_CSV, formats:SPARQL_Results_TSV,
    formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD,
    formats:TriG, formats:N-Quads ;
  sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] ;
  rdfs:seeAlso </dataset> .
"""


def describe_service(request: Request) -> Response:
    """What the endpoint can do, in the format that the request accepts."""
    base = str(request.url.replace(query=""))
    text = turtle_prefixes() + DESCRIPTION
    if site_of(request).token:
        text += "<> sd:supportedLanguage sd:SPARQL11Update .\n"
    return rdf_response(parse_turtle(text, base), accepted_graph(request))
