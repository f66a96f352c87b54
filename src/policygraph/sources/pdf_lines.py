"""From the printed lines of a PDF to paragraphs: running heads out, broken words joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from statistics import median

from policygraph.folding import fold
from policygraph.ontology import ontology_dir, read_toml
from policygraph.sources.dates import find_dates

_MARGIN = 3
"""Lines at either end of a page among which its running heads are."""

_FAR = 1.8
"""Leadings from which a head or a foot stands apart from the text."""

_GAP = 1.35
"""Leadings from which the space between two lines parts paragraphs."""

_LEADING = 1.2
"""Of a letter's size, what printers take for the distance of two lines."""

_INDENT, _SIZES = 4.0, 0.8
"""Points by which a first line stands in, and by which a heading's letters are larger."""

_SHORT = 0.6
"""Of the usual length, below which a line is the last one of its paragraph."""

_OFTEN = 0.4
"""Of the count of the most frequent distance of lines, from which one is frequent."""

_NOTE = re.compile(r"\W{0,2}(\d{1,3})\W{0,2}\s*\w|[*†‡]")
_REFERENCE, _RAISED = re.compile(r"\s*\d{1,3}\s*"), 0.8
"""A note's number in the text, and how large at most beside the letters of its line."""

_OPENING = re.compile(r"[«“\"(\[—–-]?\s?[A-ZÀ-Þ0-9]")
_FOLIO = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}\s*(?:(?:/|of|sur|de)\s*\d{1,4})?\W*", re.I)
_ENDED = re.compile(r"[.!?…:;][»”\"')\]\s]*$|[^\W\d][.!?…»”]+\d{1,3}$")
_BROKEN = re.compile(r"(?P<before>-?)\b(\w+)[-\u00ad\u2010\ufffe\x02]$")
_BULLET = re.compile(r"[•‣▪●–—-]\s|\(?\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line: its words, its place from the page's lower left, its size, in points."""

    text: str
    page: int
    x: float
    y: float
    size: float


def own_lines(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The document's own lines in reading order, its notes last, and the numbers of these."""
    kept = [line for line in lines if line.text.strip()]
    return _notes_last(_without_lone_heads(_without_heads(kept)))


def paragraphs_of(kept: Sequence[Line], notes: Sequence[str] = ()) -> list[tuple[str, Line]]:
    """The paragraphs of a document's :func:`own_lines`, each with its first line."""
    leading = _leading(kept)
    full = _SHORT * median(len(line.text) for line in kept) if kept else 0.0
    words = {fold(word) for line in kept for word in re.findall(r"\w+(?:-\w+)*", line.text)}
    found: list[tuple[str, Line]] = []
    before: Line | None = None
    for line in kept:
        text = " ".join(line.text.split())
        if before is None or _parts(before, line, leading, full):
            found.append((text, line))
        else:
            found[-1] = (_joined(found[-1][0], text, words), found[-1][1])
        before = line
    reference = re.compile(rf"(?<=[^\W\d][.,;:!?»”])(?:{'|'.join(notes)})(?=\s|$)")
    return [(reference.sub("", text), line) for text, line in found] if notes else found


def _without_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers, and without what stands at the ends of many pages."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    ends: dict[int, list[Line]] = {}
    for number, page in pages.items():
        by_height = sorted(page, key=lambda line: -line.y)
        ends[number] = [*by_height[:_MARGIN], *by_height[_MARGIN:][-_MARGIN:]]
    seen = Counter(key for page in ends.values() for key in {_key(line) for line in page})
    heads = {key for key, count in seen.items() if count >= max(2, (len(pages) + 1) // 2)}
    doomed = {
        line
        for number, page in ends.items()
        for line in page
        if _FOLIO.fullmatch(line.text) or (_key(line) in heads and not _is_first(line, number))
    }
    return [line for line in lines if line not in doomed]


def _without_lone_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document of one page without its head and foot; no other page repeats them.

    They are in smaller letters than the text, far from it, and hold neither a date nor a note.
    """
    if len({line.page for line in lines}) != 1:
        return list(lines)
    usual, far = median(line.size for line in lines), _FAR * _leading(lines)
    by_height = sorted(lines, key=lambda line: -line.y)
    doomed: set[Line] = set()
    for from_edge in (by_height, by_height[::-1]):
        end = list(takewhile(lambda line: line.size <= usual - _SIZES, from_edge))
        beside = from_edge[len(end) : len(end) + 1]
        if end and beside and abs(end[-1].y - beside[0].y) > far and len(end) <= _MARGIN:
            doomed.update(line for line in end if not _tells(line.text))
    return [line for line in lines if line not in doomed]


def _tells(text: str) -> bool:
    """Whether a line at a page's edge says what a head does not: a day, a note."""
    return bool(_NOTE.match(text)) or any(find_dates(text))


def _notes_last(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines with the notes at the foot of each page behind all of them, and their numbers.

    Notes are the lowest lines of a page, in small letters, the first of which has a number.
    """
    usual = median(line.size for line in lines) if lines else 0.0
    notes: list[Line] = []
    for number in sorted({line.page for line in lines}):
        foot: list[Line] = []
        for line in sorted((line for line in lines if line.page == number), key=lambda x: x.y):
            if line.size > usual - _SIZES:
                break
            foot.append(line)
        starts = [place for place, line in enumerate(foot) if _NOTE.match(line.text)]
        notes.extend(reversed(foot[: starts[-1] + 1] if starts else []))
    numbers = [match[1] for line in notes if (match := _NOTE.match(line.text)) and match[1]]
    return [line for line in lines if line not in notes] + notes, numbers


def _is_first(line: Line, page: int) -> bool:
    """Whether a running head is the document's own title, which stays once."""
    return page == 1 and line.size >= 14


def _key(line: Line) -> tuple[str, int]:
    """What a running head has in common on all pages: its words without numbers, its height."""
    return re.sub(r"\d+", "", fold(line.text)), round(line.y)


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between the base lines of a paragraph: the least of the frequent ones."""
    gaps = [
        before.y - line.y
        for before, line in pairwise(lines)
        if before.page == line.page and 0 < before.y - line.y < 4 * max(line.size, 1)
    ]
    counts = Counter(map(round, gaps))
    often = max(counts.values(), default=0) * _OFTEN
    return min((gap for gap, count in counts.items() if count >= often), default=14.0)


def _parts(before: Line, line: Line, leading: float, full: float) -> bool:
    """Whether a paragraph begins with ``line``; a line of ``full`` length fills its column."""
    if abs(before.size - line.size) > _SIZES or _BULLET.match(line.text):
        return True
    gap = before.y - line.y
    if before.page != line.page or gap < 0 or gap > 10 * leading:  # a new column or page
        return bool(_ENDED.search(before.text))
    if gap > _GAP * max(leading, _LEADING * line.size):
        return True
    if len(before.text) < full and _OPENING.match(line.text):
        return True
    return line.x > before.x + _INDENT and bool(_ENDED.search(before.text))


def _joined(text: str, line: str, words: set[str]) -> str:
    """A paragraph with its next line, a word that a hyphen broke made whole."""
    broken = _BROKEN.search(text)
    rest = re.match(r"\w+", line)
    if not broken or not rest:
        return f"{text} {line}"
    whole, hyphened = fold(broken[2] + rest[0]), fold(f"{broken[2]}-{rest[0]}")
    own = (
        broken["before"] or rest[0][0].isupper() or rest[0][0].isdigit() or fold(rest[0]) in _kept()
    )
    if whole in words or not (own or hyphened in words):
        return text[:-1] + line
    return f"{text[:-1]}-{line}"


@cache
def _kept() -> frozenset[str]:
    return frozenset(map(fold, read_toml(ontology_dir() / "lexicon" / "hyphens.toml")["kept"]))


def title_of(paragraphs: Iterable[tuple[str, Line]]) -> str | None:
    """The paragraph of the first page in the largest letters, where they are larger than most."""
    first = [(text, line) for text, line in paragraphs if line.page == 1]
    if len(first) < 2:
        return None
    usual = median(line.size for _, line in first)
    text, line = max(first, key=lambda pair: pair[1].size)
    return text if line.size > usual + _SIZES and len(text.split()) <= 40 else None


def pieces(texts: Iterable[tuple[str, float, float, float]], page: int) -> Iterator[Line]:
    """Put the strings of a page, with x, y and size each, together to lines."""
    words, place = "", (0.0, 0.0, 0.0)
    for text, *where in texts:
        first, *others = text.split("\n")
        if words.strip() and where[2] < _RAISED * place[2] and _REFERENCE.fullmatch(first):
            first = ""
        if first.strip() and not words.strip():
            place = (where[0], where[1], where[2])
        words += first
        for other in others:
            yield Line(text=words, page=page, x=place[0], y=place[1], size=place[2])
            words, place = other, (where[0], where[1], where[2])
    yield Line(text=words, page=page, x=place[0], y=place[1], size=place[2])
