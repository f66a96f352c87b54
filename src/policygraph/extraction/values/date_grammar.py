"""How a language writes dates: patterns, and what their words mean.

Month and weekday names come from the CLDR through Babel, what else tells a date ("mardi
prochain", "d'ici la fin de l'année", durations) from ``ontology/lexicon/dates.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from policygraph.errors import OntologyError
from policygraph.ontology import ontology_dir, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Patterns of dates in a language, and what the words that they catch mean."""

    lang: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative: Mapping[str, tuple[str, int]]
    direction: Mapping[str, int]
    weeks: Mapping[str, int]
    month_direction: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    season_direction: Mapping[str, int]
    absolute: re.Pattern[str]
    iso: re.Pattern[str]
    weekday: re.Pattern[str]
    relatives: re.Pattern[str]
    year: re.Pattern[str]
    duration: re.Pattern[str]
    ago: re.Pattern[str]
    season: re.Pattern[str]
    day: re.Pattern[str]
    deadline: re.Pattern[str]
    future: re.Pattern[str]
    leads: re.Pattern[str]
    parts: re.Pattern[str]
    done: re.Pattern[str]
    endings: re.Pattern[str]
    lasting: re.Pattern[str]
    joint: re.Pattern[str]
    further: re.Pattern[str]
    common: frozenset[str]
    month_before: re.Pattern[str]
    weekday_before: re.Pattern[str]

    def is_ahead(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a date without a year put it after the article."""
        before, after = words_before(text, start), text[end : end + _AROUND]
        clause = _MARK.split(before)[-1]
        words = self.deadline.search(before), self.future.search(before), self.future.search(after)
        verbs = self.endings.search(clause + " " + _MARK.split(after)[0])
        return any(words) or verbs is not None or self._is_led(before)

    def leads_ahead(self, text: str, start: int) -> bool:
        """Whether the words before a weekday put it after the article; those behind it go on:
        "said on Monday that it will".
        """
        before = words_before(text, start)
        clause = self.parts.split(_MARK.split(before)[-1])[-1]
        ahead = self.future.search(clause), self.endings.search(clause)
        return any(ahead) or self._is_led(before)

    def _is_led(self, before: str) -> bool:
        """Whether a word of its clause looks ahead to what stands behind it."""
        clause = self.parts.split(_MARK.split(before)[-1])[-1]
        lead = self.leads.search(clause)
        return lead is not None and self.done.search(clause, lead.end()) is None

    def goes_on(self, text: str, end: int, unit: str) -> bool:
        """Whether more words tell when a relative date is: "début du mois de mai", "ce soir-là"."""
        return text.startswith("-là", end) or (
            unit != "day" and self.further.match(text, end) is not None
        )

    def count_of(self, word: str) -> int:
        """A number in figures or letters."""
        return int(word) if word.isdigit() else self.numbers[key(word)]

    def is_month(self, name: str, before: str) -> bool:
        """Whether a month's name that is a common word too, or is cut short, means the month."""
        if name.lower() not in self.common:
            return True
        return name[:1].isupper() and bool(self.month_before.search(before))

    def is_deadline(self, text: str, start: int) -> bool:
        """Whether what stands before a date makes it one until which something may be done."""
        return bool(self.deadline.search(words_before(text, start)))


_AROUND = 40
"""Characters around a date in which words may tell when it is."""


def words_before(text: str, start: int) -> str:
    """The words before a date in which its meaning may be told."""
    return text[max(0, start - _AROUND) : start]


_STOP = r"(?:\.(?=\s*[\d,]|\s+(?-i:[a-zà-ÿ])))?"
"""The stop behind a month that is cut short, which ends no sentence: "5 Sept. 2020"."""

_MARK = re.compile(r"[,;:.!?()«»\"“”\n]")


def key(words: str) -> str:
    """Words as ``dates.toml`` writes them."""
    return re.sub(r"\s+", " ", words.lower().replace("’", "'"))


def _any(words: Any) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace("'", "['’]").replace(r"\ ", r"\s+") for w in ordered)


_LOCALES = {"en": ("en_GB",), "fr": ("fr_CA",)}
"""Where months are cut short in other ways: "Sept.", « juill. », « juil »."""


