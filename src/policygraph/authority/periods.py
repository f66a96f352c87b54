"""When a name was in use, or an office held: ``Facebook, Inc.: ../2021-10-28``.

Intervals are written as in ISO 8601-2 (EDTF): two dates with a slash between them, full or
partial, ``..`` for an end that is open. A partial date is neither before nor after the dates
within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_OPEN = ".."


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A name or an office with the dates from which and until which it is right, None if open."""

    text: str
    start: str | None
    end: str | None

    def covers(self, date: str) -> bool:
        """Whether a date lies within."""
        return not (self.start and is_before(date, self.start)) and not (
            self.end and is_before(self.end, date)
        )

    def __str__(self) -> str:
        return f"{self.text}: {self.start or _OPEN}/{self.end or _OPEN}"


def is_date(value: str) -> bool:
    """Whether a value is an ISO 8601 date, full or partial."""
    return bool(_DATE.fullmatch(value))


def is_before(one: str, other: str) -> bool:
    """Whether an ISO 8601 date comes before another, as far as both tell."""
    size = min(len(one), len(other))
    return one[:size] < other[:size]


def read_dated(value: str) -> Dated:
    """Read ``NAME: START/END``; ``ValueError`` where it is none, or ends before it begins."""
    text, _, interval = value.rpartition(": ")
    start, slash, end = interval.partition("/")
    dates = [None if date == _OPEN else date for date in (start, end)]
    if not text or not slash or not all(date is None or is_date(date) for date in dates):
        raise ValueError("expected 'NAME: START/END' with ISO 8601 dates or '..'")
    found = Dated(text=text, start=dates[0], end=dates[1])
    if found.start and found.end and is_before(found.end, found.start):
        raise ValueError("it ends before it begins")
    return found
