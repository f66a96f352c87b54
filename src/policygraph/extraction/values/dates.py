"""Finds calendar dates and turns them into ISO 8601, as precise as the words are."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from policygraph.extraction.values.date_grammar import Grammar, date_grammar, key, words_before


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at ``[start, end)``: an ISO value, and whether words before it make it a deadline."""

    start: int
    end: int
    value: str
    deadline: bool


def is_day(value: str | None) -> bool:
    """Whether a date, ISO 8601, is as precise as a day."""
    return value is not None and len(value) == len("2020-01-01")


def find_dates(text: str, lang: str, published: str | None) -> list[FoundDate]:
    """Dates of a text in reading order, not overlapping.

    Relative ones ("mardi dernier", "last month") need ``published``, an ISO date, full or
    partial, and are skipped without it.
    """
    grammar = date_grammar(lang)
    reference = _reference(published)
    precise = is_day(published)
    found: list[FoundDate] = []
    for start, end, value in _candidates(text, grammar, reference, precise=precise):
        if not _meets(start, end, found):
            found.append(FoundDate(start, end, value, grammar.is_deadline(text, start)))
    found.sort(key=lambda f: f.start)
    if reference is not None and precise:
        found += list(_bare_days(text, grammar, reference, found))
    return sorted(found, key=lambda f: f.start)


def _bare_days(
    text: str, grammar: Grammar, reference: date, found: Sequence[FoundDate]
) -> Iterator[FoundDate]:
    """Days without a month: "le 14" is of the month that was named last, if that is near; else the
    latest such day, or the next for a deadline. "Le 2" in "le 2 et le 3 août" is of the month that
    follows.
    """
    near = [f for f in found if _is_near(f.value, reference)]
    for match in grammar.day.finditer(text):
        start, end = match.span()
        if _meets(start, end, found):
            continue
        day, deadline = int(match["day"]), grammar.is_deadline(text, match.start("the"))
        joined = [f for f in near if f.start > end and grammar.joint.fullmatch(text, end, f.start)]
        before = [f for f in near if f.end <= start and not f.deadline]
        named = joined[:1] or before[-1:]
        if named and not deadline:
            value = _iso(f"{named[0].value[:7]}-{day:02}")
        else:
            value = _nearest(reference, day, 1 if deadline else -1)
        if value:
            yield FoundDate(match.start("the"), end, value, deadline)


def _meets(start: int, end: int, found: Iterable[FoundDate]) -> bool:
    return any(start < other.end and other.start < end for other in found)


_YEAR = 366
"""Days of a year, at most."""


def _is_near(value: str, reference: date) -> bool:
    """Whether a date tells a month within a year of the article."""
    day = _iso(f"{value[:7]}-01") if len(value) >= len("2020-01") else None
    return day is not None and abs((date.fromisoformat(day) - reference).days) <= _YEAR


def _nearest(reference: date, day: int, turn: int) -> str | None:
    """The latest day of a number up to the article's, or with ``turn`` 1 the next from it on."""
    for months in range(3):  # no two in a row lack a day
        month = _shift(reference.replace(day=1), "month", turn * months).isoformat()[:7]
        value = _iso(f"{month}-{day:02}")
        if value and (date.fromisoformat(value) - reference).days * turn >= 0:
            return value
    return None


