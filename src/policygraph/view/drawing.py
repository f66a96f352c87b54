"""From claims to the nodes and lines of a pyvis network, with their places and sizes."""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygraph.folding import visible
from policygraph.view.appearance import Appearance
from policygraph.view.bends import Strand, bend
from policygraph.view.layout import arrange
from policygraph.view.room import Box

if TYPE_CHECKING:
    import networkx

_FONT = 15
_WRAP = 20
"""Characters in a line of a node's label."""
_LINES = 3
_WIDTH = 7.8
"""Mean width of a character of a node's label, in pixels."""
_EDGE_WIDTH, _EDGE_HEIGHT = 6.6, 16
"""Mean width of a character of a line's label and the height of its row, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Claims drawn as one line: same ends, predicate, status and negation."""

    id: str
    source: str
    target: str
    predicate: str
    status: str
    negated: bool
    claims: tuple[str, ...]


def bundle(graph: networkx.MultiDiGraph[str], symmetric: Callable[[str], bool]) -> list[Line]:
    """Join the claims that say the same, in a fixed order.

    Where the predicate is ``symmetric``, "A meets B" and "B meets A" say the same.
    """
    groups: dict[tuple[str, str, str, str, bool], list[str]] = defaultdict(list)
    for subject, object_, key, data in graph.edges(keys=True, data=True):
        ends = sorted((subject, object_)) if symmetric(data["predicate"]) else (subject, object_)
        same = (ends[0], ends[1], data["predicate"], data["status"], bool(data["negated"]))
        groups[same].append(key)
    return [
        Line(
            id=f"line-{number}",
            source=same[0],
            target=same[1],
            predicate=same[2],
            status=same[3],
            negated=same[4],
            claims=tuple(sorted(claims)),
        )
        for number, (same, claims) in enumerate(sorted(groups.items()))
    ]


def draw(
    graph: networkx.MultiDiGraph[str],
    lines: Iterable[Line],
    appearance: Appearance,
    *,
    name: Callable[[str], str],
    label: Callable[[Line], str],
    symmetric: Callable[[str], bool],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Build a pyvis network and give the nodes, edges and options of vis-network.

    ``name`` gives an entity's full label, ``label`` a line's. Colours are those of a light
    page; the page repaints them for a dark one.
    """
    from pyvis.network import Network  # imports IPython: slow, so only when drawing

    lines = list(lines)
    network = Network(directed=True)
    labels = {node: short(name(node)) for node in graph}
    sizes = {node: round(8 + 4 * math.sqrt(graph.degree(node))) for node in graph}
    fonts = {node: _FONT + min(5, int(math.sqrt(graph.degree(node))) - 1) for node in graph}
    boxes = _boxes(labels, sizes, fonts)
    places = _places(graph, lines, sizes, boxes, label)
    strands = [
        Strand(source=line.source, target=line.target, label=_label_box(label(line)))
        for line in lines
    ]
    bends = bend(strands, places, sizes, boxes)
    for node, data in graph.nodes(data=True):
        look = appearance.types.get(data["type"], appearance.other)
        x, y = places[node]
        network.add_node(
            node,
            label=labels[node],
            shape=look.shape,
            color=look.fill,
            size=sizes[node],
            font={"size": fonts[node]},
            x=x,
            y=y,
        )
    for line, roundness in zip(lines, bends, strict=True):
        stroke = appearance.statuses[line.status]
        network.add_edge(
            line.source,
            line.target,
            id=line.id,
            label=label(line),
            color=appearance.negated.line if line.negated else stroke.line,
            dashes=list(stroke.dashes) or False,
            width=min(5.0, 1 + 0.6 * len(line.claims)),
            smooth={
                "enabled": roundness != 0,
                "type": "curvedCW" if roundness > 0 else "curvedCCW",
                "roundness": abs(roundness),
            },
            arrows={"to": {"enabled": not symmetric(line.predicate), "scaleFactor": 0.55}},
        )
    network.options = dict(_OPTIONS)
    nodes, edges, _, _, _, _ = network.get_network_data()
    return nodes, edges, dict(network.options)


def short(text: str) -> str:
    """A label for the canvas: no control or direction marks, at most three short lines."""
    shown = visible(text, most=400)
    rows = textwrap.wrap(shown, _WRAP, max_lines=_LINES, placeholder="…", break_on_hyphens=False)
    return "\n".join(rows) or "?"


def _boxes(
    labels: Mapping[str, str], sizes: Mapping[str, int], fonts: Mapping[str, int]
) -> dict[str, Box]:
    """The room of each node: its shape and the label below."""
    boxes = {}
    for node, text in labels.items():
        rows = text.split("\n")
        width = max(map(len, rows)) * _WIDTH * fonts[node] / _FONT
        below = 6 + len(rows) * fonts[node] * 1.2
        size = 2.0 * sizes[node]
        boxes[node] = Box(max(width, size), size + below, drop=below / 2)
    return boxes


def _label_box(text: str) -> Box:
    return Box(len(text) * _EDGE_WIDTH, _EDGE_HEIGHT)


def _places(
    graph: networkx.MultiDiGraph[str],
    lines: Sequence[Line],
    sizes: Mapping[str, int],
    boxes: Mapping[str, Box],
    label: Callable[[Line], str],
) -> dict[str, tuple[int, int]]:
    """The centre of each node's shape."""
    import networkx as nx

    projection: networkx.Graph[str] = nx.Graph()
    projection.add_nodes_from(graph)
    for line in lines:
        if line.source != line.target:
            known = projection.get_edge_data(line.source, line.target, {"box": Box(0, 0)})["box"]
            own = _label_box(label(line))
            box = Box(max(known.width, own.width), known.height + own.height)
            projection.add_edge(line.source, line.target, box=box)
    for one, other, data in projection.edges(data=True):
        # neighbours that the two do not share need room around them
        unshared = len(set(projection[one]) ^ set(projection[other])) - 2
        data["length"] = (
            45 + sizes[one] + sizes[other] + 0.55 * data["box"].width + 15 * math.sqrt(unshared)
        )
    return arrange(projection, boxes)


_OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "keyboard": {"enabled": False},
    },
    "nodes": {"borderWidth": 1.5, "chosen": False},
    "edges": {
        "chosen": False,
        "hoverWidth": 0,
        "arrowStrikethrough": False,
        "font": {"size": 12, "align": "horizontal", "strokeWidth": 0},
        "selfReference": {"size": 18},
        # from afar, labels of lines would be a clutter that nobody can read
        "scaling": {"label": {"drawThreshold": 7}},
    },
}
