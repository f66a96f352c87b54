"""Rebuilds ``ontology/geography/outline.json``, the map of countries that pictures are drawn on.

The outlines are those of Natural Earth at 1:110m (public domain), as the npm package
world-atlas 2.0.2 ships them in TopoJSON (ISC licence):

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outline package/countries-110m.json ontology/geography/outline.json

Points are projected by Equal Earth (Šavrič, Patterson & Jenny, 2018) into a picture 1000
units wide. Countries are told by their English names; Antarctica is left out.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from policygraph.ontology import ontology_dir, read_toml

WIDTH = 1000
NAMES = {  # as Natural Earth shortens them
    "W. Sahara": "eh", "Dem. Rep. Congo": "cd", "Dominican Rep.": "do", "Falkland Is.": "fk",
    "Central African Rep.": "cf", "Eq. Guinea": "gq", "eSwatini": "sz", "Solomon Is.": "sb",
    "Bosnia and Herz.": "ba", "Macedonia": "mk", "S. Sudan": "ss", "Congo": "cg",
    "Côte d'Ivoire": "ci", "Fr. S. Antarctic Lands": "tf", "N. Cyprus": "", "Somaliland": "",
    "Greenland": "gl", "New Caledonia": "nc", "Puerto Rico": "pr", "United States of America": "us",
    "Czechia": "cz", "Timor-Leste": "tl", "Turkey": "tr", "Myanmar": "mm", "Palestine": "ps",
}  # fmt: skip


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees; x runs from -2.7 to 2.7, y (northwards) from -1.3 to 1.3."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * slope)
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def rings(shape: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> list[list[Any]]:
    """The outer and inner rings of a TopoJSON geometry, as lists of degrees."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    result = []
    for ring in (ring for polygon in polygons for ring in polygon):
        points: list[tuple[float, float]] = []
        for number in ring:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        for at in range(1, len(points)):  # a ring goes on across the 180th meridian
            turn = round((points[at - 1][0] - points[at][0]) / 360)
            points[at] = (points[at][0] + 360 * turn, points[at][1])
        result.append(points)
    return result


def area(ring: list[tuple[float, float]]) -> float:
    """Signed area by the shoelace formula."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])) / 2


def centre(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of a ring's area."""
    whole = area(ring)
    steps = [(p, q, p[0] * q[1] - q[0] * p[1]) for p, q in pairwise([*ring, ring[0]])]
    x, y = (sum((p[i] + q[i]) * cross for p, q, cross in steps) / (6 * whole) for i in (0, 1))
    return x, y


def main(source: str, target: str) -> None:
    """Read the TopoJSON file and write the outlines by ISO 3166-1 alpha-2 code."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    (sx, sy), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([((x := x + a) * sx + dx, (y := y + b) * sy + dy) for a, b in arc])
    countries = read_toml(ontology_dir() / "geography" / "countries.toml")
    codes = {name: str(entry["code"]) for entry in countries.values() for name in entry["en"]}
    scale = WIDTH / (2 * equal_earth(180, 0)[0])
    top = equal_earth(0, 84)[1]
    shapes: dict[str, dict[str, Any]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name == "Antarctica":
            continue
        code = NAMES.get(name, codes.get(name))
        if code is None:
            raise SystemExit(f"{source}: no country of the ontology is called {name!r}")
        projected = []
        for ring in rings(shape, arcs):
            points = [equal_earth(*point) for point in ring]
            projected.append([(WIDTH / 2 + x * scale, (top - y) * scale) for x, y in points])
        path = "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}".replace(".0", "") for x, y in ring[:-1]) + "Z"
            for ring in projected
        )
        largest = max(projected, key=lambda ring: abs(area(ring)))
        middle = [round(value) for value in centre(largest)]
        shapes[code or name] = {"path": path, "middle": middle}
    height = round((top - equal_earth(0, -57)[1]) * scale)
    # a small part of Siberia lies beyond the right edge
    result = {"width": WIDTH + 10, "height": height, "shapes": dict(sorted(shapes.items()))}
    Path(target).write_text(json.dumps(result, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