def _iso(value: str) -> str | None:
    """A day as it is written; None for one that there is not ("2021-06-31")."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def find_durations(text: str, lang: str, since: str | None) -> Iterator[tuple[int, int, str]]:
    """Spans such as "45 jours" with the ISO date that lies so far after the day ``since``: a day,
    or the month where months or years are counted. How long something has lasted is none.
    """
    reference = _reference(since)
    if reference is None or not is_day(since):
        return
    grammar = date_grammar(lang)
    past = [match.span() for match in grammar.ago.finditer(text)]
    for match in grammar.duration.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in past):
            continue
        if grammar.lasting.search(text, 0, match.start()):
            continue
        unit, count = grammar.units[key(match["unit"])], grammar.count_of(match["count"])
        with suppress(ValueError, OverflowError):  # out of what a calendar holds
            until = _shift(reference, unit, count).isoformat()
            yield match.start(), match.end(), until if unit in ("day", "week") else until[:7]


def _candidates(
    text: str, grammar: Grammar, reference: date | None, *, precise: bool
) -> Iterator[tuple[int, int, str]]:
    """Spans and values; what comes first counts where two overlap."""
    for match in grammar.iso.finditer(text):
        if value := _iso(match[0]):
            yield match.start(), match.end(), value
    for match in grammar.absolute.finditer(text):
        value = _absolute(match, grammar, reference, text)
        if value:
            named = _weekday_before(match, grammar, text) if is_day(value) else None
            yield named.start() if named else match.start(), match.end(), value
    if reference is not None:
        yield from _relatives(text, grammar, reference, precise=precise)
    for match in grammar.year.finditer(text):
        yield match.start("year"), match.end("year"), match["year"]


def _relatives(
    text: str, grammar: Grammar, reference: date, *, precise: bool
) -> Iterator[tuple[int, int, str]]:
    """Dates that count from the article's; years alone where that is not ``precise``."""
    for match in grammar.relatives.finditer(text):
        unit, offset = grammar.relative[key(match[0])]
        if not grammar.goes_on(text, match.end(), unit) and (precise or unit.endswith("year")):
            yield match.start(), match.end(), _relative(reference, unit, offset)
    for match in grammar.ago.finditer(text):
        unit, count = grammar.units[key(match["unit"])], grammar.count_of(match["count"])
        if unit == "year" or (precise and unit != "week"):  # "weeks ago" tells no day
            with suppress(ValueError, OverflowError):  # out of what a calendar holds
                yield match.start(), match.end(), _ago(reference, unit, count)
    if not precise:
        return
    for match in grammar.season.finditer(text):
        bounds = grammar.seasons[key(match["season"])]
        year = _year_of_season(reference, *bounds, grammar.season_direction[key(match["turn"])])
        yield match.start(), match.end(), str(year)
    for match in grammar.weekday.finditer(text):
        yield match.start(), match.end(), _weekday(match, grammar, reference, text).isoformat()


def _absolute(
    match: re.Match[str], grammar: Grammar, reference: date | None, text: str
) -> str | None:
    groups = match.groupdict()
    day, name = groups.get("day") or groups.get("day2"), groups["month"]
    if not day and not groups["year"] and not name[0].isupper() and grammar.lang == "en":
        return None  # "may", "march", "august" as plain words
    before = words_before(text, match.start("month"))
    told = day or groups["year"] or groups["turn"]
    if not told and not grammar.is_month(name, before):
        return None
    month = grammar.months[name.lower()]
    year = groups["year"]
    if not year:
        if reference is None:
            return None
        year = _unwritten_year(match, grammar, reference, text)
    if not day:
        return f"{year}-{month:02}"
    return _iso(f"{year}-{month:02}-{_number(day):02}")


def _unwritten_year(match: re.Match[str], grammar: Grammar, reference: date, text: str) -> str:
    """The year of a date that does not write it, from the words in and around it."""
    groups = match.groupdict()
    if groups["counted"]:  # "November 18 last year"
        return _relative(reference, *grammar.relative[key(groups["counted"])])
    day = groups.get("day") or groups.get("day2")
    turn = grammar.month_direction.get((groups.get("turn") or "").lower(), 0)
    month, number = grammar.months[groups["month"].lower()], _number(day) if day else None
    if not turn:
        ahead = grammar.is_ahead(text, *match.span())
        turn = 1 if ahead else _likelier_turn(reference, month, number)
    year = _year_of(reference, month, number, turn)
    named = _weekday_before(match, grammar, text) if number else None
    if named:
        weekday = grammar.weekdays[named["weekday"].lower()]
        near = (year, reference.year, reference.year + 1, reference.year - 1)
        year = next((y for y in near if _falls_on(y, month, number, weekday)), year)
    return str(year)


