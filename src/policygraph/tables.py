"""Text tables for people: columns padded to their widest cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

GAP = "  "
NARROW = 8
"""Characters below which no column is cut."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, width: int | None = None) -> str:
    """Lines of a table, without a last line break; white space within a cell is one space.

    ``width`` is that of the reader's screen: the widest cells are cut with "…" to fit it.
    None cuts nothing.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    if width is not None:
        widths = _fit(widths, width - len(GAP) * (len(widths) - 1))
    lines = [GAP.join(map(_cell, row, widths)).rstrip() for row in cells]
    lines.insert(1, GAP.join("-" * width for width in widths))
    return "\n".join(lines)


def _cell(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"


def _fit(widths: list[int], space: int) -> list[int]:
    """Take from the widest columns, one character at a time, until all fit in the space."""
    fitted = list(widths)
    while sum(fitted) > space and max(fitted) > NARROW:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted
