"""Clients that other people wrote find in the server what they expect."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from sample_records import ROOT

from policygraph.graph.terms import PREFIXES

wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")

# SPARQLWrapper makes a graph of a class that rdflib 7 warns about
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

PG = rdflib.Namespace(PREFIXES["pg"])
SELECT = f"PREFIX pg: <{PG}> SELECT ?claim {{ ?claim a pg:Claim }}"
CONSTRUCT = f"PREFIX pg: <{PG}> CONSTRUCT {{ ?s pg:fines ?o }} WHERE {{ ?s pg:fines ?o }}"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_selects(url: str, method: str, form: str) -> None:
    client = wrapper.SPARQLWrapper(f"{url}sparql")
    client.setQuery(SELECT)
    client.setMethod(method)
    client.setReturnFormat(form)

    answer = client.query().convert()

    if form == "json":
        assert len(answer["results"]["bindings"]) == 5
    elif form == "xml":
        assert len(answer.getElementsByTagName("result")) == 5
    else:
        assert len(answer.decode().strip().splitlines()) == 6


@pytest.mark.parametrize("form", ["turtle", "xml", "n3"])
def test_sparqlwrapper_constructs(url: str, form: str) -> None:
    client = wrapper.SPARQLWrapper(f"{url}sparql")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(form)

    answer = client.query().convert()

    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer)
    assert len(graph) == 1


def test_sparqlwrapper_learns_what_was_wrong(url: str) -> None:
    client = wrapper.SPARQLWrapper(f"{url}sparql")
    client.setQuery("SELECT nonsense")

    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="not SPARQL"):
        client.query()


def test_rdflib_reads_the_server_as_a_store(url: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{url}sparql"))

    assert len(set(graph.subjects(rdflib.RDF.type, PG.Claim))) == 5
    assert len([*graph.query(SELECT)]) == 5
    assert len([*graph.triples((None, PG.fines, None))]) == 1
    assert bool(graph.query(f"ASK {{ ?s <{PG.fines}> ?o }}")) is True
    assert len(graph.query(CONSTRUCT).graph) == 1


def test_rdflib_reads_one_article(url: str) -> None:
    dataset = rdflib.Graph(SPARQLStore(f"{url}sparql"))
    articles = [*dataset.subjects(rdflib.RDF.type, PG.Article)]
    sizes = {
        len([*rdflib.Graph(dataset.store, article).subjects(rdflib.RDF.type, PG.Claim)])
        for article in articles
    }

    assert sizes == {1, 4}


def _comunica() -> Path | None:
    """The command of Comunica's package, where ``COMUNICA`` or the checkout has it."""
    folder = Path(os.environ.get("COMUNICA", ROOT / "node_modules"))
    command = folder / ".bin" / "comunica-sparql"
    return command if command.exists() and shutil.which("node") else None


@pytest.mark.skipif(
    _comunica() is None,
    reason="no node, or no @comunica/query-sparql (npm install @comunica/query-sparql@4.5.0, "
    "or COMUNICA names a node_modules folder)",
)
@pytest.mark.parametrize("source", ["sparql@{url}sparql", "{url}data?default"])
def test_comunica_asks_the_endpoint_and_reads_graphs(url: str, source: str) -> None:
    query = f"PREFIX pg: <{PG}> SELECT ?s ?o {{ ?c a pg:Claim ; pg:subject ?s ; pg:object ?o }}"

    done = subprocess.run(
        [
            *(str(_comunica()), source.format(url=url), "-q", query),
            *("-t", "application/sparql-results+json"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["results"]["bindings"]) == 5
