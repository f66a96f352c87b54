"""What the articles of a graph say of each IRI, for judging which of them are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import itemgetter

import pyoxigraph as ox

from policygraph.graph.terms import ARTICLES, PREFIXES, term
from policygraph.ontology import ENTITIES, NAMESPACE, load_vocabulary
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
        iri: value.removeprefix(PREFIXES["wd"])
        for iri, value, _ in sorted(_named(store, "owl:sameAs"), key=itemgetter(2, 1))
    }
    for iri in sorted(articles):
        found = _thing(
            iri, names[iri], types[iri], wikidata.get(iri), articles[iri], inside.__getitem__
        )
        if found is not None:
            yield found


def thing_of(store: ox.Store, iri: str) -> Thing | None:
    """The entity of one IRI, as ``things`` gives it; None where it gives none."""
    node = ox.NamedNode(iri)
    names = {value for value, _ in _values(store, node, "skos:prefLabel")}
    articles = set()
    for quad in store.quads_for_pattern(None, term("pg:entity"), node, None):
        if isinstance(quad.graph_name, ox.NamedNode) and _is_article(quad.graph_name):
            articles.add(quad.graph_name.value)
            if not _is_known(iri) and isinstance(quad.subject, ox.NamedNode):
                names.update(value for value, _ in _values(store, quad.subject, "pg:name"))
    known_types = load_vocabulary().types
    kinds = (v.removeprefix(NAMESPACE) for v, _ in _values(store, node, "rdf:type"))
    qids = sorted((graph, value) for value, graph in _values(store, node, "owl:sameAs"))
    return _thing(
        iri,
        names,
        {kind for kind in kinds if kind in known_types},
        qids[-1][1].removeprefix(PREFIXES["wd"]) if qids else None,
        articles,
        lambda article: entities_in(store, article),
    )


def entities_in(store: ox.Store, article: str) -> set[str]:
    """The IRIs of the entities of an article."""
    found = store.quads_for_pattern(None, term("pg:entity"), None, ox.NamedNode(article))
    return {quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)}


def _thing(
    iri: str,
    names: set[str],
    types: set[str],
    wikidata: str | None,
    articles: set[str],
    inside: Callable[[str], set[str]],
) -> Thing | None:
    """The thing that articles make of an IRI; None where it is none, or is never merged."""
    if not articles or types & _KINDS or not any(_has_capital(name) for name in names):
        return None
    company = {other for article in sorted(articles)[:_ENOUGH] for other in inside(article)}
    return Thing(
        iri=iri,
        names=tuple(sorted(names)),
        types=frozenset(types),
        known=_is_known(iri),
        wikidata=wikidata,
        articles=frozenset(articles),
        company=frozenset(company - {iri}),
    )


def _has_capital(name: str) -> bool:
    return any(c.isdigit() or (c.isalpha() and not c.islower()) for c in name)


def _is_known(iri: str) -> bool:
    """Whether an IRI is made of a slug of the authority file, as no other is."""
    return iri.startswith(ENTITIES) and "/" not in iri.removeprefix(ENTITIES)


_ENOUGH = 20
"""Articles after which a thing's company is known well enough."""


def _is_article(graph: ox.NamedNode) -> bool:
    return graph.value.startswith(ARTICLES)


def _named(
    store: ox.Store, predicate: str, object: ox.NamedNode | None = None
) -> Iterator[tuple[str, str, str]]:
    """Subject, object and named graph of the triples of that predicate in articles."""
    for quad in store.quads_for_pattern(None, term(predicate), object, None):
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if (
            isinstance(graph, ox.NamedNode)
            and _is_article(graph)
            and isinstance(subject, ox.NamedNode)
            and isinstance(value, ox.NamedNode | ox.Literal)
        ):
            yield subject.value, value.value, graph.value


def _values(store: ox.Store, node: ox.NamedNode, predicate: str) -> Iterator[tuple[str, str]]:
    """Values of a node's predicate in articles, each with the article's graph."""
    for quad in store.quads_for_pattern(node, term(predicate), None, None):
        value, graph = quad.object, quad.graph_name
        if (
            isinstance(graph, ox.NamedNode)
            and _is_article(graph)
            and isinstance(value, ox.NamedNode | ox.Literal)
        ):
            yield value.value, graph.value
