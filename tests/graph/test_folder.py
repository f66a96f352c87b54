from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sample_records import english

from policygraph.errors import StoreError
from policygraph.graph import ClaimGraph, folder

HOLD = """
import sys
from policygraph.graph import ClaimGraph
graph = ClaimGraph.open(sys.argv[1], read_only=sys.argv[2] == "reader")
print("open", flush=True)
sys.stdin.read()
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


def test_a_damaged_store_says_what_to_do(graph_folder: Path) -> None:
    (graph_folder / "store" / "CURRENT").write_text("nonsense\n", encoding="utf-8")

    assert "delete the folder and ingest the articles again" in complaint(graph_folder)


@pytest.mark.parametrize(
    ("holder", "read_only", "works"),
    [("reader", True, True), ("reader", False, False), ("writer", True, False)],
)
def test_readers_may_be_many_but_a_writer_is_alone(
    graph_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    holder: str,
    read_only: bool,
    works: bool,
) -> None:
    monkeypatch.setattr(folder, "WAIT", 0)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(graph_folder), holder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"

        if works:
            ClaimGraph.open(graph_folder, read_only=read_only).close()
        else:
            assert "another policygraph is using" in complaint(graph_folder, read_only=read_only)
        process.communicate()
    ClaimGraph.open(graph_folder).close()  # the lock goes with the process


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


def test_a_folder_where_nothing_was_written_reads_as_empty(tmp_path: Path) -> None:
    folder._prepare(tmp_path / "g")

    with ClaimGraph.open(tmp_path / "g", read_only=True) as graph:
        assert len(graph) == 0
