"""Where the nodes stand: computed here once, so that a page opens at once and always the same.

Stress majorization (Gansner, Koren & North, 2004) puts the nodes of a component so that
their distances in the plane follow their distances in the graph. It walks down to a
minimum, so that the last digits of floating-point sums, which differ between machines,
fade instead of growing as they do in force-directed layouts. Overlapping boxes (a node
with its label) are then pushed apart, and the components packed side by side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx

Points = NDArray[np.float64]


class Box(NamedTuple):
    """The room that something takes, in pixels; its middle lies ``drop`` below its point."""

    width: float
    height: float
    drop: float = 0.0


_GAP = 14.0
"""Least space between two boxes, in pixels."""

_LABELLED = 300
"""Nodes and edges of a component up to which edge labels are given room of their own."""


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
        place = {node: row for row, node in enumerate(ordered)}
        own = [boxes[node] for node in ordered]
        piece = graph.subgraph(nodes)
        labels = sorted(
            (min(place[a], place[b]), max(place[a], place[b]), data["box"])
            for a, b, data in piece.edges(data=True)
        )
        points = _wide(_settle(_distances(piece, ordered), seed))
        if len(ordered) + len(labels) <= _LABELLED:
            points = _spread(points, own, labels, steps=400, growth=1.02)
        pieces.append((ordered, own, _spread(points, own, [], steps=1500, growth=1.06)))
    return _pack(pieces, aspect)


def _distances(graph: networkx.Graph[str], nodes: Sequence[str]) -> Points:
    """Lengths of the shortest paths between all pairs of a connected graph."""
    import networkx as nx

    lengths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    return np.array([[lengths[a][b] for b in nodes] for a in nodes], dtype=float)


def _settle(distances: Points, seed: int) -> Points:
    """Positions of least stress, the best of a few starts for a small component."""
    count = len(distances)
    if count == 1:
        return np.zeros((1, 2))
    weights: Points = 1 / np.square(distances + np.eye(count))
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.asarray(np.linalg.pinv(laplacian), dtype=np.float64)
    starts = 6 if count <= 60 else 2 if count <= 150 else 1
    random = Random(seed)
    best: tuple[float, Points] | None = None
    for _ in range(starts):
        start = np.array([(random.random(), random.random()) for _ in range(count)])
        points, stress = _majorize(start * distances.max(), distances, weights, inverse)
        if best is None or stress < best[0] * 0.999:
            best = (stress, points)
    assert best is not None
    return best[1]


def _majorize(
    points: Points, distances: Points, weights: Points, inverse: Points
) -> tuple[Points, float]:
    stress = math.inf
    for _ in range(250):
        apart = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
        now = float((weights * np.square(apart - distances)).sum())
        if stress - now < 1e-4 * now:
            return points, now
        stress = now
        ratio = -weights * distances / np.maximum(apart, 1e-9)
        np.fill_diagonal(ratio, 0)
        np.fill_diagonal(ratio, -ratio.sum(axis=1))
        points = inverse @ (ratio @ points)
    return points, stress


def _wide(points: Points) -> Points:
    """Centre the points and turn their longest extent to the horizontal."""
    points = points - points.mean(axis=0)
    (xx, xy), (_, yy) = points.T @ points
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    turned: Points = points @ np.array([[cos, -sin], [sin, cos]])
    return turned


def _spread(
    points: Points,
    boxes: Sequence[Box],
    labels: Sequence[tuple[int, int, Box]],
    *,
    steps: int,
    growth: float,
) -> Points:
    """Push overlapping boxes apart, each pair along the axis where it takes less.

    ``labels`` are boxes half-way between two points, which move with both. ``growth`` is
    what everything is enlarged by, from time to time, when a crowd cannot get free.
    """
    points = points.copy()
    spots = np.vstack([np.eye(len(points)), np.zeros((len(labels), len(points)))])
    for row, (one, other, _) in enumerate(labels, start=len(points)):
        spots[row, [one, other]] = 0.5
    every = [*boxes, *(box for _, _, box in labels)]
    sizes = np.array([(box.width, box.height) for box in every])
    drops = np.array([(0.0, box.drop) for box in every])
    need = (sizes[:, None, :] + sizes[None, :, :]) / 2
    need[: len(points), : len(points)] += _GAP
    order = np.sign(np.arange(len(every))[:, None] - np.arange(len(every))[None, :])
    for step in range(1, steps):
        middles = spots @ points + drops
        delta = middles[:, None, :] - middles[None, :, :]
        short = need - np.abs(delta)
        hit = (short > 0.5).all(axis=2)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        side = np.where(delta == 0, order[:, :, None], np.sign(delta))
        across = short[:, :, 0] < short[:, :, 1]
        push = side * short * np.stack([across, ~across], axis=2) * hit[:, :, None]
        push = push.sum(axis=1) / np.maximum(1, hit.sum(axis=1))[:, None]
        points += 0.4 * (spots.T @ push) / np.maximum(1, spots.T @ hit.any(axis=1))[:, None]
        if step % 50 == 0:
            points *= growth
    return points


def _pack(
    pieces: list[tuple[list[str], list[Box], Points]], aspect: float
) -> dict[str, tuple[int, int]]:
    """Put the components side by side, largest first, where the whole grows least."""
    placed: list[tuple[float, float, float, float]] = []
    result: dict[str, tuple[int, int]] = {}
    margin = 3 * _GAP
    framed = []
    for nodes, boxes, points in pieces:
        half = np.array([(box.width / 2, box.height / 2) for box in boxes])
        middles = points + np.array([(0.0, box.drop) for box in boxes])
        low = (middles - half).min(axis=0)
        width, height = (middles + half).max(axis=0) - low + margin
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
