from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_records import english, make_record, zephyr
from typer.testing import CliRunner

from policygraph import pipeline
from policygraph.cli import app
from policygraph.graph import ClaimGraph
from policygraph.model import Article, Record
from policygraph.reextraction import reextract
from policygraph.resolve import resolve
from policygraph.software import software

OLD = "policygraph 0.0.1 (fr 000000000000)"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of the articles that were extracted; extraction finds one claim."""
    found: list[str] = []

    def extract(article: Article, *, models: object = None) -> Record:
        found.append(article.source)
        one = resolve(replace(zephyr(), claims=zephyr().claims[2:3]))
        return replace(one, article=article, software=software(article.lang))

    monkeypatch.setattr(pipeline, "extract_article", extract)
    return found


def test_only_articles_that_another_extractor_read_are_read_again(read: list[str]) -> None:
    graph = ClaimGraph.open(None)
    stale = resolve(replace(zephyr(), software=OLD))
    graph.extend(
        [
            stale,
            english(),  # by a person
            replace(make_record("Texte actuel.", {}), software=software("fr")),
            replace(make_record("Un texte.", {}), software="autre 1.0"),
        ]
    )

    report = reextract(graph)

    assert read == ["essai.html"]
    assert (report.reread, report.current, report.kept, report.failed) == (1, 1, 2, 0)
    assert (report.changed, report.gone, report.new) == (1, 3, 0)
    record = graph.record(stale.id)
    assert record is not None
    assert record.software == software("fr")
    assert [claim.predicate for claim in record.claims] == ["owns"]
    assert record.article == stale.article
    assert reextract(graph).reread == 0


def test_an_article_that_nothing_could_read_is_tried_again(read: list[str]) -> None:
    graph = ClaimGraph.open(None)
    graph.add(Record(article=zephyr().article, unread="no pipeline for fr"))

    assert reextract(graph, dry_run=True).reread == 1
    assert read == []
    reextract(graph)

    assert graph.stats().claims == 1


def test_a_failure_leaves_the_article_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = ClaimGraph.open(None)
    graph.add(resolve(replace(zephyr(), software=OLD)))
    graph.settle()
    before = graph.quads()
    wrong = resolve(replace(zephyr(), claims=(replace(zephyr().claims[0], predicate="hugs"),)))
    monkeypatch.setattr(pipeline, "extract_article", lambda article, models: wrong)
    told: list[str] = []

    report = reextract(graph, tell=told.append)

    assert (report.failed, report.reread) == (1, 0)
    assert "'hugs' is not in the ontology" in told[0]
    assert graph.quads() == before


def test_the_command_says_what_it_did(tmp_path: Path, read: list[str]) -> None:
    with ClaimGraph.open(tmp_path / "g", create=True) as graph:
        graph.add(resolve(replace(zephyr(), software=OLD)))
    run = CliRunner().invoke

    dry = run(app, ["reextract", "--graph", str(tmp_path / "g"), "--dry-run"])
    done = run(app, ["reextract", "--graph", str(tmp_path / "g")])

    assert "1 would be read again, 0 current, 0 kept" in dry.stderr
    assert "1 read again, 1 of them changed (0 new claims, 3 gone)" in done.stderr
    assert (dry.exit_code, done.exit_code) == (0, 0)
