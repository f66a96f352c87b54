"""The graph for other libraries: NetworkX and rdflib."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from policygraph.graph.reading import StoredArticle
from policygraph.graph.terms import PREFIXES
from policygraph.model import Claim
from policygraph.ontology import load_vocabulary

if TYPE_CHECKING:
    import networkx
    import rdflib

_VALUES = ("Date", "Money")


class _Node:
    """What all articles together say of an entity."""

    def __init__(self) -> None:
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)
        self.types: Counter[str] = Counter()
        self.wikidata: set[str] = set()
        self.mentions = 0
        self.articles = 0

    def label(self, *languages: str) -> str | None:
        """The most frequent name in the first of the languages that has one."""
        for language in languages:
            if names := self.labels.get(language):
                return min(names, key=lambda name: (-names[name], name))
        return None

    def attributes(self) -> dict[str, Any]:
        return {
            "label": self.label("en", "fr", *sorted(self.labels)),
            "label_en": self.label("en"),
            "label_fr": self.label("fr"),
            "type": min(self.types, key=lambda kind: (-self.types[kind], kind)),
            "wikidata": min(self.wikidata, default=None),
            "mentions": self.mentions,
            "articles": self.articles,
        }


class Nodes:
    """The things that claims are about, gathered from all articles; dates and amounts are none.

    A thing's label, names and type are those that most articles give it.
    """

    def __init__(self) -> None:
        self._nodes: dict[str, _Node] = defaultdict(_Node)

    def add(self, stored: StoredArticle) -> None:
        """Count in what an article says of its entities."""
        for entity in stored.record.entities:
            if entity.type in _VALUES:
                continue
            iri = stored.entities[entity.id]
            node = self._nodes[iri]
            for language, name in stored.labels[iri].items():
                node.labels[language][name] += 1
            node.types[entity.type] += 1
            node.wikidata |= {entity.wikidata} if entity.wikidata else set()
            node.mentions += len(entity.mentions)
            node.articles += 1

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """IRIs with their attributes, in order."""
        for iri in sorted(self._nodes):
            yield iri, self._nodes[iri].attributes()

    def label(self, iri: str) -> str | None:
        """The name of a node, English if there is one."""
        return self._nodes[iri].attributes()["label"] if iri in self._nodes else None


@dataclass(frozen=True, slots=True)
class Edge:
    """A claim between two nodes, by their IRIs; ``key`` is the claim's own."""

    subject: str
    object: str
    key: str
    attributes: dict[str, Any]


def edges_of(stored: StoredArticle, nodes: Nodes) -> Iterator[Edge]:
    """The claims of an article, in its order; ``nodes`` gives the names of speakers."""
    for number, claim in enumerate(stored.record.claims):
        speaker = stored.entities[claim.attributed_to] if claim.attributed_to else None
        attributes = _edge(stored, number, claim)
        attributes["speaker"] = nodes.label(speaker) if speaker else None
        attributes["speaker_iri"] = speaker
        ends = stored.entities[claim.subject], stored.entities[claim.object]
        yield Edge(*ends, stored.claims[number], attributes)


def build_network(articles: Iterable[StoredArticle]) -> networkx.MultiDiGraph[str]:
    """Entities as nodes, claims as edges; dates and amounts are qualifiers, not nodes."""
    import networkx

    nodes = Nodes()
    kept = []
    for stored in articles:
        nodes.add(stored)
        kept.append(stored)
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for iri, attributes in nodes.rows():
        network.add_node(iri, **attributes)
    edges = [edge for stored in kept for edge in edges_of(stored, nodes)]
    for edge in sorted(edges, key=lambda edge: (edge.subject, edge.object, edge.key)):
        network.add_edge(edge.subject, edge.object, key=edge.key, **edge.attributes)
    return network


def _edge(stored: StoredArticle, number: int, claim: Claim) -> dict[str, Any]:
    article = stored.record.article
    labels = load_vocabulary().predicates[claim.predicate].labels
    return {
        "predicate": claim.predicate,
        "label_en": labels["en"],
        "label_fr": labels["fr"],
        "status": claim.status.value,
        "negated": claim.negated,
        "confidence": claim.confidence,
        "date": claim.date,
        "deadline": claim.deadline,
        "amount": claim.amount,
        "role": claim.role,
        "article": stored.iri,
        "article_title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "source": article.source,
        "lang": article.lang,
        "evidence": claim.evidence.text,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "sentence": stored.sentences[number],
    }


def build_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """An rdflib Dataset with the project's prefixes; its default graph is the union."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    graphs: dict[str, rdflib.Graph] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if name not in graphs:
            graphs[name] = dataset.graph(rdflib.URIRef(name)) if name else dataset.default_graph
        graphs[name].add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return dataset


def _term(term: object) -> Any:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"rdflib has no term for {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == PREFIXES["xsd"] + "string":
        return rdflib.Literal(term.value)
    # normalize=False: a date such as "2020-08" stays as it is written
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
