"""Judges which things are one, and works out what that changes in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from policygraph.graph.amending import may_write
from policygraph.graph.merges import RESOLUTION, Merges, resolution_quads
from policygraph.graph.rereading import read_renamings, renaming_quads, still_needed
from policygraph.graph.terms import ARTICLES
from policygraph.graph.things import things
from policygraph.resolve.clusters import cluster
from policygraph.resolve.judgements import Judgement, in_force


def remerging(
    store: ox.Store, old: Merges, judged: Iterable[Judgement], is_used: Callable[[str], bool]
) -> tuple[Merges, str] | None:
    """The merges as they should be, and the update that makes them so; None where they are.

    ``is_used`` says whether an article has a thing of an IRI.
    The outcome depends on the articles and the judgements of persons, and not on any order.
    """
    found = cluster(things(store), in_force([*judged]))
    stored = {*store.quads_for_pattern(None, None, None, RESOLUTION)}
    renamings = still_needed(read_renamings(stored), is_used)
    targets = {iri: found.targets.get(now, now) for iri, now in renamings.items()}
    targets |= found.targets
    quads = [*resolution_quads(targets, found.judgements), *renaming_quads(renamings)]
    if stored == {*quads}:
        return None
    new = Merges(targets)
    touched = _touched(store, old, new)
    before = {ox.Triple(*old.triple(quad)) for quad in touched} | {q.triple for q in stored}
    after = {ox.Triple(*new.triple(quad)) for quad in touched} | {q.triple for q in quads}
    gone, come, own = (
        "\n".join(f"{triple} ." for triple in group)
        for group in (before - after, after - before, [quad.triple for quad in quads])
    )
    return new, (
        f"DROP SILENT GRAPH {RESOLUTION} ; DELETE DATA {{ {gone} }} ;"
        f"INSERT DATA {{ {come} GRAPH {RESOLUTION} {{ {own} }} }}"
    )


def _touched(store: ox.Store, old: Merges, new: Merges) -> set[ox.Quad]:
    """The quads, of articles and of what updates wrote, that the two write otherwise."""
    return {
        quad
        for iri in old.involved(new)
        for pattern in ((iri, None, None), (None, None, iri))
        for quad in store.quads_for_pattern(*pattern)
        if str(quad.graph_name).startswith(f"<{ARTICLES}") or may_write(quad.graph_name)
    }
