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
from policygraph.export import FORMATS, Format, export_graph, serialize
from policygraph.export.followthemoney import _mapping
from policygraph.export.sorting import sort_lines
from policygraph.graph import ClaimGraph
from policygraph.graph.terms import PREFIXES
from policygraph.ontology import ENTITIES, load_vocabulary
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
    graph.extend(resolve(record) for record in gold_records()[:30])
    return graph


def contents(graph: ClaimGraph, format: Format) -> list[bytes]:
    files = [io.BytesIO() for _ in format.parts]
    format.write(graph, files)
    return [file.getvalue() for file in files]


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
        assert contents(one, format) == contents(other, format), format.name


def test_turtle_is_written_with_prefixes(graph: ClaimGraph) -> None:
    text = serialize(graph, "turtle").decode()

    assert text.startswith("@prefix ")
    assert "pg:status pg:planned" in text


def test_graphml_gexf_and_cytoscape_open_in_networkx(graph: ClaimGraph) -> None:
    graphml = networkx.parse_graphml(serialize(graph, "graphml").decode(), force_multigraph=True)
    gexf = networkx.read_gexf(io.BytesIO(serialize(graph, "gexf")))
    cytoscape = networkx.cytoscape_graph(json.loads(serialize(graph, "cytoscape")))
    whole = graph.to_networkx()

    for network in (graphml, gexf, cytoscape):
        assert {*network} == {*whole}
        assert network.nodes[FIRM]["label"] == "Zephyr"
        assert network.number_of_edges() == 5
        [(key, deal)] = network.get_edge_data(FIRM, THING).items()
        assert key in whole.get_edge_data(FIRM, THING)
        assert (deal["predicate"], deal["status"]) == ("acquires", "planned")
        assert (deal["negated"], deal["confidence"]) == (False, 0.75)
        offset = deal["evidence_start" if network is gexf else "start"]
        assert offset == zephyr().claims[0].evidence.start


def test_gephi_gets_times() -> None:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr())])

    network = networkx.read_gexf(io.BytesIO(serialize(graph, "gexf")))

    edges = {data["predicate"]: data for _, _, data in network.edges(data=True)}
    assert network.graph["mode"] == "dynamic"
    assert edges["fines"]["start"] == "2020-08-01"  # a month begins with its first day
    assert edges["acquires"]["start"] == "2020-08-04"  # the day of publication
    assert network.nodes[THING]["start"] == "2020-08-01"
    assert "start" not in network.nodes[f"{ENTITIES}media-outlet/le-courrier"]  # has no edge


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


def test_neo4j_gets_its_headers_and_values_as_they_are(tmp_path: Path) -> None:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), make_record("=1+1 is a firm.", {"=1+1": "Company"})])

    files = export_graph(graph, tmp_path / "g.csv", format="neo4j")

    nodes, edges = (
        list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))) for path in files
    )
    by_label = {node["label"]: node for node in nodes}
    assert by_label["Zephyr"]["iri:ID"] == FIRM
    assert by_label["Zephyr"][":LABEL"] == "Entity;Company"
    assert by_label["Zephyr"]["mentions:int"] == "4"
    assert "=1+1" in by_label
    [deal] = [edge for edge in edges if edge[":TYPE"] == "ACQUIRES"]
    assert (deal[":START_ID"], deal[":END_ID"]) == (FIRM, THING)
    assert (deal["negated:boolean"], deal["confidence:double"]) == ("false", "0.75")
    assert {edge[":START_ID"] for edge in edges} <= {node["iri:ID"] for node in nodes}


def test_parquet_has_typed_columns(graph: ClaimGraph, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")

    nodes, edges = (pq.read_table(f) for f in export_graph(graph, tmp_path / "g.parquet"))

    whole = graph.to_networkx()
    assert {row["id"]: row["mentions"] for row in nodes.to_pylist()} == dict(
        whole.nodes(data="mentions")
    )
    [deal] = [row for row in edges.to_pylist() if row["predicate"] == "acquires"]
    assert (deal["source"], deal["target"]) == (FIRM, THING)
    assert (deal["negated"], deal["confidence"], deal["date"]) == (False, 0.75, None)


def test_followthemoney_takes_all_that_is_written(gold: ClaimGraph) -> None:
    followthemoney = pytest.importorskip("followthemoney")

    entities = [json.loads(line) for line in serialize(gold, "followthemoney").splitlines()]

    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)  # drops what does not fit
        proxy.schema.validate(entity)
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in entity["properties"].items()}
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids
                target = next(e for e in entities if e["id"] == value)
                assert followthemoney.model.get(target["schema"]).is_a(prop.range)


def test_followthemoney_links_say_what_the_claims_say(graph: ClaimGraph) -> None:
    entities = [json.loads(line) for line in serialize(graph, "followthemoney").splitlines()]

    by_id = {entity["id"]: entity for entity in entities}
    links = {e["schema"]: e["properties"] for e in entities if "proof" in e["properties"]}
    [owner], [asset] = links["Ownership"]["owner"], links["Ownership"]["asset"]
    assert by_id[owner]["properties"]["name"] == ["Zephyr"]
    assert by_id[owner]["properties"]["wikidataId"] == ["Q42"]
    assert by_id[asset]["properties"]["name"] == ["Nuage"]
    fines = [e for e in entities if e["properties"].get("role") == ["fines"]]
    [fine] = [e for e in fines if "date" in e["properties"]]
    assert fine["properties"]["description"] == ["according to Le Courrier; amount 3000000 EUR"]
    denied = next(e for e in entities if e["properties"].get("role") == ["attacks"])
    assert denied["properties"]["status"] == ["denied actual"]
    assert by_id[fine["properties"]["proof"][0]]["schema"] == "Article"


def test_every_entity_type_has_a_schema_of_followthemoney() -> None:
    assert {*_mapping()["types"]} == load_vocabulary().types.keys() - {"Date", "Money"}


def test_lines_sort_the_same_in_memory_and_on_disk() -> None:
    lines = [f"{number * 7919 % 1000}\n".encode() for number in range(3000)]

    for held in (10, 999, 1000, 5000):
        assert [*sort_lines(lines, held=held)] == sorted({*lines})
    assert [*sort_lines([])] == []


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
        if format.name == "parquet":
            pytest.importorskip("pyarrow")
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