@cache
def date_grammar(lang: str) -> Grammar:
    """How ``lang``, "fr" or "en", writes dates."""
    from babel.dates import get_day_names, get_month_names

    data = read_toml(ontology_dir() / "lexicon" / "dates.toml")[lang]
    months: dict[str, int] = {}
    for locale in (lang, *_LOCALES[lang]):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                months.setdefault(name.lower().rstrip("."), number)
    weekdays = {name.lower(): number for number, name in get_day_names("wide", locale=lang).items()}
    month, year = rf"(?P<month>{_any(months)})\b{_STOP}", r"(?P<year>(?:19|20)\d\d)"
    relative = {words: (unit, int(n)) for words, (unit, n) in data["relative"].items()}
    direction = _any(data["month_direction"])
    years = _any(words for words, (unit, _) in relative.items() if unit == "year")
    counted = rf"(?-i:(?=[a-z]))(?P<counted>{years})\b"  # no new sentence: "in March. Last year"
    week = rf"(?P<week>{_any(data['weeks'])})\b"
    if lang == "fr":
        absolute = (
            rf"\b(?:(?P<day>1er|\d{{1,2}})\s+)?{month}"
            rf"(?:\s+(?:{year}\b|(?P<turn>{direction})|(?:de\s+)?{counted}))?"
        )
        weekday = (
            rf"\b(?P<weekday>{_any(weekdays)})\b"
            rf"(?:\s+(?:(?P<turn>{_any(data['direction'])})|(?:de\s+)?{week}))?"
        )
    else:
        absolute = (
            rf"\b(?:(?P<turn>{direction})\s+|(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?:\s+of)?\s+)?{month}"
            rf"(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|million|billion)))?"
            rf"(?:,?\s+(?:of\s+)?{year}\b|\s+(?:of\s+)?{counted})?"
        )
        weekday = (
            rf"\b(?:(?P<turn>{_any(data['direction'])})\s+)?(?P<weekday>{_any(weekdays)})\b"
            rf"(?:\s+(?:of\s+)?{week})?"
        )
    flags = re.IGNORECASE
    return Grammar(
        lang=lang,
        months=months,
        weekdays=weekdays,
        relative=relative,
        direction=data["direction"],
        weeks=_whole(data["weeks"], lang),
        month_direction=data["month_direction"],
        units=data["units"],
        numbers=data["numbers"],
        seasons={name: (first, last) for name, (first, last) in data["seasons"].items()},
        season_direction=data["season_direction"],
        absolute=re.compile(absolute, flags),
        iso=re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
        weekday=re.compile(weekday, flags),
        relatives=re.compile(rf"(?<!\w)(?:{_any(data['relative'])})(?!\w)", flags),
        year=re.compile(
            rf"(?:(?<!\w)(?:{_any(data['year_after']['words'])})[\s-]+(?:the\s+)?|[(–—]|(?<=d['’]))"
            r"(?P<year>(?:19|20)\d\d)(?![\w%°]|[.,]\d|\s*(?:€|\$|euros?|dollars?))",
            flags,
        ),
        duration=re.compile(rf"{_count(data)}[\s-]+(?P<unit>{_any(data['units'])})\b", flags),
        ago=re.compile(_ago(data), flags),
        season=re.compile(_season(data), flags),
        day=re.compile(rf"{data['day']['pattern']}\b{_ends(data['day']['after'])}", flags),
        deadline=re.compile(
            rf"(?<!\w)(?:{_any(data['deadline']['before'])})\s*(?:(?:the|le|la)\s+|l['’])?"
            rf"(?:(?:{_any(data['deadline']['part'])})\s*){{0,2}}$",
            flags,
        ),
        future=re.compile(rf"(?<!\w)(?:{_any(data['future']['words'])})(?!\w)", flags),
        leads=re.compile(rf"(?<!\w)(?:{_any(data['future']['leads'])})(?!\w)", flags),
        parts=re.compile(rf"(?<!\w)(?:{_any(data['future']['parts'])})(?!\w)", flags),
        done=re.compile(_done(data["future"]), flags),
        endings=re.compile(_verbs(data["future"]["endings"])),
        lasting=re.compile(rf"(?<!\w)(?:{_any(data['lasting']['before'])})\s*$", flags),
        joint=re.compile(rf"\s*(?:,|{_any(data['day']['joint'])})\s*(?:the|le)?\s*", flags),
        further=re.compile(rf"\s+(?:{_any(data['further']['words'])})|\s+\d{{4}}\b", flags),
        common=frozenset(data["future"]["common"]),
        month_before=re.compile(rf"(?<!\w)(?:{_any(data['future']['before'])})[\s-]+$", flags),
        weekday_before=re.compile(rf"\b(?P<weekday>{_any(weekdays)}),?[^\S\n]+(?:le\s)?$", flags),
    )


def _whole(numbers: Mapping[str, Any], lang: str) -> Mapping[str, int]:
    """Numbers of a file; raises ``OntologyError`` where one is none."""
    for words, number in numbers.items():
        if not isinstance(number, int):
            path = ontology_dir() / "lexicon" / "dates.toml"
            raise OntologyError(f"{path}: [{lang}.weeks] {words!r}: not a number: {number!r}")
    return numbers


def _ends(after: list[str]) -> str:
    """What tells that a phrase ends: a mark, or a word that begins another."""
    return rf"(?=\s*(?:\Z|[\n.,;:!?)»”\"…](?!\d))|\s+(?:[–—]|(?:{_any(after)})\b))"


def _ago(data: Mapping[str, Any]) -> str:
    ago = data["ago"]
    before, after = _any(ago["before"]), _any(ago["after"])
    count = rf"{_count(data)}\s+(?P<unit>{_any(data['units'])})\b"
    return rf"\b(?:{before})\s+{count}" if before else rf"{count}\s+(?:{after})\b"


def _count(data: Mapping[str, Any]) -> str:
    """A number in figures or letters."""
    return rf"(?<![\w.,-])(?<!half )(?P<count>\d{{1,4}}|{_any(data['numbers'])})"


def _season(data: Mapping[str, Any]) -> str:
    """A season with what places it: "last spring", "l'été dernier"."""
    season, turn = (
        rf"(?P<season>{_any(data['seasons'])})",
        rf"(?P<turn>{_any(data['season_direction'])})",
    )
    lead = data["season_lead"]["words"]
    if lead:
        return rf"(?<!\w)(?:{_any(lead)})\s*{season}\s+{turn}\b"
    return rf"\b{turn}\s+{season}\b"


def _done(data: Mapping[str, Any]) -> str:
    """A participle with a small word between it and a date, of what is not yet to be done."""
    not_yet = "".join(rf"(?<!\b{word}\s)" for word in data["undone"])
    return rf"{not_yet}\b\w+(?:{_any(data['done'])})\s+[a-zà-ÿ]{{2,4}}\s*$"


def _verbs(endings: list[str]) -> str:
    """Verbs in small letters, by their endings; nothing where a language has none."""
    return rf"(?<!\w)[a-zà-ÿ]+(?:{_any(endings)})(?!\w)" if endings else r"(?!)"
