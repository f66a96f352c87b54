from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_records import english, zephyr

from policygraph.errors import QueryError
from policygraph.graph import ClaimGraph
from policygraph.worker import NotAcceptableError, TooSlowError, Workers

ENDLESS = """
SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l && ?c < ?f) }
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("worked") / "g"
    with ClaimGraph.open(path, create=True) as graph:
        graph.extend([zephyr(), english()])
    return path


@pytest.fixture
def workers(folder: Path) -> Iterator[Workers]:
    workers = Workers(folder, count=1, timeout=30)
    yield workers
    workers.close()


def test_one_process_answers_query_after_query(workers: Workers) -> None:
    for _ in range(3):
        answer = workers.run("ASK { ?s pg:fines ?o }", solutions="csv", graph=None)
        assert (answer.kind, answer.content.strip()) == ("solutions", b"true")
    answer = workers.run("CONSTRUCT WHERE { ?s pg:fines ?o }", solutions=None, graph="ttl")
    assert answer.kind == "graph"
    assert b"pg:fines" in answer.content


def test_a_wrong_query_harms_nobody(workers: Workers) -> None:
    with pytest.raises(QueryError, match="not SPARQL"):
        workers.run("SELECT", solutions="json", graph=None)
    with pytest.raises(NotAcceptableError, match="no accepted format"):
        workers.run("ASK {}", solutions=None, graph="ttl")

    assert workers.run("ASK {}", solutions="csv", graph=None).content.strip() == b"true"


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(folder: Path) -> None:
    workers = Workers(folder, count=1, timeout=2)
    with pytest.raises(TooSlowError, match="took more than 2 s and was stopped"):
        workers.run(ENDLESS, solutions="json", graph=None)

    assert workers.run("ASK {}", solutions="csv", graph=None).content.strip() == b"true"
    workers.close()
