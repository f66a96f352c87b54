"""Follows IRIs through a new reading of their article: a cited IRI goes on to lead somewhere.

When an article is read again, after a change of the rules or a new entry of the authority file,
it may give a thing another IRI. The old one is no longer in any article; that it became the new
one is kept in ``RESOLUTION``, as long as no article uses the old one again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from policygraph.graph.merges import RESOLUTION
from policygraph.graph.terms import term

_Place = tuple[str, str]
"""Where a mention begins and ends in its article's text."""


def renamed(old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> dict[str, str]:
    """Entity IRIs of an article's old graph that its new one lacks, with those of the same words.

    An IRI whose words the new reading gives to nothing has no successor.
    """
    before, after = _places(old), _places(new)
    at = {place: iri for iri, places in sorted(after.items()) for place in places}
    found = {}
    for iri, places in before.items():
        shared = Counter(at[place] for place in places if place in at)
        if iri not in after and shared:
            found[iri] = min(shared, key=lambda other: (-shared[other], other))
    return found


def renaming_quads(renamings: Mapping[str, str]) -> list[ox.Quad]:
    """Renamings as quads of ``RESOLUTION``, sorted."""
    return [
        ox.Quad(ox.NamedNode(old), term("pg:nowReadAs"), ox.NamedNode(new), RESOLUTION)
        for old, new in sorted(renamings.items())
    ]


def read_renamings(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """The renamings among the quads of ``RESOLUTION``."""
    wanted = term("pg:nowReadAs")
    return {_value(q.subject): _value(q.object) for q in quads if q.predicate == wanted}


def still_needed(renamings: Mapping[str, str], is_used: Callable[[str], bool]) -> dict[str, str]:
    """The renamings of IRIs that no article uses, each straight to one that an article does."""
    kept = {}
    for old in renamings:
        seen, new = {old}, renamings[old]
        while new in renamings and new not in seen and not is_used(new):
            seen.add(new)
            new = renamings[new]
        if new not in seen and not is_used(old) and is_used(new):
            kept[old] = new
    return kept


def _places(quads: Iterable[ox.Quad]) -> dict[str, set[_Place]]:
    """The places of an article's entities, by IRI."""
    entity_of: dict[str, str] = {}
    mentions: dict[str, str] = {}
    bounds: dict[str, dict[str, str]] = defaultdict(dict)
    names = {term(name): name for name in ("pg:entity", "pg:mentionOf", "oa:start", "oa:end")}
    for quad in quads:
        name = names.get(quad.predicate)
        if name == "pg:entity":
            entity_of[_value(quad.subject)] = _value(quad.object)
        elif name == "pg:mentionOf":
            mentions[_value(quad.subject)] = _value(quad.object)
        elif name is not None:
            bounds[_value(quad.subject)][name] = _value(quad.object)
    found: dict[str, set[_Place]] = {iri: set() for iri in entity_of.values()}
    for mention, occurrence in mentions.items():
        at = bounds[mention]
        found[entity_of[occurrence]].add((at["oa:start"], at["oa:end"]))
    return found


def _value(node: Any) -> str:
    return str(node.value)
