"""Writes matters and statements as quads of the graph ``MATTERS``, and finds them there."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from policygraph.graph.matters import Matter, Stage
from policygraph.graph.statements import Statement
from policygraph.graph.terms import MATTERS, moment, number, plain, term, thing, words
from policygraph.model import digest

_ALL = ox.DefaultGraph()
_INSTANTS = {10: "time:inXSDDate", 7: "time:inXSDgYearMonth", 4: "time:inXSDgYear"}
"""By the length of an ISO 8601 date."""


def matter_iri(matter: Matter) -> str:
    """From its kind, its parties and, where matters of a kind come again, its first year."""
    return thing("matter", digest(matter.model.kind, *matter.parties, matter.year))


def matter_quads(matter: Matter, names: Names) -> Iterator[ox.Quad]:
    """The quads of a matter and of its stages."""
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


def statement_iri(said: tuple[str, str, str], denied: bool) -> str:
    """From what it says, and whether it denies it."""
    return thing("statement", digest(*said, denied))


def statement_quads(statement: Statement) -> Iterator[ox.Quad]:
    """The quads of a statement."""
    node = ox.NamedNode(statement_iri(statement.said, statement.denied))
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
        yield _quad(node, "pg:contradicts", ox.NamedNode(statement_iri(*other)))


def derived_nodes(store: ox.Store) -> Iterator[str]:
    """The IRIs of all matters and statements of a store."""
    for kind in ("pg:Matter", "pg:Statement"):
        for quad in store.quads_for_pattern(None, term("rdf:type"), term(kind), MATTERS):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value


def derived_quads(store: ox.Store, iri: str) -> Iterator[ox.Quad]:
    """The quads of a matter or statement, with those of its stages, whose IRIs begin with its."""
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, MATTERS):
        yield quad
        part = quad.object
        if isinstance(part, ox.NamedNode) and part.value != iri and part.value.startswith(iri):
            yield from derived_quads(store, part.value)


def _quad(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, term(predicate), value, MATTERS)


class Names:
    """Labels of entities as the store has them, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, str]] = {}

    def label(self, iri: str, lang: str) -> str:
        """The name in that language, or else in another; the IRI where there is none."""
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
