"""Large graphs: which entities belong together, and where they stand.

Communities are found by the Louvain method (Blondel et al., 2008) with a fixed seed. Each
is a disc whose area follows the number of its entities; the discs are arranged like the
nodes of a small graph, and inside each the best-connected entities stand in the middle.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from policygraph.view.layout import arrange, settle_hops
from policygraph.view.room import Box, Points, spread

if TYPE_CHECKING:
    import networkx

_MOST = 60
"""Communities that are told apart; the entities of smaller ones share a last one."""

_APART = 34.0
"""Pixels between neighbouring entities of a disc."""

_SETTLED = 160
"""Entities of a disc up to which their own links decide where they stand in it."""

_GOLDEN = math.pi * (3 - math.sqrt(5))


def communities(graph: networkx.Graph[str]) -> list[list[str]]:
    """Part the nodes into groups with more links inside than between, largest first.

    ``graph`` carries the number of claims of a link as ``weight``. In a group the nodes
    with the most claims come first. The last group may be a remainder of small ones.
    """
    import networkx as nx

    degree: Mapping[str, float] = dict(graph.degree(weight="weight"))
    found = nx.community.louvain_communities(graph, weight="weight", seed=2020)
    groups = [sorted(group, key=lambda node: (-degree[node], node)) for group in found]
    groups.sort(key=lambda group: (-len(group), group[0]))
    large = [group for group in groups[:_MOST] if len(group) > 3]
    small = [node for group in groups[len(large) :] for node in group]
    small.sort(key=lambda node: (-degree[node], node))
    return [*large, small] if small else large


def place(
    graph: networkx.Graph[str], groups: Sequence[Sequence[str]]
) -> tuple[dict[str, tuple[int, int]], list[tuple[int, int, int]]]:
    """Give the point of every node, and the middle and radius of every group, in pixels."""
    discs = [_disc(graph, group) for group in groups]
    radii = [_APART + max(map(math.hypot, *disc.T), default=0.0) for disc in discs]
    middles = _middles(graph, groups, radii)
    places = {
        node: (round(x + at[0]), round(y + at[1]))
        for group, disc, (x, y) in zip(groups, discs, middles, strict=True)
        for node, at in zip(group, disc, strict=True)
    }
    return places, [(x, y, round(r)) for (x, y), r in zip(middles, radii, strict=True)]


def _disc(graph: networkx.Graph[str], group: Sequence[str]) -> Points:
    """Points of a group's nodes around the origin."""
    import networkx as nx

    if len(group) <= _SETTLED and nx.is_connected(inside := graph.subgraph(group)):
        points = settle_hops(inside, group, _APART * 2.2)
        return spread(points, [Box(_APART, _APART)] * len(group), [], steps=200, growth=1.04)
    order = np.arange(len(group))
    radius = _APART * 0.62 * np.sqrt(order)
    return np.stack([radius * np.cos(order * _GOLDEN), radius * np.sin(order * _GOLDEN)], axis=1)


def _middles(
    graph: networkx.Graph[str], groups: Sequence[Sequence[str]], radii: Sequence[float]
) -> list[tuple[int, int]]:
    import networkx as nx

    home = {node: str(number) for number, group in enumerate(groups) for node in group}
    between: Counter[tuple[str, str]] = Counter()
    for one, other, weight in graph.edges(data="weight"):
        first, second = sorted((home[one], home[other]))
        if first != second:
            between[first, second] += weight
    whole: networkx.Graph[str] = nx.Graph()
    whole.add_nodes_from(map(str, range(len(groups))))
    for (one, other), _ in sorted(between.items(), key=lambda item: (-item[1], item[0])):
        # a few strong ties tell which discs are near; all of them would tell nothing
        if min(whole.degree(one), whole.degree(other)) < 3:
            length = radii[int(one)] + radii[int(other)] + 60
            whole.add_edge(one, other, length=length, box=Box(0, 0))
    pieces = sorted(nx.connected_components(whole), key=lambda piece: min(map(int, piece)))
    for piece in pieces[1:]:  # what hangs together with nothing stands by the largest all the same
        number = str(min(map(int, piece)))
        whole.add_edge("0", number, length=radii[0] + radii[int(number)] + 60, box=Box(0, 0))
    boxes = {str(number): Box(2 * r, 2 * r) for number, r in enumerate(radii)}
    spots = arrange(whole, boxes)
    return [spots[str(number)] for number in range(len(groups))]