def _weekday_before(match: re.Match[str], grammar: Grammar, text: str) -> re.Match[str] | None:
    """The weekday that stands right before a date: "Monday, November 17", "lundi 17 novembre"."""
    start = match.start()
    return grammar.weekday_before.search(text, max(0, start - _LONGEST_WEEKDAY), start)


def _falls_on(year: int, month: int, day: int | None, weekday: int) -> bool:
    try:
        return date(year, month, day or 1).weekday() == weekday
    except ValueError:  # no day that there is
        return False


def _number(day: str) -> int:
    """A day as it is written: ``3rd``, ``1er``."""
    return int(re.sub(r"\D", "", day))


_LONGEST_WEEKDAY = len("wednesday, le ")


def _likelier_turn(reference: date, month: int, day: int | None) -> int:
    """1 where a day lies near ahead, -1 where it is likelier past, as months alone are."""
    if day is None:
        return -1
    days = (month - reference.month) * _MONTH + day - reference.day
    ahead = days % (12 * _MONTH)
    return 1 if _FORESEEN * ahead < 12 * _MONTH - ahead else -1


_MONTH, _FORESEEN = 30.4, 4
"""Days of a month, and how much nearer than a past day one must be that lies ahead: that
mends 167 of 870 wrong dates in training articles."""


def _year_of(reference: date, month: int, day: int | None, turn: int) -> int:
    """The year of a month that lies before the article (``turn`` -1) or after it (1)."""
    here = (month, day or reference.day)
    now = (reference.month, reference.day)
    if turn < 0:
        return reference.year if here <= now else reference.year - 1
    return reference.year if here >= now else reference.year + 1


def _weekday(match: re.Match[str], grammar: Grammar, reference: date, text: str) -> date:
    """The last day of a name, today included, or the next one where the words before it look
    ahead; with "last" or "next" another one than today; with "last week" the one of that week.
    """
    weekday = grammar.weekdays[match["weekday"].lower()]
    if match["week"]:
        return reference + timedelta(
            weekday - reference.weekday() + 7 * grammar.weeks[key(match["week"])]
        )
    turn = grammar.direction.get((match["turn"] or "").lower(), 0)
    if turn > 0:
        return reference + timedelta((weekday - reference.weekday() - 1) % 7 + 1)
    if not turn and grammar.leads_ahead(text, match.start()):
        return reference + timedelta((weekday - reference.weekday()) % 7)
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
    return f"{reference.year + offset}-12"


def _ago(reference: date, unit: str, count: int) -> str:
    """What lies so long before the article, as precise as its unit."""
    then = _shift(
        reference.replace(day=1) if unit in ("month", "year") else reference, unit, -count
    )
    return then.isoformat()[: {"year": 4, "month": 7}.get(unit)]


def _year_of_season(reference: date, first: int, last: int, turn: int) -> int:
    """The year of the latest season of a name that is over (``turn`` -1), of this one, or the
    next.
    """
    if turn < 0:
        return reference.year - (reference.month <= last)
    return reference.year + (turn > 0 and reference.month >= first)


def _shift(reference: date, unit: str, count: int) -> date:
    if unit in ("day", "week"):
        return reference + timedelta(count * (7 if unit == "week" else 1))
    months = reference.month - 1 + count * (12 if unit == "year" else 1)
    year, month = reference.year + months // 12, months % 12 + 1
    return date(year, month, min(reference.day, calendar.monthrange(year, month)[1]))


def _reference(published: str | None) -> date | None:
    if not published:
        return None
    try:
        parts = [int(part) for part in published[:10].split("-")]
        day = date(*[*parts, 1, 1][:3])
    except ValueError:  # no date that there is
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


_FIRST_YEAR, _LAST_YEAR = 1000, 9000
"""Years in which an article may be of: what it counts from there is on the calendar."""
