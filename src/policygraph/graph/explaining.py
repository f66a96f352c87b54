"""Says what a node is made of: under which names and IRIs it was read, and why they are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.authority import load_authority
from policygraph.folding import fold
from policygraph.graph.things import things
from policygraph.ontology import ENTITIES
from policygraph.resolve.judgements import Judgement, Verdict
from policygraph.resolve.pairs import Thing

if TYPE_CHECKING:
    from policygraph.graph.claims import ClaimGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A node of the graph: ``members`` are the things of articles that were merged in it.

    ``judgements`` are those that joined the members, and those that kept others away or could
    not decide.
    """

    iri: str
    members: tuple[Thing, ...]
    judgements: tuple[Judgement, ...]


def explain(graph: ClaimGraph, entity: str) -> list[Explanation]:
    """The nodes that an IRI, the end of one (``company/zorblax``) or a name may mean, by IRI."""
    known = {thing.iri: thing for thing in things(graph.store)}
    wanted = {graph.now(iri) for iri in _meant(known, graph.merged, entity)}
    groups: dict[str, list[Thing]] = {top: [] for top in sorted(wanted)}
    for iri, thing in known.items():
        if (top := graph.now(iri)) in groups:
            groups[top].append(thing)
    judged = graph.judgements()
    return [
        Explanation(
            iri=top,
            members=tuple(members),
            judgements=tuple(j for j in judged if top in (graph.now(j.one), graph.now(j.other))),
        )
        for top, members in groups.items()
    ]


def _meant(known: Mapping[str, Thing], merged: Mapping[str, str], entity: str) -> list[str]:
    """The IRIs that a person means; those too that no article is read with any more."""
    iris = [iri for iri in (entity, ENTITIES + entity) if iri in known or iri in merged]
    name = fold(entity)
    iris = iris or [
        iri for iri, thing in known.items() if name in {fold(other) for other in thing.names}
    ]
    entries = (ENTITIES + entry.slug for entry in load_authority().find(entity))
    return iris or [iri for iri in entries if iri in known]


def open_questions(graph: ClaimGraph) -> list[tuple[Judgement, Thing, Thing]]:
    """The pairs that no rule could decide and no person has judged, the most alike first."""
    known = {thing.iri: thing for thing in things(graph.store)}
    found = [
        (item, known[item.one], known[item.other])
        for item in graph.judgements()
        if item.verdict is Verdict.UNSURE
        and not item.is_personal
        and item.one in known
        and item.other in known
    ]
    return sorted(found, key=lambda q: (-q[0].score, q[0].pair))
