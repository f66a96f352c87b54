"""Finds calendar dates and turns them into ISO 8601, as precise as the words are.

Month and weekday names come from the CLDR through Babel, what else tells a date ("mardi
prochain", "d'ici la fin de l'année", durations) from ``ontology/lexicon/dates.toml``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from policygraph.ontology import ontology_dir, read_toml


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at ``[start, end)``: an ISO value, and whether words before it make it a deadline."""

    start: int
    end: int
    value: str
    deadline: bool


def find_dates(text: str, lang: str, published: str | None) -> list[FoundDate]:
    """Dates of a text in reading order, not overlapping.

    Relative ones ("mardi dernier", "last month") need ``published``, an ISO date, full or
    partial, and are skipped without it.
    """
    grammar = _grammar(lang)
    reference = _reference(published)
    precise = published is not None and len(published) == len("2020-01-01")
    found: list[FoundDate] = []
    for start, end, value in _candidates(text, grammar, reference, precise=precise):
        if not any(start < other.end and other.start < end for other in found):
            found.append(FoundDate(start, end, value, grammar.is_deadline(text, start)))
    return sorted(found, key=lambda f: f.start)


def find_durations(text: str, lang: str, published: str | None) -> Iterator[tuple[int, int, str]]:
    """Spans such as "45 jours" with the ISO date that lies so far after ``published``."""
    reference = _reference(published)
    if reference is None or published is None or len(published) < len("2020-01-01"):
        return
    grammar = _grammar(lang)
    for match in grammar.duration.finditer(text):
        unit = grammar.units[match["unit"].lower()]
        yield match.start(), match.end(), _shift(reference, unit, int(match["count"])).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grammar:
    lang: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative: Mapping[str, tuple[str, int]]
    direction: Mapping[str, int]
    month_direction: Mapping[str, int]
    units: Mapping[str, str]
    absolute: re.Pattern[str]
    iso: re.Pattern[str]
    weekday: re.Pattern[str]
    relatives: re.Pattern[str]
    year: re.Pattern[str]
    duration: re.Pattern[str]
    deadline: re.Pattern[str]
    future: re.Pattern[str]
    common: frozenset[str]
    month_before: re.Pattern[str]

    def is_ahead(self, before: str, after: str) -> bool:
        """Whether the words around a date without a year put it after the article."""
        words = self.deadline.search(before), self.future.search(before), self.future.search(after)
        return any(words)

    def is_month(self, name: str, before: str) -> bool:
        """Whether a month's name that is a common word too, or is cut short, means the month."""
        if name.lower() not in self.common:
            return True
        return name[:1].isupper() and bool(self.month_before.search(before))

    def is_deadline(self, text: str, start: int) -> bool:
        return bool(self.deadline.search(text[max(0, start - 40) : start]))


def _any(words: Any) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace("'", "['’]").replace(r"\ ", r"\s+") for w in ordered)


@cache
def _grammar(lang: str) -> _Grammar:
    from babel.dates import get_day_names, get_month_names

    data = read_toml(ontology_dir() / "lexicon" / "dates.toml")[lang]
    months: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=lang).items():
            months[name.lower().rstrip(".")] = number
    weekdays = {name.lower(): number for number, name in get_day_names("wide", locale=lang).items()}
    month, year = rf"(?P<month>{_any(months)})\b\.?", r"(?P<year>(?:19|20)\d\d)"
    direction = _any(data["month_direction"])
    if lang == "fr":
        absolute = (
            rf"\b(?:(?P<day>1er|\d{{1,2}})\s+)?{month}"
            rf"(?:\s+(?:{year}\b|(?P<turn>{direction})))?"
        )
        weekday = rf"\b(?P<weekday>{_any(weekdays)})\b(?:\s+(?P<turn>{_any(data['direction'])}))?"
    else:
        absolute = (
            rf"\b(?:(?P<turn>{direction})\s+|(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?:\s+of)?\s+)?{month}"
            rf"(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|million|billion)))?"
            rf"(?:,?\s+(?:of\s+)?{year}\b)?"
        )
        weekday = rf"\b(?:(?P<turn>{_any(data['direction'])})\s+)?(?P<weekday>{_any(weekdays)})\b"
    flags = re.IGNORECASE
    return _Grammar(
        lang=lang,
        months=months,
        weekdays=weekdays,
        relative={key: (unit, int(n)) for key, (unit, n) in data["relative"].items()},
        direction=data["direction"],
        month_direction=data["month_direction"],
        units=data["units"],
        absolute=re.compile(absolute, flags),
        iso=re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
        weekday=re.compile(weekday, flags),
        relatives=re.compile(rf"(?<!\w)(?:{_any(data['relative'])})(?!\w)", flags),
        year=re.compile(
            rf"(?:(?<!\w)(?:{_any(data['year_after']['words'])})[\s-]+(?:the\s+)?|[(–—]|(?<=d['’]))"
            r"(?P<year>(?:19|20)\d\d)(?![\w%°]|[.,]\d|\s*(?:€|\$|euros?|dollars?))",
            flags,
        ),
        duration=re.compile(
            rf"\b(?P<count>\d{{1,4}})[\s-]+(?P<unit>{_any(data['units'])})\b", flags
        ),
        deadline=re.compile(
            rf"(?<!\w)(?:{_any(data['deadline']['before'])})\s*(?:the\s+|le\s+)?$", flags
        ),
        future=re.compile(rf"(?<!\w)(?:{_any(data['future']['words'])})(?!\w)", flags),
        common=frozenset(data["future"]["common"]),
        month_before=re.compile(rf"(?<!\w)(?:{_any(data['future']['before'])})[\s-]+$", flags),
    )


