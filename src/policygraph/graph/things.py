"""What the articles of a graph say of each IRI, for judging which of them are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from policygraph.graph.terms import ARTICLES, PREFIXES, term
from policygraph.ontology import ENTITIES, load_vocabulary
from policygraph.resolve.pairs import Thing

_KINDS = frozenset({"Date", "Money", "Group", "Technology"})
"""Types of things that are never merged: values, and kinds rather than things."""


def things(store: ox.Store) -> Iterator[Thing]:
    """Every entity of the articles' own graphs, under the IRI that it was read with."""
    occurrences: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, set[str]] = defaultdict(set)
    inside: dict[str, set[str]] = defaultdict(set)
    for occurrence, iri, article in _named(store, "pg:entity"):
        occurrences[occurrence] = iri
        articles[iri].add(article)
        inside[article].add(iri)
    for iri, name, _ in _named(store, "skos:prefLabel"):
        names[iri].add(name)
    for occurrence, name, _ in _named(store, "pg:name"):
        if not _is_known(iri := occurrences[occurrence]):  # others were weighed when linking
            names[iri].add(name)
    types: dict[str, set[str]] = defaultdict(set)
    for kind in load_vocabulary().types:  # all nodes of articles have types, entities are few
        for iri, _, _ in _named(store, "rdf:type", term(f"pg:{kind}")):
            types[iri].add(kind)
    wikidata = {
        iri: value.removeprefix(PREFIXES["wd"]) for iri, value, _ in _named(store, "owl:sameAs")
    }
    for iri in sorted(articles):
        if types[iri] & _KINDS or not any(_has_capital(name) for name in names[iri]):
            continue
        yield Thing(
            iri=iri,
            names=tuple(sorted(names[iri])),
            types=frozenset(types[iri]),
            known=_is_known(iri),
            wikidata=wikidata.get(iri),
            articles=frozenset(articles[iri]),
            company=frozenset(_company(iri, articles[iri], inside)),
        )


def _has_capital(name: str) -> bool:
    return any(c.isdigit() or (c.isalpha() and not c.islower()) for c in name)


def _is_known(iri: str) -> bool:
    """Whether an IRI is made of a slug of the authority file, as no other is."""
    return iri.startswith(ENTITIES) and "/" not in iri.removeprefix(ENTITIES)


_ENOUGH = 20
"""Articles after which a thing's company is known well enough."""


def _company(iri: str, articles: set[str], inside: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for article in sorted(articles)[:_ENOUGH]:
        found |= inside[article]
    return found - {iri}


def _named(
    store: ox.Store, predicate: str, object: ox.NamedNode | None = None
) -> Iterator[tuple[str, str, str]]:
    """Subject, object and named graph of the triples of that predicate in articles."""
    for quad in store.quads_for_pattern(None, term(predicate), object, None):
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if (
            isinstance(graph, ox.NamedNode)
            and graph.value.startswith(ARTICLES)
            and isinstance(subject, ox.NamedNode)
            and isinstance(value, ox.NamedNode | ox.Literal)
        ):
            yield subject.value, value.value, graph.value
