"""The part of a graph that one picture shows, found without reading the rest.

``ClaimGraph.to_networkx`` reads every article. Here the store is asked which claims there are
near some entities, in an article, or between the best-connected entities, and only these are
read, as the default graph has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.graph.details import edges, entities_of, links
from policygraph.graph.terms import term

if TYPE_CHECKING:
    import networkx

_ALL = ox.DefaultGraph()

Ends = Mapping[str, tuple[str, str]]
"""Subject and object of claims, all by IRI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """``network`` is as ``ClaimGraph.to_networkx`` gives it, without the claims' offsets.

    ``claims`` counts those of the whole graph, ``beyond`` the entities and claims that were
    asked for and exceed the limit.
    """

    network: networkx.MultiDiGraph[str]
    claims: int
    beyond: tuple[int, int]


def everything(store: ox.Store, *, limit: int) -> Excerpt:
    """All claims; of more than ``limit`` those between the best-connected entities."""
    objects = {claim: end for claim, end in _ends(store, "pg:object")}
    ends = {
        claim: (subject, objects[claim])
        for claim, subject in _ends(store, "pg:subject")
        if claim in objects
    }
    degree = Counter(end for pair in ends.values() for end in set(pair))
    order = sorted(degree, key=lambda entity: (-degree[entity], entity))
    return _read(store, ends, order, limit)


def of_article(store: ox.Store, article: str, *, limit: int) -> Excerpt:
    """The claims that an article makes."""
    ends = dict(_both_ends(store, _claims(store, "prov:wasDerivedFrom", article)))
    return _read(store, ends, sorted({end for pair in ends.values() for end in pair}), limit)


def around(store: ox.Store, entities: Sequence[str], *, depth: int, limit: int) -> Excerpt:
    """The claims between the entities that lie within ``depth`` claims of some.

    Where there are more than ``limit``, those between the nearest, then the best connected,
    are kept.
    """
    steps = dict.fromkeys(entities, 0)
    ring = list(steps)
    missed = 0
    for step in range(1, depth + 1):
        near = Counter(other for one in ring for other in _neighbours(store, one))
        fresh = sorted((e for e in near if e not in steps), key=lambda e: (-near[e], e))
        ring = fresh[: max(0, limit - len(steps))]
        missed += len(fresh) - len(ring)
        steps.update(dict.fromkeys(ring, step))
    ends = {
        claim: pair
        for entity in steps
        for claim, pair in _both_ends(store, _claims(store, "pg:subject", entity))
        if pair[1] in steps
    }
    found = _read(store, ends, list(steps), limit)
    entities_beyond, claims_beyond = found.beyond
    return replace(found, beyond=(entities_beyond + missed, claims_beyond))


def ends_of(store: ox.Store, claim: str) -> tuple[str, ...]:
    """Subject and object of a claim; empty for what is none."""
    return next((pair for _, pair in _both_ends(store, [claim])), ())


def is_article(store: ox.Store, iri: str) -> bool:
    """Whether the graph has this article."""
    return term("pg:Article").value in links(store, iri, "rdf:type")


def _read(store: ox.Store, ends: Ends, order: Iterable[str], limit: int) -> Excerpt:
    """Read claims; of too many those between the entities that come first in ``order``."""
    import networkx as nx

    rank = {entity: place for place, entity in enumerate(order)}
    ranked = sorted(ends, key=lambda claim: (max(rank[end] for end in ends[claim]), claim))
    chosen = ranked[:limit]
    drawn = {end for claim in chosen for end in ends[claim]}
    network: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity, attributes in entities_of(store, drawn):
        network.add_node(entity, **attributes)
    for subject, object_, key, attributes in edges(store, chosen):
        network.add_edge(subject, object_, key=key, **attributes)
    wanted = {end for pair in ends.values() for end in pair}
    return Excerpt(
        network=network,
        claims=sum(1 for _ in _ends(store, "pg:subject")),
        beyond=(len(wanted) - len(drawn), len(ends) - len(chosen)),
    )


def _ends(store: ox.Store, role: str) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, term(role), None, _ALL):
        yield _iri(quad.subject), _iri(quad.object)


def _claims(store: ox.Store, role: str, entity: str) -> Iterator[str]:
    node = ox.NamedNode(entity)
    return (_iri(quad.subject) for quad in store.quads_for_pattern(None, term(role), node, _ALL))


def _neighbours(store: ox.Store, entity: str) -> Iterator[str]:
    for role, other in (("pg:subject", "pg:object"), ("pg:object", "pg:subject")):
        for claim in _claims(store, role, entity):
            yield from links(store, claim, other)


def _both_ends(store: ox.Store, claims: Iterable[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for claim in claims:
        subjects, objects = (links(store, claim, role) for role in ("pg:subject", "pg:object"))
        for pair in zip(subjects, objects, strict=False):  # one of each, or none where no claim is
            yield claim, pair


def _iri(node: object) -> str:
    assert isinstance(node, ox.NamedNode)
    return node.value
