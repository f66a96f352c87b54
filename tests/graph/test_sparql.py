from __future__ import annotations

import json

import pytest
from sample_records import english, zephyr

from policygraph.errors import QueryError
from policygraph.graph import ClaimGraph
from policygraph.graph.sparql import MAX_QUERY


@pytest.fixture(scope="module")
def graph() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend([zephyr(), english()])
    return graph


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "the query is not SPARQL: line 1, column"),
        ("", "the query is not SPARQL: line 1, column 1, at its end"),
        ("SELECT * { ?s foaf:knows ?o } LIMIT x", "line 1"),
        ("SELECT * { ?s nope:knows ?o }", "the prefix nope: is not known"),
        ("INSERT DATA { <x:s> <x:p> <x:o> }", "this is an update"),
        ("PREFIX x: <x:> DELETE WHERE { ?s ?p ?o }", "this is an update"),
        ("DROP ALL", "this is an update"),
        ("LOAD <http://127.0.0.1:9/>", "this is an update"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "(SERVICE) are refused"),
        ("SELECT * { service silent <http://127.0.0.1:9/> {} }", "(SERVICE) are refused"),
        ("SELECT * { SERVICE ?where { ?s ?p ?o } }", "(SERVICE) are refused"),
        ("#" * (MAX_QUERY + 1), "characters; at most"),
    ],
)
def test_a_wrong_query_gets_one_clear_line(graph: ClaimGraph, query: str, complaint: str) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query(query)

    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_word_service_may_stand_in_a_string_or_an_iri(graph: ClaimGraph) -> None:
    rows = graph.query('SELECT ("a Service" AS ?x) (<http://x.example/service> AS ?y) {}')

    assert [*rows[0]] == ["a Service", "http://x.example/service"]


def test_usual_prefixes_need_no_declaration(graph: ClaimGraph) -> None:
    rows = graph.query(
        "SELECT ?name { ?c a pg:Claim ; pg:predicate pg:acquires ; pg:subject/rdfs:label ?name }"
    )

    assert [row["name"] for row in rows] == ["Zephyr"]


def test_values_come_as_python_values(graph: ClaimGraph) -> None:
    [row] = graph.query(
        "SELECT ?sure ?no ?value ?deadline ?missing ?start { "
        "?c pg:confidence ?sure ; pg:negated ?no ; pg:deadline ?deadline ; oa:hasTarget/"
        "oa:hasSelector/oa:start ?start . ?f pg:amountValue ?value }"
    )

    assert row["sure"] == 0.75
    assert row["no"] is False
    assert row["value"] == 3_000_000.0
    assert row["deadline"] == "2020-09-15"
    assert row["missing"] is None
    assert row["start"] == row[5] == zephyr().claims[0].evidence.start
    assert row.as_dict()["deadline"] == "2020-09-15"
    with pytest.raises(KeyError, match="no variable 'x'"):
        row["x"]


def test_ask_answers_yes_or_no(graph: ClaimGraph) -> None:
    assert graph.query("ASK { ?s pg:fines ?o }")
    assert not graph.query("ASK { ?s pg:mergesWith ?o }")
    assert len(graph.query("ASK {}")) == 0


def test_construct_gives_triples_and_turtle(graph: ClaimGraph) -> None:
    rows = graph.query("CONSTRUCT { ?s pg:fines ?o } WHERE { ?s pg:fines ?o }")

    assert rows.variables == ("subject", "predicate", "object")
    assert b"pg:fines" in rows.serialize("ttl")
    assert rows.serialize("nt").count(b"\n") == len(rows)
    with pytest.raises(ValueError, match="has the formats ttl"):
        rows.serialize("csv")


def test_select_comes_in_the_w3c_formats(graph: ClaimGraph) -> None:
    rows = graph.query('SELECT ?x ?y { VALUES (?x ?y) { (1 "a, b"@fr) } }')

    value = json.loads(rows.serialize("json"))
    assert value["head"]["vars"] == ["x", "y"]
    assert value["results"]["bindings"][0]["y"] == {
        "type": "literal", "value": "a, b", "xml:lang": "fr",
    }  # fmt: skip
    assert rows.serialize("csv") == b'x,y\r\n1,"a, b"\r\n'
    assert rows.serialize("tsv") == b'?x\t?y\n1\t"a, b"@fr\n'
    assert json.loads(graph.query("ASK {}").serialize("json"))["boolean"] is True
    with pytest.raises(ValueError, match="has the formats json"):
        rows.serialize("ttl")


def test_rows_outlive_the_graph_and_can_be_read_twice() -> None:
    graph = ClaimGraph.open(None)
    graph.add(english())
    rows = graph.query("SELECT ?p { ?c pg:predicate ?p }")
    graph.close()

    assert [*rows] == [*rows]
    assert rows[0:1] == [rows[0]]
    assert len(rows) == 1
    assert repr(rows) == "Rows(1 × p)"


def test_rows_become_a_dataframe(graph: ClaimGraph) -> None:
    frame = graph.query("SELECT ?p ?sure { ?c pg:predicate ?p ; pg:confidence ?sure }")

    table = frame.to_dataframe()
    assert list(table.columns) == ["p", "sure"]
    assert table["sure"].max() == 1.0


def test_from_narrows_a_query_to_one_article(graph: ClaimGraph) -> None:
    [first, second] = graph.articles()

    counts = [
        graph.query(f"SELECT (COUNT(?c) AS ?n) FROM <{iri}> {{ ?c a pg:Claim }}")[0]["n"]
        for iri in (first, second)
    ]

    assert sorted(map(int, counts)) == [1, 4]  # type: ignore[arg-type]
