from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sample_records import english, gold_records, zephyr

import policygraph
from policygraph import pipeline
from policygraph.errors import LanguageError, SourceError
from policygraph.graph import ClaimGraph
from policygraph.model import Article, Record
from policygraph.nlp import shipped_languages
from policygraph.ontology import ENTITIES
from policygraph.pipeline import annotated_sources, extract_sources, ingest_into, records_of
from policygraph.resolve import resolve
from policygraph.software import software
from policygraph.sources import Failure


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for record in (zephyr(), english()):
        path = tmp_path / f"{record.article.lang}.json"
        path.write_text(json.dumps(record.to_json()), encoding="utf-8")
    return tmp_path


def fake_extract(article: Article, *, models: object = None) -> Record:
    """Knows no language but French, and finds nothing."""
    if article.lang != "fr":
        raise LanguageError(f"no pipeline for {article.lang!r}")
    return Record(article=article, software=software("fr"))


def test_annotated_records_are_taken_as_they_stand(folder: Path) -> None:
    graph = policygraph.ingest(folder, annotated=True)

    assert sorted(graph.records(), key=lambda r: r.id) == sorted(
        (resolve(zephyr()), english()), key=lambda r: r.id
    )
    assert graph.query(f"ASK {{ <{ENTITIES}company/zephyr> pg:owns ?o }}")


def test_an_exported_graph_comes_back_the_same(tmp_path: Path) -> None:
    graph = ClaimGraph.open(None)
    graph.extend(resolve(record) for record in gold_records()[:12])
    graph.settle()
    graph.export(tmp_path / "g.jsonl")

    again = policygraph.ingest(tmp_path / "g.jsonl", annotated=True)

    assert again.quads() == graph.quads()


def test_a_report_counts_every_article(folder: Path) -> None:
    graph = ClaimGraph.open(None)
    (folder / "broken.json").write_text("{", encoding="utf-8")

    told: list[str] = []
    first = ingest_into(graph, annotated_sources(folder), tell=told.append)
    second = ingest_into(graph, annotated_sources(folder))
    other = replace(english(), claims=())
    third = ingest_into(graph, [other])

    assert (first.read, first.added, first.unchanged, first.failed) == (3, 2, 0, 1)
    assert (second.added, second.unchanged) == (0, 2)
    assert (third.added, third.replaced) == (0, 1)
    assert "broken.json: not valid JSON" in told[0]


def test_a_record_that_the_graph_refuses_is_a_failure(folder: Path) -> None:
    claim = replace(english().claims[0], predicate="hugs")

    told: list[str] = []

    report = ingest_into(
        ClaimGraph.open(None), [replace(english(), claims=(claim,)), zephyr()], tell=told.append
    )

    assert report.added == 1
    assert told[0].startswith("failed: b.html: ")
    assert "'hugs' is not in the ontology" in told[0]


def test_strict_stops_at_the_first_failure_and_keeps_what_was_added() -> None:
    graph = ClaimGraph.open(None)

    def records() -> Iterator[Record | Failure]:
        yield english()
        yield Failure("x.html", "nothing in it")
        raise AssertionError("read on")

    with pytest.raises(SourceError, match=r"x\.html: nothing in it"):
        ingest_into(graph, records(), strict=True)
    assert len(graph) == 1


GERMAN = (
    "Bundeskartellamt prüft Google\n\nDie Behörde hat am Montag ein Verfahren eröffnet. "
    "Sie prüft, ob das Unternehmen seine Marktmacht missbraucht."
)


def test_an_article_in_a_third_language_is_stored_without_claims(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
    graph = ClaimGraph.open(None)
    told: list[str] = []

    first = ingest_into(graph, extract_sources(tmp_path), tell=told.append)
    second = ingest_into(graph, extract_sources(tmp_path))

    [row] = graph.query(
        "SELECT ?title ?why WHERE "
        "{ ?a pg:unread ?why ; dcterms:language 'de' ; dcterms:title ?title }"
    )
    source = f"{tmp_path.name}/a.txt"
    assert (row["title"], row["why"]) == ("Bundeskartellamt prüft Google", "no pipeline for de")
    assert told == [f"without claims: {source}: no pipeline for de"]
    assert (first.added, first.failed, dict(first.unread)) == (1, 0, {"no pipeline for de": 1})
    assert (second.added, second.unchanged) == (0, 1)
    [record] = graph.records()
    assert Record.from_json(record.to_json()) == record
    assert record.article.text == GERMAN


def test_an_unread_article_is_read_once_there_is_a_pipeline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
    graph = ClaimGraph.open(None)
    ingest_into(graph, extract_sources(tmp_path))
    [stored] = graph.records()

    report = ingest_into(graph, [replace(stored, unread=None, software=software("fr"))])

    assert report.replaced == 1
    assert not graph.query("ASK { ?a pg:unread ?why }")


def test_a_pipeline_that_does_not_load_fails_its_article_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pipeline, "extract_article", fake_extract)

    found = list(extract_sources(folder))
    with caplog.at_level(logging.WARNING, logger="policygraph"):
        graph = policygraph.ingest(folder)

    assert [type(one) for one in found] == [Failure, Record]
    assert str(found[0]).endswith("no pipeline for 'en'")
    assert len(graph) == 1
    assert "no pipeline for 'en'" in caplog.text


def test_an_exported_article_read_anew_says_the_same(tmp_path: Path) -> None:
    if "fr" not in shipped_languages():
        pytest.skip("no French pipeline is shipped")
    text = "Le rachat\n\nMicrosoft a racheté LinkedIn en 2016. La CNIL enquête sur Google."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    graph = policygraph.ingest(tmp_path / "a.txt")
    graph.export(tmp_path / "g.jsonl")

    again = policygraph.ingest(tmp_path / "g.jsonl")

    assert graph.query("ASK { ?c a pg:Claim ; pg:predicate pg:acquires }")
    assert again.quads() == graph.quads()
    assert policygraph.ingest(tmp_path / "g.jsonl", annotated=True).quads() == graph.quads()


def test_an_unchanged_article_is_not_extracted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Microsoft a racheté LinkedIn en 2016.", encoding="utf-8")
    calls = []

    def count(article: Article, *, models: object = None) -> Record:
        calls.append(article.source)
        return fake_extract(article)

    monkeypatch.setattr(pipeline, "extract_article", count)
    policygraph.ingest(tmp_path / "a.txt", graph=tmp_path / "g").close()

    with ClaimGraph.open(tmp_path / "g") as graph:
        report = ingest_into(graph, records_of(tmp_path / "a.txt", graph=graph))

    assert calls == ["a.txt"]
    assert report.unchanged == 1


def test_the_graph_is_the_same_whatever_the_jobs_and_the_order(tmp_path: Path) -> None:
    if "fr" not in shipped_languages():
        pytest.skip("no French pipeline is shipped")
    texts = (
        "Microsoft a racheté LinkedIn en 2016, a annoncé la firme.",
        "La Cnil a infligé une amende de 50 millions d'euros à Google, selon Le Monde.",
        "Apple et Google ont fait appel de la décision devant le Conseil d'État.",
        "Microsoft a racheté LinkedIn en 2016, a annoncé la firme.",  # a copy of the first
    )
    folders = []
    for number, text in enumerate(texts):
        folders.append(tmp_path / f"{number}")
        folders[-1].mkdir()
        (folders[-1] / f"{number}.txt").write_text(f"{text}\n", encoding="utf-8")

    one = policygraph.ingest(*folders)
    two = policygraph.ingest(*reversed(folders), jobs=2)

    assert (len(one), one.stats().claims) >= (3, 3)
    assert two.quads() == one.quads()
