"""Text tables for people: columns padded to their widest cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

GAP = "  "
NARROW = 12
"""Characters below which no column is cut."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, width: int | None = None) -> str:
    """Lines of a table, without a last line break; white space within a cell is one space.

    ``width`` is that of the reader's screen: to fit it, columns without content are left out
    and the widest cells cut with "…". None leaves out and cuts nothing.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in (head, *rows)]
    widths = _widths(cells)
    if width is not None and sum(widths) + len(GAP) * (len(widths) - 1) > width:
        cells = _with_content(cells)
        widths = _fit(_widths(cells), width - len(GAP) * (len(cells[0]) - 1))
    lines = [GAP.join(map(_cell, row, widths)).rstrip() for row in cells]
    lines.insert(1, GAP.join("-" * width for width in widths))
    return "\n".join(lines)


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*cells, strict=True)]


def _with_content(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    kept = [i for i in range(len(cells[0])) if any(row[i] for row in cells[1:] or cells)]
    return [[row[i] for i in kept] for row in cells]


def _cell(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"


def _fit(widths: list[int], space: int) -> list[int]:
    """Take from the widest columns, one character at a time, until all fit in the space."""
    fitted = list(widths)
    while sum(fitted) > space and max(fitted, default=0) > NARROW:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted
