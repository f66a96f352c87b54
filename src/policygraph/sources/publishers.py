"""Finds the name of the site that published a page, from its furniture alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from policygraph.folding import fold
from policygraph.sources.ballot import Ballot, site_key
from policygraph.sources.furniture import alternatives, key, load_furniture
from policygraph.sources.person_names import without_company

_DOMAIN = re.compile(
    r"(?<![@\w.-])(?:https?://)?(?:www\.)?([^\W_][\w-]*(?:\.[a-z][\w-]*)*\.[a-z]{2,10})(?=[/\s,;:!?).]|$)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?\s*,?\s*(?P<name>(?:[^.|,;©·•–—-]|(?<=\w)[.-](?=\w)){2,60})",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\s+(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b.*")
_NAME = (
    r"(?P<name>(?:(?:L['’]|l['’])?[A-ZÀ-Þ][\w'’.-]*)"
    r"(?:\s+(?:[^\W\d_]{1,3}\s+)?[A-ZÀ-Þ0-9][\w'’.-]*){0,4})"
)
_RIGHTS_WORDS = (3, 9)
_LEAST = 2
_SHORTEST = 4
_FIRST = 3
_SECTION, _SECTIONS = 5, 3
"""Words of a link to a section at most, and sections that begin with a name at least."""

_TOP = 15
"""Lines at a page's top among which its name stands."""

SEPARATORS = (" - ", " – ", " — ", " | ", " · ", " • ", " :: ", " -- ", " » ", " // ")
"""What stands between an article's title and its site's name."""


def find_publisher(
    lines: Iterable[str],
    *,
    title: str | None = None,
    text: str = "",
    authors: Iterable[str] = (),
) -> str | None:
    """The site's name as the page writes it, from lines that are not the article's own.

    Evidence, in order of weight: the end of the page's own title, a copyright line, an
    invitation ("subscribe to X"), the domain that the furniture keeps naming, a label at the
    page's top that comes again, also in the article's ``text`` (as an institution names itself),
    then, on a page of which there is the text alone, the first label that is written as a name.
    The names of the article's ``authors`` are no site's.
    """
    rows = list(lines)
    ballot = Ballot(against=authors)
    for row in rows:
        _hear(row, rows, title, ballot)
    for name in _leading_names(rows, text):
        ballot.vote(name, 3)
    for name, weight in _labels(rows[:_TOP], rows, title or "", text):
        ballot.vote(name, weight)
    for row in rows:
        if len(row.split()) <= 4:
            ballot.second(row, 1)
    return ballot.winner(least=_LEAST)


def _hear(row: str, rows: Iterable[str], title: str | None, ballot: Ballot) -> None:
    """Vote for the names that one line says to be the site's."""
    if match := _home().fullmatch(row):
        ballot.vote(match["name"], 4)
    brief = _RIGHTS_WORDS[0] < len(row.split()) <= _RIGHTS_WORDS[1] and row[0].isupper()
    if brief and load_furniture().marks["footer"].within.search(key(row)):
        ballot.vote(re.split(r"[.,|–—]\s", row)[0], 3)
    if title and row.startswith(title):
        for separator in SEPARATORS:
            if row[len(title) :].startswith(separator):
                ballot.vote(row[len(title) + len(separator) :].split(separator)[-1], 6)
    if match := _COPYRIGHT.search(row):
        name = without_company(_without_rights(match["name"]))
        ballot.vote(_as_labelled(name, rows), 5)
    for match in _invitation().finditer(row):
        ballot.vote(_ends().sub("", match["name"]), 2)
    if match := _claimed().match(row):
        ballot.vote(_inviting().sub("", match["name"]), 2)
    for match in _DOMAIN.finditer(row):
        ballot.vote(match[1], 1)


def _leading_names(rows: Iterable[str], text: str) -> Iterator[str]:
    """Names with which several short lines begin, as a site's sections and sisters do.

    The Ledger Magazine, The Ledger Jobs, The Ledger TV; what the article speaks of is no such name.
    """
    starts: Counter[str] = Counter()
    for row in dict.fromkeys(rows):
        words = row.split()
        if 1 < len(words) <= _SECTION:
            starts.update({" ".join(words[:length]) for length in range(1, len(words))})
    found: dict[int, str] = {}  # by how often, the longest
    for start, count in starts.items():
        name = len(start) >= _SHORTEST and re.fullmatch(_NAME, start)
        if count >= _SECTIONS and name and start not in text:
            found[count] = max(found.get(count, ""), start, key=len)
    yield from found.values()


def _labels(
    top: Sequence[str], rows: Iterable[str], title: str, text: str
) -> Iterator[tuple[str, int]]:
    """The labels at a page's top with their weight: what the title speaks of weighs nothing.

    Of a page of which there is the text alone, the first label may be the site's.
    """
    kind = load_furniture().kind
    own = [row for row in top if len(row.split()) <= 6 and row[0].isupper() and kind(row) is None]
    folded = list(map(fold, rows))
    for number, row in enumerate(own):
        again = sum(fold(row) in other for other in folded) - 1 + text.count(row)
        first = number == 0 and row in top[:_FIRST]
        named = text and " " in row and (first or re.fullmatch(_NAME, row))
        yield row, 0 if fold(row) in fold(title) else 2 if again > 0 else 1 if named else 0


def _as_labelled(name: str, rows: Iterable[str]) -> str:
    """The name as a line of the page has it: a firm's without what follows its paper's."""
    wanted = site_key(name)
    return max(
        (r for r in rows if site_key(r) and wanted.startswith(site_key(r))), key=len, default=name
    )


def is_same_site(name: str, site: str) -> bool:
    """Whether two names are one site's: one perhaps its domain, or one of its departments."""
    department = name.lower().startswith(f"{site.lower()} ")
    return bool(site_key(name)) and (site_key(name) == site_key(site) or department)


def _without_rights(text: str) -> str:
    words = _YEARS.sub("", text).split()
    rights = load_furniture().marks["footer"].within
    for length in range(len(words), 0, -1):
        if not rights.search(key(" ".join(words[:length]))):
            return " ".join(words[:length])
    return ""


@cache
def _home() -> re.Pattern[str]:
    words = alternatives(load_furniture().words("publisher", "home"))
    return re.compile(rf"{_NAME}\s+[-–|]\s+(?i:{words})")


@cache
def _invitation() -> re.Pattern[str]:
    starts = load_furniture().words("publisher", "start")
    return re.compile(rf"(?i:{alternatives(starts)}) {_NAME}")


@cache
def _inviting() -> re.Pattern[str]:
    starts = load_furniture().words("publisher", "start")
    return re.compile(rf"^{alternatives(starts)}\s+", re.IGNORECASE)


@cache
def _claimed() -> re.Pattern[str]:
    return re.compile(rf"(?:\S+ ){{0,4}}?{_NAME}[\s,/·|–-]+(?i:{_end_words()})")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"\s+{_end_words()}.*", re.IGNORECASE)


def _end_words() -> str:
    return alternatives(load_furniture().words("publisher", "end"))
