"""Finds the dates that pages print, in French and in English.

dateparser is left aside here: on a page's header it takes "45 jours" for a date and
htmldate reads "3 août 2020 à 10h12" as 2020-01-01. A date must have a year and a month;
month names come from the CLDR, through Babel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from policygraph.folding import fold

_YEARS = range(1990, 2100)
_DAY = r"(?<![\d.,])(\d{1,2})(?:\s?(?:er|st|nd|rd|th))?"
_YEAR = r"((?:19|20)\d\d)(?!\d)"
_MONTH = r"([^\W\d_]{3,9})\.?"
_WORDED = (
    re.compile(rf"{_DAY}[\s-](?:of\s)?{_MONTH},?[\s-]{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s{_DAY},?\s(?:at\s)?{_YEAR}"),
    re.compile(rf"\b{_MONTH},?\s{_YEAR}"),
)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)?\d\d)(?![\d/]|\.\d)")
_TIME = re.compile(
    r"(?:\bà\s|\bat\s|,\s?|[-–|]\s?)?(?:\b|T)\d{1,2}\s?(?:[:h]\s?\d{2}(?::\d{2})?|h\b)"
    r"(?:\s?[ap]\.?m\.?)?(?:\s?(?:[+-]\d{2}:?\d{2}|Z))?"
    r"|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\(?\b\d{1,2}\.?\d{2}\s(?=[A-Z]{3,4}\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date at ``[start, end)`` of a text, as ISO 8601: ``2020-08-04`` or ``2020-08``."""

    iso: str
    start: int
    end: int


def find_dates(text: str, *, day_first: bool = True) -> Iterator[PrintedDate]:
    """Yield the dates of a text in reading order.

    ``day_first`` decides where figures leave it open (04/08/2020).
    """
    found = sorted(_all(text, day_first), key=lambda d: (d.start, -len(d.iso), -d.end))
    end = 0
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


def first_date(text: str, *, day_first: bool = True) -> str | None:
    """The first date of a text, ISO 8601, or None."""
    return next((found.iso for found in find_dates(text, day_first=day_first)), None)


def is_day_first(text: str, lang: str) -> bool:
    """Whether 04/08/2020 is in August: by the text's own clear dates, else by language."""
    for a, _, b, _ in _NUMERIC.findall(text):
        if int(a) > 12 >= int(b):
            return True
        if int(b) > 12 >= int(a):
            return False
    return lang != "en"


def without_dates(text: str, *, day_first: bool = True) -> str:
    """The text with its dates and times of day taken out."""
    for found in reversed(list(find_dates(text, day_first=day_first))):
        text = text[: found.start] + " " + text[found.end :]
    return _TIME.sub(" ", text)


def _all(text: str, day_first: bool) -> Iterator[PrintedDate]:
    for match in _ISO.finditer(text):
        yield from _dated(match, match[1], int(match[3]), match[4])
    for match in _NUMERIC.finditer(text):
        a, b = int(match[1]), int(match[3])
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        if len(match[4]) == 2 and match[2] != "/":
            continue
        day, month = (a, b) if (day_first and b <= 12) or a > 12 else (b, a)
        yield from _dated(match, year, month, str(day))
    for number, pattern in enumerate(_WORDED):
        for match in pattern.finditer(text):
            day_, name = (match[1], match[2]) if number == 0 else (match[2], match[1])
            if (month_ := month_number(name)) is not None:
                yield from _dated(
                    match, match[match.lastindex or 0], month_, day_ if number < 2 else None
                )


def _dated(match: re.Match[str], year: str, month: int, day: str | None) -> Iterator[PrintedDate]:
    try:
        whole = date(int(year), month, int(day or 1))
    except ValueError:
        return
    if whole.year in _YEARS:
        iso = whole.isoformat() if day else whole.isoformat()[:7]
        yield PrintedDate(iso, match.start(), match.end())


@cache
def month_number(name: str) -> int | None:
    """1 to 12 for a French or English month name, or a beginning of one that no other shares."""
    wanted = fold(name)
    found = {number for month, number in _months() if month.startswith(wanted)}
    return found.pop() if len(found) == 1 and len(wanted) >= 3 else None


@cache
def _months() -> tuple[tuple[str, int], ...]:
    from babel.dates import get_month_names

    return tuple(
        (fold(form).rstrip("."), number)
        for lang in ("fr", "en")
        for width in ("wide", "abbreviated")
        for number, form in get_month_names(width, locale=lang).items()
    )
