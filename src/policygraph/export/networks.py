"""GraphML, GEXF and Cytoscape's JSON: entities as nodes, claims as edges, written as they come."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any

from lxml import etree  # type: ignore[import-untyped]

from policygraph.export.rows import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Row,
    edge_rows,
    gather_nodes,
    node_rows,
)
from policygraph.export.xml import xml_text
from policygraph.graph import ClaimGraph

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}
_TITLES = {"start": "evidence_start", "end": "evidence_end"}  # GEXF's own are times
_STRUCTURE = ("id", "source", "target")


def write_graphml(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """GraphML, a directed graph with typed data."""
    nodes = gather_nodes(graph)
    with etree.xmlfile(files[0], encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _GRAPHML}):
            for domain, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
                for name, kind in _data(columns).items():
                    key = {"id": f"{domain}-{name}", "for": domain}
                    attributes = {**key, "attr.name": name, "attr.type": _TYPES[kind]}
                    xml.write(etree.Element("key", attributes), "\n")
            with xml.element("graph", id="policygraph", edgedefault="directed"):
                for row in node_rows(nodes):
                    xml.write(_graphml_element("node", row, NODE_COLUMNS), "\n")
                for row in edge_rows(graph, nodes):
                    xml.write(_graphml_element("edge", row, EDGE_COLUMNS), "\n")


def _graphml_element(domain: str, row: Row, columns: Mapping[str, type]) -> etree._Element:
    element = etree.Element(domain, {name: row[name] for name in _STRUCTURE if name in row})
    for name in _data(columns):
        if row[name] is not None:
            data = etree.SubElement(element, "data", key=f"{domain}-{name}")
            data.text = _text(row[name])
    return element


def write_gexf(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """GEXF 1.2 with times, for Gephi's timeline.

    An edge begins on the claim's date, or else on the day its article was published; a partial
    date is its first day. A node begins with its first edge, and is always there when it has
    none or one without a time.
    """
    nodes = gather_nodes(graph)
    begins = _beginnings(edge_rows(graph, nodes))
    with etree.xmlfile(files[0], encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("gexf", nsmap={None: _GEXF}, version="1.2"):
            meta = etree.Element("meta")
            etree.SubElement(meta, "creator").text = "policygraph"
            xml.write(meta)
            time = {"mode": "dynamic", "timeformat": "date"}
            with xml.element("graph", defaultedgetype="directed", **time):
                _gexf_items(xml, "node", node_rows(nodes), NODE_COLUMNS, begins)
                _gexf_items(xml, "edge", edge_rows(graph, nodes), EDGE_COLUMNS, begins)


def _gexf_items(
    xml: Any,
    domain: str,
    rows: Iterable[Row],
    columns: Mapping[str, type],
    begins: Mapping[str, str | None],
) -> None:
    declared = etree.Element("attributes", {"class": domain, "mode": "static"})
    for name, kind in _data(columns).items():
        title = _TITLES.get(name, name)
        attributes = {"id": f"{domain}-{name}", "title": title, "type": _TYPES[kind]}
        etree.SubElement(declared, "attribute", attributes)
    xml.write(declared, "\n")
    with xml.element(f"{domain}s"):
        for row in rows:
            label = row["label"] if domain == "node" else row["label_en"]
            start = begins.get(row["id"]) if domain == "node" else _first_day(row)
            attributes = {name: row[name] for name in _STRUCTURE if name in row}
            attributes |= {"label": xml_text(label or "")} | ({"start": start} if start else {})
            item = etree.Element(domain, attributes)
            values = etree.SubElement(item, "attvalues")
            for name in _data(columns):
                if row[name] is not None:
                    value = {"for": f"{domain}-{name}", "value": _text(row[name])}
                    etree.SubElement(values, "attvalue", value)
            xml.write(item, "\n")


def _beginnings(edges: Iterable[Row]) -> dict[str, str | None]:
    """The first day of each node that has edges; None where one of them has no day."""
    begins: dict[str, str | None] = {}
    for row in edges:
        day = _first_day(row)
        for end in (row["source"], row["target"]):
            before = begins.get(end, day)
            begins[end] = min(before, day) if before and day else None
    return begins


def _first_day(row: Row) -> str | None:
    for value in (row["date"], row["published"]):
        found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value or "", re.ASCII)
        if found:
            try:
                return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).isoformat()
            except ValueError:
                continue
    return None


def write_cytoscape(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """The JSON of Cytoscape and Cytoscape.js."""
    nodes, output = gather_nodes(graph), files[0]
    head = {"format_version": "1.0", "generated_by": "policygraph", "directed": True}
    text = json.dumps({**head, "multigraph": True, "data": {"name": "policygraph"}})
    output.write(f'{text[:-1]}, "elements": {{"nodes": [\n'.encode())
    output.writelines(_json_items(_cytoscape_node(row) for row in node_rows(nodes)))
    output.write(b'\n], "edges": [\n')
    output.writelines(_json_items(_cytoscape_edge(row) for row in edge_rows(graph, nodes)))
    output.write(b"\n]}}\n")


def _cytoscape_node(row: Row) -> Row:
    return {**row, "value": row["id"], "name": row["label"]}


def _cytoscape_edge(row: Row) -> Row:
    return {**row, "key": row["id"], "interaction": row["predicate"]}


def _json_items(rows: Iterable[Row]) -> Iterator[bytes]:
    between = b""
    for row in rows:
        data = {name: value for name, value in row.items() if value is not None}
        yield between + json.dumps({"data": data}, ensure_ascii=False).encode()
        between = b",\n"


def _data(columns: Mapping[str, type]) -> dict[str, type]:
    return {name: kind for name, kind in columns.items() if name not in _STRUCTURE}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return xml_text(str(value))
