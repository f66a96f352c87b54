"""What section 2 of the SPARQL 1.1 Protocol asks of a service, point by point."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx
import pytest

COUNT = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a pg:Claim }"
NAMED = "SELECT (COUNT(DISTINCT ?c) AS ?n) { GRAPH ?g { ?c a pg:Claim } }"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"


def number(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.fixture(scope="module")
def articles(client: httpx.Client) -> dict[str, str]:
    """IRIs of the articles by source: four claims in essai.html, one in b.html."""
    answer = client.get(
        "/sparql", params={"query": "SELECT ?a ?s { ?a a pg:Article ; dcterms:source ?s }"}
    )
    rows = answer.json()["results"]["bindings"]
    return {row["s"]["value"]: row["a"]["value"] for row in rows}


def test_2_1_a_query_may_come_in_three_ways(client: httpx.Client) -> None:
    ways = [
        client.get("/sparql", params={"query": COUNT}),
        client.post("/sparql", content=urlencode({"query": COUNT}), headers={"Content-Type": FORM}),
        client.post("/sparql", content=COUNT, headers={"Content-Type": f"{QUERY}; charset=UTF-8"}),
    ]

    assert [number(answer) for answer in ways] == [5, 5, 5]


@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_2_1_4_the_request_may_name_the_dataset(
    client: httpx.Client, articles: dict[str, str], way: str
) -> None:
    def ask(query: str, dataset: list[tuple[str, str]]) -> int:
        params = [("query", query), *dataset]
        if way == "get":
            return number(client.get("/sparql", params=params))
        if way == "form":
            headers = {"Content-Type": FORM}
            return number(client.post("/sparql", content=urlencode(params), headers=headers))
        url = f"/sparql?{urlencode(dataset)}"
        return number(client.post(url, content=query, headers={"Content-Type": QUERY}))

    french, english = articles["essai.html"], articles["b.html"]
    assert ask(COUNT, [("default-graph-uri", french)]) == 4
    assert ask(COUNT, [("default-graph-uri", french), ("default-graph-uri", english)]) == 5
    assert ask(NAMED, [("named-graph-uri", english)]) == 1
    assert ask(NAMED, [("named-graph-uri", english), ("named-graph-uri", french)]) == 5
    assert ask(COUNT, [("named-graph-uri", english)]) == 0
    assert ask(COUNT, [("default-graph-uri", french), ("named-graph-uri", english)]) == 4


def test_2_1_4_the_request_outranks_from_in_the_query(
    client: httpx.Client, articles: dict[str, str]
) -> None:
    query = COUNT.replace("{", f"FROM <{articles['essai.html']}> {{", 1)

    assert number(client.get("/sparql", params={"query": query})) == 4
    params = {"query": query, "default-graph-uri": articles["b.html"]}
    assert number(client.get("/sparql", params=params)) == 1


def test_2_1_4_a_graph_that_is_not_there_is_empty(client: httpx.Client) -> None:
    params = {"query": COUNT, "default-graph-uri": "https://example.org/none"}

    assert number(client.get("/sparql", params=params)) == 0


@pytest.mark.parametrize(
    ("status", "method", "path", "body", "media_type"),
    [
        (400, "GET", "/sparql?default-graph-uri=http%3A%2F%2Fa.example%2F", "", None),
        (400, "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", None),
        (400, "GET", "/sparql?query=ASK", "", None),
        (400, "GET", "/sparql?query=%FF", "", None),
        (400, "GET", "/sparql?query=ASK%7B%7D&default-graph-uri=relative", "", None),
        (405, "GET", "/sparql?update=DROP%20ALL", "", None),
        (405, "PUT", "/sparql", "ASK {}", QUERY),
        (405, "DELETE", "/sparql?query=ASK%7B%7D", "", None),
        (400, "POST", "/sparql", "query=ASK%7B%7D&query=ASK%7B%7D", FORM),
        (400, "POST", "/sparql", "query=ASK%7B%7D&update=DROP%20ALL", FORM),
        (400, "POST", "/sparql", "", FORM),
        (400, "POST", "/sparql?query=ASK%7B%7D", "ASK {}", QUERY),
        (400, "POST", "/sparql?update=CLEAR%20ALL", "CLEAR ALL", UPDATE),
        (415, "POST", "/sparql", "ASK {}", None),
        (415, "POST", "/sparql", "ASK {}", "text/plain"),
        (415, "POST", "/sparql", "query=ASK%7B%7D", "multipart/form-data"),
        (415, "POST", "/sparql", "ASK {}", f"{QUERY}; charset=UTF-16"),
        (403, "POST", "/sparql", "CLEAR ALL", UPDATE),
        (403, "POST", "/sparql", "update=CLEAR%20ALL", FORM),
    ],
)
def test_2_1_5_and_2_2_4_a_wrong_request_has_a_status_that_says_so(
    client: httpx.Client, status: int, method: str, path: str, body: str, media_type: str | None
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}

    answer = client.request(method, path, content=body.encode(), headers=headers)

    assert answer.status_code == status, answer.text
    assert answer.text.strip()


@pytest.mark.parametrize(
    ("query", "media_types"),
    [
        (COUNT, {"application/sparql-results+json"}),
        ("ASK {}", {"application/sparql-results+json"}),
        ("CONSTRUCT WHERE { ?s pg:fines ?o }", {"text/turtle"}),
        ("DESCRIBE ?s { ?s pg:fines ?o }", {"text/turtle"}),
    ],
)
def test_2_1_6_every_kind_of_query_is_answered_without_an_accept_header(
    client: httpx.Client, query: str, media_types: set[str]
) -> None:
    request = client.build_request("GET", "/sparql", params={"query": query})
    del request.headers["Accept"]

    answer = client.send(request)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] in media_types
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/sparql", "/data"])
def test_options_and_405_say_what_is_allowed(client: httpx.Client, path: str) -> None:
    options, refused = client.options(path), client.delete(path)

    assert options.status_code == 204
    assert refused.status_code == 405
    for answer in (options, refused):
        allowed = {name.strip() for name in answer.headers["Allow"].split(",")}
        assert {"GET", "HEAD", "OPTIONS"} <= allowed
        assert "DELETE" not in allowed


def test_head_is_get_without_a_body(client: httpx.Client) -> None:
    got = client.get("/sparql", params={"query": COUNT})
    head = client.head("/sparql", params={"query": COUNT})

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


def test_a_browser_may_ask_before_it_posts(client: httpx.Client) -> None:
    answer = client.options(
        "/sparql",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,authorization",
        },
    )

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"].lower()
