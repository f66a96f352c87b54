"""Keeps by which keys things are compared, and which of them wait to be judged.

A thing is compared with those that share a *block* with it. The blocks of all things stand in a
graph of their own (``BLOCKS``), so that a new thing finds its likes without a look at the
others. There too wait, until they are judged, the things of every article that was written,
replaced or taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from policygraph.graph.terms import BLOCKS, term
from policygraph.model import digest
from policygraph.ontology import ontology_dir
from policygraph.resolve.pairs import Thing, blocks

_RULES = "1"
"""Grows when the rules would judge the same things otherwise."""

_BLOCK, _WAITS = term("pg:block"), term("pg:waits")


def waiting(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The marks of the things of an article's quads, which then wait to be judged."""
    for quad in quads:
        if quad.predicate == term("pg:entity") and isinstance(quad.object, ox.NamedNode):
            yield ox.Quad(quad.object, _WAITS, ox.Literal(True), BLOCKS)


def all_waiting(store: ox.Store) -> set[ox.Quad]:
    """The marks of all things that wait."""
    return {*store.quads_for_pattern(None, _WAITS, None, BLOCKS)}


def stamp() -> ox.Quad:
    """What says that all things of a store but those that wait were judged by today's rules."""
    words = (ontology_dir() / "lexicon" / "identity.toml").read_text(encoding="utf-8")
    return _stamp(words)


@cache
def _stamp(words: str) -> ox.Quad:
    return ox.Quad(BLOCKS, term("pg:digest"), ox.Literal(digest(_RULES, words)), BLOCKS)


def block_quads(iri: str, thing: Thing | None) -> set[ox.Quad]:
    """The blocks of an IRI as they should stand in ``BLOCKS``: none where it is no thing."""
    node = ox.NamedNode(iri)
    found = blocks(thing) if thing is not None else ()
    return {ox.Quad(node, _BLOCK, ox.Literal(block), BLOCKS) for block in found}


def stored_blocks(store: ox.Store, iri: str) -> set[ox.Quad]:
    """The blocks of an IRI as they stand there."""
    return {*store.quads_for_pattern(ox.NamedNode(iri), _BLOCK, None, BLOCKS)}


def stored_members(store: ox.Store, block: str) -> set[str]:
    """The IRIs that stand there in a block."""
    found = store.quads_for_pattern(None, _BLOCK, ox.Literal(block), BLOCKS)
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}
