"""Finds readers' comments in a page's text, by the lines that say who speaks, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from policygraph.model import Comment
from policygraph.sources.dates import find_dates, first_date, without_dates
from policygraph.sources.furniture import age_pattern, alternatives, key, load_furniture
from policygraph.sources.lines import Line, avatar_pattern, is_avatar

_LONGEST = 16
"""Words beyond which a line heads no comment."""

_NAME_WORDS = 5
_STOPS = {"footer", "related", "login", "cookies", "promotion", "sources", "listed", "comments"}
_URL = re.compile(r"https?://\S+|www\.\S+")
_REPLY_TO = re.compile(r"\s[>▸→➤»]\s.*?(?=\s[•·|]\s|$)")
_NUMBER = re.compile(r"^\s*#\d+\b|(?<!\w)#\d+\b|^\s*\d+[.)]\s|\(\s*#?\d+\s*\)")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A line that dates a comment: where the header begins, where the words begin, who and when."""

    top: int
    below: int
    author: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments of a page, in order, and the number of the line where they begin."""

    start: int
    comments: tuple[Comment, ...]


def find_discussion(
    lines: Sequence[Line], *, after: int = 0, day_first: bool = True, headed: bool = False
) -> Discussion | None:
    """The readers' discussion at or after line ``after``, or None.

    One comment is no discussion: it takes two, or one below a heading such as "Comments"
    (``headed`` says that there is one above the lines).
    """
    anchors = _anchors(lines, after, day_first)
    start = _heading(lines, after, anchors[0].top if anchors else len(lines))
    if start is None and headed:
        start = after
    if not anchors or (len(anchors) < 2 and start is None):
        return None
    tops = [anchor.top for anchor in anchors[1:]] + [len(lines)]
    bodies = [lines[anchor.below : top] for anchor, top in zip(anchors, tops, strict=True)]
    closed = bool(bodies[:-1]) and all(map(_closing, bodies[:-1]))
    comments = []
    for anchor, body in zip(anchors, bodies, strict=True):
        last = body is bodies[-1]
        words = _words(body[: _closing(body) or len(body)] if last and closed else body)
        if words:
            comments.append(Comment(text=words, author=anchor.author, published=anchor.published))
    if not comments or (len(comments) < 2 and start is None):
        return None
    return Discussion(anchors[0].top if start is None else start, tuple(comments))


def _closing(body: Sequence[Line]) -> int:
    """Where the votes or buttons that close a comment stand; 0 where there are none."""
    kinds = [line.kind for line in body]
    return next((n for n, kind in enumerate(kinds) if n and kind in {"action", "counter"}), 0)


def _heading(lines: Sequence[Line], after: int, top: int) -> int | None:
    """The first line of the block of furniture above the first comment that names a discussion."""
    found = None
    for number in range(top - 1, max(after, top - 10) - 1, -1):
        if lines[number].kind == "comments":
            found = number
        elif lines[number].kind is None and lines[number].prose:
            break
    return found


def _anchors(lines: Sequence[Line], after: int, day_first: bool) -> list[_Anchor]:
    found: list[_Anchor] = []
    for number in range(after, len(lines)):
        floor = found[-1].below if found else after
        anchor = _anchor(lines, number, floor, day_first)
        if anchor and any(line.kind is None for line in lines[anchor.below : anchor.below + 3]):
            found.append(anchor)
    return found


def _anchor(lines: Sequence[Line], number: int, floor: int, day_first: bool) -> _Anchor | None:
    line = lines[number]
    if line.words > _LONGEST or line.kind in {"related", "listed", "sources", "caption", "footer"}:
        return None
    if line.text.startswith(("— ", "– ")):
        return None  # who is quoted above, as below an embedded message
    published = first_date(line.text, day_first=day_first)
    if not published and not age_pattern().search(key(line.text)):
        return None
    if _is_dateline(line.text):
        return None
    name = name_beside_date(line.text, day_first=day_first)
    if name is None:
        return None
    top, author = _name_above(lines, number, floor) if not name else (number, name)
    if top < number and author is None:
        top = number
    if name and number > floor and is_avatar(lines[number - 1].text):
        top = number - 1
    if author is None:
        return None
    return _Anchor(top, _skip_ranks(lines, number + 1), author, published)


def name_beside_date(text: str, *, day_first: bool) -> str | None:
    """The name that stands beside a date: empty where nothing does, None where more does."""
    rest = _after_date(text, day_first) or text
    rest = _URL.sub(" ", _NUMBER.sub(" ", without_dates(rest, day_first=day_first)))
    rest = _REPLY_TO.sub(" ", rest)
    words = [word for word in re.split(r"[\s•·|,:;()–—\-]+(?=\s|$)|\s+", rest) if word]
    words = _strip(words)
    if len(words) > _NAME_WORDS:
        return None
    name = " ".join(words).strip(" ,:;-–—•·|")
    if not re.search(r"\b\w\.$", name):  # Jean D. keeps the point of the initial
        name = name.rstrip(". ")
    if "(" in name and ")" not in name:
        name += ")"
    if any(mark in name for mark in '?!«»"…'):
        return None
    return name


def _after_date(text: str, day_first: bool) -> str | None:
    """What follows a date if "by" opens it, as behind a message's title: ``Hi! 3 May, by X``."""
    for found in find_dates(text, day_first=day_first):
        tail = without_dates(text[found.end :], day_first=day_first).strip(" ,-–—|•·@")
        if _by().match(key(tail)):
            return tail
    return None


