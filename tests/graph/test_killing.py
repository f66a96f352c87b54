"""What a process that is killed leaves behind: all it reported done, and nothing by half."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sample_records import english

from policygraph.errors import StoreError
from policygraph.graph import ClaimGraph, snapshots
from policygraph.graph.writing import article_iri, write_record
from policygraph.model import Record

TESTS = Path(__file__).parents[1]
ARTICLES = 60
CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from graph.test_killing import articles
from policygraph.graph import ClaimGraph, snapshots
snapshots.EVERY = 0.05
with ClaimGraph.open(sys.argv[2], create=True) as graph:
    for record in articles():
        graph.add(record)
        print(record.id, flush=True)
"""
FULL_DISK = """
import resource, signal, sys
sys.path.insert(0, sys.argv[1])
from graph.test_killing import articles
from policygraph.errors import StoreError
from policygraph.graph import ClaimGraph
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with ClaimGraph.open(sys.argv[2]) as graph:
        for record in articles():
            graph.add(record)
            print(record.id, flush=True)
except StoreError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
"""


def articles() -> list[Record]:
    """Articles to add in this order; every third is then replaced."""
    found = []
    for number in range(ARTICLES):
        text = f"ARCO fined Papillon, for the {number}th time. " + "x" * 900
        found.append(english(f"{number}.html", text))
        if number % 3 == 0:
            found.append(replace(found[-1], claims=(), software="policygraph 2"))
    return found


def run(script: str, graph: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(TESTS), str(graph)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whole(graph: ClaimGraph, id: str) -> bool:
    """Whether an article's graph is to the last triple what its record gives."""
    record = graph.record(id)
    stored = {q for q in graph.statements() if str(q.graph_name) == f"<{article_iri(id)}>"}
    return record is not None and stored == {*write_record(record)}


def test_a_kill_loses_no_article_that_was_reported_done(tmp_path: Path) -> None:
    path = tmp_path / "g"
    for lines in (1, 7, 20):  # then the process is killed, at whatever it does
        with run(CHILD, path) as process:
            assert process.stdout is not None
            done = [process.stdout.readline().strip() for _ in range(lines)]
            process.kill()
            done += [line.strip() for line in process.stdout if line.endswith("\n")]
        with ClaimGraph.open(path, read_only=True) as graph:
            stored = {record.id for record in graph.records()}
            assert {*done} <= stored
            assert all(whole(graph, id) for id in stored)
    with run(CHILD, path) as process:
        process.communicate()
    unkilled = ClaimGraph.open(None)
    unkilled.extend(articles())

    with ClaimGraph.open(path, read_only=True) as graph:
        assert graph.quads() == unkilled.quads()
        assert len(graph.query("SELECT * { ?s ?p ?o }")) == len(
            unkilled.query("SELECT * { ?s ?p ?o }")
        )


def test_readers_beside_a_writer_see_whole_articles(tmp_path: Path) -> None:
    path = tmp_path / "g"
    seen = []
    with run(CHILD, path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while process.poll() is None:
            with ClaimGraph.open(path, read_only=True) as graph:
                seen.append(len([*graph.records()]))
        process.communicate()

    assert seen == sorted(seen)
    with ClaimGraph.open(path, read_only=True) as graph:
        assert len(graph) == ARTICLES


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are POSIX's")
def test_a_full_disk_is_named_and_keeps_what_was_done(tmp_path: Path) -> None:
    path = tmp_path / "g"
    ClaimGraph.open(path, create=True).close()

    with run(FULL_DISK, path) as process:
        output, errors = process.communicate()

    assert process.returncode == 1
    assert errors.startswith(f"{path}: cannot be written (")
    assert "check space and permissions" in errors
    assert len(errors.splitlines()) == 1
    done = {*output.split()}
    assert len(done) < ARTICLES
    with ClaimGraph.open(path) as graph:  # there is space again
        assert done <= {record.id for record in graph.records()}
        graph.extend(articles())
        assert len(graph) == ARTICLES


def test_a_snapshot_that_cannot_be_made_is_an_error_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(publisher: object) -> None:
        raise OSError(28, "No space left on device")

    with ClaimGraph.open(tmp_path / "g", create=True) as graph:
        monkeypatch.setattr(snapshots.Publisher, "publish", full)
        with pytest.raises(StoreError, match="No space left on device"):
            graph.add(english())
            graph.close()
        monkeypatch.undo()

    with ClaimGraph.open(tmp_path / "g", read_only=True) as graph:
        assert len(graph) == 1