def _candidates(
    text: str, grammar: _Grammar, reference: date | None, *, precise: bool
) -> Iterator[tuple[int, int, str]]:
    for match in grammar.iso.finditer(text):
        yield match.start(), match.end(), match[0]
    for match in grammar.absolute.finditer(text):
        value = _absolute(match, grammar, reference, text)
        if value:
            yield match.start(), match.end(), value
    if reference is not None:
        for match in grammar.relatives.finditer(text):
            key = re.sub(r"\s+", " ", match[0].lower().replace("’", "'"))
            unit, offset = grammar.relative[key]
            if precise or unit.endswith("year"):
                yield match.start(), match.end(), _relative(reference, unit, offset)
        if precise:
            for match in grammar.weekday.finditer(text):
                turn = grammar.direction.get((match["turn"] or "").lower(), 0)
                day = _weekday(reference, grammar.weekdays[match["weekday"].lower()], turn)
                yield match.start(), match.end(), day.isoformat()
    for match in grammar.year.finditer(text):
        yield match.start("year"), match.end("year"), match["year"]


def _absolute(
    match: re.Match[str], grammar: _Grammar, reference: date | None, text: str
) -> str | None:
    groups = match.groupdict()
    day, name = groups.get("day") or groups.get("day2"), groups["month"]
    if not day and not groups["year"] and not name[0].isupper() and grammar.lang == "en":
        return None  # "may", "march", "august" as plain words
    before = text[max(0, match.start("month") - _AROUND) : match.start("month")]
    if not day and not groups["year"] and not grammar.is_month(name, before):
        return None
    month = grammar.months[name.lower()]
    year = groups["year"]
    if not year:
        if reference is None:
            return None
        turn = grammar.month_direction.get((groups.get("turn") or "").lower(), 0)
        after = text[match.end() : match.end() + _AROUND]
        if not turn:
            before = text[max(0, match.start() - _AROUND) : match.start()]
            turn = 1 if grammar.is_ahead(before, after) else -1
        year = str(_year_of(reference, month, int(re.sub(r"\D", "", day)) if day else None, turn))
    if not day:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, int(re.sub(r"\D", "", day))).isoformat()
    except ValueError:
        return None  # "31 June"


_AROUND = 40
"""Characters around a month in which a word may tell which year it is of."""


def _year_of(reference: date, month: int, day: int | None, turn: int) -> int:
    """The year of a month that lies before the article (``turn`` -1) or after it (1)."""
    here = (month, day or reference.day)
    now = (reference.month, reference.day)
    if turn < 0:
        return reference.year if here <= now else reference.year - 1
    return reference.year if here >= now else reference.year + 1


def _weekday(reference: date, weekday: int, turn: int) -> date:
    if turn > 0:
        return reference + timedelta((weekday - reference.weekday() - 1) % 7 + 1)
    back = (reference.weekday() - weekday) % 7
    return reference - timedelta(back or (7 if turn < 0 else 0))


def _relative(reference: date, unit: str, offset: int) -> str:
    if unit == "day":
        return (reference + timedelta(offset)).isoformat()
    if unit == "month":
        return _shift(reference.replace(day=1), "month", offset).isoformat()[:7]
    if unit == "year":
        return str(reference.year + offset)
    if unit == "end-of-month":
        return _shift(reference.replace(day=1), "month", offset).isoformat()[:7]
    return f"{reference.year + offset}-12-31"


def _shift(reference: date, unit: str, count: int) -> date:
    if unit in ("day", "week"):
        return reference + timedelta(count * (7 if unit == "week" else 1))
    months = reference.month - 1 + count * (12 if unit == "year" else 1)
    year, month = reference.year + months // 12, months % 12 + 1
    return date(year, month, min(reference.day, calendar.monthrange(year, month)[1]))


def _reference(published: str | None) -> date | None:
    if not published:
        return None
    parts = [int(part) for part in published[:10].split("-")]
    return date(*[*parts, 1, 1][:3])
