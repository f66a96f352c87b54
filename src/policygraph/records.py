"""Reads article records with their entities and claims: exports of a graph, and gold files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from policygraph.errors import RecordError, SourceError
from policygraph.model import Record
from policygraph.sources.compressed import uncompressed
from policygraph.sources.failure import Failure
from policygraph.sources.finding import find_files
from policygraph.sources.json_values import json_line_values, json_values
from policygraph.sources.origin import Origin

if TYPE_CHECKING:
    from policygraph.sources.origin import Stream

_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def read_records(*sources: str | Path) -> Iterator[Record | Failure]:
    """Yield every record of JSON and JSON Lines files, folders of them, or ``-``.

    A ``.json`` file holds one record or a list of them, any other file one a line; gzip, bzip2
    and xz may stand around them. They are read one by one, whatever the size of the file. Of a
    folder the JSON files count, and not the README beside them. A record that is not of the
    documented shape gives a failure that names file and line.
    """
    for source in sources:
        if source == "-":
            yield from _read(Origin(source="-", stream=cast("Stream", sys.stdin.buffer)))
            continue
        for file in find_files(source):
            if isinstance(file, Failure):
                yield file
            elif not Path(source).is_dir() or _SUFFIXES & set(file.path.suffixes):
                try:
                    with file.path.open("rb") as stream:
                        yield from _read(
                            Origin(source=file.label, stream=stream, name=file.path.name)
                        )
                except OSError as error:
                    yield Failure(file.label, f"cannot be read ({error.strerror})")


def _read(origin: Origin) -> Iterator[Record | Failure]:
    """The records of one file, up to the place where it is no JSON."""
    try:
        origin = origin.begun()
        if origin.head.startswith(_COMPRESSED):
            origin = uncompressed(origin).begun()
        if not origin.head.strip():
            raise SourceError("empty; expected article records")
        whole = PurePosixPath(origin.name.lower()).suffix == ".json"
        for value in (json_values if whole else json_line_values)(origin):
            yield value if isinstance(value, Failure) else _record(*value)
    except SourceError as error:
        yield Failure(origin.source, str(error))


def _record(where: str, value: object) -> Record | Failure:
    try:
        return Record.from_json(value, where=where)
    except RecordError as error:
        return Failure(where, str(error).removeprefix(where).lstrip(":, "))
