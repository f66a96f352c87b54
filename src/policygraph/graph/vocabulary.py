"""Holds the shipped ontology in a graph of its own, so that queries have its labels."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import pyoxigraph as ox

from policygraph.graph.merges import Merges
from policygraph.graph.terms import VOCABULARY, term
from policygraph.graph.updating import orphans, with_default
from policygraph.ontology import ontology_dir


def is_loaded(store: ox.Store) -> bool:
    """Whether a store has the ontology of today."""
    return _stamp(_shipped()) in store


def load(store: ox.Store, merges: Merges) -> None:
    """Put the ontology into a store, in place of an older one.

    The stamp comes last: a kill before it is made good by the next call.
    """
    shipped = _shipped()
    known = {
        ox.Quad(quad.subject, quad.predicate, quad.object, VOCABULARY)
        for quad in ox.parse(shipped, format=ox.RdfFormat.TURTLE)
    }
    store.extend(copy for quad in known for copy in with_default(quad))
    old = {*store.quads_for_pattern(None, None, None, VOCABULARY)} - known
    for quad in [*old, *orphans(store, old, merges)]:
        store.remove(quad)
    store.extend(with_default(_stamp(shipped)))


@cache
def _shipped() -> str:
    return (ontology_dir() / "policygraph.ttl").read_text(encoding="utf-8")


def _stamp(shipped: str) -> ox.Quad:
    digest = ox.Literal(sha256(shipped.encode()).hexdigest())
    return ox.Quad(VOCABULARY, term("pg:digest"), digest, VOCABULARY)
