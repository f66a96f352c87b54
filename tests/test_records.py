from __future__ import annotations

import bz2
import gzip
import json
import lzma
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from sample_records import GOLD, english, gold_records, zephyr

from policygraph.model import Record
from policygraph.records import read_records
from policygraph.sources import Failure


def line(record: object) -> str:
    return json.dumps(record.to_json(), ensure_ascii=False)  # type: ignore[attr-defined]


def test_records_are_read_from_json_json_lines_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(line(zephyr()), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        f"{line(english())}\n\n{line(zephyr())}\n", encoding="utf-8-sig"
    )
    (tmp_path / "c.json").write_text(f"[{line(english())}]", encoding="utf-8")
    (tmp_path / "README.md").write_text("Three files of records.", encoding="utf-8")

    assert list(read_records(tmp_path)) == [zephyr(), english(), zephyr(), english()]
    assert next(read_records(GOLD / "test")) == gold_records()[0]


def test_what_is_no_record_is_named_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f'{line(english())}\n{{"text": 1}}\n{{\n[]\n', encoding="utf-8")

    first, *failures = read_records(path, tmp_path / "none.json")

    assert first == english()
    assert [str(failure) for failure in failures if isinstance(failure, Failure)] == [
        "r.jsonl:2: no string under 'text'",
        failures[1].__str__(),
        "r.jsonl:4: expected a JSON object, got list",
        f"{tmp_path / 'none.json'}: no such file or folder; give a file, folder, glob, URL or -",
    ]
    assert str(failures[1]).startswith("r.jsonl:3: not valid JSON: ")


@pytest.mark.parametrize(
    ("content", "reason"), [(b"\xff\xfe{", "not valid JSON"), (b" \n", "empty")]
)
def test_bytes_that_are_no_text_are_a_failure(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(content)

    [failure] = read_records(path)

    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip), ("bz2", bz2), ("xz", lzma)])
def test_compressed_records_are_read(tmp_path: Path, suffix: str, pack: Any) -> None:
    (tmp_path / f"r.jsonl.{suffix}").write_bytes(pack.compress(line(english()).encode()))

    assert list(read_records(tmp_path)) == [english()]


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_memory_does_not_grow_with_the_number_of_records(tmp_path: Path, suffix: str) -> None:
    peaks = []
    for count in (100, 2000):
        path = tmp_path / f"{count}.{suffix}"
        rows = [line(zephyr())] * count
        text = f"[{','.join(rows)}]" if suffix == "json" else "\n".join(rows)
        path.write_text(text, encoding="utf-8")

        # the least of three: what else runs may allocate beside one of them
        peaks.append(min(_peak(path, count) for _ in range(3)))
    assert peaks[1] < 1.5 * peaks[0]


def _peak(path: Path, count: int) -> int:
    """Bytes that reading so many records takes at most."""
    tracemalloc.start()
    read = sum(isinstance(r, Record) for r in read_records(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert read == count
    return peak
