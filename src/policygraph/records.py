"""Reads article records with their entities and claims: exports of a graph, and gold files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from policygraph.errors import RecordError
from policygraph.model import Record
from policygraph.sources.failure import Failure
from policygraph.sources.finding import find_files


def read_records(*sources: str | Path) -> Iterator[Record | Failure]:
    """Yield every record of JSON and JSON Lines files, folders of them, or ``-``.

    A ``.json`` file holds one record or a list of them, any other file one a line. Of a folder
    the JSON files count, and not the README beside them. A record that is not of the
    documented shape gives a failure that names file and line.
    """
    for source in sources:
        if source == "-":
            yield from _read(sys.stdin.buffer.read(), "-", lines=True)
            continue
        for file in find_files(source):
            if isinstance(file, Failure):
                yield file
                continue
            if Path(source).is_dir() and file.path.suffix.lower() not in _SUFFIXES:
                continue
            try:
                data = file.path.read_bytes()
            except OSError as error:
                yield Failure(file.label, f"cannot be read ({error.strerror})")
                continue
            yield from _read(data, file.label, lines=file.path.suffix.lower() != ".json")


_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})


def _read(data: bytes, source: str, *, lines: bool) -> Iterator[Record | Failure]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Failure(source, f"not UTF-8 text ({error.reason} at byte {error.start})")
        return
    if not text.strip():
        yield Failure(source, "empty; expected article records")
        return
    for where, part in _parts(text, source, lines=lines):
        try:
            value = json.loads(part)
        except ValueError as error:
            yield Failure(where, f"not valid JSON: {error}")
            continue
        if isinstance(value, list):
            for number, item in enumerate(value, 1):
                yield _record(item, f"{where}[{number}]")
        else:
            yield _record(value, where)


def _parts(text: str, source: str, *, lines: bool) -> Iterator[tuple[str, str]]:
    if not lines:
        yield source, text
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{source}:{number}", line


def _record(value: object, where: str) -> Record | Failure:
    try:
        return Record.from_json(value, where=where)
    except RecordError as error:
        return Failure(where, str(error).removeprefix(where).lstrip(":, "))
