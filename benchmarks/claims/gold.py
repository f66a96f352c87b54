"""Reads annotated articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policygraph.model import Record
from policygraph.records import read_records
from policygraph.sources import Failure


def read_gold(source: Path) -> Iterator[Record]:
    """The records of a file, or of the JSON files below a folder, in the order of their names."""
    for path in sorted(source.rglob("*.json")) if source.is_dir() else [source]:
        for record in read_records(path):
            if isinstance(record, Failure):
                raise record.as_error()
            yield record
