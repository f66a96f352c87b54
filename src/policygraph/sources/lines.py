"""Looks at the lines of a page's text: how long, how written, what kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from policygraph.sources.byline import Byline, read_byline
from policygraph.sources.furniture import alternatives, key, load_furniture

_SENTENCE_END = re.compile(r"[.!?…:;][»”\"')\]’\s]*$|[»”]$")
_FULL_STOP = re.compile(r"[.!…][»”\"')\]’\s]*$|[»”]$")
_PROSE_WORDS = 12
_LONG_WORDS = 45
_FEWEST = 6
"""Words from which what ends with a full stop is a sentence and no headline."""

_CREDIT = re.compile(r"\s[/|©–—]\s*[A-ZÀ-Þ][A-ZÀ-Þ'’. /-]{5,}$")
"""A photographer in capitals, behind what a picture shows."""

_RIGHTS = re.compile(
    r"(?<=\S)\s+[—–|/-]?\s*(?:©|\(c\))\s?\w[^©]{2,50}$|\([A-ZÀ-Þ][^()]{1,40}\s?/\s?[A-ZÀ-Þ][^()]{1,40}\)$"
)
"""Who holds a picture's rights, behind what it shows: ``… © Jane Doe``, ``… (Jane Doe/AFP)``."""

_SEPARATED = re.compile(r"\s*[|›>•·/]\s*")

ENDING = frozenset({"comments", "question", "footer"})
"""Kinds of furniture after which no article goes on."""

_LISTS = {"related", "sources", "question"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page.

    ``kind`` is the kind of furniture, ``listed`` for an entry of a list that furniture heads,
    ``byline`` for a line of the article's header, or None. ``gap`` says that a blank line
    stands before it.
    """

    text: str
    kind: str | None
    words: int
    gap: bool
    byline: Byline | None = None

    @property
    def prose(self) -> bool:
        """Whether it reads like a sentence of an article: long enough, and ended."""
        if self.words >= _LONG_WORDS:
            return True
        return self.words >= _PROSE_WORDS and bool(_SENTENCE_END.search(self.text))

    @property
    def ended(self) -> bool:
        """Whether it ends as statements do, which a headline does not."""
        return bool(_FULL_STOP.search(self.text))


def read_lines(text: str, *, day_first: bool = True) -> list[Line]:
    """The lines of a clean text that hold something, each with its kind."""
    return list(_mark_lists(_read(text, day_first)))


def is_avatar(text: str) -> bool:
    """Whether a line begins as what forums print for a reader's picture."""
    return bool(avatar_pattern().match(key(text)))


@cache
def avatar_pattern() -> re.Pattern[str]:
    """Matches, in a line's :func:`key`, what stands before a reader's name."""
    return re.compile(alternatives(load_furniture().words("speaker", "avatar")) + r"(?!\w)")


def _read(text: str, day_first: bool) -> Iterator[Line]:
    furniture = load_furniture()
    gap = False
    for raw in text.split("\n"):
        if not raw:
            gap = True
            continue
        byline = read_byline(raw, day_first=day_first)
        kind = furniture.kind(raw) or (_is_menu(raw) and "navigation") or None
        if (_CREDIT.search(raw) and not raw.isupper()) or _RIGHTS.search(raw):
            kind = "caption"
        if byline and kind not in {"caption", "sources", "related", "login"}:
            kind = "byline"
        yield Line(text=raw, kind=kind, words=len(raw.split()), gap=gap, byline=byline)
        gap = False


def _is_menu(line: str) -> bool:
    """Whether a line strings short labels together: ``Home > Policy > Privacy``."""
    labels = _SEPARATED.split(line.strip(" |›>•·/"))
    return len(labels) >= 3 and all(0 < len(label.split()) <= 4 for label in labels)


def _mark_lists(lines: Iterable[Line]) -> Iterator[Line]:
    """Mark the entries of lists that furniture heads, up to where the article goes on."""
    rows = _mark_captions(list(lines))
    heading: str | None = None
    entries = 0
    for number, line in enumerate(rows):
        if line.kind is not None:
            if line.kind in _LISTS:
                heading, entries = (line.kind, 0) if _is_heading(line) else (None, 0)
            elif line.kind not in {"caption", "counter", "byline"} or heading is None:
                heading = None
            yield line
        elif heading and _continues(heading, entries, rows, number):
            entries += 1
            yield replace(line, kind="listed")
        else:
            heading = None
            yield line


def _mark_captions(rows: list[Line]) -> list[Line]:
    """Mark the line that stands right above a bare credit: the picture's caption."""
    for number in range(1, len(rows)):
        above, line = rows[number - 1], rows[number]
        bare = line.kind == "caption" and line.words <= 6 and not line.gap
        if bare and above.kind is None and above.words <= 30:
            rows[number - 1] = replace(above, kind="caption")
    return rows


def _is_heading(line: Line) -> bool:
    if line.text.rstrip().endswith(":"):
        return True
    return (
        line.words <= 6
        and load_furniture().kind(line.text.split(":")[0]) == line.kind
        and (":" not in line.text)
    )


def _continues(heading: str, entries: int, rows: list[Line], number: int) -> bool:
    """Whether a line belongs to the list above it."""
    line = rows[number]
    if is_avatar(line.text):
        return False
    if heading == "question":
        return line.text.rstrip().endswith("?") or (entries == 0 and not line.prose)
    if heading == "sources":
        return line.words <= _PROSE_WORDS and not (line.gap and entries) and not line.ended
    if line.ended and line.words >= _FEWEST and line.text[-1] == ".":
        return False
    after = rows[number + 1] if number + 1 < len(rows) else None
    subheading = entries and line.gap and after is not None and after.kind is None and after.prose
    return not (subheading and after is not None and after.ended)
