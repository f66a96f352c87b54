"""Reads plain text: an article on its own, with or without front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policygraph.model import Article
from policygraph.sources.byline import Byline, read_byline, read_names
from policygraph.sources.capture import is_capture, read_capture
from policygraph.sources.dates import find_dates, first_date, is_day_first
from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.language import detect_language
from policygraph.text import clean

_FIELD = re.compile(r"^([^\W\d_][^:\n]{0,24}?)\s?:\s+(.+)$")
_TITLE_WORDS = 30
_HEADER_LINES = 4


@dataclass(frozen=True, slots=True)
class _Matter:
    """The fields at the top of a text, by their own names, and the text below them."""

    body: str
    fields: dict[str, str] = field(default_factory=dict)


def read_plain(text: str, *, source: str) -> Article | None:
    """The article that a text file holds; None where it holds no words.

    A text with a page's furniture around it is read as a capture; a clean one keeps every word.
    """
    matter = _read_matter(clean(text))
    if not re.search(r"\w", matter.body):
        return None
    captured = read_capture(matter.body, source=source) if is_capture(matter.body) else None
    article = captured or _read_article(matter.body, source)
    return _with_fields(article, matter.fields)


def _read_article(text: str, source: str) -> Article:
    lang = detect_language(text)
    lines = [line for line in text.split("\n") if line]
    title = lines[0] if _is_title(lines) else None
    byline = _read_header(lines[1 : 1 + _HEADER_LINES] if title else lines[:1], text, lang)
    return Article(
        source=source,
        text=text,
        lang=lang,
        title=title,
        published=byline.published,
        authors=byline.authors,
    )


def _is_title(lines: list[str]) -> bool:
    """Whether the first line looks like a title: short, without a full stop, above something."""
    first = lines[0]
    if len(lines) < 2 or len(first.split()) > _TITLE_WORDS:
        return False
    return not first.endswith((".", ",", ";", ":", "…")) and first[0] not in "-*•«"


def _read_header(lines: list[str], text: str, lang: str) -> Byline:
    """Writers and date in the lines below a title; they stay in the text."""
    authors: tuple[str, ...] = ()
    published: str | None = None
    for line in lines:
        byline = read_byline(line, day_first=is_day_first(text, lang))
        if byline:
            authors = authors or byline.authors
            published = published or byline.published
    return Byline(authors, published)


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
    if not title or text.startswith(title):
        return text
    return f"{title}\n\n{text}" if text else title


def read_date(value: str, lang: str) -> str | None:
    """A date field as ISO 8601: what is ISO already, full or partial, or printed in words."""
    partial = re.fullmatch(r"\s*((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?)\s*", value)
    if partial:
        return partial[1]
    dates = list(find_dates(value, day_first=lang != "en"))
    return dates[0].iso if dates else first_date(value)
