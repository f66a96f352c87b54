"""What articles say, as matters and corroboration need it: claims with their dates and voices.

A voice is whoever vouches for a claim: the outlet that the article cites for it, else the
house that printed the article, else the article itself. Copies of an article (``pg:reprintOf``,
``pg:revisionOf``) have the voice of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sys import intern

import pyoxigraph as ox

from policygraph.graph.merges import Merges
from policygraph.graph.terms import name_iri, term
from policygraph.model import Status
from policygraph.ontology import NAMESPACE

_CLAIM = (
    "pg:subject", "pg:predicate", "pg:object", "pg:status", "pg:negated", "pg:attributedTo",
    "pg:date", "pg:amountValue", "pg:currency", "oa:hasTarget",
)  # fmt: skip
_COPY = ("pg:reprintOf", "pg:revisionOf")
_ALL = ox.DefaultGraph()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A claim of an article; things by their IRIs, predicate and status by their names.

    ``date`` is when it happened, or else when it was said: ISO 8601, full or partial, "" for
    unknown. ``start`` is where its words begin in the article. ``amount`` is value and currency.
    """

    claim: str
    article: str
    subject: str
    predicate: str
    object: str
    object_type: str
    status: str
    negated: bool
    date: str
    start: int
    amount: tuple[str, str] | None
    voice: str


def sayings_of(store: ox.Store, article: ox.NamedNode, merges: Merges) -> list[Saying]:
    """The claims of an article, in the order of their words, then of their IRIs.

    Things have the IRIs that stand for them today. Strings are interned: of a large graph all
    sayings are held at once.
    """
    facts = {name: _values(store, name, article) for name in _CLAIM}
    issued = _one(store, article, "dcterms:issued")
    types: dict[str, str] = {}
    starts = _starts(store, article)
    house = _voice_of(store, article)
    outlets: dict[str, str | None] = {}
    found = []
    for claim, subject in facts["pg:subject"].items():

        def value(name: str, claim: str = claim) -> str:
            return facts[name].get(claim, "")

        status = _local(value("pg:status"))
        said_by = value("pg:attributedTo")
        for thing in (value("pg:object"), said_by):
            if thing and thing not in types:
                types[thing] = _one(store, article, "rdf:type", thing)
        if said_by and said_by not in outlets:
            outlets[said_by] = _outlet(store, said_by, types, article)
        happened = value("pg:date") if status == Status.ACTUAL else ""
        amount = value("pg:amountValue"), value("pg:currency")
        found.append(
            Saying(
                claim=claim,
                article=article.value,
                subject=intern(merges.now(subject)),
                predicate=intern(_local(value("pg:predicate"))),
                object=intern(merges.now(value("pg:object"))),
                object_type=intern(_local(types.get(value("pg:object"), ""))),
                status=intern(status),
                negated=value("pg:negated") == "true",
                date=intern(happened or issued or value("pg:date")),
                start=starts.get(value("oa:hasTarget"), 0),
                amount=amount if all(amount) else None,
                voice=intern(outlets.get(said_by) or house),
            )
        )
    return sorted(found, key=lambda saying: (saying.start, saying.claim))


def _values(store: ox.Store, predicate: str, graph: ox.NamedNode) -> dict[str, str]:
    quads = store.quads_for_pattern(None, term(predicate), None, graph)
    return {quad.subject.value: quad.object.value for quad in quads}  # type: ignore[union-attr]


def _starts(store: ox.Store, article: ox.NamedNode) -> Mapping[str, int]:
    """Where evidence begins, by its IRI: its selector's is the same with ``#position``."""
    found = _values(store, "oa:start", article)
    return {
        iri.removesuffix("#position"): int(start)
        for iri, start in found.items()
        if iri.endswith("#position")
    }


def _voice_of(store: ox.Store, article: ox.NamedNode) -> str:
    first = next(_objects(store, article, _COPY, _ALL), article)
    return _one(store, first, "dcterms:publisher") or first.value


def _outlet(
    store: ox.Store, entity: str, types: Mapping[str, str], article: ox.NamedNode
) -> str | None:
    """The voice of a media outlet: the same IRI as that of a publisher of its name."""
    if _local(types.get(entity, "")) != "MediaOutlet":
        return None
    labels = _values_of(store, ox.NamedNode(entity), "rdfs:label", article)
    return name_iri("publisher", min(labels)) if labels else entity


def _values_of(
    store: ox.Store, subject: ox.NamedNode, predicate: str, graph: ox.NamedNode
) -> list[str]:
    quads = store.quads_for_pattern(subject, term(predicate), None, graph)
    return [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]


def _objects(
    store: ox.Store,
    subject: ox.NamedNode,
    predicates: tuple[str, ...],
    graph: ox.NamedNode | ox.DefaultGraph,
) -> Iterator[ox.NamedNode]:
    for predicate in predicates:
        for quad in store.quads_for_pattern(subject, term(predicate), None, graph):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object


def _one(store: ox.Store, article: ox.NamedNode, predicate: str, thing: str = "") -> str:
    """A value of an article, or of a thing as that article has it; "" where there is none."""
    subject = ox.NamedNode(thing) if thing else article
    quads = store.quads_for_pattern(subject, term(predicate), None, article)
    return min((quad.object.value for quad in quads), default="")  # type: ignore[union-attr]


def _local(iri: str) -> str:
    return iri.removeprefix(NAMESPACE)
