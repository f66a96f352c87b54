"""The JSON-LD context: short names for everything that the graph's documents say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from policygraph.graph.networks import build_dataset
from policygraph.graph.terms import PREFIXES
from policygraph.ontology import load_vocabulary
from policygraph.server.documents import EXTRA_PREFIXES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_LINKS: Mapping[str, str] = {
    "subject": "pg:subject",
    "predicate": "pg:predicate",
    "object": "pg:object",
    "status": "pg:status",
    "attributedTo": "pg:attributedTo",
    "entity": "pg:entity",
    "inArticle": "pg:inArticle",
    "mentionOf": "pg:mentionOf",
    "target": "oa:hasTarget",
    "selector": "oa:hasSelector",
    "source": "oa:hasSource",
    "derivedFrom": "prov:wasDerivedFrom",
    "generatedBy": "prov:wasGeneratedBy",
    "publisher": "dcterms:publisher",
    "creator": "dcterms:creator",
    "comment": "schema:comment",
    "sameAs": "owl:sameAs",
}
_LITERALS: Mapping[str, str] = {
    "role": "pg:role",
    "rule": "pg:rule",
    "amount": "pg:amount",
    "date": "pg:date",
    "deadline": "pg:deadline",
    "text": "pg:text",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "title": "dcterms:title",
    "issued": "dcterms:issued",
    "identifier": "dcterms:identifier",
    "language": "dcterms:language",
    "label": "rdfs:label",
    "altLabel": "skos:altLabel",
    "negated": "pg:negated",
    "confidence": "pg:confidence",
    "start": "oa:start",
    "end": "oa:end",
    "position": "schema:position",
}


@cache
def load_context() -> Mapping[str, Any]:
    """The context: prefixes, the parts of claims and articles, entity types and predicates."""
    vocabulary = load_vocabulary()
    terms: dict[str, Any] = {**PREFIXES, **EXTRA_PREFIXES, "id": "@id", "type": "@type"}
    terms |= {name: {"@id": iri, "@type": "@id"} for name, iri in _LINKS.items()}
    terms |= {name: {"@id": iri} for name, iri in _LITERALS.items()}
    terms |= {name: f"pg:{name}" for name in ("Article", "Claim", "Evidence", *vocabulary.types)}
    terms |= {name: {"@id": f"pg:{name}", "@type": "@id"} for name in vocabulary.predicates}
    return terms


def compact_json(triples: Iterable[ox.Triple]) -> bytes:
    """Triples as JSON-LD in the words of the context, which stands in the document itself."""
    dataset = build_dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    content: str = dataset.default_graph.serialize(
        format="json-ld", context=dict(load_context()), use_native_types=True
    )
    return content.encode()


async def context(request: Request) -> Response:
    """The context as a file of its own, ``/context.jsonld``."""
    from starlette.responses import Response

    content = json.dumps({"@context": load_context()}, indent=2, ensure_ascii=False)
    return Response(content, media_type="application/ld+json")
