"""Finds the name of the site that published a page, from its furniture alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from policygraph.folding import fold
from policygraph.sources.furniture import alternatives, key, load_furniture

_DOMAIN = re.compile(
    r"(?<![@\w.-])(?:https?://)?(?:www\.)?([^\W_][\w-]*(?:\.[a-z][\w-]*)*\.[a-z]{2,10})(?=[/\s,;:!?).]|$)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?\s*,?\s*(?P<name>[^.|,;©–—-]{2,60})",
    re.IGNORECASE,
)
_NAME = (
    r"(?P<name>(?:(?:L['’]|l['’])?[A-ZÀ-Þ][\w'’.-]*)"
    r"(?:\s+(?:[^\W\d_]{1,3}\s+)?[A-ZÀ-Þ0-9][\w'’.-]*){0,4})"
)
_RIGHTS_WORDS = (3, 9)
_TOP = 15
"""Lines at a page's top among which its name stands."""

SEPARATORS = (" - ", " – ", " — ", " | ", " · ", " • ", " :: ")
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
    page's top that comes again, also in the article's ``text`` (as an institution names itself).
    The names of the article's ``authors`` are no site's.
    """
    votes: Counter[str] = Counter()
    written: dict[str, str] = {}

    def vote(name: str, weight: int) -> None:
        name = name.strip(" .,:;|-–—©")
        same = _same(name)
        if len(same) >= 2 and len(name.split()) <= 6 and same not in writers:
            votes[same] += weight
            if same not in written or (written[same].islower() and not name.islower()):
                written[same] = name

    furniture = load_furniture()
    writers = set(map(_same, authors))
    rows = list(lines)
    for row in rows:
        if match := _home().fullmatch(row):
            vote(match["name"], 4)
        brief = _RIGHTS_WORDS[0] < len(row.split()) <= _RIGHTS_WORDS[1] and row[0].isupper()
        if brief and furniture.marks["footer"].within.search(key(row)):
            vote(re.split(r"[.,|–—]\s", row)[0], 3)
        if title and row.startswith(title):
            for separator in SEPARATORS:
                if row[len(title) :].startswith(separator):
                    vote(row[len(title) + len(separator) :].split(separator)[-1], 6)
        if match := _COPYRIGHT.search(row):
            name = _without_rights(match["name"])
            shorter = [row for row in rows if _same(row) and _same(name).startswith(_same(row))]
            vote(max(shorter, key=len, default=name), 5)
        for match in _invitation().finditer(row):
            vote(match["name"], 2)
        for match in _DOMAIN.finditer(row):
            vote(match[1], 1)
    for row in rows[:_TOP]:
        if len(row.split()) <= 6 and row[0].isupper() and furniture.kind(row) is None:
            again = sum(fold(row) in fold(other) for other in rows) - 1 + text.count(row)
            vote(row, 2 if again > 0 and row != title else 0)
    labels = Counter(row for row in rows if len(row.split()) <= 4)
    for name in list(votes):
        votes[name] += sum(count for row, count in labels.items() if _same(row) == name)
    if not votes:
        return None
    best, weight = max(votes.items(), key=lambda item: (item[1], len(item[0])))
    return written[best] if weight >= 2 else None


def is_same_site(name: str, site: str) -> bool:
    """Whether two names are one site's: one perhaps its domain, or one of its departments."""
    one, other = (_same(text).removeprefix("the").partition(".")[0] for text in (name, site))
    department = name.lower().startswith(f"{site.lower()} ")
    return bool(one) and (one == other or department)


def _same(name: str) -> str:
    """What two spellings of a site's name share: no article, space, or ``www``."""
    return re.sub(r"[^a-z0-9.]", "", fold(name).removeprefix("www.")).strip(".")


def _without_rights(text: str) -> str:
    words = text.split()
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
