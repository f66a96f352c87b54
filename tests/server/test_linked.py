"""Every IRI of the graph answers on the server, to people and to programs."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from policygraph.graph.rows import GRAPH_FORMATS
from policygraph.graph.terms import PREFIXES, term
from policygraph.ontology import ENTITIES, IDS
from policygraph.server.linked import SUFFIXES
from policygraph.server.media import GRAPH_TYPES

# rdflib 7 warns about its own calls
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

ZEPHYR = f"{ENTITIES}company/zephyr"


def path(iri: str) -> str:
    return "/id/" + iri.removeprefix(IDS)


def read_json_ld(document: dict[str, Any]) -> rdflib.Dataset:
    return rdflib.Dataset().parse(data=json.dumps(document), format="json-ld")


@pytest.fixture(scope="module")
def things(client: httpx.Client) -> dict[str, str]:
    """An IRI of each kind."""
    query = """
      SELECT * { ?claim a pg:Claim ; pg:predicate pg:fines ; oa:hasTarget ?other ;
                        prov:wasDerivedFrom ?article . ?article dcterms:source "essai.html" }
    """
    [row] = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return {"entity": ZEPHYR, **{name: term["value"] for name, term in row.items()}}


@pytest.mark.parametrize("kind", ["entity", "claim", "article", "other"])
def test_a_thing_refers_to_a_document_that_tells_of_it(
    client: httpx.Client, things: dict[str, str], kind: str
) -> None:
    iri = things[kind]
    for suffix, media_type in SUFFIXES.items():
        referred = client.get(path(iri), headers={"Accept": media_type})
        document = client.get(referred.headers["Location"])

        assert referred.status_code == 303
        assert referred.headers["Location"] == f"{path(iri)}.{suffix}"
        assert "Accept" in referred.headers["Vary"]
        assert document.status_code == 200
        assert document.headers["Content-Type"].partition(";")[0] == media_type
        assert "Cookie" not in document.headers.get("Vary", "")
        if suffix == "html":
            assert iri in document.text
        else:
            form = GRAPH_FORMATS[GRAPH_TYPES[media_type]]
            subjects = {quad.subject for quad in ox.parse(document.content, format=form)}
            assert ox.NamedNode(iri) in subjects


def test_programs_that_accept_nothing_of_ours_are_told(client: httpx.Client) -> None:
    assert client.get(path(ZEPHYR), headers={"Accept": "image/png"}).status_code == 406


def test_what_the_graph_does_not_know_is_not_found(client: httpx.Client) -> None:
    for place in ("/id/entity/company/none", "/id/entity/company/none.ttl", "/id/", "/id/.ttl"):
        assert client.get(place).status_code == 404
    assert client.get("/resource", params={"iri": "https://example.org/none"}).status_code == 404
    assert client.get("/resource", params={"iri": "no iri"}).status_code == 400
    assert client.get("/resource").status_code == 400


def test_an_entity_that_is_known_in_its_article_alone_has_a_page(
    client: httpx.Client, things: dict[str, str]
) -> None:
    query = f"SELECT ?x {{ GRAPH <{things['article']}> {{ ?o pg:entity ?x }} }}"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    for row in rows:
        iri = row["x"]["value"]
        page = client.get("/resource", params={"iri": iri}, headers={"Accept": "text/html"})
        turtle = client.get("/resource", params={"iri": iri, "format": "ttl"})
        assert page.status_code == turtle.status_code == 200
        assert quote(iri, safe="") not in page.text or "/resource?iri=" in page.text


def test_a_claim_comes_with_its_words_and_its_article(
    client: httpx.Client, things: dict[str, str]
) -> None:
    answer = client.get(path(things["claim"]) + ".nt")
    facts = {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)}
    by_predicate = {triple.predicate: triple.object for triple in facts}

    assert by_predicate[term("oa:exact")] == ox.Literal(
        "infligé à Papillon une amende", language="fr"
    )
    assert ox.NamedNode(things["article"]) in {triple.subject for triple in facts}
    assert term("pg:text") not in by_predicate
    labels = {triple.object.value for triple in facts if triple.predicate == term("rdfs:label")}
    assert {"ARCO", "Papillon", "Le Courrier"} <= labels


def test_an_article_as_quads_stands_in_its_graph(
    client: httpx.Client, things: dict[str, str]
) -> None:
    name = ox.NamedNode(things["article"])
    for suffix in ("trig", "nq"):
        answer = client.get(f"{path(things['article'])}.{suffix}")
        form = GRAPH_FORMATS[suffix]
        assert {quad.graph_name for quad in ox.parse(answer.content, format=form)} == {name}


def test_json_ld_reads_well_and_says_the_same_as_turtle(
    client: httpx.Client, things: dict[str, str]
) -> None:
    document = client.get(path(things["claim"]) + ".jsonld").json()
    turtle = rdflib.Graph().parse(data=client.get(path(things["claim"]) + ".ttl").content)
    [claim] = [node for node in document["@graph"] if node["id"] == things["claim"]]

    assert claim["type"] == "Claim"
    assert claim["negated"] is False
    assert claim["amount"] == "3000000 EUR"
    assert claim["derivedFrom"] == things["article"]
    parsed = read_json_ld(document)
    assert len(parsed) == len(turtle)
    assert {s for s, _, _, _ in parsed} == {s for s, _, _ in turtle}


def test_the_context_file_is_the_context_of_the_documents(
    client: httpx.Client, things: dict[str, str]
) -> None:
    context = client.get("/context.jsonld")
    document = client.get(path(things["claim"]) + ".jsonld").json()

    assert context.headers["Content-Type"] == "application/ld+json"
    assert context.json()["@context"] == document["@context"]
    said = {"id": "https://example.org/1", "type": "Claim", "subject": ZEPHYR, "start": 3}
    graph = read_json_ld({**context.json(), **said})
    pg = rdflib.Namespace(PREFIXES["pg"])
    assert (None, rdflib.RDF.type, pg.Claim, None) in graph
    assert (None, pg.subject, rdflib.URIRef(ZEPHYR), None) in graph
    assert (None, None, rdflib.Literal(3), None) in graph


def test_the_dataset_describes_itself_in_void_and_dcat(client: httpx.Client) -> None:
    found = client.get(
        "/.well-known/void", headers={"Accept": "text/turtle"}, follow_redirects=True
    )
    graph = rdflib.Graph().parse(data=found.content, publicID=str(found.url))
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    [dataset] = graph.subjects(rdflib.RDF.type, void.Dataset)

    assert (dataset, rdflib.RDF.type, dcat.Dataset) in graph
    assert graph.value(dataset, void.documents) == rdflib.Literal(2)
    [endpoint] = graph.objects(dataset, void.sparqlEndpoint)
    assert client.get(str(endpoint), params={"query": "ASK {}"}).status_code == 200
    fines = [
        graph.value(part, void.triples)
        for part in graph.objects(dataset, void.propertyPartition)
        if graph.value(part, void.property) == rdflib.URIRef(PREFIXES["pg"] + "fines")
    ]
    assert fines == [rdflib.Literal(2)]
    for distribution in graph.objects(dataset, dcat.distribution):
        assert graph.value(distribution, dcat.accessURL) == rdflib.URIRef(
            f"{client.base_url}data?default"
        )


def test_the_ontology_can_be_read_and_looked_up(client: httpx.Client) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html", "Accept-Language": "fr"})
    turtle = client.get("/ontology.ttl")

    assert 'id="fines"' in page.text
    assert "inflige une amende à" in page.text
    assert len(rdflib.Graph().parse(data=turtle.content)) > 500
    assert client.get("/ontology.png").status_code == 404
