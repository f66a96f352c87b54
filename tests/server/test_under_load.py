"""Many clients at once, some of them hostile: the server answers everybody, and stays whole."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from served import serving

QUICK = "SELECT ?o { ?s pg:fines ?o }"
HOSTILE = {
    "a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "a huge answer": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a huge graph": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a deep path": "SELECT (COUNT(*) AS ?n) { ?a (!pg:no|^!pg:no)* ?b . ?c (!pg:no|^!pg:no)* ?d }",
    "a long sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c LIMIT 5",
    "deep brackets": "SELECT * { " + "{" * 60_000 + "}" * 60_000 + " }",
    "a call": "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "a silent call": "SELECT * { SERVICE SILENT <http://localhost:PORT/sparql> { ?s ?p ?o } }",
    "a variable call": "SELECT * { VALUES ?u {<http://127.0.0.1:PORT/>} SERVICE ?u { ?s ?p ?o } }",
    "a fetched graph": "SELECT * FROM <http://127.0.0.1:PORT/g> { ?s ?p ?o }",
    "a load": "LOAD <http://127.0.0.1:PORT/>",
    "an update": "DELETE WHERE { ?s ?p ?o }",
}


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port of this machine that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def test_64_clients_of_which_many_are_hostile(graph_folder: Path, listener: socket.socket) -> None:
    port = str(listener.getsockname()[1])
    hostile = [query.replace("PORT", port) for query in HOSTILE.values()]
    crowd = [(hostile * 3)[number // 2] if number % 2 else QUICK for number in range(64)]

    async def ask(client: httpx.AsyncClient, query: str) -> int:
        return (await client.post("/sparql", data={"query": query})).status_code

    async def main(url: str) -> tuple[list[int], list[int]]:
        limits = httpx.Limits(max_connections=80)
        options = {"base_url": url, "timeout": 240, "limits": limits, "trust_env": False}
        async with httpx.AsyncClient(**options) as client:
            tasks = [asyncio.ensure_future(ask(client, query)) for query in crowd]
            quick = [task for task, query in zip(tasks, crowd, strict=True) if query == QUICK]
            answered = await asyncio.gather(*quick, ask(client, QUICK))
            others = [task for task in tasks if task not in quick]
            ended = [task.result() for task in others if task.done()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            return answered, ended

    with serving(graph_folder, "--timeout", "200") as url:
        answered, ended = asyncio.run(main(url))
        after = httpx.get(f"{url}sparql", params={"query": "ASK { ?s pg:fines ?o }"}, timeout=60)

    assert answered == [200] * 33
    assert set(ended) <= {200, 400, 503}
    assert after.json()["boolean"] is True
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_client_that_hangs_up_frees_its_worker(graph_folder: Path) -> None:
    with serving(graph_folder, "--workers", "1", "--timeout", "300") as url:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{url}sparql", params={"query": HOSTILE["a cross product"]}, timeout=1.5)
        answer = httpx.get(f"{url}sparql", params={"query": QUICK}, timeout=60)

    assert answer.status_code == 200, "with one worker, it would wait for 300 s"
