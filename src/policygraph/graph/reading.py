"""From the quads of an article's graph back to its record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from policygraph.errors import StoreError
from policygraph.graph.terms import PREFIXES, term
from policygraph.graph.writing import local_iri
from policygraph.model import (
    Article,
    Claim,
    Comment,
    Entity,
    Evidence,
    Mention,
    PageStart,
    Place,
    Record,
    Status,
)
from policygraph.ontology import NAMESPACE, load_vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """A record as the graph holds it, with the IRIs that the graph gave to its parts.

    ``entities`` gives IRIs by the record's entity ids, ``claims`` the IRIs of the claims in
    the record's order, ``labels`` the names of each entity IRI by language ("" for none),
    ``sentences`` the evidence of each claim with a little context.
    """

    iri: str
    record: Record
    entities: Mapping[str, str]
    claims: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    sentences: tuple[str, ...]


def read_article(quads: Iterable[Quad]) -> StoredArticle:
    """Read one article's graph; ``StoreError`` when it is not as ``write_record`` made it."""
    facts = _Facts(quads)
    found = facts.of_type("pg:Article")
    if len(found) != 1:
        raise StoreError(
            f"expected one article in a named graph, found {len(found)}; "
            "the graph was changed by another program: ingest the article again"
        )
    try:
        return _read(facts, found[0])
    except (KeyError, ValueError) as error:
        raise StoreError(
            f"{found[0].value}: the article's graph is damaged ({error}); "
            "remove the article and ingest it again"
        ) from error


def _read(facts: _Facts, node: NamedNode) -> StoredArticle:
    iris, entities = _entities(facts, node)
    ids = {iri: id for id, iri in iris.items()}
    claims = facts.in_order(facts.of_type("pg:Claim"))
    labels = {
        iri: {o.language or "": o.value for o in facts.literals(NamedNode(iri), "rdfs:label")}
        for iri in iris.values()
    }
    read = [_claim(facts, claim, ids) for claim in claims]
    agents = [facts.text(agent, "rdfs:label") for agent in facts.of_type("prov:SoftwareAgent")]
    return StoredArticle(
        iri=node.value,
        record=Record(
            id=facts.text(node, "dcterms:identifier"),
            article=_article(facts, node),
            entities=entities,
            claims=tuple(claim for claim, _ in read),
            software=agents[0] if agents else None,
            unread=facts.find(node, "pg:unread"),
        ),
        entities=iris,
        claims=tuple(claim.value for claim in claims),
        labels=labels,
        sentences=tuple(sentence for _, sentence in read),
    )


def _article(facts: _Facts, node: NamedNode) -> Article:
    publisher = facts.link(node, "dcterms:publisher")
    authors = facts.in_order(facts.links(node, "dcterms:creator"))
    comments = facts.in_order(facts.links(node, "schema:comment"))
    return Article(
        source=facts.text(node, "dcterms:source"),
        text=facts.text(node, "pg:text"),
        lang=facts.text(node, "dcterms:language"),
        title=facts.find(node, "dcterms:title"),
        subtitle=facts.find(node, "dcterms:alternative"),
        published=facts.find(node, "dcterms:issued"),
        published_note=facts.find(node, "pg:dateNote"),
        modified=facts.find(node, "dcterms:modified"),
        publisher=facts.text(publisher, "schema:name") if publisher else None,
        authors=tuple(facts.text(author, "schema:name") for author in authors),
        url=facts.find(node, "schema:url"),
        tags=tuple(tag.value for tag in facts.literals(node, "schema:keywords")),
        places=tuple(map(Place.parse, (facts.find(node, "pg:places") or "").split())),
        pages=tuple(map(PageStart.parse, (facts.find(node, "pg:pages") or "").split())),
        comments=tuple(
            Comment(
                text=facts.text(comment, "schema:text"),
                author=facts.find(comment, "schema:author"),
                published=facts.find(comment, "schema:dateCreated"),
            )
            for comment in comments
        ),
    )


