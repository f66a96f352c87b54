"""How lines bend, so that each of several between two nodes shows, and its label can be read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policygraph.view.room import Box

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Middle, width and height, in pixels."""

_LEANS = (0.0, 0.12, -0.12, 0.2, -0.2, 0.3, -0.3)
"""Roundness of the middle of a bundle of lines, tried in this order."""

_ARROW = 8.0

_READABLE = 300
"""Lines up to which leaning is tried: with more, labels show only when the reader zooms in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A line to bend: its ends and the size of its label."""

    source: str
    target: str
    label: Box


def bend(
    strands: Sequence[Strand],
    places: Mapping[str, tuple[int, int]],
    sizes: Mapping[str, int],
    boxes: Mapping[str, Box],
) -> list[float]:
    """Give each strand's roundness: 0 straight, positive ``curvedCW``, negative ``curvedCCW``.

    Bundles are bent one after the other, the largest first, each in the way that covers
    the fewest labels and nodes.
    """
    bundles: dict[tuple[str, str], list[int]] = {}
    for number, strand in enumerate(strands):
        first, second = sorted((strand.source, strand.target))
        if first != second:
            bundles.setdefault((first, second), []).append(number)
    easy = len(strands) <= _READABLE
    nodes: list[Rectangle] = [
        (places[node][0], places[node][1] + box.drop, box.width, box.height)
        for node, box in boxes.items()
    ]
    taken = nodes.copy()
    result = [0.0] * len(strands)
    for (first, second), members in sorted(bundles.items(), key=lambda item: (-len(item[1]), item)):
        labels = [strands[number].label for number in members]
        ways = [
            _lay(places[first], places[second], sizes[first], sizes[second], bends, labels)
            for bends in _ways(places[first], places[second], labels)
        ]
        best = ways[0]
        if easy:
            others = [
                box for node, box in zip(boxes, nodes, strict=True) if node not in (first, second)
            ]
            best = min(ways, key=lambda way: _cost(way, np.array(others), taken))
        taken += best.labels
        for number, roundness in zip(members, best.bends, strict=True):
            # vis-network turns a line to its own left or right, whichever way it runs
            forwards = strands[number].source == first
            result[number] = round(roundness if forwards else -roundness, 3)
    return result


class _Way(NamedTuple):
    """A bundle laid in one way: how round, along which points, with labels where."""

    bends: list[float]
    curves: list[list[Point]]
    labels: list[Rectangle]


def _lay(
    start: Point, stop: Point, size: float, other: float, bends: list[float], labels: list[Box]
) -> _Way:
    curves = [_curve(start, stop, size, other, roundness) for roundness in bends]
    middles = [curve[len(curve) // 2] for curve in curves]
    return _Way(
        bends,
        curves,
        [(*at, box.width, box.height) for at, box in zip(middles, labels, strict=True)],
    )


def _cost(way: _Way, nodes: NDArray[np.float64], taken: list[Rectangle]) -> float:
    cost = abs(way.bends[0] + way.bends[-1])
    if len(nodes):
        cost += sum(_pierced(curve, nodes) for curve in way.curves)
    for number, label in enumerate(way.labels):
        cost += _covered(label, np.array([*taken, *way.labels[:number]]))
    return cost


def _ways(start: Point, stop: Point, labels: list[Box]) -> list[list[float]]:
    """The roundness of the lines of a bundle in the ways worth a try.

    The middle of a curve lies about 0.4 × roundness × length beside the straight line.
    """
    (x1, y1), (x2, y2) = start, stop
    length = max(1.0, math.hypot(x2 - x1, y2 - y1))
    count = len(labels)
    widest, highest = max(box.width for box in labels), max(box.height for box in labels)
    needed = min(widest * length / max(1, abs(y2 - y1)), highest * length / max(1, abs(x2 - x1)))
    steps = [min(0.9 / count, max(0.1, needed * part / (0.4 * length))) for part in (1.0, 0.7)]
    return [
        [lean + (number - (count - 1) / 2) * step for number in range(count)]
        for step in (steps if count > 1 else [0.0])
        for lean in _LEANS
    ]


def _curve(start: Point, stop: Point, size: float, other: float, roundness: float) -> list[Point]:
    """Points along the line as vis-network draws it, from border to border; odd in number."""
    (x1, y1), (x2, y2) = start, stop
    length = max(1.0, math.hypot(x2 - x1, y2 - y1))
    reach, angle = (0.5 + abs(roundness) / 2) * length, math.atan2(y1 - y2, x2 - x1)
    angle += (0.5 + roundness / 2) * math.pi
    via = x1 + reach * math.sin(angle), y1 + reach * math.cos(angle)
    from_, to = _towards(start, via, size), _towards(stop, via, other + _ARROW)
    return [
        (
            (1 - t) ** 2 * from_[0] + 2 * t * (1 - t) * via[0] + t**2 * to[0],
            (1 - t) ** 2 * from_[1] + 2 * t * (1 - t) * via[1] + t**2 * to[1],
        )
        for t in np.linspace(0, 1, 17).tolist()
    ]


def _towards(point: Point, other: Point, distance: float) -> Point:
    dx, dy = other[0] - point[0], other[1] - point[1]
    part = min(1.0, distance / max(1.0, math.hypot(dx, dy)))
    return point[0] + dx * part, point[1] + dy * part


def _covered(label: Rectangle, others: NDArray[np.float64]) -> float:
    """How much of a label the others cover: 1 is all of it."""
    x, y, width, height = label
    over_x = (width + others[:, 2]) / 2 - np.abs(others[:, 0] - x)
    over_y = (height + others[:, 3]) / 2 - np.abs(others[:, 1] - y)
    area = np.clip(over_x, 0, width) * np.clip(over_y, 0, height)
    return float(area.sum()) / (width * height)


def _pierced(curve: Sequence[Point], nodes: NDArray[np.float64]) -> float:
    """How many nodes the line runs through that are not its ends."""
    points = np.array(curve)
    away = np.abs(points[:, None, :] - nodes[None, :, :2])
    return float((away < nodes[None, :, 2:] / 2).all(axis=2).any(axis=0).sum())
