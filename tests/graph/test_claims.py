from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from sample_records import english, gold_records, zephyr

from policygraph.errors import RecordError, StoreError
from policygraph.graph import Added, ClaimGraph
from policygraph.graph.writing import article_iri
from policygraph.resolve import resolve


def graph_of(*records: object) -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend(records)  # type: ignore[arg-type]
    return graph


def nquads(graph: ClaimGraph) -> list[str]:
    return [str(quad) for quad in graph.quads()]


def test_the_same_articles_give_the_same_quads_in_whatever_order_they_come() -> None:
    records = [resolve(record) for record in gold_records()[:15]]
    shuffled = records[:]
    random.Random(7).shuffle(shuffled)

    one_by_one = ClaimGraph.open(None)
    for record in shuffled:
        one_by_one.add(record)

    assert nquads(one_by_one) == nquads(graph_of(*records))


def test_one_article_from_many_sources_is_kept_once_in_whatever_order_they_come() -> None:
    copies = [english(source) for source in ("b.html", "a.html", "c.html")]

    found = [nquads(graph_of(*order)) for order in permutations(copies)]

    assert all(quads == found[0] for quads in found)
    assert any('"a.html"' in quad for quad in found[0])


def test_adding_an_article_again_changes_nothing() -> None:
    graph = graph_of(zephyr())
    before = nquads(graph)

    assert graph.add(zephyr()) is False
    assert graph.extend([zephyr(), zephyr()]) == Added(unchanged=2)
    assert nquads(graph) == before
    assert len(graph) == 1


def test_an_article_with_other_claims_replaces_the_older_one_whole() -> None:
    graph = graph_of(zephyr())
    better = replace(zephyr(), claims=zephyr().claims[:1], software="policygraph 1")

    assert graph.extend([better]) == Added(replaced=1)
    assert nquads(graph) == nquads(graph_of(better))
    assert not graph.query("ASK { ?s pg:owns ?o }")


def test_removing_an_article_takes_only_what_it_alone_says() -> None:
    other = english(text="ARCO fined Papillon. Again.")
    graph = graph_of(english(), other)

    assert graph.remove("b.html") == 2
    assert (len(graph), nquads(graph)) == (0, [])
    assert not graph.query("ASK { ?s pg:fines ?o }")

    graph.extend([english(), other])
    assert graph.remove(other.id) == 1
    assert graph.query("ASK { ?s pg:fines ?o }")
    assert nquads(graph) == nquads(graph_of(english()))


def test_articles_are_found_by_id_iri_source_and_url() -> None:
    graph = graph_of(zephyr(), english())
    iri = article_iri(zephyr().id)

    for key in (zephyr().id, iri, "essai.html", "https://example.org/zephyr"):
        assert graph.find_articles(key) == [iri]
    assert graph.find_articles("nowhere.html") == []
    assert graph.remove("nowhere.html") == 0


def test_a_triple_that_two_articles_state_is_one_answer() -> None:
    graph = graph_of(english(), english(text="Yes: ARCO fined Papillon."))

    assert len(graph.query("SELECT ?who ?whom { ?who pg:fines ?whom }")) == 1
    assert len(graph.query("SELECT ?g { GRAPH ?g { ?who pg:fines ?whom } }")) == 2
    assert len(graph.query("SELECT ?c { ?c a pg:Claim }")) == 2


def test_records_come_back_as_they_went_in() -> None:
    records = [english(), zephyr()]

    found = {record.id: record for record in graph_of(*records).records()}

    assert found == {record.id: record for record in records}


def test_stats_count_what_the_graph_holds() -> None:
    stats = graph_of(zephyr(), english()).stats()

    assert (stats.articles, stats.claims, stats.entities) == (2, 5, 7)
    assert stats.by_language == {"en": 1, "fr": 1}
    assert stats.by_predicate["fines"] == 2
    assert stats.by_status == {"actual": 4, "planned": 1}
    assert stats.by_publisher == {"Le Courrier": 1}
    assert stats.mentions == sum(len(e.mentions) for r in (zephyr(), english()) for e in r.entities)
    assert stats.triples == len(graph_of(zephyr(), english()).quads())


def test_a_record_that_cannot_be_written_leaves_the_graph_as_it_was() -> None:
    graph = graph_of(english())
    before = nquads(graph)
    claim = replace(zephyr().claims[0], predicate="hugs")

    with pytest.raises(RecordError, match="hugs"):
        graph.add(replace(zephyr(), claims=(claim,)))
    assert nquads(graph) == before


def test_the_vocabulary_can_be_asked_for_its_labels() -> None:
    rows = graph_of().query('SELECT ?l { pg:fines rdfs:label ?l FILTER(LANG(?l) = "fr") }')

    assert [row["l"] for row in rows] == ["inflige une amende à"]


def test_a_graph_in_a_folder_is_there_when_opened_again(tmp_path: Path) -> None:
    with ClaimGraph.open(tmp_path / "g", create=True) as graph:
        graph.extend([zephyr(), english()])
        before = nquads(graph)

    with ClaimGraph.open(tmp_path / "g", read_only=True) as again:
        assert nquads(again) == before
        assert again.query("ASK { ?s pg:fines ?o }")
    with ClaimGraph.open(tmp_path / "g") as again:
        assert again.extend([zephyr(), english()]) == Added(unchanged=2)


def test_a_closed_graph_says_so() -> None:
    graph = graph_of()
    graph.close()
    graph.close()

    with pytest.raises(StoreError, match="already closed"):
        graph.query("ASK {}")


def test_a_graph_opened_for_reading_refuses_to_be_written(tmp_path: Path) -> None:
    ClaimGraph.open(tmp_path / "g", create=True).close()

    with (
        ClaimGraph.open(tmp_path / "g", read_only=True) as graph,
        pytest.raises(StoreError, match="opened for reading only"),
    ):
        graph.add(english())


def test_a_graph_exports_and_draws_itself(tmp_path: Path) -> None:
    graph = graph_of(zephyr())

    assert graph.export(tmp_path / "g.nq") == (tmp_path / "g.nq",)
    assert graph.view(tmp_path / "g.html", lang="fr").claims == 4
    assert "Papillon" in (tmp_path / "g.html").read_text(encoding="utf-8")
