"""The SPARQL 1.1 Protocol, as its recommendation says and as clients speak it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from policygraph.graph import ClaimGraph
from policygraph.server.media import GRAPH_TYPES, SOLUTION_TYPES

ASK_NAMES = "SELECT ?name { ?c pg:predicate pg:owns ; pg:subject/rdfs:label ?name }"
SPARQL_QUERY = {"Content-Type": "application/sparql-query"}


def test_a_query_is_answered_over_get_and_both_kinds_of_post(client: httpx.Client) -> None:
    answers = [
        client.get("/sparql", params={"query": ASK_NAMES}),
        client.post("/sparql", data={"query": ASK_NAMES}),
        client.post("/sparql", content=ASK_NAMES, headers=SPARQL_QUERY),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert answer.json()["results"]["bindings"][0]["name"]["value"] == "Zephyr"


def test_the_accept_header_chooses_the_format(client: httpx.Client) -> None:
    select, construct = {"query": ASK_NAMES}, {"query": "CONSTRUCT WHERE { ?s pg:fines ?o }"}

    for media_type in SOLUTION_TYPES:
        answer = client.get("/sparql", params=select, headers={"Accept": media_type})
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert "Zephyr" in answer.text
    for media_type in GRAPH_TYPES:
        answer = client.get("/sparql", params=construct, headers={"Accept": media_type})
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert "fines" in answer.text
    refused = client.get("/sparql", params=select, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    refused = client.get("/sparql", params=select, headers={"Accept": "text/turtle"})
    assert refused.status_code == 406


def test_ask_gives_a_boolean(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK { ?s pg:fines ?o }"})

    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT nonsense", "the query is not SPARQL"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "are refused"),
        ("LOAD <http://127.0.0.1:9/>", "this is an update"),
        ("DROP ALL", "this is an update"),
    ],
)
def test_wrong_queries_are_refused_in_one_line(
    client: httpx.Client, query: str, complaint: str
) -> None:
    answer = client.get("/sparql", params={"query": query})

    assert answer.status_code == 400
    assert complaint in answer.text
    assert answer.text.count("\n") == 1


def test_updates_are_refused(client: httpx.Client) -> None:
    update = "DROP ALL"

    answers = [
        client.post("/sparql", data={"update": update}),
        client.post(
            "/sparql", content=update, headers={"Content-Type": "application/sparql-update"}
        ),
        client.get("/sparql", params={"update": update}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 405]
    assert client.get("/sparql", params={"query": "ASK { ?s pg:fines ?o }"}).json()["boolean"]


def test_requests_outside_the_protocol_are_refused(client: httpx.Client) -> None:
    assert client.post("/sparql", content="x", headers={"Content-Type": "a/b"}).status_code == 415
    assert client.get("/sparql", params={"q": "x"}).status_code == 400
    assert client.get("/sparql?query=ASK{}&query=ASK{}").status_code == 400
    assert client.put("/sparql").status_code == 405
    assert client.get("/etc/passwd").status_code == 404
    big = client.post("/sparql", content=b" " * 2_000_000, headers=SPARQL_QUERY)
    assert big.status_code == 413


def test_one_article_can_be_named_as_the_dataset(client: httpx.Client) -> None:
    query = {"query": "SELECT (COUNT(?c) AS ?n) { ?c a pg:Claim }"}
    every = client.get("/sparql", params=query).json()
    names = client.get(
        "/sparql", params={"query": "SELECT ?a { ?a dcterms:source 'essai.html' }"}
    ).json()
    iri = names["results"]["bindings"][0]["a"]["value"]

    one = client.get("/sparql", params={**query, "default-graph-uri": iri}).json()

    assert every["results"]["bindings"][0]["n"]["value"] == "5"
    assert one["results"]["bindings"][0]["n"]["value"] == "4"


def test_a_page_of_any_origin_may_ask(client: httpx.Client) -> None:
    answer = client.get(
        "/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"}
    )

    assert answer.headers["access-control-allow-origin"] == "*"


def test_without_a_query_the_service_describes_itself(client: httpx.Client) -> None:
    answer = client.get("/sparql")

    assert answer.headers["content-type"].startswith("text/turtle")
    assert "sd:SPARQL11Query" in answer.text


def test_a_port_in_use_is_named(client: httpx.Client, tmp_path: Path) -> None:
    ClaimGraph.open(tmp_path / "g", create=True).close()

    done = subprocess.run(
        [
            *(sys.executable, "-m", "policygraph", "serve"),
            *("--graph", str(tmp_path / "g"), "--port", str(client.base_url.port)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {client.base_url.port}" in done.stderr
    assert done.stderr.count("\n") == 1
