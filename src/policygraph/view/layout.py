"""Where the nodes stand: computed here once, so that a page opens at once and always the same.

Stress majorization (Gansner, Koren & North, 2004) puts the nodes of a component so that
their distances in the plane follow their distances in the graph. It walks down to a
minimum, so that the last digits of floating-point sums, which differ between machines,
fade instead of growing as they do in force-directed layouts. Overlapping boxes (a node
with its label) are then pushed apart; of several starts the easiest to read wins; and the
components are packed side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from policygraph.view.room import Box, Link, Points, difficulty, extent, spread

if TYPE_CHECKING:
    import networkx

_LABELLED = 300
"""Nodes and edges of a component up to which edge labels are given room of their own."""

_DENSITIES = (0.75, 0.9, 1.05)
"""How much a component is pressed together before its boxes are pushed apart again."""

_FOLD = 0.85
"""Exponent that shortens long distances, so that chains of nodes fold into free room."""


def arrange(
    graph: networkx.Graph[str], boxes: Mapping[str, Box], *, aspect: float = 1.35, seed: int = 2020
) -> dict[str, tuple[int, int]]:
    """Give the point of every node, in whole pixels; no two boxes overlap.

    Edges carry their wanted ``length`` in pixels and the ``box`` of their label, which
    stands in their middle and keeps clear of the rest where it can. ``aspect`` is the
    wanted ratio of width to height of the whole. The order of nodes and edges in
    ``graph`` decides ties.
    """
    import networkx as nx

    pieces = []
    for nodes in nx.connected_components(graph):
        ordered = [node for node in graph if node in nodes]
        own = [boxes[node] for node in ordered]
        pieces.append(
            (ordered, own, _lay_out(graph.subgraph(nodes).copy(), ordered, own, aspect, seed))
        )
    return _pack(pieces, aspect)


def _lay_out(
    piece: networkx.Graph[str], nodes: list[str], boxes: list[Box], aspect: float, seed: int
) -> Points:
    """Give the easiest to read of several layouts of a connected graph."""
    row = {node: number for number, node in enumerate(nodes)}
    links = sorted(
        Link(min(row[a], row[b]), max(row[a], row[b]), data["box"])
        for a, b, data in piece.edges(data=True)
    )
    small = len(nodes) + len(links) <= _LABELLED
    layouts = []
    for settled in _settle(_distances(piece, nodes), seed):
        for density in _DENSITIES if small else (1.0,):
            points = _wide(settled) * density
            if small:
                points = spread(points, boxes, links, steps=300, growth=1.02)
            layouts.append(spread(points, boxes, [], steps=1500, growth=1.06))
    if len(layouts) == 1:
        return layouts[0]
    return min(layouts, key=lambda points: difficulty(points, boxes, links, aspect))


def settle_hops(
    graph: networkx.Graph[str], nodes: Sequence[str], length: float, *, seed: int = 2020
) -> Points:
    """Points of ``nodes``, in their order, of a connected graph whose links are all as long."""
    import networkx as nx

    if len(nodes) == 1:
        return np.zeros((1, 2))
    hops = dict(nx.all_pairs_shortest_path_length(graph))
    distances = length * np.array([[hops[a][b] for b in nodes] for a in nodes], dtype=float)
    points = next(iter(_settle(distances, seed)))
    centred: Points = points - points.mean(axis=0)
    return centred


def _distances(graph: networkx.Graph[str], nodes: Sequence[str]) -> Points:
    """Lengths of the shortest paths between all pairs of a connected graph."""
    import networkx as nx

    lengths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    distances = np.array([[lengths[a][b] for b in nodes] for a in nodes], dtype=float)
    return distances


def _settle(distances: Points, seed: int) -> Iterator[Points]:
    """Yield positions of least stress, from several starts where there is time."""
    count = len(distances)
    if count == 1:
        yield np.zeros((1, 2))
        return
    unit = np.median(distances[distances > 0])
    distances = unit * (distances / unit) ** _FOLD
    weights: Points = 1 / np.square(distances + np.eye(count))
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.asarray(np.linalg.pinv(laplacian), dtype=np.float64)
    random = Random(seed)
    for _ in range(1 if count <= 3 else 6 if count <= 60 else 2 if count <= 150 else 1):
        start = np.array([(random.random(), random.random()) for _ in range(count)])
        yield _majorize(start * distances.max(), distances, weights, inverse)


def _majorize(points: Points, distances: Points, weights: Points, inverse: Points) -> Points:
    stress = math.inf
    for _ in range(250):
        apart = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
        now = float((weights * np.square(apart - distances)).sum())
        if stress - now < 1e-4 * now:
            break
        stress = now
        ratio = -weights * distances / np.maximum(apart, 1e-9)
        np.fill_diagonal(ratio, 0)
        np.fill_diagonal(ratio, -ratio.sum(axis=1))
        points = inverse @ (ratio @ points)
    return points


def _wide(points: Points) -> Points:
    """Centre the points and turn their longest extent to the horizontal."""
    points = points - points.mean(axis=0)
    (xx, xy), (_, yy) = points.T @ points
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    turned: Points = points @ np.array([[cos, -sin], [sin, cos]])
    return turned


def _pack(
    pieces: list[tuple[list[str], list[Box], Points]], aspect: float
) -> dict[str, tuple[int, int]]:
    """Put the components side by side, largest first, where the whole grows least."""
    placed: list[tuple[float, float, float, float]] = []
    result: dict[str, tuple[int, int]] = {}
    margin = 40.0
    framed = []
    for nodes, boxes, points in pieces:
        low, high = extent(points, boxes)
        width, height = high - low + margin
        framed.append((nodes, points - low, float(width), float(height)))
    framed.sort(key=lambda piece: (-piece[2] * piece[3], piece[0]))
    for nodes, points, width, height in framed:
        corners = [(0.0, 0.0)]
        for left, top, right, bottom in placed:
            corners += [(right, top), (left, bottom), (right, 0.0), (0.0, bottom)]
        spots = [
            (x, y)
            for x, y in corners
            if not any(
                x < right and left < x + width and y < bottom and top < y + height
                for left, top, right, bottom in placed
            )
        ]
        all_right = max((box[2] for box in placed), default=0.0)
        all_bottom = max((box[3] for box in placed), default=0.0)

        def growth(spot: tuple[float, float]) -> tuple[float, float, float]:
            right = max(all_right, spot[0] + width)  # noqa: B023 - used in this turn only
            bottom = max(all_bottom, spot[1] + height)  # noqa: B023
            return max(right / aspect, bottom), spot[1], spot[0]

        x, y = min(spots, key=growth)
        placed.append((x, y, x + width, y + height))
        for node, (px, py) in zip(nodes, points, strict=True):
            result[node] = (round(x + px), round(y + py))
    return result
