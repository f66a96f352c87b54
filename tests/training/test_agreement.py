"""Two annotations of one article are scored against each other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sample_records import zephyr

from policygraph.model import Record
from training.agreement import main


def write(folder: Path, record: Record) -> Path:
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps(record.to_json()), encoding="utf-8")
    return folder


def test_what_only_one_of_two_readers_saw_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = zephyr()
    first = write(tmp_path / "first", record)
    second = write(tmp_path / "second", replace(record, claims=record.claims[:1]))

    assert main([str(first), str(second)]) == 0

    [line] = [
        line.split()
        for line in capsys.readouterr().out.splitlines()
        if line.split()[:3] == ["all", "claims", "1.000"]
    ]
    assert line[-3:] == [str(len(record.claims[:1])), "1", str(len(record.claims))]


def test_where_nothing_can_be_compared_one_line_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write(tmp_path / "first", zephyr())
    (tmp_path / "none").mkdir()

    assert main([str(first), str(tmp_path / "none")]) == 1
    assert "no article is in both" in capsys.readouterr().err