def _strip(words: list[str]) -> list[str]:
    """Take the words that are no part of a name off both ends."""
    folded = key(" ".join(words))
    folded = age_pattern().sub(" ", folded)
    kept = set(folded.split())
    words = [w for w in words if set(key(w).split()) & kept]
    small = _small()
    changed = True
    while changed and words:
        changed = False
        for length in range(min(4, len(words)), 0, -1):
            if key(" ".join(words[:length])) in small:
                words, changed = words[length:], True
                break
            if key(" ".join(words[-length:])) in small:
                words, changed = words[:-length], True
                break
    while len(words) > 1 and key(words[-1]) in load_furniture().words("speaker", "badges"):
        words = words[:-1]
    return words


def _name_above(lines: Sequence[Line], number: int, floor: int) -> tuple[int, str | None]:
    """The reader's name in the short lines right above a date line, below ranks and links."""
    names: list[tuple[int, str]] = []
    for at in range(number - 1, max(floor, number - 4) - 1, -1):
        text = lines[at].text
        if lines[at].kind not in {None, "byline"} and not is_rank(text):
            break
        if is_avatar(text):
            return at, _after_avatar(text)
        if is_rank(text):
            continue
        if lines[at].words > _NAME_WORDS or _ends_sentence(text):
            break
        names.append((at, text))
        break
    if not names:
        return number, None
    at, name = names[0]
    if at > floor and (is_avatar(lines[at - 1].text) or key(lines[at - 1].text) == key(name)):
        at -= 1
    return at, " ".join(_strip(name.split())) or None


def _ends_sentence(text: str) -> bool:
    """Whether a short line ends as no name does; ``Jean D.`` ends with an initial."""
    return bool(re.search(r"[?!:,…]$|[^\W_]{2}[.»”]$", text))


def _skip_ranks(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and lines[at].words <= 4 and is_rank(lines[at].text):
        at += 1
    return at


def _words(lines: Sequence[Line]) -> str:
    """A comment's own words: without votes and buttons, and up to the page's next furniture."""
    kept: list[str] = []
    for line in lines:
        if line.kind in _STOPS and kept:
            break
        if line.kind in {None, "byline"} or line.kind == "question":
            kept.append(("\n\n" if line.gap and kept else "\n" if kept else "") + line.text)
    return "".join(kept)


def _after_avatar(text: str) -> str | None:
    words = text.split()
    for length in range(1, len(words)):
        if avatar_pattern().fullmatch(key(" ".join(words[:length]))):
            return " ".join(words[length:])
    return None


def is_rank(text: str) -> bool:
    """Whether a line is a forum rank or a bare link, as stands below a reader's name."""
    rest = key(_URL.sub(" ", text))
    return bool(_rank().match(rest)) if rest else bool(_URL.search(text))


def _is_dateline(text: str) -> bool:
    """Whether a dated line speaks of publication rather than of a speaker."""
    return any(_has_word(text, "dateline", entry) for entry in ("updated", "published")) and not (
        any(_has_word(text, "speaker", entry) for entry in ("by", "says"))
    )


def _has_word(text: str, table: str, entry: str) -> bool:
    return bool(_within(table, entry).search(key(text)))


@cache
def _within(table: str, entry: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternatives(load_furniture().words(table, entry))}(?!\w)")


@cache
def _by() -> re.Pattern[str]:
    return re.compile(alternatives(load_furniture().words("speaker", "by")) + r"(?!\w)")


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(alternatives(load_furniture().words("speaker", "ranks")) + r"(?!\w)")


@cache
def _small() -> frozenset[str]:
    furniture = load_furniture()
    speaker = [
        w for entry in ("says", "by", "avatar", "ago") for w in furniture.words("speaker", entry)
    ]
    dateline = [
        w for e in ("around", "published", "updated") for w in furniture.words("dateline", e)
    ]
    buttons = [w for kind in ("action", "share") for w in furniture.marks[kind].whole]
    return frozenset(speaker) | frozenset(dateline) | frozenset(buttons)
