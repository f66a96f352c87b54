"""The SPARQL 1.1 Graph Store Protocol, its reading half."""

from __future__ import annotations

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from policygraph.graph import ClaimGraph
from policygraph.graph.rows import GRAPH_FORMATS
from policygraph.server.media import GRAPH_TYPES


@pytest.fixture(scope="module")
def stored(graph_folder: Path) -> dict[str, set[ox.Triple]]:
    """The triples of each named graph, and of the default graph under the empty name."""
    with ClaimGraph.open(graph_folder, read_only=True) as graph:
        names: list[ox.NamedNode | ox.DefaultGraph] = [
            ox.DefaultGraph(),
            *(ox.NamedNode(name) for name in graph.articles()),
        ]
        return {
            getattr(name, "value", ""): {
                quad.triple for quad in graph.store.quads_for_pattern(None, None, None, name)
            }
            for name in names
        }


def triples(answer: httpx.Response) -> set[ox.Triple]:
    assert answer.status_code == 200, answer.text
    media_type = answer.headers["Content-Type"].partition(";")[0]
    form = GRAPH_FORMATS[GRAPH_TYPES[media_type]]
    return {quad.triple for quad in ox.parse(answer.content, format=form)}


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_a_graph_is_read_whole_in_every_format(
    client: httpx.Client, stored: dict[str, set[ox.Triple]], media_type: str
) -> None:
    for name, expected in stored.items():
        if name:
            answer = client.get("/data", params={"graph": name}, headers={"Accept": media_type})
            assert triples(answer) == expected


def test_the_default_graph_holds_all(
    client: httpx.Client, stored: dict[str, set[ox.Triple]]
) -> None:
    answer = client.get("/data?default", headers={"Accept": "application/n-triples"})

    assert triples(answer) >= set().union(*(found for name, found in stored.items() if name))


def test_a_relative_name_starts_at_the_request(client: httpx.Client) -> None:
    answer = client.get("/data", params={"graph": "nothing"})

    assert answer.status_code == 404
    assert f"{client.base_url}nothing" in answer.text


def test_head_has_the_length_and_no_body(
    client: httpx.Client, stored: dict[str, set[ox.Triple]]
) -> None:
    name = max(stored)
    head = client.head("/data", params={"graph": name})

    assert head.status_code == 200
    assert int(head.headers["Content-Length"]) > 100
    assert head.content == b""


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?default&graph=http%3A%2F%2Fa.example%2F", 400),
        ("?graph=http%3A%2F%2F%5B", 400),
    ],
)
def test_one_graph_must_be_named(client: httpx.Client, query: str, status: int) -> None:
    assert client.get(f"/data{query}").status_code == status


def test_it_is_read_only(client: httpx.Client) -> None:
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = client.request(method, "/data?default", content=b"")
        assert answer.status_code == 405


def test_an_unknown_format_is_refused(client: httpx.Client) -> None:
    answer = client.get("/data?default", headers={"Accept": "image/png"})

    assert answer.status_code == 406
