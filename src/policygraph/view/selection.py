"""Which part of the graph a picture shows, and what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from policygraph.errors import QueryError
from policygraph.model import Status
from policygraph.ontology import load_vocabulary

if TYPE_CHECKING:
    import networkx

NAMES = ("label", "label_en", "label_fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of a graph to draw, with the counts of what it leaves out.

    ``graph`` is a copy in a fixed order, without entities that take part in no claim.
    ``unclaimed`` counts the entities of the whole graph that take part in none;
    ``filtered`` the claims that the filters refuse; ``beyond`` the entities and claims
    that pass the filters but exceed the limit.
    """

    graph: networkx.MultiDiGraph[str]
    entities: int
    claims: int
    unclaimed: int
    filtered: int
    beyond: tuple[int, int] = (0, 0)


def select(
    graph: networkx.MultiDiGraph[str],
    *,
    statuses: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
    types: Collection[str] | None = None,
    around: str | None = None,
    depth: int = 1,
    limit: int = 30_000,
) -> Selection:
    """Choose the claims to draw; None for a filter means everything.

    A claim passes ``types`` when both its ends are of these types. ``around`` is the IRI
    or a label of an entity: only what lies within ``depth`` claims of it stays. Above
    ``limit`` entities the nearest to ``around``, then the best connected, stay.

    Raises:
        QueryError: a filter names a status, predicate, type or entity that is not there.
    """
    if depth < 1 or limit < 2:
        raise ValueError(f"need depth >= 1 and limit >= 2, got {depth} and {limit}")
    vocabulary = load_vocabulary()
    used = {data["predicate"] for _, _, data in graph.edges(data=True)}
    present = {data["type"] for _, data in graph.nodes(data=True)}
    _check(statuses, set(Status), "status")
    _check(predicates, used | set(vocabulary.predicates), "predicate")
    _check(types, present | set(vocabulary.types), "type")

    def passes(subject: str, object_: str, data: Mapping[str, Any]) -> bool:
        ends = {graph.nodes[subject]["type"], graph.nodes[object_]["type"]}
        return (
            (statuses is None or data["status"] in statuses)
            and (predicates is None or data["predicate"] in predicates)
            and (types is None or ends <= set(types))
        )

    part = graph.edge_subgraph(_passing(graph, passes))
    distances = dict.fromkeys(part, 0)
    if around is not None:
        distances = _distances(part, find_entity(graph, around), depth)
        part = part.subgraph(distances)
    passing = part
    if len(part) > limit:
        best = sorted(part, key=lambda node: (distances[node], -part.degree(node), node))
        part = part.subgraph(best[:limit])
    drawn = ordered(part)
    return Selection(
        graph=drawn,
        entities=len(graph),
        claims=graph.number_of_edges(),
        unclaimed=sum(1 for _, degree in graph.degree() if degree == 0),
        filtered=graph.number_of_edges() - passing.number_of_edges(),
        beyond=(len(passing) - len(drawn), passing.number_of_edges() - drawn.number_of_edges()),
    )


def find_entity(graph: networkx.MultiDiGraph[str], name: str) -> str:
    """The IRI of the entity that has this IRI or label, whatever the case of its letters.

    Of several with that label, the one with the most claims. Raises ``QueryError`` with
    the nearest labels when there is none.
    """
    if name in graph:
        return name
    labels: dict[str, list[str]] = {}
    for node, data in graph.nodes(data=True):
        for label in {data[key] for key in NAMES if data.get(key)}:
            labels.setdefault(label.casefold(), []).append(node)
    if found := labels.get(name.casefold()):
        return min(found, key=lambda node: (-graph.degree(node), node))
    near = [
        str(graph.nodes[labels[label][0]]["label"])
        for label in get_close_matches(name.casefold(), sorted(labels), n=3)
    ]
    hint = f"; did you mean {' or '.join(near)}?" if near else "; give its label or its IRI"
    raise QueryError(f"no entity of the graph is called {name!r}{hint}")


def _check(asked: Collection[str] | None, known: Collection[str], what: str) -> None:
    if unknown := sorted(set(asked or ()) - set(known)):
        near = get_close_matches(unknown[0], sorted(known), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"use {', '.join(sorted(known))}"
        raise QueryError(f"there is no {what} {unknown[0]!r}; {hint}")


def _passing(
    graph: networkx.MultiDiGraph[str], passes: Callable[[str, str, Mapping[str, Any]], bool]
) -> Any:  # the stubs of networkx forget the keys of a multigraph's edges
    return [
        (subject, object_, key)
        for subject, object_, key, data in graph.edges(keys=True, data=True)
        if passes(subject, object_, data)
    ]


def _distances(part: networkx.MultiDiGraph[str], centre: str, depth: int) -> dict[str, int]:
    import networkx as nx

    if centre not in part:
        return {}
    undirected = part.to_undirected(as_view=True)
    return dict(nx.single_source_shortest_path_length(undirected, centre, cutoff=depth))


def ordered(part: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """A copy without isolated entities whose order depends on its content alone."""
    import networkx as nx

    result: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = sorted(part.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for node in sorted({end for edge in edges for end in edge[:2]}):
        result.add_node(node, **part.nodes[node])
    for subject, object_, key, data in edges:
        result.add_edge(subject, object_, key=key, **data)
    return result
