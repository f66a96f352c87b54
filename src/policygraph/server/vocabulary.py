"""The ontology, ``/ontology``: a page whose anchors are its terms, and the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.graph.terms import PREFIXES, term
from policygraph.ontology import NAMESPACE, ontology_dir
from policygraph.server.described import serialize
from policygraph.server.interface import interface_of
from policygraph.server.linked import SUFFIXES, accepted_suffix
from policygraph.server.pages import html_response
from policygraph.server.refusals import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def vocabulary(request: Request) -> Response:
    """The terms of the ontology, for people or for programs."""
    suffix = request.path_params.get("suffix") or accepted_suffix(request)
    if suffix not in SUFFIXES:
        raise RefusedError(404, f"the ontology comes as {', '.join(SUFFIXES)}")
    text = (ontology_dir() / "policygraph.ttl").read_text(encoding="utf-8")
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    if suffix != "html":
        return await serialize(triples, SUFFIXES[suffix])
    formats = {media: f"/ontology.{key}" for key, media in SUFFIXES.items() if key != "html"}
    terms = _terms(triples, interface_of(request).lang)
    return html_response(request, "vocabulary.html.j2", formats=formats, terms=terms)


def _terms(triples: list[ox.Triple], lang: str) -> list[dict[str, str]]:
    """Name, kind, label and comment of each term in a language, in the order of the file."""
    found: dict[str, dict[str, str]] = {}
    wanted = {term("rdfs:label"): "label", term("rdfs:comment"): "comment"}
    for triple in triples:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(NAMESPACE):
            continue
        line = found.setdefault(subject.value, {"name": subject.value.removeprefix(NAMESPACE)})
        if triple.predicate == term("rdf:type") and isinstance(value, ox.NamedNode):
            kind = value.value.removeprefix(PREFIXES["owl"]).removeprefix(PREFIXES["rdf"])
            line.setdefault("kind", kind.removeprefix(NAMESPACE))
        key = wanted.get(triple.predicate)
        if key and isinstance(value, ox.Literal) and value.language == lang:
            line[key] = value.value
    return list(found.values())
