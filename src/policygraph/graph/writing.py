"""From an article record to the quads of its named graph.

The quads depend on the record and on the preferred names of the authority file alone: the
same record gives the same quads on every machine. There are no blank nodes. What is written
can be read back (``reading.py``) as the same record, with two harmless differences: entities
that share an IRI become one, and an entity's mentions stand in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from policygraph.authority import KnownEntity, load_authority
from policygraph.errors import RecordError
from policygraph.graph.terms import (
    amount_parts,
    clean,
    iri,
    moment,
    name_iri,
    number,
    plain,
    term,
    thing,
    wikidata_iri,
    words,
)
from policygraph.model import Article, Claim, Entity, Evidence, Record, Status, digest
from policygraph.ontology import ENTITIES, load_vocabulary

CONTEXT = 60
"""At most so many code points of the article stand in a quotation's prefix and suffix."""

_VALUES = ("Date", "Money")


def article_iri(id: str) -> str:
    """The IRI of an article, which also names its graph."""
    return thing("article", id)


def write_record(record: Record) -> list[Quad]:
    """The quads of an article's graph, its digest included, in N-Quads order.

    Raises:
        RecordError: a value cannot be written: an IRI that is none, a claim about an entity
            that the record lacks, a predicate or type that the ontology lacks.
    """
    record = unite(record)
    article = record.article
    graph = _Graph(article_iri(record.id))
    _write_article(graph, record)
    nodes = {
        entity.id: _write_entity(graph, entity, position, article)
        for position, entity in enumerate(record.entities, 1)
    }
    activity = _write_activity(graph, record.software)
    for position, claim in enumerate(record.claims, 1):
        _write_claim(graph, claim, position, article, nodes, activity)
    return graph.quads()


def digest_of(quads: Iterable[Quad]) -> str | None:
    """The digest that a graph carries."""
    for quad in quads:
        if quad.predicate == term("pg:digest") and isinstance(quad.object, Literal):
            return quad.object.value
    return None


def unite(record: Record) -> Record:
    """The record with entities of one IRI made one and mentions in reading order.

    Raises ``RecordError`` where two entities have one id.
    """
    kept: dict[str, Entity] = {}
    names: dict[str, str] = {}
    for entity in record.entities:
        if entity.id in names:
            raise RecordError(f"{record.id}: two entities have the id {entity.id!r}; number them")
        first = kept.get(entity.iri or entity.id)
        mentions = (*(first.mentions if first else ()), *entity.mentions)
        ordered = tuple(sorted(dict.fromkeys(mentions), key=lambda m: (m.start, m.end)))
        kept[entity.iri or entity.id] = replace(first or entity, mentions=ordered)
        names[entity.id] = first.id if first else entity.id
    try:
        claims = tuple(
            replace(
                claim,
                subject=names[claim.subject],
                object=names[claim.object],
                attributed_to=names[claim.attributed_to] if claim.attributed_to else None,
            )
            for claim in record.claims
        )
    except KeyError as error:
        raise RecordError(f"{record.id}: a claim is about {error}, no entity of it") from error
    return replace(record, entities=tuple(kept.values()), claims=_distinct(claims))


