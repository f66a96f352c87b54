"""Reads plain text: an article on its own, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from policygraph.model import Article
from policygraph.sources.byline import Byline, read_byline, read_names
from policygraph.sources.capture import is_capture, read_capture
from policygraph.sources.dates import find_dates, first_date, is_day_first
from policygraph.sources.dating import LAST_CHANGE
from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.language import detect_language
from policygraph.sources.limits import LONGEST, too_long
from policygraph.sources.markdown import is_markdown, without_marks
from policygraph.text import clean, paragraphs

_FIELD = re.compile(r"^([^\W\d_][^:\n]{0,24}?)\s?:\s+(.+)$")
_TITLE_WORDS = 30
_HEADER_LINES = 5
_NARROWEST, _WIDEST = 45, 110
"""Characters between which writers and programs break lines."""

_AFTER_TITLE = ("", "\n", ".", ":", "?", "!")
_ENDED = re.compile(r"[.!?:;»”\"]$")


@dataclass(frozen=True, slots=True)
class _Matter:
    """The fields at the top of a text, by their own names, and the text below them."""

    body: str
    fields: dict[str, str] = field(default_factory=dict)


def read_plain(text: str, *, source: str) -> Article | None:
    """The article that a text file holds; None where it holds no words.

    A text with a page's furniture around it is read as a capture; a clean one keeps every word
    but those of its byline. Markdown is tolerated.
    """
    if len(text) > LONGEST:
        raise too_long(len(text))
    matter = _read_matter(clean(text))
    if is_markdown(matter.body):
        matter = replace(matter, body=clean(without_marks(matter.body)))
    if not re.search(r"\w", matter.body):
        return None
    captured = read_capture(matter.body, source=source) if is_capture(matter.body) else None
    article = captured or _read_article(matter.body, source)
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
    return Article(
        source=source,
        text="\n\n".join(body),
        lang=lang,
        title=rows[top] if titled else None,
        published=header.published or header.updated,
        published_note=None if header.published or not header.updated else LAST_CHANGE,
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
    for number in range(start, min(start + _HEADER_LINES, len(rows))):
        byline = read_byline(rows[number], day_first=day_first)
        if byline:
            found[number] = byline
        elif subtitles and not _ENDED.search(rows[number]):
            subtitles -= 1
        else:
            break
    return found


def _is_title(rows: list[str]) -> bool:
    """Whether the first row looks like a title: short, without a full stop, above something."""
    if len(rows) < 2 or len(rows[0].split()) > _TITLE_WORDS:
        return False
    return not rows[0].endswith((".", ",", ";", ":", "…")) and rows[0][0] not in "-*•"


def _header(bylines: Iterable[Byline]) -> Byline:
    """Writers and dates of several bylines, the first of each."""
    header = list(bylines)
    return Byline(
        next((byline.authors for byline in header if byline.authors), ()),
        next((byline.published for byline in header if byline.published), None),
        next((byline.updated for byline in header if byline.updated), None),
    )


def _read_matter(text: str) -> _Matter:
    """Front matter: ``key: value`` lines between ``---`` rulers, or at the top, above a blank line.

    Without rulers, every line must be a field that ``furniture.toml`` knows.
    """
    head, ruled, body = _split_matter(text)
    known = load_furniture().phrases["fields"]
    fields: dict[str, str] = {}
    for line in head:
        match = _FIELD.match(line)
        name = next((n for n, words in known.items() if match and key(match[1]) in words), None)
        if match and name:
            fields.setdefault(name, match[2].strip(" \"'"))
        elif not ruled:
            return _Matter(text)
    return _Matter(body, fields) if fields or ruled else _Matter(text)


def _split_matter(text: str) -> tuple[list[str], bool, str]:
    if text.startswith("---\n") and "\n---" in text[3:]:
        head, _, body = text[4:].partition("\n---")
        return head.split("\n"), True, body.lstrip("-").strip("\n")
    head, _, body = text.partition("\n\n")
    return head.split("\n"), False, body


def _with_fields(article: Article, fields: dict[str, str]) -> Article:
    """The article with what its front matter says, and its title as first paragraph."""
    if not fields:
        return article
    title = fields.get("title") or article.title
    lang = fields.get("lang", "")[:2].lower() or article.lang
    date = fields.get("published")
    return Article(
        source=article.source,
        text=with_title(article.text, title),
        lang=lang,
        title=title,
        published=(date and read_date(date, lang)) or article.published,
        published_note=None if date else article.published_note,
        publisher=fields.get("publisher") or article.publisher,
        authors=read_names(fields["authors"]) if "authors" in fields else article.authors,
        url=fields.get("url") or article.url,
        comments=article.comments,
    )


def with_title(text: str, title: str | None) -> str:
    """The text with its title as first paragraph, as every article's text has it."""
    if not title or (text.startswith(title) and text[len(title) :][:1] in _AFTER_TITLE):
        return text
    return f"{title}\n\n{text}" if text else title


def read_date(value: str, lang: str) -> str | None:
    """A date field as ISO 8601: what is ISO already, full or partial, or printed in words."""
    partial = re.fullmatch(r"\s*((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?)\s*", value)
    if partial:
        return partial[1]
    dates = list(find_dates(value, day_first=lang != "en"))
    return dates[0].iso if dates else first_date(value)
