"""Reads articles from JSON and JSON Lines: our own records, and other people's dumps.

Only the article is read; a record's entities and claims are left aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policygraph.errors import RecordError
from policygraph.sources.article_rows import Columns, read_row
from policygraph.sources.failure import Failure
from policygraph.sources.json_values import Value, encodable, json_line_values, json_values
from policygraph.sources.origin import Found, Origin


def read_json(origin: Origin) -> Iterator[Found]:
    """The articles of a JSON file, one by one: one object, or a list of them."""
    yield from _read(json_values(origin), origin.manner.columns)


def read_json_lines(origin: Origin) -> Iterator[Found]:
    """The articles of a JSON Lines file; a line that fails is named, the rest is read."""
    yield from _read(json_line_values(origin), origin.manner.columns)


def _read(values: Iterable[Value | Failure], columns: Columns) -> Iterator[Found]:
    for value in values:
        if isinstance(value, Failure):
            yield value
            continue
        where, row = value
        try:
            yield read_row(encodable(row), where, columns)
        except RecordError as error:
            yield Failure(where, str(error))