def _distinct(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Of claims that differ in confidence or rule alone, the first."""
    return tuple({replace(c, confidence=1.0, rule=None): c for c in reversed([*claims])}.values())[
        ::-1
    ]


def local_iri(article: str, id: str) -> str:
    """An IRI for an entity that nobody resolved: good within its article only."""
    return _part(article, "thing", id)


class _Graph:
    """Triples of one named graph, each once."""

    def __init__(self, name: str) -> None:
        self.name = NamedNode(name)
        self._triples: dict[tuple[NamedNode, NamedNode, NamedNode | Literal], None] = {}

    def add(self, subject: NamedNode, **values: NamedNode | Literal | None) -> None:
        """Triples about a subject; ``pg_subject`` stands for ``pg:subject``, None is left out."""
        for key, value in values.items():
            if value is not None:
                self.put(subject, key.replace("_", ":", 1), value)

    def put(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        self._triples[subject, term(predicate), value] = None

    def quads(self) -> list[Quad]:
        quads = sorted((Quad(*triple, self.name) for triple in self._triples), key=str)
        lines = "".join(f"{quad} .\n" for quad in quads)
        value = Literal(sha256(lines.encode()).hexdigest())
        return sorted([*quads, Quad(self.name, term("pg:digest"), value, self.name)], key=str)


def _part(whole: str, kind: str, id: str | int) -> str:
    return f"{whole}#{kind}-{quote(clean(str(id)), safe='')}"


def _write_article(graph: _Graph, record: Record) -> None:
    article, node = record.article, graph.name
    lang = article.lang
    graph.add(node, rdf_type=term("pg:Article"))
    graph.add(
        node,
        rdf_type=term("schema:NewsArticle"),
        dcterms_identifier=plain(record.id),
        dcterms_source=plain(article.source),
        dcterms_language=plain(lang),
        dcterms_title=None if article.title is None else words(article.title, lang),
        dcterms_alternative=None if article.subtitle is None else words(article.subtitle, lang),
        dcterms_issued=None if article.published is None else moment(article.published),
        dcterms_modified=None if article.modified is None else moment(article.modified),
        schema_url=_url(article.url),
        pg_dateNote=None if article.published_note is None else plain(article.published_note),
        pg_text=words(article.text, lang),
        pg_places=plain(" ".join(map(str, article.places))) if article.places else None,
        pg_pages=plain(" ".join(map(str, article.pages))) if article.pages else None,
        pg_unread=None if record.unread is None else plain(record.unread),
    )
    for tag in article.tags:
        graph.add(node, schema_keywords=words(tag, lang))
    if article.publisher is not None:
        publisher = NamedNode(name_iri("publisher", article.publisher))
        graph.add(node, dcterms_publisher=publisher)
        graph.add(
            publisher, rdf_type=term("schema:Organization"), schema_name=plain(article.publisher)
        )
    for position, name in enumerate(article.authors, 1):
        author = NamedNode(_part(node.value, "author", position))
        graph.add(node, dcterms_creator=author)
        graph.add(
            author,
            rdf_type=term("dcterms:Agent"),
            schema_name=plain(name),
            schema_position=number(position),
        )
    for position, said in enumerate(article.comments, 1):
        comment = NamedNode(_part(node.value, "comment", position))
        graph.add(node, schema_comment=comment)
        graph.add(
            comment,
            rdf_type=term("schema:Comment"),
            schema_text=words(said.text, lang),
            schema_author=None if said.author is None else plain(said.author),
            schema_dateCreated=None if said.published is None else moment(said.published),
            schema_position=number(position),
        )


def _url(url: str | None) -> NamedNode | Literal | None:
    if url is None:
        return None
    try:
        return NamedNode(url)
    except ValueError:  # a page may well print a URL that is none
        return Literal(clean(url), datatype=term("xsd:anyURI"))


def _write_entity(graph: _Graph, entity: Entity, position: int, article: Article) -> NamedNode:
    """Describe an entity in the article's own graph, so that both go together."""
    if entity.type not in load_vocabulary().types:
        raise RecordError(
            f"{graph.name.value}: entity {entity.name!r} has the unknown type {entity.type!r}; "
            f"use one of {', '.join(load_vocabulary().types)}"
        )
    minted = entity.iri or local_iri(graph.name.value, entity.id)
    node = iri(minted, f"{graph.name.value}: entity {entity.name!r}: iri")
    graph.add(
        node,
        rdf_type=term(f"pg:{entity.type}"),
        owl_sameAs=wikidata_iri(entity.wikidata) if entity.wikidata else None,
        dcterms_valid=_lifetime(entity),
    )
    for predicate, label in _labels(entity, article.lang):
        graph.put(node, predicate, label)
    occurrence = NamedNode(_part(graph.name.value, "entity", entity.id))
    graph.add(
        occurrence,
        rdf_type=term("pg:Occurrence"),
        pg_entity=node,
        pg_inArticle=graph.name,
        pg_name=plain(entity.name),
        pg_mentionCount=number(len(entity.mentions)),
        pg_linkConfidence=(
            None if entity.link_confidence is None else Literal(float(entity.link_confidence))
        ),
        dcterms_identifier=plain(entity.id),
        schema_position=number(position),
    )
    for mention in entity.mentions:
        place = f"{entity.id}-{mention.start}-{mention.end}"
        graph.add(
            NamedNode(_part(graph.name.value, "mention", place)),
            rdf_type=term("pg:Mention"),
            pg_mentionOf=occurrence,
            oa_start=number(mention.start),
            oa_end=number(mention.end),
            oa_exact=words(mention.text, article.lang),
        )
    return node


def _known(entity: Entity) -> KnownEntity | None:
    """The entry of the authority file that an entity was linked to."""
    return load_authority().get((entity.iri or "").removeprefix(ENTITIES))


def _lifetime(entity: Entity) -> Literal | None:
    """From when until when there is or was such a thing, as an EDTF interval."""
    known = _known(entity)
    if known is None or not (known.start or known.end):
        return None
    return plain(f"{known.start or '..'}/{known.end or '..'}")


def _labels(entity: Entity, lang: str) -> Iterator[tuple[str, Literal]]:
    """Preferred names of the authority file in each language, then the article's own names."""
    if entity.type in _VALUES:
        yield "rdfs:label", plain(entity.name)
        return
    known = _known(entity)
    preferred = {}
    if known:
        own = {"en": known.names_en or known.names, "fr": known.names_fr or known.names}
        preferred = {language: names[0] for language, names in own.items() if names}
    for language, name in preferred.items():
        yield "rdfs:label", words(name, language)
        yield "skos:prefLabel", words(name, language)
    label = preferred.get(lang, entity.name)
    if lang not in preferred:
        yield "rdfs:label", words(entity.name, lang)
    forms = {entity.name, *(m.text for m in entity.mentions if is_name(m.text, entity.name))}
    for form in forms - {label}:
        yield "skos:altLabel", words(form, lang)


def is_name(words: str, name: str) -> bool:
    """Whether a mention is a form of an entity's name ("Trump", "ACLU") and no description.

    Its longer words are capitalised, and it shares one with the name or is an acronym.
    """
    parts = re.findall(r"\w+", words)
    long = [part for part in parts if len(part) > 3 or part.isupper()]
    if not long or not all(part[0].isupper() or part[0].isdigit() for part in long):
        return False
    acronym = len(parts) == 1 and words.isupper() and len(words) > 1
    return acronym or not set(re.findall(r"\w+", name)).isdisjoint(long)


def claim_iri(claim: Claim, article: str, nodes: Mapping[str, str]) -> str:
    """From all a claim says but its confidence, and where: the same claim, the same IRI.

    ``article`` is the article's IRI, ``nodes`` gives the IRIs of the record's entities.
    """
    speaker = nodes[claim.attributed_to] if claim.attributed_to else None
    said = (nodes[claim.subject], claim.predicate, nodes[claim.object], claim.status.value)
    qualifiers = (claim.negated, speaker, claim.date, claim.deadline, claim.amount, claim.role)
    place = (article, claim.evidence.start, claim.evidence.end)
    return thing(
        "claim", digest(*said, *(clean(q) if isinstance(q, str) else q for q in qualifiers), *place)
    )


def _write_claim(
    graph: _Graph,
    claim: Claim,
    position: int,
    article: Article,
    nodes: Mapping[str, NamedNode],
    activity: NamedNode | None,
) -> None:
    if claim.predicate not in load_vocabulary().predicates:
        raise RecordError(
            f"{graph.name.value}: the predicate {claim.predicate!r} is not in the ontology; "
            "see policygraph.ttl for those that are"
        )
    names = {id: node.value for id, node in nodes.items()}
    node = NamedNode(claim_iri(claim, graph.name.value, names))
    subject, predicate, object_ = (
        nodes[claim.subject],
        term(f"pg:{claim.predicate}"),
        nodes[claim.object],
    )
    graph.add(
        node,
        rdf_type=term("pg:Claim"),
        pg_subject=subject,
        pg_predicate=predicate,
        pg_object=object_,
        pg_status=term(f"pg:{claim.status.value}"),
        pg_negated=Literal(claim.negated),
        pg_attributedTo=nodes[claim.attributed_to] if claim.attributed_to else None,
        pg_date=None if claim.date is None else moment(claim.date),
        pg_deadline=None if claim.deadline is None else moment(claim.deadline),
        pg_amount=None if claim.amount is None else plain(claim.amount),
        pg_role=None if claim.role is None else words(claim.role, article.lang),
        pg_confidence=Literal(float(claim.confidence)),
        pg_rule=None if claim.rule is None else plain(claim.rule),
        schema_position=number(position),
        oa_hasTarget=_write_evidence(graph, claim.evidence, article),
        prov_wasDerivedFrom=graph.name,
        prov_wasGeneratedBy=activity,
    )
    for name, value in amount_parts(claim.amount or "").items():
        graph.put(node, name, value)
    if claim.status is Status.ACTUAL and not claim.negated:
        graph.put(subject, f"pg:{claim.predicate}", object_)


def _write_evidence(graph: _Graph, evidence: Evidence, article: Article) -> NamedNode:
    start, end, text = evidence.start, evidence.end, article.text
    node = NamedNode(thing("evidence", digest(graph.name.value, start, end)))
    quotation, position = NamedNode(f"{node.value}#quote"), NamedNode(f"{node.value}#position")
    graph.add(node, rdf_type=term("pg:Evidence"), oa_hasSource=graph.name, oa_hasSelector=quotation)
    graph.add(node, oa_hasSelector=position)
    graph.add(
        quotation,
        rdf_type=term("oa:TextQuoteSelector"),
        oa_exact=words(evidence.text, article.lang),
        oa_prefix=words(_tail(text[:start]), article.lang),
        oa_suffix=words(_head(text[end:]), article.lang),
    )
    graph.add(
        position,
        rdf_type=term("oa:TextPositionSelector"),
        oa_start=number(start),
        oa_end=number(end),
    )
    return node


def _head(text: str) -> str:
    """The first words of a text, at most ``CONTEXT`` code points."""
    if len(text) <= CONTEXT:
        return text
    whole = text[: CONTEXT + 1].rsplit(None, 1)[0]
    return whole if len(whole) <= CONTEXT else text[:CONTEXT]


def _tail(text: str) -> str:
    """The last words of a text, at most ``CONTEXT`` code points."""
    return _head(text[-CONTEXT - 1 :][::-1])[::-1] if len(text) > CONTEXT else text


def _write_activity(graph: _Graph, software: str | None) -> NamedNode | None:
    """The extraction of this article by that software; without a time, to stay the same."""
    if software is None:
        return None
    agent = NamedNode(name_iri("software", software))
    activity = NamedNode(thing("extraction", digest(graph.name.value, software)))
    graph.add(agent, rdf_type=term("prov:SoftwareAgent"), rdfs_label=plain(software))
    graph.add(
        activity,
        rdf_type=term("prov:Activity"),
        prov_used=graph.name,
        prov_wasAssociatedWith=agent,
    )
    return activity
