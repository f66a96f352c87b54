from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sample_records import english, zephyr

from policygraph.errors import StoreError
from policygraph.graph import ClaimGraph, folder, locks, snapshots

HOLD = """
import sys
from policygraph.graph import ClaimGraph
graph = ClaimGraph.open(sys.argv[1], read_only=sys.argv[2] == "reader")
print("open", flush=True)
sys.stdin.read()
"""

UNPRIVILEGED = """
import os, sys
from policygraph.errors import StoreError
from policygraph.graph import ClaimGraph
if os.geteuid() == 0:
    os.setuid(65534)
with ClaimGraph.open(sys.argv[1], read_only=True) as graph:
    print(len(graph))
try:
    ClaimGraph.open(sys.argv[1])
except StoreError as error:
    print(error)
"""


@pytest.fixture
def graph_folder(tmp_path: Path) -> Path:
    path = tmp_path / "g"
    with ClaimGraph.open(path, create=True) as graph:
        graph.add(english())
    return path


def complaint(path: Path, **options: bool) -> str:
    with pytest.raises(StoreError) as caught:
        ClaimGraph.open(path, **options).close()
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def test_a_missing_folder_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"

    assert "no graph here; make one with `policygraph ingest" in complaint(path)
    assert "no graph here" in complaint(path, read_only=True)
    assert not path.exists()
    ClaimGraph.open(path, create=True).close()
    assert path.is_dir()


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"...")

    for options in ({"create": True}, {}, {"read_only": True}):
        assert "not a policygraph graph folder" in complaint(tmp_path, **options)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")

    for options in ({"create": True}, {}, {"read_only": True}):
        complaint(path, **options)
    assert path.read_text() == "x"


def test_a_name_that_the_system_refuses_is_named(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)

    for options in ({"create": True}, {}, {"read_only": True}):
        assert "File name too long" in complaint(path, **options)


def test_an_empty_folder_becomes_a_graph(tmp_path: Path) -> None:
    with ClaimGraph.open(tmp_path, create=True) as graph:
        assert len(graph) == 0


def test_a_damaged_marker_is_named(graph_folder: Path) -> None:
    (graph_folder / "policygraph.json").write_text("{", encoding="utf-8")

    with pytest.raises(StoreError, match=r"policygraph\.json: damaged"):
        ClaimGraph.open(graph_folder)


def test_a_graph_of_a_newer_version_asks_for_an_upgrade(graph_folder: Path) -> None:
    (graph_folder / "policygraph.json").write_text('{"policygraph graph": 99}', encoding="utf-8")

    assert "a graph of format 99, and this policygraph reads 1; upgrade" in complaint(graph_folder)


def test_a_graph_of_an_older_version_says_how_to_bring_it_over(graph_folder: Path) -> None:
    (graph_folder / "policygraph.json").write_text('{"policygraph graph": 0}', encoding="utf-8")

    for options in ({}, {"read_only": True}):
        advice = "export its records with the policygraph that made it, and ingest them anew"
        assert advice in complaint(graph_folder, **options)


def test_a_damaged_store_says_what_to_do(graph_folder: Path) -> None:
    (graph_folder / "store" / "CURRENT").write_text("nonsense\n", encoding="utf-8")

    assert "delete the folder and ingest the articles again" in complaint(graph_folder)


@contextmanager
def held(path: Path, holder: str) -> Iterator[None]:
    """Another process has the graph open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), holder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield
        process.communicate()


def test_one_process_writes_and_any_number_read_beside_it(
    graph_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "WAIT", 0)
    with held(graph_folder, "writer"), held(graph_folder, "reader"):
        with ClaimGraph.open(graph_folder, read_only=True) as graph:
            assert len(graph) == 1
        assert "another policygraph is writing" in complaint(graph_folder)
    with held(graph_folder, "reader"):
        ClaimGraph.open(graph_folder).close()
    ClaimGraph.open(graph_folder).close()  # the lock goes with the process


def test_a_reader_keeps_what_it_opened_and_the_next_sees_what_came(graph_folder: Path) -> None:
    with ClaimGraph.open(graph_folder, read_only=True) as reader:
        with ClaimGraph.open(graph_folder) as writer:
            for number in range(3):
                writer.add(english(f"{number}.html", f"Zephyr {number}: ARCO fined Papillon."))
                writer._publish()
        assert len(reader) == 1
        assert reader.query("SELECT ?a { ?a a pg:Article }")
    with ClaimGraph.open(graph_folder, read_only=True) as reader:
        assert len(reader) == 4
    ClaimGraph.open(graph_folder).add(
        english("c.html", "Once more ARCO fined Papillon.")
    )  # and takes old ones away
    assert len([*(graph_folder / "snapshots").iterdir()]) <= 2


def test_readers_see_a_writer_s_articles_while_it_writes(
    graph_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "EVERY", 0)
    monkeypatch.setattr(snapshots, "_SHARE", 0)
    with ClaimGraph.open(graph_folder) as writer:
        writer.add(zephyr())
        with ClaimGraph.open(graph_folder, read_only=True) as reader:
            assert len(reader) == 2


def test_what_a_killed_writer_added_is_there_for_the_next_reader(graph_folder: Path) -> None:
    script = (
        "import os, sys; sys.path.insert(0, 'tests')\n"
        "from sample_records import zephyr\n"
        "from policygraph.graph import ClaimGraph, snapshots\n"
        "snapshots.EVERY = 1e9\n"
        "graph = ClaimGraph.open(sys.argv[1])\n"
        "graph.extend([zephyr()]); graph.remove('b.html'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(graph_folder)], check=False)

    with ClaimGraph.open(graph_folder, read_only=True) as reader:
        assert [record.article.lang for record in reader.records()] == ["fr"]


def test_a_reader_follows_the_writer_when_asked(graph_folder: Path) -> None:
    reader = folder.Reader(graph_folder)
    before = sum(1 for _ in reader.store.named_graphs())
    with ClaimGraph.open(graph_folder) as writer:
        writer.add(zephyr())

    assert sum(1 for _ in reader.refresh().named_graphs()) == before + 1
    assert reader.refresh() is reader.store
    reader.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(graph_folder: Path) -> None:
    for path in (graph_folder, graph_folder / "policygraph.lock"):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        assert "check its permissions" in complaint(graph_folder)
        assert "check its permissions" in complaint(graph_folder / "new", create=True)
        ClaimGraph.open(graph_folder, read_only=True).close()
    finally:
        graph_folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
@pytest.mark.parametrize("killed", [False, True])
def test_who_may_only_read_reads_all_that_is_there(
    monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    with tempfile.TemporaryDirectory() as parent:  # that of pytest is closed to other users
        path = Path(parent, "g")
        with ClaimGraph.open(path, create=True) as graph:
            graph.add(english())
            if killed:  # before it published the second article
                monkeypatch.setattr(folder.Writer, "publish", lambda writer: None)
            graph.add(zephyr())
        for place in (path.parent, *path.rglob("*"), path):
            place.chmod(0o555 if place.is_dir() else 0o444)

        done = subprocess.run(
            [sys.executable, "-c", UNPRIVILEGED, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )

        for place in (path.parent, path, *path.rglob("*")):
            place.chmod(0o755)
        assert done.stdout.splitlines()[0] == "2", done.stderr
        assert done.stdout.splitlines()[1].startswith(f"{path}: ")
        assert "Permission denied" in done.stdout


def test_a_folder_where_nothing_was_written_reads_as_empty(tmp_path: Path) -> None:
    folder._prepare(tmp_path / "g")

    with ClaimGraph.open(tmp_path / "g", read_only=True) as graph:
        assert len(graph) == 0
