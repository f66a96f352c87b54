"""The server as other programs meet it: a process of its own, spoken to over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sample_records import english, zephyr

from policygraph.graph import ClaimGraph, named_queries
from policygraph.resolve import resolve
from policygraph.server import GRAPH_TYPES, SOLUTION_TYPES, _choose

ASK_NAMES = "SELECT ?name { ?c pg:predicate pg:owns ; pg:subject/rdfs:label ?name }"
SPARQL_QUERY = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    path = tmp_path_factory.mktemp("served") / "g"
    with ClaimGraph.open(path, create=True) as graph:
        graph.extend([resolve(zephyr()), english()])
    command = [sys.executable, "-m", "policygraph", "serve", "--graph", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert said.startswith(f"serving {path} at http://127.0.0.1:"), said
        url = said.split(" at ")[1].split()[0]
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            yield client
        process.terminate()


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

    assert [answer.status_code for answer in answers] == [403, 403, 403]
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


def test_the_page_offers_every_named_query_and_loads_nothing_from_elsewhere(
    client: httpx.Client,
) -> None:
    page = client.get("/")

    start = page.text.index('id="queries"')
    data = page.text[page.text.index(">", start) + 1 : page.text.index("</script>", start)]
    assert {query["name"] for query in json.loads(data)} == set(named_queries())
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "{{" not in page.text
    assert "src=" not in page.text.replace("default-src", "")


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


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/*;q=0.5, text/csv;q=0.1", "text/xml"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/csv;q=0", None),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=wrong", None),
        ("image/png", None),
    ],
)
def test_accept_headers_are_weighed_as_the_rfc_says(accept: str, expected: str | None) -> None:
    assert _choose(accept, SOLUTION_TYPES) == expected
