"""The explorer over the live graph: what it shows, and the ways into it and back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from sample_records import english, zephyr
from served import get_drawn, serving

from policygraph.graph import ClaimGraph
from policygraph.ontology import ENTITIES
from policygraph.resolve import resolve
from policygraph.server.limits import Limits
from policygraph.server.pictures import Pictures
from policygraph.server.pool import Pool
from policygraph.view.served import Wanted

FIRM = f"{ENTITIES}company/zephyr"
HTML = {"Accept": "text/html"}


def told(answer: httpx.Response) -> dict[str, Any]:
    """What the page knows."""
    assert answer.status_code == 200, answer.text
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', answer.text)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def names(data: dict[str, Any]) -> set[str]:
    return {entity["names"]["fr"] for entity in data["entities"]}


def test_it_shows_the_whole_graph(client: httpx.Client) -> None:
    data = told(get_drawn(client, "/explore", params={"lang": "fr"}))

    assert names(data) == {"Zephyr", "Papillon", "Nuage", "ARCO"}
    assert len(data["claims"]) == data["site"]["claims"] == 5
    assert "part" not in data["site"]


@pytest.mark.parametrize("name", ["Zephyr", "Q42", FIRM])
def test_it_shows_what_is_near_an_entity(client: httpx.Client, name: str) -> None:
    data = told(get_drawn(client, "/explore", params={"entity": name, "depth": "2"}))

    assert data["site"]["part"] == "entity"
    assert (data["site"]["centres"], data["site"]["depth"]) == ([FIRM], 2)
    assert data["entities"][0]["iri"].startswith(ENTITIES)


def test_pages_about_things_lead_into_it(client: httpx.Client) -> None:
    entity = client.get(f"/id/{ENTITIES.rpartition('/id/')[2]}company/zephyr.html").text
    claim_page = re.search(r'class="permalink" href="([^"]*)"', entity)
    article_page = re.search(r'<p class="cite"><a href="([^"#]*)', entity)
    assert claim_page and article_page
    pages = [entity, client.get(claim_page[1]).text, client.get(article_page[1]).text]
    found = [re.search(r'href="(/explore\?(?:entity|claim|article)=[^"]*)"', p) for p in pages]
    data = [told(get_drawn(client, link[1].replace("&amp;", "&"))) for link in found if link]

    assert [page["site"]["part"] for page in data] == ["entity", "claim", "article"]
    assert data[1]["site"]["select"].rpartition("/")[2] in claim_page[1]
    assert len(data[2]["claims"]) == 4


@pytest.mark.parametrize(
    ("params", "status", "reason"),
    [
        ({"entity": "Zefyr"}, 404, "no entity of this graph is called"),
        ({"claim": FIRM}, 404, "the graph has no claim"),
        ({"claim": "no iri"}, 404, "no IRI"),
        ({"article": FIRM}, 404, "the graph has no article"),
        ({"entity": "Zephyr", "depth": "9"}, 400, "depth must be a number from 1 to 3"),
        ({"entity": "Zephyr", "claim": FIRM}, 400, "ask for one of"),
    ],
)
def test_what_it_cannot_show_it_refuses(
    client: httpx.Client, params: dict[str, str], status: int, reason: str
) -> None:
    answer = get_drawn(client, "/explore", params=params)

    assert answer.status_code == status
    assert reason in answer.text


def test_a_page_is_not_sent_again_while_the_graph_stays_the_same(client: httpx.Client) -> None:
    first = get_drawn(client, "/explore")
    second = client.get("/explore", headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 304
    assert first.headers["ETag"] != get_drawn(client, "/explore?entity=Zephyr").headers["ETag"]


def test_it_shows_what_is_added(tmp_path: Path) -> None:
    with ClaimGraph.open(tmp_path / "g", create=True) as graph:
        graph.add(english())
    with serving(tmp_path / "g") as url, httpx.Client(base_url=url, timeout=60) as client:
        before = get_drawn(client, "/explore")
        with ClaimGraph.open(tmp_path / "g") as graph:
            graph.add(resolve(zephyr()))
        known = {"If-None-Match": before.headers["ETag"]}
        after = get_drawn(client, "/explore", headers=known)

    assert len(told(before)["claims"]) == 1
    assert len(told(after)["claims"]) == 5


def test_its_files_come_from_this_server(client: httpx.Client) -> None:
    page = get_drawn(client, "/explore").text
    for path in re.findall(r'(?:src|rel="stylesheet" href)="([^"]*)"', page):
        answer = client.get(path)
        assert path.startswith("/static/")
        assert answer.status_code == 200 and len(answer.content) > 1000
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert client.get(path, headers=tag).status_code == 304
    assert client.get("/static/explorer.exe").status_code == 404


async def drawn_twice(folder: Path) -> tuple[bytes | None, bytes | None, bytes | None]:
    pictures = Pictures(folder, Pool(folder, Limits(workers=1)))
    try:
        wanted = Wanted(entity="Zephyr")
        soon = await pictures.get(wanted, patience=0.0)
        later = await pictures.get(wanted, patience=60.0)
        again = await pictures.get(wanted, patience=0.0)
    finally:
        await pictures.close()
    return soon, later, again


def test_who_does_not_wait_finds_the_page_drawn_later(graph_folder: Path) -> None:
    import asyncio

    soon, later, again = asyncio.run(drawn_twice(graph_folder))

    assert soon is None
    assert later is not None and b'id="data"' in later
    assert again is later
