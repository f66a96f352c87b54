"""Judges which things are one, and works out what that changes in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from policygraph.graph.amending import may_write
from policygraph.graph.blocks import all_waiting, block_quads, stamp
from policygraph.graph.merges import RESOLUTION, Merges, read_resolution, resolution_quads
from policygraph.graph.rejudging import Pair, Rejudging
from policygraph.graph.rereading import read_renamings, renaming_quads, still_needed
from policygraph.graph.terms import ARTICLES, BLOCKS, term
from policygraph.graph.things import things
from policygraph.graph.updating import data
from policygraph.resolve.clusters import cluster
from policygraph.resolve.judgements import Judgement, in_force

_RENAMED, _JUDGED, _BY = (term(f"pg:{name}") for name in ("nowReadAs", "judged", "judgedBy"))


def remerging(
    store: ox.Store, old: Merges, judged: Iterable[Judgement], is_used: Callable[[str], bool]
) -> tuple[Merges, str] | None:
    """The merges as they should be, and the update that makes them so; None where they are.

    ``is_used`` says whether an article has a thing of an IRI.
    The outcome depends on the articles and the judgements of persons, and not on any order;
    the work on what has changed since the last time, unless the rules have.
    """
    decided = in_force([*judged])
    renaming = {*store.quads_for_pattern(None, _RENAMED, None, RESOLUTION)}
    renamings = still_needed(read_renamings(renaming), is_used)
    gone, come = {*all_waiting(store), *renaming}, {*renaming_quads(renamings)}
    if stamp() in store:
        changed = {_value(quad.subject) for quad in gone} | _judged_anew(store, decided)
        work = Rejudging(store, old, decided)
        found = work.run(changed)
        kept = {iri: now for iri, now in old.targets.items() if iri not in work.settled}
        gone |= work.gone | _judgement_quads(store, work.settled)
        come |= work.come
    else:
        known = {thing.iri: thing for thing in things(store)}
        found, kept = cluster(known.values(), decided), {}
        gone |= {q for graph in (BLOCKS, RESOLUTION) for q in _all_of(store, graph)}
        come |= {q for iri, thing in known.items() for q in block_quads(iri, thing)} | {stamp()}
    targets = {**kept, **found.targets}
    new = Merges({iri: targets.get(now, now) for iri, now in renamings.items()} | targets)
    moved = {i for i in old.targets.keys() | new.targets.keys() if _differ(i, old, new)}
    gone |= {*resolution_quads({i: n for i, n in old.targets.items() if i in moved}, ())}
    come |= {*resolution_quads(new.targets, found.judgements)}
    gone, come = gone - come, {quad for quad in come if quad not in store}
    return (new, _update(store, old, new, gone, come)) if gone or come else None


def _differ(iri: str, one: Merges, other: Merges) -> bool:
    return one.targets.get(iri) != other.targets.get(iri)


def _judged_anew(store: ox.Store, decided: Mapping[Pair, Judgement]) -> set[str]:
    """The IRIs of the pairs of which a person judges otherwise than the store has it."""
    by_persons = {
        quad
        for said in store.quads_for_pattern(None, _BY, None, RESOLUTION)
        if _value(said.object) != "rule"
        for quad in store.quads_for_pattern(said.subject, None, None, RESOLUTION)
    }
    before = {item.pair: item for item in read_resolution(by_persons)}
    changed = {*before.items()} ^ {*decided.items()}
    return {iri for pair, _ in changed for iri in pair}


def _judgement_quads(store: ox.Store, iris: Iterable[str]) -> set[ox.Quad]:
    """What the store says of the judgements on these things."""
    return {
        quad
        for iri in iris
        for said in store.quads_for_pattern(None, _JUDGED, ox.NamedNode(iri), RESOLUTION)
        for quad in store.quads_for_pattern(said.subject, None, None, RESOLUTION)
    }


def _update(
    store: ox.Store, old: Merges, new: Merges, gone: set[ox.Quad], come: set[ox.Quad]
) -> str:
    """The update that takes quads of named graphs out and writes others, and merges as told."""
    touched = _touched(store, old, new)
    before = {ox.Triple(*old.triple(quad)) for quad in touched} | _in_default(gone)
    after = {ox.Triple(*new.triple(quad)) for quad in touched} | _in_default(come)
    lost = [ox.Quad(t.subject, t.predicate, t.object) for t in before - after]
    won = [ox.Quad(t.subject, t.predicate, t.object) for t in after - before]
    return f"DELETE DATA {{ {data([*lost, *gone])} }} ; INSERT DATA {{ {data([*won, *come])} }}"


def _in_default(quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads if quad.graph_name == RESOLUTION}


def _all_of(store: ox.Store, graph: ox.NamedNode) -> Iterable[ox.Quad]:
    return store.quads_for_pattern(None, None, None, graph)


def _value(node: object) -> str:
    return str(node.value)  # type: ignore[attr-defined]


def _touched(store: ox.Store, old: Merges, new: Merges) -> set[ox.Quad]:
    """The quads, of articles and of what updates wrote, that the two write otherwise."""
    return {
        quad
        for iri in old.involved(new)
        for pattern in ((iri, None, None), (None, None, iri))
        for quad in store.quads_for_pattern(*pattern)
        if str(quad.graph_name).startswith(f"<{ARTICLES}") or may_write(quad.graph_name)
    }
