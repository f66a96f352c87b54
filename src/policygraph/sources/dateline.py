"""Reads the day in the dateline of a report: "OSLO, 3 September 2025 (Reuters) - Norway …"."""

from __future__ import annotations

import re
from itertools import islice

from policygraph.sources.dates import find_dates, is_day_first
from policygraph.sources.known_names import is_place

_FIRST, _REACH = 3, 80
"""Paragraphs that may begin with a dateline, and characters that one has at most."""

_NAME = r"[^\W\d_a-zà-ÿ][\w'’.-]*"
_PLACE = re.compile(
    rf"(?:{_NAME}(?:[ /-](?:{_NAME}|de|du|des|la|le|les|of|sur|the))*)"
    r"(?:,|,? \([^)]{2,30}\),?| [–—-])\s?(?:le |on )?"
)
_BEHIND_PLACE = re.compile(r",| \(| [–—-]")
_AGENCY = r"\s*(?:\([^)]{2,40}\)\s*)?"
_NOTHING = re.compile(rf"{_AGENCY}[–—-]*$")
_REST = re.compile(rf"{_AGENCY}(?:[–—:]|\s-|--)\s*\S")


def read_dateline(text: str, lang: str) -> str | None:
    """The day in the dateline of a text, ISO 8601; None where none of its first paragraphs has one.

    A place comes first, then the day, at times an agency, then a dash.
    """
    day_first = is_day_first(text, lang)
    paragraphs = (line for line in text.split("\n") if line.strip())
    for paragraph in islice(paragraphs, _FIRST):
        if day := _day_before(_REST, paragraph, day_first):
            return day
    return None


def lone_dateline(line: str, *, day_first: bool) -> str | None:
    """The day of a line that is a dateline and nothing else: behind a known place, or capitals."""
    day = _day_before(_NOTHING, line, day_first)
    place = _BEHIND_PLACE.split(line)[0].strip()
    return day if day and (place.isupper() or is_place(place)) else None


def _day_before(rest: re.Pattern[str], line: str, day_first: bool) -> str | None:
    """The day that stands behind a place at the beginning of a line, and before such a rest."""
    for found in find_dates(line[:_REACH], day_first=day_first):
        full = len(found.iso) == len("2025-09-03")
        place = _PLACE.fullmatch(line, 0, found.start)
        if full and place and rest.match(line, found.end):
            return found.iso
    return None
