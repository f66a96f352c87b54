"""Reads articles from tables: CSV, with whatever separator, and TSV, one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from policygraph.errors import RecordError, SourceError
from policygraph.model import Article
from policygraph.sources.article_rows import read_row
from policygraph.sources.failure import Failure
from policygraph.sources.limits import LINE
from policygraph.sources.origin import Origin

_SEPARATORS = ",;\t|"


def read_table(origin: Origin) -> Iterator[Article | Failure]:
    """Yield the articles of a table whose first row names its columns.

    Rows are labelled by the line where they begin. A row that fails is named, the rest is read.
    """
    lines = (line or "" for _, line in origin.lines())
    head = next(lines)
    while not head.strip():
        head = next(lines, "#")
    csv.field_size_limit(LINE)
    columns = [name.strip() for name in next(csv.reader([head], delimiter=_separator(head)))]
    _check(columns, origin)
    rows = csv.reader(lines, delimiter=_separator(head))
    number = 0
    while True:
        line = rows.line_num + 2
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield Failure(f"{origin.source}:{line}", f"no row of a table: {error}")
            continue
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        yield _read(dict(zip(columns, cells, strict=False)), f"{origin.source}:{line}", origin)
    if not number:
        raise SourceError("a table without rows; expected one article a row")


def _read(row: dict[str, str], where: str, origin: Origin) -> Article | Failure:
    try:
        return read_row(row, where, origin.manner.columns)
    except RecordError as error:
        return Failure(where, str(error))


def _separator(head: str) -> str:
    return max(_SEPARATORS, key=head.count)


def _check(columns: list[str], origin: Origin) -> None:
    """Stop at once where the table lacks a column that the user named."""
    for field, names in origin.manner.columns.items():
        if not set(names) & set(columns):
            raise SourceError(
                f"no column {' or '.join(map(repr, names))} for {field}; "
                f"the columns are {', '.join(columns)}"
            )
