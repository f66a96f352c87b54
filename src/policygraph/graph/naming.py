"""Finds the entities of a graph that a person means: by IRI, by QID, by name.

A name is looked for as it stands, then among the authority file's other names, then without
regard to case, then as words within longer names, then without regard to accents; the first
of these that finds something decides. All that are so called are meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from policygraph.authority import load_authority
from policygraph.errors import QueryError
from policygraph.folding import fold
from policygraph.graph.terms import clean, term
from policygraph.ontology import ENTITIES

_ALL = ox.DefaultGraph()
_LABELS = ("rdfs:label", "skos:altLabel")
_CONTAINING = """
SELECT DISTINCT ?entity ?name {
  VALUES ?kind { rdfs:label skos:altLabel }
  ?entity ?kind ?name FILTER(CONTAINS(LCASE(STR(?name)), LCASE(%s)))
}
"""


def find_entities(store: ox.Store, wanted: str) -> tuple[ox.NamedNode, ...]:
    """The entities that a name, IRI or QID means, sorted: all that are so called.

    Raises:
        QueryError: the graph has none; the message lists names that begin alike.
    """
    wanted = clean(wanted.strip())
    for look in _looks(wanted):
        found = {entity for entity in look(store, wanted) if _is_entity(store, entity)}
        if found:
            return tuple(sorted(found, key=str))
    near = sorted({name for _, name in _containing(store, wanted[:4])}, key=len)[:5]
    hint = f"; names that begin alike: {', '.join(near)}" if near else ""
    raise QueryError(
        f"no entity of this graph is called {wanted!r}; give a name, a QID such as Q2283, "
        f"or an IRI{hint}"
    )


_Look = Callable[[ox.Store, str], Iterator[ox.NamedNode]]


def _looks(wanted: str) -> tuple[_Look, ...]:
    if "://" in wanted:
        return (_by_iri,)
    if re.fullmatch(r"[Qq][1-9]\d*", wanted):
        return (_by_qid, _by_exact_name)
    return (
        _by_exact_name, _by_known_name, _by_folded_name, _by_words, _by_name_without_accents,
    )  # fmt: skip


def _by_iri(store: ox.Store, wanted: str) -> Iterator[ox.NamedNode]:
    try:
        node = ox.NamedNode(wanted)
    except ValueError as error:
        raise QueryError(f"{wanted!r} is no IRI") from error
    yield node
    yield from _subjects(store, "owl:sameAs", node)


def _by_qid(store: ox.Store, wanted: str) -> Iterator[ox.NamedNode]:
    yield from _subjects(store, "owl:sameAs", term(f"wd:{wanted.upper()}"))


def _by_exact_name(store: ox.Store, wanted: str) -> Iterator[ox.NamedNode]:
    for label in _LABELS:
        for literal in (
            ox.Literal(wanted, language="en"),
            ox.Literal(wanted, language="fr"),
            ox.Literal(wanted),
        ):
            yield from _subjects(store, label, literal)


def _by_known_name(store: ox.Store, wanted: str) -> Iterator[ox.NamedNode]:
    for known in load_authority().find(wanted):
        yield ox.NamedNode(ENTITIES + known.slug)


def _by_folded_name(store: ox.Store, wanted: str) -> Iterator[ox.NamedNode]:
    for entity, name in _containing(store, wanted):
        if fold(name) == fold(wanted):
            yield entity


def _by_words(store: ox.Store, wanted: str) -> Iterator[ox.NamedNode]:
    words = re.compile(rf"(?<!\w){re.escape(fold(wanted))}(?!\w)")
    for entity, name in _containing(store, wanted):
        if words.search(fold(name)):
            yield entity


def _by_name_without_accents(store: ox.Store, wanted: str) -> Iterator[ox.NamedNode]:
    for label in _LABELS:
        for quad in store.quads_for_pattern(None, term(label), None, _ALL):
            match quad:
                case ox.Quad(subject=ox.NamedNode() as entity, object=ox.Literal() as name):
                    if fold(name.value) == fold(wanted):
                        yield entity


def _containing(store: ox.Store, part: str) -> Iterator[tuple[ox.NamedNode, str]]:
    solutions = store.query(
        _CONTAINING % ox.Literal(part),
        prefixes={"rdfs": term("rdfs:label").value.removesuffix("label"),
                  "skos": term("skos:altLabel").value.removesuffix("altLabel")},
    )  # fmt: skip
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        entity, name = solution[0], solution[1]
        if isinstance(entity, ox.NamedNode) and isinstance(name, ox.Literal):
            yield entity, name.value


def _subjects(
    store: ox.Store, predicate: str, value: ox.NamedNode | ox.Literal
) -> Iterator[ox.NamedNode]:
    for quad in store.quads_for_pattern(None, term(predicate), value, _ALL):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _is_entity(store: ox.Store, node: ox.NamedNode) -> bool:
    """Whether an article names it: terms of the vocabulary have labels too."""
    return any(True for _ in store.quads_for_pattern(None, term("pg:entity"), node, _ALL))
