"""Reads plain text: an article on its own, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from policygraph.model import Article
from policygraph.sources.byline import Byline, read_byline, read_unsigned
from policygraph.sources.capture import is_capture, read_capture
from policygraph.sources.dateline import lone_dateline
from policygraph.sources.dates import is_day_first
from policygraph.sources.dating import date_article
from policygraph.sources.field_values import authors_of, date_of, tags_of, with_header, words_of
from policygraph.sources.front_matter import read_matter
from policygraph.sources.known_names import is_place
from policygraph.sources.language import code_of, detect_language
from policygraph.sources.limits import LONGEST, too_long
from policygraph.sources.markdown import is_markdown, without_marks
from policygraph.text import clean, paragraphs

_TITLE_WORDS = 30
_HEADER_LINES = 5
_NARROWEST, _WIDEST = 45, 110
"""Characters between which writers and programs break lines."""

_WORD = re.compile(r"[^\W\d_]+")
_ENDED = re.compile(r"[.!?:;»”\"]$")


def read_plain(text: str, *, source: str) -> Article | None:
    """The article that a text file holds; None where it holds no words.

    A text with a page's furniture around it is read as a capture; a clean one keeps every word
    but those of its byline. Markdown is tolerated.
    """
    if len(text) > LONGEST:
        raise too_long(len(text))
    matter = read_matter(text)
    body = clean(matter.body)
    if is_markdown(body):
        body = clean(without_marks(body))
    if not re.search(r"\w", body):
        return None
    captured = read_capture(body, source=source) if is_capture(body) else None
    article = captured or _read_article(body, source)
    return _with_fields(article, matter.fields)


def _read_article(text: str, source: str) -> Article:
    lang = detect_language(text)
    day_first = is_day_first(text, lang)
    rows = _rows(text)
    above = _bylines(rows, 0, day_first, subtitles=0)
    top = len(above)
    titled = _is_title(rows[top:])
    bylines = above | (_bylines(rows, top + 1, day_first, subtitles=1) if titled else {})
    header = _header(bylines.values())
    body = [row for number, row in enumerate(rows) if not titled or number not in bylines]
    dating = date_article(header.published, text=text, lang=lang, updated=header.updated)
    return Article(
        source=source,
        text="\n\n".join(body),
        lang=lang,
        title=rows[top] if titled else None,
        published=dating.published,
        published_note=dating.note,
        modified=header.updated,
        publisher=header.publisher,
        authors=header.authors,
    )


def _rows(text: str) -> list[str]:
    """The paragraphs of a text: its lines, or its blocks of lines where they are wrapped."""
    found: list[str] = []
    for block in paragraphs(text):
        lines = block.split("\n")
        if _is_wrapped(lines):
            found.append(" ".join(lines))
        else:
            found.extend(lines)
    return found


def _is_wrapped(lines: list[str]) -> bool:
    """Whether a block's lines are one paragraph, broken at about the same width."""
    if len(lines) < 2 or max(map(len, lines)) > _WIDEST or not _ENDED.search(lines[-1]):
        return False
    full = lines[:-1]
    if min(map(len, full)) < _NARROWEST or lines[0].startswith(("- ", "* ", "• ")):
        return False
    return sum(_ENDED.search(line) is not None for line in full) <= len(full) / 2


def _bylines(rows: list[str], start: int, day_first: bool, *, subtitles: int) -> dict[int, Byline]:
    """The bylines from row ``start`` on, by row; so many short rows may stand between them."""
    found: dict[int, Byline] = {}
    for number, byline in enumerate(_header_lines(rows, start, day_first), start):
        if byline:
            found[number] = byline
        elif subtitles and not _ENDED.search(rows[number]):
            subtitles -= 1
        else:
            break
    return found


def _header_lines(rows: list[str], start: int, day_first: bool) -> list[Byline | None]:
    """What each of the rows from ``start`` on tells if it is a byline, or bare names, an outlet or
    a place above a day.
    """
    found: list[Byline | None] = []
    below: Byline | None = None
    for row in reversed(rows[start : start + _HEADER_LINES]):
        byline = read_byline(row, day_first=day_first)
        if byline is None and start:
            day = lone_dateline(row, day_first=day_first)
            byline = Byline(published=day) if day else None
            if byline is None and below and (below.is_day or below.publisher):
                byline = below if is_place(row) else _unsigned(row, rows)
        found.append(byline)
        below = byline
    return found[::-1]


def _unsigned(row: str, rows: list[str]) -> Byline | None:
    """What bare names or an outlet tell; None for names that the text writes small elsewhere, as
    it does the words of a subtitle with capitals.
    """
    byline = read_unsigned(row)
    if byline is None or byline.publisher:
        return byline
    small = {word for other in rows for word in _WORD.findall(other) if word.islower()}
    names = {word.lower() for word in _WORD.findall(" ".join(byline.authors)) if word[0].isupper()}
    return byline if names.isdisjoint(small) else None


def _is_title(rows: list[str]) -> bool:
    """Whether the first row looks like a title: short, without a full stop, above something."""
    if len(rows) < 2 or len(rows[0].split()) > _TITLE_WORDS:
        return False
    return not rows[0].endswith((".", ",", ";", ":", "…")) and rows[0][0] not in "-*•"


def _header(bylines: Iterable[Byline]) -> Byline:
    """Writers, dates and publisher of several bylines, the first of each."""
    header = list(bylines)
    return Byline(
        next((byline.authors for byline in header if byline.authors), ()),
        next((byline.published for byline in header if byline.published), None),
        next((byline.updated for byline in header if byline.updated), None),
        publisher=next((byline.publisher for byline in header if byline.publisher), None),
    )


def _with_fields(article: Article, fields: Mapping[str, Any]) -> Article:
    """The article with what its front matter says, and its title as first paragraph."""
    if not fields:
        return article
    title = words_of(fields.get("title"), " ") or article.title
    told = words_of(fields.get("lang"), " ")
    lang = (told and code_of(told)) or article.lang
    subtitle = words_of(fields.get("subtitle"), " ") or article.subtitle
    date = date_of(fields.get("published"), lang)
    return replace(
        article,
        text=with_header(article.text, title, subtitle),
        lang=lang,
        title=title,
        subtitle=subtitle,
        published=date or article.published,
        published_note=None if date else article.published_note,
        modified=date_of(fields.get("modified"), lang) or article.modified,
        publisher=words_of(fields.get("publisher"), " ") or article.publisher,
        authors=authors_of(fields.get("authors")) or article.authors,
        url=words_of(fields.get("url"), " ") or article.url,
        tags=tags_of(fields.get("tags")) or article.tags,
    )
