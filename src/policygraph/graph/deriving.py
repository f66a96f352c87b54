"""Keeps what follows from all articles together: matters and statements, in a graph of its own.

The graph ``MATTERS`` holds nothing that cannot be derived again; it carries a digest of what it
was derived from, so that it is known when it no longer fits. Its triples stand in the default
graph too, as those of articles do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice

import pyoxigraph as ox

from policygraph.graph.matters import Matter, Stage, Told, join_matters, told_by
from policygraph.graph.merges import RESOLUTION, Merges
from policygraph.graph.sayings import Saying, sayings_of
from policygraph.graph.stages import load_models
from policygraph.graph.statements import Statement, join_statements
from policygraph.graph.terms import MATTERS, moment, number, plain, term, thing, words
from policygraph.model import digest
from policygraph.ontology import ontology_dir

VERSION = "2"
"""Of the way in which matters are derived; another makes older ones stale."""

_ALL = ox.DefaultGraph()
_BATCH = 50_000
"""Quads that are written together."""
_INSTANTS = {10: "time:inXSDDate", 7: "time:inXSDgYearMonth", 4: "time:inXSDgYear"}
"""By the length of an ISO 8601 date."""


def source_digest(store: ox.Store) -> str:
    """A digest of all that matters are derived from: articles, copies, merges, the models."""
    sources = [VERSION, (ontology_dir() / "matters.toml").read_text(encoding="utf-8")]
    for predicate in ("pg:digest", "pg:reprintOf", "pg:revisionOf"):
        quads = store.quads_for_pattern(None, term(predicate), None, _ALL)
        sources += sorted(str(quad) for quad in quads if quad.subject != MATTERS)
    merged = store.quads_for_pattern(None, term("dcterms:isReplacedBy"), None, RESOLUTION)
    sources += sorted(str(quad) for quad in merged)
    return sha256("\n".join(sources).encode()).hexdigest()


def are_derived(store: ox.Store) -> bool:
    """Whether the matters in a store are those of its articles."""
    return ox.Quad(MATTERS, term("pg:digest"), ox.Literal(source_digest(store)), MATTERS) in store


def forget(store: ox.Store) -> None:
    """Take all that was derived out of a store."""
    for quad in [*store.quads_for_pattern(None, None, None, MATTERS)]:
        store.remove(ox.Quad(*quad.triple))
    store.remove_graph(MATTERS)


def derive(store: ox.Store, articles: Iterable[str], merges: Merges) -> None:
    """Put the matters and statements of these articles, all that there are, into a store.

    A kill on the way leaves them unfinished and known as such, so that the next call begins anew.
    """
    stamp = ox.Quad(MATTERS, term("pg:digest"), ox.Literal(source_digest(store)), MATTERS)
    forget(store)
    models = load_models()
    told: list[Told] = []
    sayings: list[Saying] = []
    for article in articles:
        found = sayings_of(store, ox.NamedNode(article), merges)
        told += told_by(found, models)
        sayings += found
    quads = _quads(store, join_matters(told, models), join_statements(sayings, models))
    while batch := [*islice(quads, _BATCH)]:
        store.extend(copy for quad in batch for copy in (quad, ox.Quad(*quad.triple)))
    store.add(stamp)


def _quads(
    store: ox.Store, matters: Iterable[Matter], statements: Iterable[Statement]
) -> Iterator[ox.Quad]:
    names = _Names(store)
    for matter in matters:
        yield from _matter_quads(matter, names)
    for statement in statements:
        yield from _statement_quads(statement)


def matter_iri(matter: Matter) -> str:
    """From its kind, its parties and, where matters of a kind come again, its first year."""
    return thing("matter", digest(matter.model.kind, *matter.parties, matter.year))


def _matter_quads(matter: Matter, names: _Names) -> Iterator[ox.Quad]:
    node = ox.NamedNode(matter_iri(matter))
    yield _quad(node, "rdf:type", term("pg:Matter"))
    yield _quad(node, "rdf:type", term(f"pg:{matter.model.cls}"))
    for lang in ("en", "fr"):
        parties = (names.label(party, lang) for party in matter.parties)
        yield _quad(node, "rdfs:label", words(matter.model.label[lang].format(*parties), lang))
    for party in matter.parties:
        yield _quad(node, "pg:party", ox.NamedNode(party))
    for role, party in zip(("pg:firstParty", "pg:secondParty"), matter.parties, strict=False):
        yield _quad(node, role, ox.NamedNode(party))
    yield _quad(node, "pg:currentStage", term(f"pg:{matter.current.name}"))
    yield _quad(node, "pg:independentSources", number(matter.voices))
    if matter.current.until:
        yield _quad(node, "pg:until", moment(matter.current.until))
    for stage in matter.stages:
        yield from _stage_quads(node, stage)


def _stage_quads(matter: ox.NamedNode, stage: Stage) -> Iterator[ox.Quad]:
    node = ox.NamedNode(f"{matter.value}#{stage.name}")
    yield _quad(matter, "pg:hasStage", node)
    yield _quad(node, "rdf:type", term("pg:Stage"))
    yield _quad(node, "pg:stage", term(f"pg:{stage.name}"))
    yield _quad(node, "pg:independentSources", number(stage.voices))
    if stage.since:
        yield _quad(node, "pg:since", moment(stage.since))
        yield _quad(node, "pg:until", moment(stage.until))
        instant = ox.NamedNode(f"{node.value}-begins")
        yield _quad(node, "time:hasBeginning", instant)
        yield _quad(instant, "rdf:type", term("time:Instant"))
        if inside := _INSTANTS.get(len(stage.since)):
            yield _quad(instant, inside, moment(stage.since))
    if stage.amount:
        value = ox.Literal(stage.amount[0], datatype=term("xsd:decimal"))
        yield _quad(node, "pg:amountValue", value)
        yield _quad(node, "pg:currency", plain(stage.amount[1]))
    for saying in stage.sayings:
        yield _quad(node, "pg:evidencedBy", ox.NamedNode(saying.claim))


def _statement_iri(said: tuple[str, str, str], denied: bool) -> ox.NamedNode:
    return ox.NamedNode(thing("statement", digest(*said, denied)))


def _statement_quads(statement: Statement) -> Iterator[ox.Quad]:
    node = _statement_iri(statement.said, statement.denied)
    subject, predicate, object_ = statement.said
    yield _quad(node, "rdf:type", term("pg:Statement"))
    yield _quad(node, "rdf:subject", ox.NamedNode(subject))
    yield _quad(node, "rdf:predicate", term(f"pg:{predicate}"))
    yield _quad(node, "rdf:object", ox.NamedNode(object_))
    yield _quad(node, "pg:denied", ox.Literal(statement.denied))
    yield _quad(node, "pg:independentSources", number(statement.voices))
    for saying in statement.sayings:
        yield _quad(node, "pg:evidencedBy", ox.NamedNode(saying.claim))
    for other in statement.contradicted_by:
        yield _quad(node, "pg:contradicts", _statement_iri(*other))


def _quad(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, term(predicate), value, MATTERS)


class _Names:
    """Labels of entities as the store has them, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, str]] = {}

    def label(self, iri: str, lang: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._read(iri)
        names = self._known[iri]
        return names.get(lang) or min(names.items(), default=("", iri))[1]

    def _read(self, iri: str) -> dict[str, str]:
        """By language the first in the alphabet, so that the order of articles is no matter."""
        names: dict[str, str] = {}
        for quad in self._store.quads_for_pattern(
            ox.NamedNode(iri), term("rdfs:label"), None, _ALL
        ):
            if isinstance(quad.object, ox.Literal):
                lang = quad.object.language or ""
                names[lang] = min(names.get(lang, quad.object.value), quad.object.value)
        return names
