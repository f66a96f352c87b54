from __future__ import annotations

import rdflib
from sample_records import english, gold_records, zephyr

from policygraph.graph import ClaimGraph
from policygraph.graph.terms import PREFIXES
from policygraph.ontology import ENTITIES
from policygraph.resolve import resolve

PG = rdflib.Namespace(PREFIXES["pg"])


def graph_of(*records: object) -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend(records)  # type: ignore[arg-type]
    return graph


def test_networkx_has_entities_as_nodes_and_claims_as_edges() -> None:
    network = graph_of(resolve(zephyr()), english()).to_networkx()

    firm = f"{ENTITIES}company/zephyr"
    assert network.nodes[firm]["label"] == "Zephyr"
    assert network.nodes[firm]["type"] == "Company"
    assert network.nodes[firm]["wikidata"] == "Q42"
    assert network.number_of_edges() == 5
    [deal] = network.get_edge_data(firm, f"{ENTITIES}product/papillon").values()
    assert (deal["predicate"], deal["status"], deal["negated"]) == ("acquires", "planned", False)
    assert deal["evidence"] == "vouloir racheter Papillon"
    assert deal["label_fr"] == "acquiert"


def test_two_articles_about_one_thing_meet_in_one_node() -> None:
    network = graph_of(resolve(zephyr()), english()).to_networkx()

    agency = f"{ENTITIES}government-body/arco"
    assert network.nodes[agency]["articles"] == 2
    assert network.number_of_edges(agency, f"{ENTITIES}product/papillon") == 2


def test_dates_and_sums_are_no_nodes() -> None:
    network = graph_of(*map(resolve, gold_records())).to_networkx()

    assert {"Date", "Money"}.isdisjoint(data["type"] for _, data in network.nodes(data=True))
    assert network.number_of_edges() == sum(len(r.claims) for r in gold_records())


def test_rdflib_has_a_graph_an_article_and_their_union() -> None:
    graph = graph_of(resolve(zephyr()), english())

    dataset = graph.to_rdflib()

    assert len(set(dataset.quads())) == len(graph.quads())
    names = {str(g.identifier) for g in dataset.graphs() if len(g)}
    assert set(graph.articles()) <= names
    rows = dataset.query("SELECT ?o { ?c pg:predicate pg:acquires ; pg:object/rdfs:label ?o }")
    assert {str(row[0]) for row in rows} == {"Papillon"}
    dates = set(dataset.objects(None, PG["date"]))
    assert dates == {rdflib.Literal("2020-08", datatype=rdflib.XSD.gYearMonth, normalize=False)}