def _entities(facts: _Facts, node: NamedNode) -> tuple[dict[str, str], tuple[Entity, ...]]:
    mentions: dict[NamedNode, list[Mention]] = defaultdict(list)
    for mention in facts.of_type("pg:Mention"):
        start, end = int(facts.text(mention, "oa:start")), int(facts.text(mention, "oa:end"))
        mentions[facts.links(mention, "pg:mentionOf")[0]].append(
            Mention(start, end, facts.text(mention, "oa:exact"))
        )
    types = load_vocabulary().types
    iris: dict[str, str] = {}
    entities = []
    for occurrence in facts.in_order(facts.of_type("pg:Occurrence")):
        id = facts.text(occurrence, "dcterms:identifier")
        [entity] = facts.links(occurrence, "pg:entity")
        [kind] = [
            name
            for value in facts.links(entity, "rdf:type")
            if (name := value.value.removeprefix(NAMESPACE)) in types
        ]
        same = facts.link(entity, "owl:sameAs")
        sure = facts.find(occurrence, "pg:linkConfidence")
        iris[id] = entity.value
        entities.append(
            Entity(
                id=id,
                name=facts.text(occurrence, "pg:name"),
                type=kind,
                iri=None if entity.value == local_iri(node.value, id) else entity.value,
                wikidata=same.value.removeprefix(PREFIXES["wd"]) if same else None,
                link_confidence=float(sure) if sure else None,
                mentions=tuple(sorted(mentions[occurrence], key=lambda m: (m.start, m.end))),
            )
        )
    return iris, tuple(entities)


def _claim(facts: _Facts, node: NamedNode, ids: Mapping[str, str]) -> tuple[Claim, str]:
    """A claim, and its evidence with the words around it."""
    [target] = facts.links(node, "oa:hasTarget")
    [quotation, position] = sorted(
        facts.links(target, "oa:hasSelector"), key=lambda s: not s.value.endswith("#quote")
    )
    exact = facts.text(quotation, "oa:exact")
    speaker = facts.link(node, "pg:attributedTo")
    claim = Claim(
        subject=ids[facts.links(node, "pg:subject")[0].value],
        predicate=facts.links(node, "pg:predicate")[0].value.removeprefix(NAMESPACE),
        object=ids[facts.links(node, "pg:object")[0].value],
        status=Status(facts.links(node, "pg:status")[0].value.removeprefix(NAMESPACE)),
        negated=facts.text(node, "pg:negated") == "true",
        attributed_to=ids[speaker.value] if speaker else None,
        date=facts.find(node, "pg:date"),
        deadline=facts.find(node, "pg:deadline"),
        amount=facts.find(node, "pg:amount"),
        role=facts.find(node, "pg:role"),
        confidence=float(facts.text(node, "pg:confidence")),
        rule=facts.find(node, "pg:rule"),
        evidence=Evidence(
            int(facts.text(position, "oa:start")), int(facts.text(position, "oa:end")), exact
        ),
    )
    prefix, suffix = facts.text(quotation, "oa:prefix"), facts.text(quotation, "oa:suffix")
    return claim, prefix + exact + suffix


class _Facts:
    """The triples of a graph, by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._objects: dict[tuple[object, NamedNode], list[object]] = defaultdict(list)
        self._by_type: dict[object, list[NamedNode]] = defaultdict(list)
        for quad in quads:
            self._objects[quad.subject, quad.predicate].append(quad.object)
            if quad.predicate == term("rdf:type") and isinstance(quad.subject, NamedNode):
                self._by_type[quad.object].append(quad.subject)

    def of_type(self, name: str) -> list[NamedNode]:
        return self._by_type[term(name)]

    def links(self, subject: NamedNode, predicate: str) -> list[NamedNode]:
        found = self._objects.get((subject, term(predicate)), ())
        return [value for value in found if isinstance(value, NamedNode)]

    def link(self, subject: NamedNode, predicate: str) -> NamedNode | None:
        return next(iter(self.links(subject, predicate)), None)

    def literals(self, subject: NamedNode, predicate: str) -> Iterator[Literal]:
        for value in self._objects.get((subject, term(predicate)), ()):
            if isinstance(value, Literal):
                yield value

    def find(self, subject: NamedNode, predicate: str) -> str | None:
        """The text of a literal, or an IRI; None where there is none."""
        for value in self._objects.get((subject, term(predicate)), ()):
            if isinstance(value, Literal | NamedNode):
                return value.value
        return None

    def text(self, subject: NamedNode, predicate: str) -> str:
        value = self.find(subject, predicate)
        if value is None:
            raise KeyError(f"no {predicate} of {subject.value}")
        return value

    def in_order(self, nodes: Iterable[NamedNode]) -> list[NamedNode]:
        return sorted(nodes, key=lambda node: int(self.text(node, "schema:position")))
