"""SPARQL updates: what they may change, and what they may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_records import english, zephyr

from policygraph.errors import ProtectedError, QueryError, StoreError
from policygraph.graph import ClaimGraph
from policygraph.graph.terms import ADDITIONS
from policygraph.ontology import ENTITIES
from policygraph.resolve import resolve

PREFIX = "PREFIX ex: <https://example.org/>\n"
ARTICLE = "GRAPH ?g { ?a a pg:Article }"


@pytest.fixture
def graph() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), english()])
    return graph


def ask(graph: ClaimGraph, pattern: str) -> bool:
    return bool(graph.query(f"{PREFIX} ASK {{ {pattern} }}"))


def record(graph: ClaimGraph) -> set[str]:
    """All that stands there but for what updates wrote."""
    return {str(quad) for quad in graph.statements()}


def test_data_goes_into_named_graphs_and_shows_in_the_default_graph(graph: ClaimGraph) -> None:
    changes = graph.update(
        PREFIX + "INSERT DATA { ex:a ex:note 'one # not a } comment' . "
        'GRAPH ex:mine { ex:b ex:note "two"@en-GB ; ex:of ex:a } }'
    )

    assert len(changes.insert) == 3
    assert ask(graph, f"GRAPH {ADDITIONS} {{ ex:a ex:note 'one # not a }} comment' }}")
    assert ask(graph, "GRAPH ex:mine { ex:b ex:of ex:a }")
    assert ask(graph, "ex:a ex:note ?one . ex:b ex:of ex:a ; ex:note 'two'@en-gb")
    assert not graph.update(PREFIX + "INSERT DATA { GRAPH ex:mine { ex:b ex:of ex:a } }").insert


def test_deleting_takes_a_triple_out_of_the_default_graph_unless_another_graph_has_it(
    graph: ClaimGraph,
) -> None:
    graph.update(PREFIX + "INSERT DATA { ex:a ex:p 1 . GRAPH ex:mine { ex:a ex:p 1 , 2 } }")

    graph.update(PREFIX + "DELETE DATA { ex:a ex:p 1 }")
    assert ask(graph, "ex:a ex:p 1")
    graph.update(PREFIX + "DELETE WHERE { GRAPH ex:mine { ?s ex:p ?o } }")

    assert not ask(graph, "ex:a ?p ?o")


def test_templates_are_filled_for_each_solution(graph: ClaimGraph) -> None:
    graph.update(
        PREFIX
        + """
        INSERT { GRAPH ex:notes { ?claim ex:checked false ; ex:by _:me . _:me a ex:Person } }
        WHERE { ?claim a pg:Claim ; pg:negated false } ;
        WITH ex:notes DELETE { ?claim ex:checked false } INSERT { ?claim ex:checked true }
        WHERE { ?claim ex:checked false }
        """
    )

    rows = graph.query(
        PREFIX + "SELECT ?c ?who { GRAPH ex:notes { ?c ex:checked true ; ex:by ?who } }"
    )
    assert len(rows) == 4
    assert len({row["who"] for row in rows}) == 4
    assert not ask(graph, "?c ex:checked false")


def test_the_graph_may_be_a_variable_and_the_dataset_named(graph: ClaimGraph) -> None:
    graph.update(PREFIX + "INSERT DATA { GRAPH ex:g1 { ex:a ex:p 1 } GRAPH ex:g2 { ex:b ex:p 2 } }")

    graph.update(
        PREFIX + "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ex:p 1 ; ?p ?o } }"
    )
    assert not ask(graph, "ex:a ?p ?o")
    for update, using in (
        ("INSERT { GRAPH ex:g3 { ?s ex:q ?o } } USING ex:g2 WHERE { ?s ?p ?o }", ()),
        ("INSERT { GRAPH ex:g4 { ?s ex:q ?o } } WHERE { ?s ?p ?o }", ("https://example.org/g2",)),
    ):
        assert len(graph.update(PREFIX + update, using=using).insert) == 1
    with pytest.raises(QueryError, match="names its dataset"):
        graph.update(PREFIX + "INSERT { ?s ?p ?o } USING ex:a WHERE { ?s ?p ?o }", using=("ex:b",))


def test_whole_graphs_are_copied_moved_and_cleared(graph: ClaimGraph) -> None:
    before = record(graph)
    graph.update(
        PREFIX
        + "INSERT DATA { ex:z ex:p 0 . GRAPH ex:a { ex:a ex:p 1 } GRAPH ex:b { ex:b ex:p 2 } }"
    )

    graph.update(PREFIX + "ADD ex:a TO GRAPH ex:b ; CREATE SILENT GRAPH ex:new")
    assert ask(graph, "GRAPH ex:b { ex:a ex:p 1 . ex:b ex:p 2 }")
    graph.update(PREFIX + "COPY ex:a TO ex:b")
    assert not ask(graph, "GRAPH ex:b { ex:b ?p ?o }")
    graph.update(PREFIX + "MOVE ex:a TO ex:c ; DROP SILENT GRAPH ex:none")
    assert not ask(graph, "GRAPH ex:a { ?s ?p ?o }")
    assert ask(graph, "GRAPH ex:c { ex:a ex:p 1 }")
    graph.update("CLEAR NAMED")
    assert ask(graph, "ex:z ex:p 0")
    assert not ask(graph, "ex:a ?p ?o")
    graph.update("DROP ALL")

    assert not ask(graph, "ex:z ?p ?o")
    assert record(graph) == before


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT {{ GRAPH ?g {{ ?a ex:p 1 }} }} WHERE {{ {ARTICLE} }}",
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {ARTICLE} GRAPH ?g {{ ?s ?p ?o }} }}",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE WHERE { ?s pg:fines ?o }",
        "INSERT DATA { GRAPH pg: { ex:a ex:b ex:c } }",
        "INSERT DATA { GRAPH <https://w3id.org/policygraph/ontology> { ex:a ex:b ex:c } }",
        "CLEAR GRAPH <https://w3id.org/policygraph/id/graph/matters>",
        "DROP SILENT GRAPH <https://w3id.org/policygraph/id/graph/copies>",
        "CREATE GRAPH <https://w3id.org/policygraph/id/article/new>",
        "MOVE <https://w3id.org/policygraph/id/graph/copies> TO ex:copies",
        "COPY ex:a TO <https://w3id.org/policygraph/id/resolution>",
        "WITH <https://w3id.org/policygraph/id/resolution> INSERT { ex:a ex:b 1 } WHERE {}",
        "INSERT DATA { ex:a ex:b 1 } ; DELETE WHERE { ?claim a pg:Claim }",
    ],
)
def test_what_articles_say_cannot_be_changed(graph: ClaimGraph, update: str) -> None:
    before = {str(quad) for quad in graph.store}

    with pytest.raises(ProtectedError):
        graph.update(PREFIX + update)

    assert {str(quad) for quad in graph.store} == before


@pytest.mark.parametrize(
    ("update", "complaint"),
    [
        ("LOAD <http://127.0.0.1:1/>", "LOAD is refused"),
        ("LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH ex:a", "LOAD is refused"),
        ("CLEAR ALL ; load <http://127.0.0.1:1/>", "LOAD is refused"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "call"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT ?x { ?s ?p ?o } }", "call"),
        ("SELECT * { ?s ?p ?o }", "expected INSERT"),
        ("INSERT DATA { ex:a ex:b }", "not SPARQL"),
        ("INSERT DATA { ex:a ex:b ?c }", "not SPARQL|failed|variable"),
        ("INSERT DATA { ex:a ex:b ex:c ", "at its end: expected }"),
        ("INSERT { ex:a ex:b ex:c }", "expected WHERE"),
        ("INSERT DATA { none:a ex:b ex:c }", "prefix|Prefix"),
        ("CLEAR GRAPH none:a", "prefix is unknown"),
        ("CLEAR ALL CLEAR ALL", "line 2, at 'CLEAR': expected ;"),
    ],
)
def test_what_is_no_update_is_refused_in_a_line(
    graph: ClaimGraph, update: str, complaint: str
) -> None:
    before = {str(quad) for quad in graph.store}

    with pytest.raises(QueryError, match=complaint) as refused:
        graph.update(PREFIX + update)

    assert "\n" not in str(refused.value)
    assert {str(quad) for quad in graph.store} == before


def test_words_that_name_calls_may_stand_in_strings_and_names(graph: ClaimGraph) -> None:
    graph.update(PREFIX + "INSERT DATA { ex:download ex:preload 'load, SERVICE' } # ; LOAD <x>")

    assert ask(graph, "ex:download ex:preload 'load, SERVICE'")


def test_articles_come_and_go_beside_what_updates_wrote(graph: ClaimGraph) -> None:
    graph.update(f"INSERT {{ ?s ?p ?o }} WHERE {{ {ARTICLE} GRAPH ?g {{ ?s ?p ?o }} }}")
    claims = graph.stats().claims

    graph.remove("essai.html")

    assert graph.stats().claims == claims, "the additions still state them"
    graph.update("CLEAR DEFAULT")
    assert graph.stats().claims == 1


def test_a_folder_is_updated_whole_and_keeps_nothing_of_the_trial(tmp_path: Path) -> None:
    path = tmp_path / "g"
    with ClaimGraph.open(path, create=True) as graph:
        graph.extend([resolve(zephyr())])
        graph.update(PREFIX + f"INSERT DATA {{ <{ENTITIES}company/zephyr> ex:note 'seen' }}")
        with pytest.raises(ProtectedError):
            graph.update("INSERT DATA { <x:a> <x:b> 1 } ; DELETE WHERE { ?c a pg:Claim }")

    assert not (path / "staging").exists()
    with ClaimGraph.open(path, read_only=True) as graph:
        assert ask(graph, "?s pg:owns ?o ; ex:note 'seen'")
        assert not ask(graph, "<x:a> ?p ?o")
        with pytest.raises(StoreError, match="for reading only"):
            graph.update("CLEAR ALL")
