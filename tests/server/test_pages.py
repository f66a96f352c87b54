"""The pages for people: what they say, and that article text cannot do anything in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest
from sample_records import make_record, said
from served import get_drawn, serving

from policygraph.graph import ClaimGraph, named_queries
from policygraph.model import Comment
from policygraph.ontology import ENTITIES

HTML = {"Accept": "text/html"}
ZEPHYR = f"/id/{ENTITIES.rpartition('/id/')[2]}company/zephyr.html"
NASTY = "</script><script>window.broken=1</script><img src=x onerror='window.broken=1'>\"\u202e"


def article_address(client: httpx.Client, source: str) -> str:
    query = f'SELECT ?a {{ ?a dcterms:source "{source}" ; a pg:Article }}'
    [row] = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return "/id/" + row["a"]["value"].partition("/id/")[2] + ".html"


def test_the_page_offers_every_named_query_and_loads_nothing_from_elsewhere(
    client: httpx.Client,
) -> None:
    page = client.get("/")

    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.text, re.S)
    assert found
    assert {query["name"] for query in json.loads(found[1])["queries"]} == set(named_queries())
    for address in re.findall(r'(?:src|<link [^>]*href|action)="([^"]*)"', page.text):
        assert address.startswith(("/", "data:,"))
        assert not address.startswith("//")


def test_every_page_has_a_strict_policy(client: httpx.Client) -> None:
    for path in (
        "/",
        "/explore",
        "/entities",
        "/articles",
        "/dataset",
        "/ontology",
        ZEPHYR,
        "/none",
    ):
        answer = client.get(path, headers=HTML)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.text)
        assert not re.search(r"<[^>]* (on\w+|style)=", answer.text)


def test_an_entity_shows_its_names_and_its_claims(client: httpx.Client) -> None:
    page = client.get(ZEPHYR).text

    assert "<h1><bdi>Zephyr</bdi></h1>" in page
    assert 'href="http://www.wikidata.org/entity/Q42"' in page
    assert page.count('<article class="claim">') == 3
    assert "<mark>vouloir racheter Papillon</mark>" in page
    assert "15 September 2020" in page
    assert "Denied" in page


def test_claims_can_be_chosen(client: httpx.Client) -> None:
    def shown(**choice: str) -> int:
        return client.get(ZEPHYR, params=choice).text.count('<article class="claim">')

    assert shown(predicate="owns") == 1
    assert shown(status="planned") == 1
    assert shown(role="object") == 0
    assert shown(year="2020") == 3
    assert shown(year="1999") == 0
    assert shown(predicate="> } DROP") == 0
    assert shown(year='" } #') == 0


def test_an_article_shows_its_text_with_the_words_of_claims_marked(client: httpx.Client) -> None:
    page = client.get(article_address(client, "essai.html")).text
    text = page[page.index('<section class="text"') : page.index("</section>")]

    assert page.count("data-claim=") == 4
    marked = re.sub("<[^>]*>", "", "".join(re.findall(r"<mark[^>]*>.*?</mark>", text)))
    assert "vouloir racheter Papillon" in marked
    assert "L&#39;américain" not in marked
    assert 'href="https://example.org/zephyr"' in page
    assert page.index("Bof.") > page.index("</aside>")


def test_every_link_within_an_article_leads_somewhere(client: httpx.Client) -> None:
    page = client.get(article_address(client, "essai.html")).text
    ids = set(re.findall(r'id="([^"]*)"', page))

    for address in set(re.findall(r'href="([^"]*)"', page)):
        if address.startswith("#"):
            assert address[1:] in ids
        elif address.startswith("/"):
            assert get_drawn(client, address.replace("&amp;", "&"), headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("params", "languages", "expected"),
    [
        ({}, "fr-CA, en;q=0.5", "Entités"),
        ({}, "de, fr;q=0.2, en;q=0.9", "Entities"),
        ({}, "", "Entities"),
        ({"lang": "fr"}, "en", "Entités"),
        ({"lang": "xx"}, "fr", "Entités"),
    ],
)
def test_pages_speak_french_and_english(
    client: httpx.Client, params: dict[str, str], languages: str, expected: str
) -> None:
    page = client.get("/entities", params=params, headers={"Accept-Language": languages})

    assert expected in page.text
    assert page.headers["Content-Language"] == ("fr" if expected == "Entités" else "en")


def test_entities_and_articles_are_found_by_words(client: httpx.Client) -> None:
    assert "Zephyr" in client.get("/entities", params={"q": "zEPH"}).text
    assert "Zephyr" not in client.get("/entities", params={"type": "Product"}).text
    assert "Zephyr veut" in client.get("/articles", params={"q": "américain"}).text
    assert "Nothing found." in client.get("/articles", params={"q": 'no"such\\thing'}).text
    assert client.get("/entities", params={"page": "99999"}).status_code == 200


def test_a_person_who_errs_gets_a_page(client: httpx.Client) -> None:
    for path in ("/none", "/id/none"):
        answer = client.get(path, headers=HTML)
        assert answer.status_code == 404
        assert "<h1>Not here</h1>" in answer.text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An article that would run if anything of it ran."""
    path = tmp_path_factory.mktemp("hostile") / "g"
    name, long = f"Zephyr {NASTY}", "A" + "a" * 9_999
    text = f"{name} a racheté {long}.\n\n{NASTY}"
    claim = said(name, "acquires", long, f"{name} a racheté", by=name, role=NASTY, date=NASTY)
    record = make_record(
        text,
        {name: "Company", long: "Product"},
        (claim,),
        title=NASTY,
        publisher=NASTY,
        authors=(NASTY,),
        url="javascript:window.broken=1",
        source="nasty.html",
        published=NASTY,
        comments=(Comment(text=NASTY, author=NASTY, published=NASTY),),
    )
    with ClaimGraph.open(path, create=True) as graph:
        graph.add(record)
    with serving(path) as url, httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        yield client


def test_text_of_articles_is_never_markup(hostile: httpx.Client) -> None:
    address = article_address(hostile, "nasty.html")
    paths = (address, "/explore", "/entities", "/articles")
    pages = [get_drawn(hostile, path, headers=HTML) for path in paths]
    links = set(re.findall(r'href="(/[^"]*)"', "".join(page.text for page in pages)))
    pages += [get_drawn(hostile, link.replace("&amp;", "&"), headers=HTML) for link in links]

    assert len(pages) > 8
    for page in pages:
        assert page.status_code == 200
        if page.headers["Content-Type"].startswith("text/html"):
            assert "<img" not in page.text
            assert "<script>" not in page.text
            assert 'href="javascript' not in page.text
