"""Updates over HTTP: for those who have the token, where the server was started so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from sample_records import english, zephyr
from served import serving
from typer.testing import CliRunner

from policygraph.cli import app
from policygraph.graph import ClaimGraph
from policygraph.resolve import resolve

TOKEN = "0123456789-abcdefghij"
ALLOWED = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {"Content-Type": "application/sparql-update"}
NOTE = "<https://example.org/a> <https://example.org/note> 'seen'"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("updated") / "g"
    with ClaimGraph.open(path, create=True) as graph:
        graph.extend([resolve(zephyr()), english()])
    return path


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    token = folder.parent / "token"
    token.write_text(f"{TOKEN}\n", encoding="ascii")
    with serving(folder, "--update", "--token-file", str(token)) as address:
        yield address


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
        yield client


def ask(client: httpx.Client, pattern: str) -> bool:
    answer = client.get("/sparql", params={"query": f"ASK {{ {pattern} }}"})
    return bool(answer.json()["boolean"])


def test_an_update_needs_the_token(client: httpx.Client) -> None:
    for authorization, told in (
        (None, 'Bearer realm="policygraph"'),
        (f"Bearer {TOKEN}x", 'Bearer realm="policygraph", error="invalid_token"'),
        (f"Basic {TOKEN}", 'Bearer realm="policygraph", error="invalid_token"'),
        ("Bearer", 'Bearer realm="policygraph", error="invalid_token"'),
    ):
        headers = {"Authorization": authorization} if authorization else {}
        answer = client.post(
            "/sparql", data={"update": f"INSERT DATA {{ {NOTE} }}"}, headers=headers
        )
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == told
    long = client.post("/sparql", content=b" " * 2_000_000, headers=UPDATE)
    assert long.status_code == 413, "strangers do not get to send so much"
    assert not ask(client, NOTE)


@pytest.mark.parametrize("way", ["form", "body"])
def test_an_update_shows_at_the_next_query(client: httpx.Client, way: str) -> None:
    def send(update: str) -> httpx.Response:
        if way == "form":
            return client.post("/sparql", data={"update": update}, headers=ALLOWED)
        return client.post("/sparql", content=update, headers=ALLOWED | UPDATE)

    done = send(f"INSERT DATA {{ {NOTE} }}")
    assert (done.status_code, done.content) == (204, b"")
    assert ask(client, NOTE)
    assert send(f"DELETE DATA {{ {NOTE} }}").status_code == 204
    assert not ask(client, NOTE)


def test_the_request_may_name_the_dataset(client: httpx.Client) -> None:
    graphs = "INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } GRAPH <x:b> { <x:s> <x:p> 2 } }"
    assert client.post("/sparql", data={"update": graphs}, headers=ALLOWED).status_code == 204
    insert = "INSERT { GRAPH <x:c> { ?s ?p ?o } } WHERE { ?s <x:p> ?o ; ?p ?o }"

    done = client.post("/sparql?using-graph-uri=x:a", content=insert, headers=ALLOWED | UPDATE)
    clash = client.post(
        "/sparql?using-graph-uri=x:a",
        content=insert.replace("WHERE", "USING <x:b> WHERE"),
        headers=ALLOWED | UPDATE,
    )

    assert (done.status_code, clash.status_code) == (204, 400)
    assert ask(
        client, "GRAPH <x:c> { <x:s> <x:p> 1 } FILTER NOT EXISTS { GRAPH <x:c> { ?s ?p 2 } }"
    )


@pytest.mark.parametrize(
    ("status", "update"),
    [
        (400, "nonsense"),
        (400, "LOAD <http://127.0.0.1:1/>"),
        (400, "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
        (403, "DELETE WHERE { ?claim a pg:Claim }"),
        (403, "DROP GRAPH <https://w3id.org/policygraph/id/graph/copies>"),
    ],
)
def test_what_an_update_may_not_do(client: httpx.Client, status: int, update: str) -> None:
    answer = client.post("/sparql", data={"update": update}, headers=ALLOWED)

    assert answer.status_code == status, answer.text
    assert answer.text.count("\n") == 1
    assert ask(client, "?claim a pg:Claim")


def test_all_is_all_that_updates_wrote(client: httpx.Client) -> None:
    client.post("/sparql", data={"update": f"INSERT DATA {{ {NOTE} }}"}, headers=ALLOWED)

    assert client.post("/sparql", data={"update": "CLEAR ALL"}, headers=ALLOWED).status_code == 204

    assert not ask(client, NOTE)
    assert ask(client, "?claim a pg:Claim")


def test_rdflib_writes_to_the_server(url: str, client: httpx.Client) -> None:
    store = SPARQLUpdateStore(f"{url}sparql", f"{url}sparql", headers=ALLOWED)
    graph = rdflib.Graph(store, rdflib.URIRef("https://example.org/notes"))

    graph.add((rdflib.URIRef("x:a"), rdflib.RDFS.comment, rdflib.Literal("vu", lang="fr")))

    assert ask(client, "GRAPH <https://example.org/notes> { <x:a> rdfs:comment 'vu'@fr }")
    assert len(graph) == 1


def test_the_description_says_that_updates_are_taken(client: httpx.Client) -> None:
    assert "sd:SPARQL11Update" in client.get("/sparql").text


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--update"], "--update and --token-file FILE go together"),
        (["--token-file", "token"], "--update and --token-file FILE go together"),
    ],
)
def test_the_flag_and_the_token_go_together(options: list[str], complaint: str) -> None:
    done = CliRunner().invoke(app, ["serve", *options])

    assert done.exit_code == 2
    assert complaint in done.output


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read"),
        ("short", "at least 20 letters"),
        ("two words that are long enough", "at least 20 letters"),
        ("é" * 30, "not ASCII"),
    ],
)
def test_a_token_must_be_one(
    tmp_path: Path, folder: Path, content: str | None, complaint: str
) -> None:
    token = tmp_path / "token"
    if content is not None:
        token.write_text(content, encoding="utf-8")

    done = CliRunner().invoke(
        app, ["serve", "--graph", str(folder), "--update", "--token-file", str(token)]
    )

    assert complaint in str(done.exception)
