"""The command line as a shell sees it: output, messages, exit status."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sample_records import english, zephyr
from websites import Website, page

from policygraph import cli, pipeline
from policygraph.graph import ClaimGraph
from policygraph.model import Article, Entity, Mention, Record
from policygraph.resolve import resolve

COMMANDS = (
    "ingest", "extract", "query", "view", "export", "serve", "evaluate", "stats", "validate",
    "remove", "models", "matters", "authority", "explain", "review", "judge", "undo",
)  # fmt: skip


@dataclass(frozen=True)
class Done:
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.delenv("POLICYGRAPH_GRAPH", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["policygraph", *map(str, arguments)])
        status = 0
        try:
            cli.run()
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capfd.readouterr()
        return Done(status, out, err)

    return run


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "policygraph.db"
    with ClaimGraph.open(path, create=True) as graph:
        graph.extend([resolve(zephyr()), english()])
    return path


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extractor that finds what the samples say, so that no pipeline is needed."""
    known = {r.article.text: r for r in (zephyr(), english())}

    def extract(article: Article, *, models: object = None) -> Record:
        return resolve(known[article.text])

    monkeypatch.setattr(pipeline, "extract_article", extract)


def write_record(path: Path, record: Record) -> Path:
    path.write_text(json.dumps(record.to_json()), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_one_example(run: Run, command: str) -> None:
    done = run(command, "--help")

    assert done.status == 0
    assert done.out.count(f"Example: policygraph {command}") == 1
    assert done.err == ""


def test_help_lists_every_command_with_its_whole_summary(run: Run) -> None:
    done = run("--help")

    assert done.status == 0
    assert all(f"\n  {command} " in done.out for command in COMMANDS)
    assert "..." not in done.out.partition("Commands:")[2]


def test_help_is_instant() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "policygraph", "--help"], check=True, capture_output=True
        )
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.3


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from policygraph import cli; sys.argv = ['policygraph', '--help']\n"
        "try: cli.run()\nexcept SystemExit: pass\n"
        "print({'spacy', 'pyoxigraph', 'rdflib', 'networkx', 'rich'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.endswith("set()\n")


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out.startswith("policygraph 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("query",),
        ("query", "ASK {}", "--name", "deals"),
        ("query", "ASK {}", "--format", "doc"),
        ("query", "--name", "deals", "--lang", "de"),
        ("query", "--name", "deals", "--param", "entity"),
        ("extract", "x", "--model", "fr"),
        ("serve", "--port", "99999"),
        ("export",),
        ("export", "-o", "-"),
    ],
)
def test_wrong_usage_is_status_2(run: Run, graph: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.status == 2
    assert done.out == ""
    assert "Usage: policygraph" in done.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("query", "SELECT"), "the query is not SPARQL"),
        (("query", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"), "are refused"),
        (("query", "DROP ALL"), "this is an update"),
        (("query", "--name", "nonsense"), "no query is called 'nonsense'; there are"),
        (("query", "--name", "deals", "--param", "x=1"), "has no parameter 'x'"),
        (("query", "--file", "none.rq"), "none.rq: the query cannot be read"),
        (("query", "ASK {}", "--format", "ttl"), "has the formats json, csv, tsv, xml, not 'ttl'"),
        (("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"), "has the formats ttl"),
        (("stats", "--graph", "none.db"), "none.db: no graph here; make one with"),
        (("view", "--status", "sure"), "sure"),
        (("view", "--around", "Nobody"), "Nobody"),
        (("view", "-o", "none/graph.html"), "none/graph.html"),
        (("export", "-o", "graph.doc"), "the suffix tells no format"),
        (("export", "-o", "graph.ttl", "--format", "doc"), "there is no format 'doc'"),
        (("export", "-o", "none/graph.ttl"), "none/graph.ttl: cannot be written"),
        (("remove", "nonsense"), "no such article: nonsense"),
        (("serve", "--graph", "none.db"), "no graph here"),
        (("evaluate", "none"), "none: no such file or folder"),
        (("ingest", "x.json", "--graph", "."), "not a policygraph graph folder"),
    ],
)
def test_an_expected_failure_is_one_line_and_status_1(
    run: Run, graph: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    done = run(*arguments)

    assert done.status == 1
    assert done.out == ""
    assert done.err.startswith("policygraph: ")
    assert done.err.count("\n") == 1
    assert complaint in done.err


def test_ingest_reports_what_became_of_every_article(run: Run, tmp_path: Path, echo: None) -> None:
    write_record(tmp_path / "a.json", zephyr())
    write_record(tmp_path / "b.json", english())

    first = run("ingest", "a.json", "b.json")
    second = run("ingest", "a.json", "none.html", "b.json")

    assert (first.status, first.out) == (0, "")
    assert first.err == "2 read, 2 added, 0 unchanged, 0 failed; graph: policygraph.db\n"
    assert second.status == 1
    assert second.err.splitlines() == [
        "failed: none.html: no such file or folder; give a file, folder, glob, URL or -",
        "3 read, 0 added, 2 unchanged, 1 failed; graph: policygraph.db",
    ]


def test_ingest_follows_feeds_and_brings_only_what_is_new(
    run: Run, website: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "extract_article", lambda a, models: Record(article=a))
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{website.url}/feed"\n')
    words = "The Federal Trade Commission sued {} over its purchase of a rival. "
    entries = [
        f"<item><title>{name}</title><link>/{name}</link>"
        f"<description>{words.replace('{}', name) * 9}</description></item>"
        for name in ("Meta", "Apple")
    ]

    found = []
    for now in (entries[:1], entries[:1], entries):
        website.pages["/feed"] = page(f"<rss><channel>{''.join(now)}</channel></rss>")
        found.append(run("ingest", "--follow", "feeds.toml", "--allow-private"))
    refused = run("ingest", "--follow", "feeds.toml")

    assert [done.status for done in found] == [0, 0, 0]
    assert [done.err.partition(" added")[0] for done in found] == [
        "1 read, 1", "0 read, 0", "1 read, 1",
    ]  # fmt: skip
    assert refused.status == 1
    assert "127.0.0.1 is a private address" in refused.err


def test_strict_ingest_stops_with_one_line(run: Run, tmp_path: Path, echo: None) -> None:
    write_record(tmp_path / "a.json", zephyr())

    done = run("ingest", "--strict", "none.html", "a.json")

    assert done.status == 1
    assert done.err.startswith("policygraph: none.html: no such file or folder")


def test_ingest_takes_annotated_records_as_they_stand(run: Run, tmp_path: Path) -> None:
    write_record(tmp_path / "a.json", zephyr())

    run("ingest", "--annotated", "a.json", "--graph", "other.db")
    done = run("stats", "--graph", "other.db", "--format", "json")

    assert json.loads(done.out)["claims"] == 4


def test_the_graph_may_be_named_in_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_record(tmp_path / "a.json", zephyr())
    monkeypatch.setenv("POLICYGRAPH_GRAPH", "mine.db")

    done = run("ingest", "--annotated", "a.json")

    assert done.err.endswith("graph: mine.db\n")
    assert (tmp_path / "mine.db").is_dir()


def test_extract_prints_records_in_three_shapes(run: Run, tmp_path: Path, echo: None) -> None:
    write_record(tmp_path / "a.json", zephyr())
    write_record(tmp_path / "b.json", english())
    expected = [resolve(zephyr()).to_json(), english().to_json()]

    lines = run("extract", "a.json", "b.json")
    array = run("extract", "a.json", "b.json", "--format", "json")
    table = run("extract", "a.json", "--format", "table")

    assert [json.loads(line) for line in lines.out.splitlines()] == expected
    assert json.loads(array.out) == expected
    assert "Zephyr veut racheter Papillon (2020-08-04)" in table.out
    assert "not attacks" in table.out
    assert not (tmp_path / "policygraph.db").exists()


def test_queries_come_from_the_line_a_file_or_a_name(run: Run, graph: Path, tmp_path: Path) -> None:
    text = "SELECT ?o { ?c pg:predicate pg:acquires ; pg:object/rdfs:label ?o }"
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")

    line, file = (
        run("query", text, "--format", "csv"),
        run("query", "--file", "q.rq", "--format", "csv"),
    )
    named = run("query", "--name", "deals", "--lang", "fr", "--param", "entity=papillon")

    assert line.out == file.out
    assert line.out.splitlines()[0] == "o"
    assert "prévu" in named.out
    assert "vouloir racheter Papillon" in named.out


def test_query_answers_in_every_format(run: Run, graph: Path) -> None:
    select = "SELECT ?p ?n { ?c pg:predicate ?p ; pg:negated ?n FILTER(?n) }"

    table = run("query", select)
    assert table.out == "p           n\n----------  ---\npg:attacks  yes\n"
    value = json.loads(run("query", select, "--format", "json").out)
    assert value["results"]["bindings"][0]["n"]["value"] == "true"
    assert run("query", select, "--format", "tsv").out.splitlines()[0] == "?p\t?n"
    assert run("query", "ASK { ?s pg:fines ?o }").out == "yes\n"
    assert run("query", "ASK { ?s pg:mergesWith ?o }").out == "no\n"
    construct = run("query", "CONSTRUCT WHERE { ?s pg:owns ?o }", "--format", "ttl")
    assert "pg:owns" in construct.out


@pytest.mark.usefixtures("graph")
def test_matters_are_derived_shown_and_forgotten(run: Run) -> None:
    shown = run("matters", "--lang", "fr").out
    assert "Zephyr / Papillon (opération): annoncé" in shown
    assert "2020-08-04  annoncé  ×1" in shown
    assert "“vouloir racheter Papillon”" in shown
    assert "deal" in run("query", "--name", "matters").out

    assert "no matters are left" in run("matters", "--forget").err
    assert not run("query", "ASK { ?m a pg:Matter }").out.startswith("yes")
    assert "deal" in run("query", "--name", "matters").out, "what is asked for is derived"


def test_what_was_left_behind_by_a_kill_is_made_good_before_it_is_exported(
    run: Run, graph: Path, tmp_path: Path
) -> None:
    run("matters")
    with ClaimGraph.open(graph) as killed:
        killed.remove("essai.html")
        assert not killed.matters_are_current()

    assert run("export", "-o", "g.nq").err == "written to g.nq\n"

    with ClaimGraph.open(graph, read_only=True) as settled:
        assert settled.matters_are_current()
    exported = (tmp_path / "g.nq").read_text(encoding="utf-8")
    assert "(deal)" not in exported, "its only article is gone"


def test_the_named_queries_are_listed_with_their_questions(run: Run) -> None:
    assert "Who owns whom" in run("query", "--list").out
    assert "Qui possède qui" in run("query", "--list", "--lang", "fr").out


def test_view_writes_one_file(run: Run, graph: Path, tmp_path: Path) -> None:
    done = run("view", "-o", "graph.html", "--lang", "fr", "--status", "planned")

    assert (done.status, done.out) == (0, "")
    assert done.err == "2 entities and 1 claims drawn in graph.html\n"
    assert "acquiert" in (tmp_path / "graph.html").read_text(encoding="utf-8")


def test_export_writes_files_or_standard_output(run: Run, graph: Path, tmp_path: Path) -> None:
    assert run("export", "-o", "g.csv").err == "written to g-nodes.csv and g-edges.csv\n"
    assert run("export", "-o", "g.ttl").err == "written to g.ttl\n"
    assert "pg:Claim" in (tmp_path / "g.ttl").read_text(encoding="utf-8")
    lines = run("export", "-o", "-", "--format", "jsonl").out.splitlines()
    assert {json.loads(line)["source"] for line in lines} == {"essai.html", "b.html"}


def test_stats_are_counts(run: Run, graph: Path) -> None:
    table = run("stats").out

    assert "articles" in table
    assert "by_predicate: fines" in table


def test_a_sound_graph_is_valid(run: Run, graph: Path) -> None:
    done = run("validate")

    assert (done.status, done.out) == (0, "")
    assert "2 articles checked" in done.err


def test_remove_takes_articles_out(run: Run, graph: Path) -> None:
    done = run("remove", "b.html")

    assert (done.status, done.err) == (0, "removed: b.html\n")
    assert "essai.html" in run("query", "--name", "articles").out
    assert "b.html" not in run("query", "--name", "articles").out


def test_evaluate_scores_against_gold(run: Run, tmp_path: Path, echo: None) -> None:
    write_record(tmp_path / "a.json", zephyr())

    table = run("evaluate", "a.json").out
    value = json.loads(run("evaluate", "a.json", "--format", "json").out)

    assert table.startswith("1 articles\n")
    assert value["scores"]["all"]["claims"]["f1"] == 1.0


def test_a_reader_that_stops_early_hears_no_complaint(graph: Path) -> None:
    command = f"{sys.executable} -m policygraph query --graph {graph} 'SELECT ?s ?p {{ ?s ?p ?o }}'"

    done = subprocess.run(
        ["bash", "-c", f"{command} | head -c 10"], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.stdout.startswith("s ")


def test_the_files_of_known_names_are_checked(run: Run, tmp_path: Path) -> None:
    entry = '[zorblax]\ntype = "Company"\nnames = ["Zorblax"]\n'
    (tmp_path / "good.toml").write_text(entry, encoding="utf-8")
    (tmp_path / "my.toml").write_text(f'{entry}parent = "nobody"\n', encoding="utf-8")

    good, bad = run("authority", "good.toml"), run("authority", "my.toml")

    assert good.status == 0
    assert "of type: Company" in good.out
    assert bad.status == 1
    assert "my.toml [zorblax]: parent 'nobody'" in bad.out
    assert len(bad.err.splitlines()) == 1


def test_names_of_ones_own_are_known_while_reading(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Le ministre a rencontré la direction de Zorblax Santé jeudi à Paris. "
        "La société veut vendre ses données au gouvernement français.",
        encoding="utf-8",
    )
    (tmp_path / "my.toml").write_text(
        '[zorblax]\ntype = "ResearchOrganization"\nfr = ["Zorblax Santé"]\n', encoding="utf-8"
    )

    without = json.loads(run("extract", "a.txt").out)
    known = json.loads(run("extract", "a.txt", "--authority", "my.toml").out)
    missing = run("extract", "a.txt", "--authority", "none.toml")

    def iri(record: dict[str, Any]) -> list[str]:
        return [e["iri"] for e in record["entities"] if e["iri"].endswith("entity/zorblax")]

    assert not iri(without)
    assert len(iri(known)) == 1
    assert missing.status == 1
    assert "none.toml" in missing.err


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A graph with two articles whose things may be one."""
    path = tmp_path / "doubtful.db"
    with ClaimGraph.open(path, create=True) as graph:
        for source, name in (("a", "Zorbland Radio"), ("b", "Zorbland Radios Guild")):
            entity = Entity(
                id="e1", name=name, type="Company", mentions=(Mention(0, len(name), name),)
            )
            article = Article(source=source, text=name, lang="en", title=f"On {name}")
            graph.add(resolve(Record(article=article, entities=(entity,))))
        graph.resolve()
    return path


def test_a_person_judges_what_no_rule_could_decide(
    run: Run, doubtful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = run("review", "--list", "--graph", doubtful)
    monkeypatch.setattr("sys.stdin", io.StringIO("s\n"))
    reviewed = run("review", "--graph", doubtful, "--who", "Ada")
    after = run("explain", "Zorbland Radio", "--graph", doubtful)
    undone = run("undo", "--graph", doubtful)
    before = run("explain", "company/zorbland-radio", "--graph", doubtful)

    assert "company/zorbland-radios-guild" in listed.out
    assert "On Zorbland Radios Guild" in reviewed.out
    assert "judgements kept: 1" in reviewed.err
    assert "person:Ada" in after.out
    assert after.out.count("Zorbland Radios Guild") > 1
    assert undone.status == 0
    assert "person:Ada" not in before.out
    assert run("undo", "--graph", doubtful).status == 1


def test_a_node_is_explained_with_the_times_of_its_names(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "named"
    with ClaimGraph.open(path, create=True) as graph:
        entity = Entity(id="e1", name="Meta", type="Company", mentions=(Mention(0, 4, "Meta"),))
        article = Article(source="a", text="Meta", lang="en", published="2023-05-02")
        graph.add(resolve(Record(article=article, entities=(entity,))))

    shown = run("explain", "Meta", "--graph", path).out

    assert re.search(r"Facebook, Inc\. +2021-10-28", shown)
    assert re.search(r"Meta +2021-10-28", shown)


def test_two_things_can_be_judged_in_one_line(run: Run, doubtful: Path) -> None:
    one, other = "company/zorbland-radio", "company/zorbland-radios-guild"

    done = run("judge", one, other, "same", "--reason", "one firm", "--graph", doubtful)
    missing = run("judge", one, "company/nobody", "same", "--graph", doubtful)

    assert done.status == 0
    assert "one firm" in run("explain", one, "--graph", doubtful).out
    assert missing.status == 1
    assert "company/nobody" in missing.err
    assert run("explain", "Nobody", "--graph", doubtful).status == 1
