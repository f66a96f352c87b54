from __future__ import annotations

from pathlib import Path

import pytest
from sample_records import english, gold_records, zephyr

from policygraph.errors import OntologyError, QueryError
from policygraph.graph import ClaimGraph, named_queries, named_query
from policygraph.graph.named import fill, read_query
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

    english_rows = gold.query(query.text)
    assert all(any(value is not None for value in row) for row in english_rows)
    if "lang" in query.params:
        french_rows = gold.query(query.with_params(lang="fr"))
        assert len(french_rows) == len(english_rows)


def test_most_named_queries_find_something_in_the_gold(gold: ClaimGraph) -> None:
    silent = {name for name, query in named_queries().items() if not gold.query(query.text)}

    assert silent <= {"contradictions", "reprints", "threats"}


def test_deals_say_who_plans_to_buy_what_and_by_when(graph: ClaimGraph) -> None:
    [row] = graph.query(named_query("deals").with_params(lang="fr", entity="papillon"))

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


def test_a_parameter_may_hold_quotes_and_braces(graph: ClaimGraph) -> None:
    text = named_query("deals").with_params(entity='"} } DROP ALL #\\')

    assert len(graph.query(text)) == 0


def test_an_unknown_name_or_parameter_lists_what_there_is() -> None:
    with pytest.raises(QueryError, match="no query is called 'x'; there are allegations"):
        named_query("x")
    with pytest.raises(QueryError, match="has no parameter 'x'; it has lang, entity"):
        named_query("deals").with_params(x="1")
    with pytest.raises(QueryError, match="has no parameter 'x'"):
        fill("ASK {}", {"x": "1"})


def test_a_query_file_without_a_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text("ASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"bad\.rq: no question"):
        read_query(path)

    path.write_text("# question: What?\n# params: x=1\nASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"bad\.rq: the query has no parameter 'x'"):
        read_query(path)
