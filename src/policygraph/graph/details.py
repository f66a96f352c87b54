"""What a store says of claims and entities, for those who need many of them and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

import pyoxigraph as ox

from policygraph.graph.sparql import evaluate
from policygraph.graph.terms import PREFIXES, term
from policygraph.ontology import NAMESPACE, load_vocabulary

CLAIM_PARTS = """
  ?claim pg:subject ?subject ; pg:predicate ?predicate ; pg:object ?object ;
         pg:status ?status ; pg:negated ?negated ; pg:confidence ?confidence ;
         oa:hasTarget/oa:hasSelector ?quotation ; prov:wasDerivedFrom ?article .
  ?quotation oa:exact ?exact .
  OPTIONAL { ?quotation oa:prefix ?before }
  OPTIONAL { ?quotation oa:suffix ?after }
  OPTIONAL { ?claim pg:attributedTo ?speaker }
  OPTIONAL { ?claim pg:date ?date }
  OPTIONAL { ?claim pg:deadline ?deadline }
  OPTIONAL { ?claim pg:amount ?amount }
  OPTIONAL { ?claim pg:role ?role }
  OPTIONAL { ?claim pg:rule ?rule }
  OPTIONAL { ?article dcterms:title ?title }
  OPTIONAL { ?article dcterms:issued ?published }
  OPTIONAL { ?article dcterms:publisher ?house OPTIONAL { ?house schema:name ?publisher } }
  OPTIONAL { ?article dcterms:language ?lang }
  OPTIONAL { ?article dcterms:source ?source }
"""
"""A pattern that matches a claim once, with its words and its article."""

_BATCH = 500
"""Things that one query asks about."""

_ALL = ox.DefaultGraph()

_OPTIONS = ("date", "deadline", "amount", "role")


def _batches(things: Collection[str]) -> Iterator[str]:
    """The things as values of VALUES clauses, in order."""
    ordered = iter(sorted(things))
    while batch := [str(ox.NamedNode(thing)) for thing in islice(ordered, _BATCH)]:
        yield " ".join(batch)


def edges(
    store: ox.Store, claims: Collection[str]
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Subject, object, IRI and attributes of claims, in no order.

    The attributes are those of ``ClaimGraph.to_networkx`` but ``start`` and ``end``.
    """
    predicates = load_vocabulary().predicates
    for batch in _batches(claims):
        for row in _rows(store, f"SELECT * {{ VALUES ?claim {{ {batch} }} {CLAIM_PARTS} }}"):
            predicate = row["predicate"].removeprefix(NAMESPACE)
            labels = predicates[predicate].labels if predicate in predicates else {}
            speaker = row.get("speaker")
            before, exact, after = row.get("before", ""), row["exact"], row.get("after", "")
            attributes: dict[str, Any] = {
                "predicate": predicate,
                "label_en": labels.get("en", predicate),
                "label_fr": labels.get("fr", predicate),
                "status": row["status"].removeprefix(NAMESPACE),
                "negated": row["negated"] == "true",
                "confidence": float(row["confidence"]),
                **{name: row.get(name) for name in _OPTIONS},
                "speaker": _first(_names(store, speaker), speaker) if speaker else None,
                "speaker_iri": speaker,
                "article": row["article"],
                "article_title": row.get("title"),
                "publisher": row.get("publisher"),
                "published": row.get("published"),
                "source": row.get("source"),
                "lang": row.get("lang"),
                "evidence": exact,
                "sentence": before + exact + after,
            }
            yield row["subject"], row["object"], row["claim"], attributes


def entities_of(store: ox.Store, entities: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """IRIs, in order, and attributes as ``ClaimGraph.to_networkx`` gives them."""
    counts = {
        row["x"]: (int(row["mentions"]), int(row["articles"]))
        for batch in _batches(entities)
        for row in _rows(
            store,
            f"""
            SELECT ?x (SUM(?n) AS ?mentions) (COUNT(DISTINCT ?a) AS ?articles) {{
              VALUES ?x {{ {batch} }} ?o pg:entity ?x ; pg:mentionCount ?n ; pg:inArticle ?a
            }} GROUP BY ?x
            """,
        )
    }
    for entity in sorted(entities):
        names = _names(store, entity)
        types = {iri.removeprefix(NAMESPACE) for iri in links(store, entity, "rdf:type")}
        same = links(store, entity, "owl:sameAs")
        mentions, articles = counts.get(entity, (0, 0))
        yield (
            entity,
            {
                "label": _first(names, entity),
                "label_en": names.get("en"),
                "label_fr": names.get("fr"),
                "type": min(types & load_vocabulary().types.keys(), default="Entity"),
                "wikidata": min((iri.removeprefix(PREFIXES["wd"]) for iri in same), default=None),
                "mentions": mentions,
                "articles": articles,
            },
        )


def links(store: ox.Store, subject: str, predicate: str) -> list[str]:
    """The IRIs that a thing has for a predicate."""
    found = store.quads_for_pattern(ox.NamedNode(subject), term(predicate), None, _ALL)
    return [quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)]


def _names(store: ox.Store, entity: str) -> dict[str, str]:
    """The name in each language ("" for none) that stands for the entity today."""
    names: dict[str, str] = {}
    for label in ("skos:prefLabel", "rdfs:label"):
        for quad in store.quads_for_pattern(ox.NamedNode(entity), term(label), None, _ALL):
            if isinstance(quad.object, ox.Literal):
                names.setdefault(quad.object.language or "", quad.object.value)
    return names


def _first(names: Mapping[str, str], entity: str) -> str:
    ranked = sorted(names, key=lambda language: (language != "en", language != "fr", language))
    return names[ranked[0]] if ranked else entity


def _rows(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    """Solutions as texts, without what is not bound."""
    results = evaluate(store, query)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    for solution in results:
        yield {name: value.value for name in names if (value := solution[name]) is not None}
