from __future__ import annotations

import base64
import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from sample_records import english, zephyr

from policygraph.errors import PolicyGraphError
from policygraph.graph import ClaimGraph
from policygraph.push import Access, Protocol, push
from policygraph.resolve import resolve


@pytest.fixture
def graph() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), english()])
    graph.settle()
    graph.update("INSERT DATA { GRAPH <https://example.org/mine> { <x:a> rdfs:comment 'b' } }")
    return graph


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    """The address of a server of another make, empty."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("the oxigraph package is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    with subprocess.Popen(
        [program, "serve", "--bind", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        url = f"http://{address}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/query?query=ASK%20%7B%7D", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
        server.terminate()


def dump(url: str) -> list[str]:
    request = urllib.request.Request(f"{url}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        quads = ox.parse(answer.read(), format=ox.RdfFormat.N_QUADS)
        return sorted(str(q) for q in quads if "/ontology>" not in str(q.graph_name))


def graphs_in(graph: ClaimGraph) -> int:
    """How many graphs there are to push: those with something in them, and the ontology."""
    return 1 + len({quad.graph_name for quad in graph.statements()})


@pytest.mark.parametrize("part", [10_000, 50], ids=["whole", "in parts"])
@pytest.mark.parametrize("protocol", [*Protocol])
def test_another_store_has_the_same_graphs_however_often_one_pushes(
    graph: ClaimGraph, oxigraph: str, protocol: Protocol, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policygraph.push.PART", part)
    path = "store" if protocol is Protocol.GRAPH_STORE else "update"
    names: list[str] = []

    for _ in range(2):
        push(graph, f"{oxigraph}/{path}", protocol=protocol, pushed=names.append)

    assert dump(oxigraph) == [str(quad) for quad in graph.quads()], "and what exports have"
    assert {quad.graph_name.value for quad in graph.quads()} < {*names}
    assert len(names) == 2 * graphs_in(graph)
    urllib.request.urlopen(
        urllib.request.Request(f"{oxigraph}/update", b"DROP ALL", method="POST",
                               headers={"Content-Type": "application/sparql-update"})
    ).close()  # fmt: skip


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers what the test lists, then 204; keeps what was asked."""

    protocol_version = "HTTP/1.1"
    statuses: list[int]
    seen: list[tuple[str, str, str | None]]

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.command, self.path, self.headers["Authorization"]))
        status = self.statuses.pop(0) if self.statuses else 204
        self.send_response(status)
        if status == 503:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Be quiet."""


@contextmanager
def answering(*statuses: int) -> Iterator[tuple[str, list[tuple[str, str, str | None]]]]:
    handler = type("Handler", (Answers,), {"statuses": [*statuses], "seen": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/data?x=1", handler.seen
        server.shutdown()


def test_what_may_pass_is_tried_again(graph: ClaimGraph) -> None:
    with answering(503, 429, 502) as (url, seen):
        assert push(graph, url, pause=0.001) == graphs_in(graph)

    assert len(seen) == graphs_in(graph) + 3
    assert seen[0][1] == seen[3][1]
    assert seen[0][1].startswith("/data?x=1&graph=https%3A%2F%2F")


def test_a_store_that_stays_away_is_named(graph: ClaimGraph) -> None:
    with answering(*[503] * 9) as (url, seen), pytest.raises(PolicyGraphError) as caught:
        push(graph, url, retries=2, pause=0.001)

    assert len(seen) == 3
    assert "/data?x=1: the store answered 503" in str(caught.value)
    with pytest.raises(PolicyGraphError, match=r"cannot be reached \(.*refused"):
        push(graph, "http://127.0.0.1:1/", retries=1, pause=0.001)


def test_a_refusal_is_told_at_once_with_what_to_do(graph: ClaimGraph) -> None:
    advice = {401: "POLICYGRAPH_TOKEN", 404: "--protocol", 307: "push to", 400: "push again"}
    for status, words in advice.items():
        with answering(status) as (url, seen):
            with pytest.raises(PolicyGraphError, match=words):
                push(graph, url)
            assert len(seen) == 1


def test_users_and_tokens_are_sent(graph: ClaimGraph) -> None:
    with answering() as (url, seen):
        push(graph, url, access=Access(user="ann", password="secret"))
        push(graph, url, access=Access(token="t0k"))

    basic = base64.b64encode(b"ann:secret").decode()
    assert {authorization for _, _, authorization in seen} == {f"Basic {basic}", "Bearer t0k"}


@pytest.mark.parametrize("url", ["ftp://x/", "file:///etc", "localhost:7878", "http://u:p@x/"])
def test_what_is_no_address_is_refused(graph: ClaimGraph, url: str) -> None:
    with pytest.raises(PolicyGraphError, match="is no address to push to"):
        push(graph, url)
