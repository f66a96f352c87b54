"""Room for nodes and labels: boxes pushed apart, and how hard a layout is to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Rows = NDArray[np.intp]


class Box(NamedTuple):
    """The room that something takes, in pixels; its middle lies ``drop`` below its point."""

    width: float
    height: float
    drop: float = 0.0


class Link(NamedTuple):
    """A line between the points of two rows, with the box of the label in its middle."""

    one: int
    other: int
    box: Box


_GAP = 14.0
"""Least space between the boxes of two nodes, in pixels."""

_SLACK = 4.0
"""Wanted space around the label of a line, which arrows shift a little."""


def spread(
    points: Points, boxes: Sequence[Box], links: Sequence[Link], *, steps: int, growth: float
) -> Points:
    """Push overlapping boxes apart, each pair along the axis where it takes less.

    The labels of ``links`` are boxes too, which move with both ends. ``growth`` is what
    everything is enlarged by, every 50 steps, as long as a crowd cannot get free.
    """
    points = points.copy()
    spots = _spots(len(points), links)
    sizes, drops = _measures(boxes, links)
    need_x, need_y = ((side[:, None] + side[None, :]) / 2 + _SLACK for side in sizes.T)
    for need in (need_x, need_y):
        need[: len(points), : len(points)] += _GAP - _SLACK
        need[np.tril_indices(len(sizes))] = -np.inf  # each pair once
    for step in range(1, steps):
        x, y = (spots @ points + drops).T
        over = (np.abs(x[:, None] - x[None, :]) < need_x - 0.5) & (
            np.abs(y[:, None] - y[None, :]) < need_y - 0.5
        )
        one, other = np.nonzero(over)
        if not one.size:
            break
        points += 0.4 * _push(one, other, np.stack([x, y]), np.stack([need_x, need_y]), spots)
        if step % 50 == 0:
            points *= growth
    return points


def _push(one: Rows, other: Rows, places: Points, need: Points, spots: Points) -> Points:
    """Give the mean move of each point that frees its boxes from those they overlap."""
    count = len(spots)
    delta = places[:, one] - places[:, other]
    short = need[:, one, other] - np.abs(delta)
    across = short[0] < short[1]
    moves = []
    for side, room, chosen in zip(delta, short, (across, ~across), strict=True):
        push = np.where(side < 0, -room, room) * chosen
        moves.append(np.bincount(one, push, count) - np.bincount(other, push, count))
    hits = np.bincount(one, minlength=count) + np.bincount(other, minlength=count)
    boxes_move = np.stack(moves, axis=1) / np.maximum(1, hits)[:, None]
    result: Points = (spots.T @ boxes_move) / np.maximum(1, spots.T @ (hits > 0))[:, None]
    return result


def extent(points: Points, boxes: Sequence[Box]) -> tuple[Points, Points]:
    """Give the upper left and the lower right corner of all boxes together."""
    sizes, drops = _measures(boxes, [])
    return (points + drops - sizes / 2).min(axis=0), (points + drops + sizes / 2).max(axis=0)


def difficulty(points: Points, boxes: Sequence[Box], links: Sequence[Link], aspect: float) -> float:
    """How hard a layout is to read: what it takes of the screen, times its faults.

    Faults are labels that something covers, lines that run through a node that is not
    theirs, and, less, crossings. The shares were chosen by looking at pictures.
    """
    low, high = extent(points, boxes)
    width, height = high - low
    size = float(max(width / aspect, height))
    if not links:
        return size
    faults = _covered(points, boxes, links) + _pierced(points, boxes, links)
    return size * (1 + (1.2 * faults + 0.25 * _crossings(points, links)) / len(links))


def _covered(points: Points, boxes: Sequence[Box], links: Sequence[Link]) -> int:
    sizes, drops = _measures(boxes, links)
    middles = _spots(len(points), links) @ points + drops
    need = (sizes[:, None, :] + sizes[None, :, :]) / 2
    over = (np.abs(middles[:, None, :] - middles[None, :, :]) < need).all(axis=2)
    return int(np.triu(over, 1).sum())


def _pierced(points: Points, boxes: Sequence[Box], links: Sequence[Link]) -> int:
    sizes, drops = _measures(boxes, [])
    ends = np.array([(link.one, link.other) for link in links])
    along = np.linspace(0.03, 0.97, 25)[None, :, None]
    walk = points[ends[:, 0]][:, None, :] * (1 - along) + points[ends[:, 1]][:, None, :] * along
    inside = np.zeros((len(links), len(points)), dtype=bool)
    for step in range(walk.shape[1]):
        away = np.abs(walk[:, None, step, :] - (points + drops)[None, :, :])
        inside |= (away < sizes[None, :, :] / 2).all(axis=2)
    rows = np.arange(len(links))
    inside[rows, ends[:, 0]] = inside[rows, ends[:, 1]] = False
    return int(inside.sum())


def _crossings(points: Points, links: Sequence[Link]) -> int:
    ends = np.array([(link.one, link.other) for link in links])
    start, stop = points[ends[:, 0]], points[ends[:, 1]]
    along = stop - start

    def sides(of: Points) -> Points:
        apart = of[None, :, :] - start[:, None, :]
        turn: Points = along[:, None, 0] * apart[:, :, 1] - along[:, None, 1] * apart[:, :, 0]
        return np.sign(turn)

    split = sides(start) * sides(stop) < 0
    shared = (ends[:, None, :, None] == ends[None, :, None, :]).any(axis=(2, 3))
    return int((split & split.T & ~shared).sum()) // 2


def _spots(count: int, links: Sequence[Link]) -> Points:
    """The matrix that takes the points to the points of all boxes, labels last."""
    spots = np.vstack([np.eye(count), np.zeros((len(links), count))])
    for row, link in enumerate(links, start=count):
        spots[row, [link.one, link.other]] = 0.5
    return spots


def _measures(boxes: Sequence[Box], links: Sequence[Link]) -> tuple[Points, Points]:
    every = [*boxes, *(link.box for link in links)]
    sizes = np.array([(box.width, box.height) for box in every], dtype=float)
    return sizes, np.array([(0.0, box.drop) for box in every])
