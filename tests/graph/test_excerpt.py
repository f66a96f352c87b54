from __future__ import annotations

import networkx as nx
import pytest
from sample_records import english, gold_records, make_record, said, zephyr

from policygraph.graph import ClaimGraph
from policygraph.graph.excerpt import around, ends_of, everything, of_article
from policygraph.ontology import ENTITIES
from policygraph.resolve import resolve

FIRM = f"{ENTITIES}company/zephyr"


def drawn(network: nx.MultiDiGraph) -> dict[tuple[str, str, str], dict[str, object]]:
    return {
        (subject, object_, key): {n: v for n, v in data.items() if n not in ("start", "end")}
        for subject, object_, key, data in network.edges(keys=True, data=True)
    }


@pytest.fixture(scope="module")
def graph() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), english(), *map(resolve, gold_records()[:6])])
    return graph


def test_everything_is_what_networkx_gets_but_for_who_takes_part_in_no_claim(
    graph: ClaimGraph,
) -> None:
    found = everything(graph.store, limit=10_000)
    whole = graph.to_networkx()

    assert drawn(found.network) == drawn(whole)
    assert set(found.network) == {node for node, degree in whole.degree() if degree}
    for node, data in found.network.nodes(data=True):
        assert {**data, "articles": 0} == {**whole.nodes[node], "articles": 0}
    assert (found.claims, found.beyond) == (whole.number_of_edges(), (0, 0))


def test_of_too_many_claims_those_of_the_best_connected_stay_and_the_rest_is_counted() -> None:
    record = make_record(
        "Zephyr possède, aide et attaque Papillon. ARCO punit Nuage.",
        {"Zephyr": "Company", "Papillon": "Company", "Nuage": "Product", "ARCO": "GovernmentBody"},
        (
            said("ARCO", "fines", "Nuage", "ARCO punit Nuage"),
            said("Zephyr", "owns", "Papillon", "possède"),
            said("Zephyr", "supports", "Papillon", "aide"),
            said("Zephyr", "attacks", "Papillon", "attaque"),
        ),
    )
    graph = ClaimGraph.open(None)
    graph.add(resolve(record))
    found = everything(graph.store, limit=3)

    assert {data["label"] for _, data in found.network.nodes(data=True)} == {"Zephyr", "Papillon"}
    assert found.network.number_of_edges() == 3
    assert (found.claims, found.beyond) == (4, (2, 1))


def test_the_surroundings_grow_with_the_depth(graph: ClaimGraph) -> None:
    near = around(graph.store, [FIRM], depth=1, limit=100)
    further = around(graph.store, [FIRM], depth=2, limit=100)

    names = {data["label"] for _, data in near.network.nodes(data=True)}
    assert names == {"Zephyr", "Papillon", "Nuage", "ARCO"}
    # a claim between two neighbours belongs to the picture
    assert near.network.number_of_edges() == 5
    assert near.network.nodes[FIRM]["wikidata"] == "Q42"
    assert set(near.network) <= set(further.network)
    assert near.claims == graph.to_networkx().number_of_edges()


def test_surroundings_above_the_limit_say_what_they_leave_out(graph: ClaimGraph) -> None:
    found = around(graph.store, [FIRM], depth=1, limit=3)

    assert FIRM in found.network
    assert len(found.network) == 3
    assert found.beyond[0] == 1


def test_an_article_and_a_claim_are_found_by_their_iris() -> None:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), english()])
    [stored] = [s for s in graph.stored() if s.record.article.source == "b.html"]
    found = of_article(graph.store, stored.iri, limit=100)

    assert [key for _, _, key in found.network.edges(keys=True)] == [stored.claims[0]]
    assert len(ends_of(graph.store, stored.claims[0])) == 2
    assert ends_of(graph.store, FIRM) == ()


def test_a_speaker_who_takes_part_in_no_claim_has_a_name() -> None:
    record = make_record(
        "Le Courrier : ARCO punit Nuage.",
        {"ARCO": "GovernmentBody", "Nuage": "Product", "Le Courrier": "MediaOutlet"},
        (said("ARCO", "fines", "Nuage", "ARCO punit Nuage", by="Le Courrier"),),
    )
    graph = ClaimGraph.open(None)
    graph.add(resolve(record))
    [(_, _, data)] = everything(graph.store, limit=9).network.edges(data=True)

    assert data["speaker"] == "Le Courrier"
