from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from sample_records import english, gold_records, make_record, zephyr

from policygraph.errors import PolicyGraphError
from policygraph.export import FORMATS, export_graph, serialize
from policygraph.graph import ClaimGraph
from policygraph.graph.terms import PREFIXES
from policygraph.ontology import ENTITIES
from policygraph.resolve import resolve

FIRM, THING = f"{ENTITIES}company/zephyr", f"{ENTITIES}product/papillon"
QUADS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "json-ld": ox.RdfFormat.JSON_LD}
TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def graph() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), english()])
    return graph


@pytest.fixture(scope="module")
def gold() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend(resolve(record) for record in gold_records())
    return graph


@pytest.mark.parametrize("name", QUADS)
def test_quads_come_back_whole(gold: ClaimGraph, name: str) -> None:
    found = ox.parse(serialize(gold, name), format=QUADS[name])

    assert sorted(map(str, found)) == [str(quad) for quad in gold.quads()]


@pytest.mark.parametrize("name", TRIPLES)
def test_triples_are_the_union_of_all_articles(gold: ClaimGraph, name: str) -> None:
    found = [str(q.triple) for q in ox.parse(serialize(gold, name), format=TRIPLES[name])]

    assert sorted(found) == sorted({str(quad.triple) for quad in gold.quads()})


def test_other_programs_read_the_same_claims(graph: ClaimGraph) -> None:
    for name, format in (("turtle", "turtle"), ("rdfxml", "xml"), ("ntriples", "nt")):
        found = rdflib.Graph().parse(data=serialize(graph, name), format=format)
        [(deal,)] = found.query(
            "SELECT ?c { ?c pg:predicate pg:acquires ; pg:status pg:planned }",
            initNs={"pg": PREFIXES["pg"]},
        )
        assert (deal, None, rdflib.URIRef(THING)) in found


def test_the_same_graph_gives_the_same_bytes_in_every_format() -> None:
    records = [resolve(zephyr()), english()]
    one, other = ClaimGraph.open(None), ClaimGraph.open(None)
    one.extend(records)
    other.extend(reversed(records))

    for format in FORMATS:
        assert format.write(one) == format.write(other), format.name


def test_turtle_is_written_with_prefixes(graph: ClaimGraph) -> None:
    text = serialize(graph, "turtle").decode()

    assert text.startswith("@prefix ")
    assert "pg:status pg:planned" in text


def test_graphml_and_gexf_open_in_networkx(graph: ClaimGraph) -> None:
    graphml = networkx.parse_graphml(serialize(graph, "graphml").decode(), force_multigraph=True)
    gexf = networkx.read_gexf(io.BytesIO(serialize(graph, "gexf")))

    for network in (graphml, gexf):
        assert network.nodes[FIRM]["label"] == "Zephyr"
        assert network.number_of_edges() == 5
        [deal] = network.get_edge_data(FIRM, THING).values()
        assert (deal["predicate"], deal["status"]) == ("acquires", "planned")


def test_csv_is_a_table_of_nodes_and_one_of_edges(graph: ClaimGraph, tmp_path: Path) -> None:
    written = export_graph(graph, tmp_path / "g.csv")

    assert [path.name for path in written] == ["g-nodes.csv", "g-edges.csv"]
    nodes, edges = (
        list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
        for path in written
    )
    assert {node["id"] for node in nodes} >= {FIRM, THING}
    [deal] = [edge for edge in edges if edge["predicate"] == "acquires"]
    assert (deal["source"], deal["target"], deal["negated"]) == (FIRM, THING, "false")
    assert deal["evidence"] == "vouloir racheter Papillon"
    assert deal["article_source"] == "essai.html"


def test_no_cell_is_taken_for_a_formula(tmp_path: Path) -> None:
    graph = ClaimGraph.open(None)
    graph.add(make_record("=1+1 is a firm.", {"=1+1": "Company"}))

    nodes, _ = export_graph(graph, tmp_path / "g.csv")

    [row] = csv.DictReader(io.StringIO(nodes.read_text(encoding="utf-8")))
    assert row["label"] == "'=1+1"


def test_json_lines_hold_the_records(graph: ClaimGraph) -> None:
    lines = serialize(graph, "jsonl").decode().splitlines()

    records = [type(zephyr()).from_json(json.loads(line)) for line in lines]
    again = ClaimGraph.open(None)
    again.extend(records)
    assert again.quads() == graph.quads()


def test_characters_that_xml_lacks_are_replaced() -> None:
    graph = ClaimGraph.open(None)
    graph.add(english(text="ARCO fined Papillon.\x0c \ufffe \r"))

    for name in ("rdfxml", "graphml", "gexf"):
        assert b"\x0c" not in serialize(graph, name)
    parsed = [*ox.parse(serialize(graph, "rdfxml"), format=ox.RdfFormat.RDF_XML)]
    assert any("\ufffd \ufffd \\r" in str(quad) for quad in parsed)


def test_the_suffix_tells_the_format_unless_one_is_named(graph: ClaimGraph, tmp_path: Path) -> None:
    for format in FORMATS:
        for suffix in format.suffixes:
            for path in export_graph(graph, tmp_path / f"g.{suffix}"):
                assert path.stat().st_size > 0
    [odd] = export_graph(graph, tmp_path / "g.txt", format="nt")
    assert odd.read_bytes() == serialize(graph, "ntriples")


def test_an_unknown_format_lists_those_there_are(graph: ClaimGraph, tmp_path: Path) -> None:
    with pytest.raises(PolicyGraphError, match=r"there is no format 'doc'; use one of turtle"):
        export_graph(graph, tmp_path / "g.ttl", format="doc")
    with pytest.raises(PolicyGraphError, match="the suffix tells no format"):
        export_graph(graph, tmp_path / "g")
    with pytest.raises(PolicyGraphError, match="csv makes 2 files"):
        serialize(graph, "csv")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    graph: ClaimGraph, tmp_path: Path
) -> None:
    with pytest.raises(PolicyGraphError, match="cannot be written"):
        export_graph(graph, tmp_path / "none" / "g.ttl")
    (tmp_path / "g.ttl").mkdir()
    with pytest.raises(PolicyGraphError, match="cannot be written"):
        export_graph(graph, tmp_path / "g.ttl")

    assert [path.name for path in tmp_path.iterdir()] == ["g.ttl"]
