from __future__ import annotations

from pathlib import Path

import pytest
from sample_records import english, gold_records, zephyr

from policygraph.errors import OntologyError, QueryError
from policygraph.graph import ClaimGraph, named_queries, named_query
from policygraph.graph.named import read_query
from policygraph.ontology import ENTITIES
from policygraph.resolve import resolve


@pytest.fixture(scope="module")
def graph() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), english()])
    return graph


@pytest.fixture(scope="module")
def gold() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend(resolve(record) for record in gold_records())
    return graph


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_answers_in_both_languages(gold: ClaimGraph, name: str) -> None:
    query = named_query(name)
    assert set(query.questions) == {"en", "fr"}

    english_rows = gold.ask(name)
    assert all(any(value is not None for value in row) for row in english_rows)
    if "lang" in query.params:
        french_rows = gold.ask(name, lang="fr")
        assert len(french_rows) == len(english_rows)


def test_most_named_queries_find_something_in_the_gold(gold: ClaimGraph) -> None:
    silent = {name for name in named_queries() if not gold.ask(name)}

    assert silent <= {"contradictions", "reprints", "threats"}


def test_deals_say_who_plans_to_buy_what_and_by_when(graph: ClaimGraph) -> None:
    [row] = graph.ask("deals", lang="fr", entity="papillon")

    assert (row["who"], row["relation"], row["whom"]) == ("Zephyr", "acquiert", "Papillon")
    assert (row["status"], row["deadline"]) == ("prévu", "2020-09-15")
    assert row["evidence"] == "vouloir racheter Papillon"


def test_fines_name_regulator_firm_amount_and_speaker(graph: ClaimGraph) -> None:
    rows = graph.query(named_query("fines").text)

    assert {(r["regulator"], r["firm"], r["amount"], r["according_to"]) for r in rows} == {
        ("ARCO", "Papillon", "3000000 EUR", "Le Courrier"),
        ("ARCO", "Papillon", None, None),
    }


def test_each_claim_of_an_article_is_counted_once(graph: ClaimGraph) -> None:
    rows = graph.query(named_query("articles").text)

    assert {row["source"]: row["claims"] for row in rows} == {"essai.html": 4, "b.html": 1}


@pytest.mark.parametrize("attack", ['"} } DROP ALL #\\', "> } ?s ?p ?o #", "x:/y> } { <z:z"])
def test_a_value_is_never_read_as_sparql(graph: ClaimGraph, attack: str) -> None:
    with pytest.raises(QueryError, match=r"no entity|is no IRI"):
        graph.ask("deals", entity=attack)
    with pytest.raises(QueryError, match="labels are in en or fr"):
        graph.ask("deals", lang=attack)

    text = 'SELECT ?word { VALUES ?word { "" } }'
    assert [row["word"] for row in graph.query(text, word=attack)] == [attack]

    two = 'SELECT ?a ?b { VALUES ?a { "" } VALUES ?b { "" } }'
    [row] = graph.query(two, a="VALUES ?b { UNDEF }", b=attack)
    assert [*row] == ["VALUES ?b { UNDEF }", attack]


@pytest.mark.parametrize(
    "name",
    ["Zephyr", "zephyr", "Q42", f"{ENTITIES}company/zephyr", "http://www.wikidata.org/entity/Q42"],
)
def test_an_entity_is_given_by_name_qid_or_iri(graph: ClaimGraph, name: str) -> None:
    rows = graph.ask("who-owns-whom", entity=name)

    assert [(row["owner"], row["owned"]) for row in rows] == [("Zephyr", "Nuage")]


def test_a_part_of_a_name_is_enough_when_no_name_is_so_in_full(graph: ClaimGraph) -> None:
    part = graph.ask("who-says-what", entity="courrier")

    assert len(part) == 1
    assert [*part] == [*graph.ask("who-says-what", entity="Le Courrier")]


def test_a_name_that_nobody_has_is_told_with_its_like(graph: ClaimGraph) -> None:
    with pytest.raises(QueryError, match=r"'Papiers'; .*names that begin alike: Papillon"):
        graph.ask("deals", entity="Papiers")


def test_a_query_of_ones_own_has_parameters_too(graph: ClaimGraph) -> None:
    text = "SELECT ?o { VALUES ?who { UNDEF } ?who pg:owns ?o }"

    assert len(graph.query(text, who="Zephyr")) == 1
    assert len(graph.query(text, who="ARCO")) == 0


def test_an_unknown_name_or_parameter_lists_what_there_is(graph: ClaimGraph) -> None:
    with pytest.raises(QueryError, match="no query is called 'x'; there are allegations"):
        graph.ask("x")
    with pytest.raises(QueryError, match="has no parameter 'x'; it has lang, entity"):
        graph.ask("deals", x="1")
    with pytest.raises(QueryError, match="has no parameter 'x'"):
        graph.query("ASK {}", x="1")


def test_a_query_file_without_a_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text("ASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"bad\.rq: no question"):
        read_query(path)

    head = "# question: What?\n# question (fr): Quoi ?\n"
    path.write_text(head + "# param x (text): y\nASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"bad\.rq: the parameter 'x' needs lines"):
        read_query(path)

    path.write_text(head + "# param x (text): y\n# param x (fr): y\nASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"bad\.rq: the query has no parameter 'x'"):
        read_query(path)
