"""Reads the article of a web page: trafilatura for its text, our own passes around it.

Measured on trafilatura 2.3: its text is good, but it finds writers in meta elements only, one
comment of three, keeps "see also" lists and may take a comment's date for the article's.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.byline import names_of_line
from policygraph.sources.capture import keep_article
from policygraph.sources.dates import is_day_first
from policygraph.sources.dating import date_article
from policygraph.sources.furniture import key
from policygraph.sources.language import detect_language
from policygraph.sources.limits import LONGEST, too_long
from policygraph.sources.lines import read_lines
from policygraph.sources.markup import Element, text_of
from policygraph.sources.page_comments import take_comments
from policygraph.sources.page_furniture import drop_furniture, unfold_tables
from policygraph.sources.page_lines import (
    PageLine,
    as_shown,
    complete,
    discussion_of,
    own_paragraphs,
    page_lines,
)
from policygraph.sources.page_metadata import PageMetadata, read_metadata
from policygraph.sources.page_subtitle import find_subtitle
from policygraph.text import clean

_HEADER_LINES, _BESIDE_NAMES = 6, 4
_LIFE_WORDS = 60
_LEAST_SHARE = 0.15
"""Of a page's words without its furniture, below which its main text was not found."""

_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{50000,}>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 5000
"""Attributes of an element, above which lxml takes minutes: it compares each with each."""

_FEWEST_WORDS = 10
"""Words of an article below its title; a page with fewer holds none."""


def read_html(markup: str, *, source: str, url: str | None = None) -> Article | None:
    """The article of a page, its comments apart; None where the page holds no running text."""
    from trafilatura import load_html

    for tag in _LONG_TAG.finditer(markup):
        if len(_QUOTED.sub("", tag[0]).split()) > _MOST_ATTRIBUTES:
            raise SourceError(
                f"an element with more than {_MOST_ATTRIBUTES} attributes; no article"
            )
    with _quiet():
        tree = load_html(markup)
        if tree is None:
            return None
        if len(markup) > LONGEST and (length := len(text_of(tree))) > LONGEST:
            raise too_long(length)
        lang = (tree.get("lang") or "")[:2].lower()
        comments = take_comments(tree, lang)
        metadata = read_metadata(tree, url)
        drop_furniture(tree)
        unfold_tables(tree)
        page = page_lines(tree)
        subtitle = find_subtitle(tree, metadata.title, metadata.summaries)
        blocks = _paragraphs(tree)
        if _words(blocks) < _LEAST_SHARE * sum(len(row.text.split()) for row in page):
            blocks = max(blocks, _untouched(markup, lang), key=_words)
    kept = _own_lines(blocks, page, metadata)
    if not comments:
        told = discussion_of(page, kept, day_first=is_day_first("\n".join(kept), lang))
        if told:
            comments = told[0].comments
            kept = [text for text in kept if key(text) not in told[1]]
    if sum(len(text.split()) for text in kept) < _FEWEST_WORDS:
        return None
    kept = complete(kept, page, metadata.title)
    authors = metadata.authors or _signature(kept)
    kept = _without_writers(kept, authors)
    if subtitle and key(subtitle) not in map(key, kept):
        kept = [subtitle, *kept]
    text = "\n\n".join(([metadata.title] if metadata.title else []) + kept)
    lang = detect_language(text, metadata.lang)
    dating = date_article(
        metadata.published,
        text=text,
        lang=lang,
        updated=metadata.updated,
        url=metadata.url_date,
        comments=comments,
    )
    return Article(
        source=source,
        text=text,
        lang=lang,
        title=metadata.title,
        subtitle=subtitle,
        published=dating.published,
        published_note=dating.note,
        modified=metadata.updated,
        publisher=metadata.publisher,
        authors=authors,
        url=metadata.url,
        tags=metadata.tags,
        comments=comments,
    )


def _words(blocks: list[tuple[str, bool]]) -> int:
    return sum(len(text.split()) for text, _ in blocks)


def _untouched(markup: str, lang: str) -> list[tuple[str, bool]]:
    """The main text of the page as it came, for one of which trafilatura finds hardly a thing."""
    from trafilatura import load_html

    tree = load_html(markup)
    take_comments(tree, lang)
    return _paragraphs(tree)


def _own_lines(
    blocks: list[tuple[str, bool]], page: list[PageLine], metadata: PageMetadata
) -> list[str]:
    """The article's own lines among trafilatura's blocks; a table's rows are never furniture."""
    rows = {text for text, is_row in blocks if is_row}
    shown = as_shown((text for text, _ in blocks), page)
    parted = zip(blocks, shown, strict=True)
    whole = [line for (text, is_row), parts in parted for line in ([text] if is_row else parts)]
    lines = read_lines("\n\n".join(whole))
    lines = [replace(line, kind=None) if line.text in rows else line for line in lines]
    return own_paragraphs(_without_header(keep_article(lines), metadata), page)


def _paragraphs(tree: Element) -> list[tuple[str, bool]]:
    """The lines of the main text as trafilatura finds it; whether each is a table's row."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return [
        (part, is_row)
        for block, is_row in _blocks(found.body)
        for part in clean(block).split("\n")
        if part
    ]


def _blocks(body: Element) -> Iterator[tuple[str, bool]]:
    """The texts of trafilatura's blocks; its ``lb`` is a line end, a table row one line."""
    for element in body:
        if element.tag in {"list", "quote", "table", "div", "body"} and len(element):
            if element.text and element.text.strip():
                yield element.text, False
            yield from _blocks(element)
        elif element.tag == "row":
            cells = (" ".join(cell.itertext()).strip() for cell in element)
            yield " | ".join(filter(None, cells)), len(element) > 1
        else:
            for line_end in element.iter("lb"):
                line_end.tail = "\n" + (line_end.tail or "")
            yield "".join(element.itertext()), False
        if element.tail and element.tail.strip():
            yield element.tail, False


def _without_header(paragraphs: list[str], metadata: PageMetadata) -> list[str]:
    """The paragraphs without what a header repeats: title, site, bare names."""
    known = {key(name) for name in (metadata.title, metadata.publisher, *metadata.authors) if name}
    return [text for text in paragraphs if key(text) not in known]


def _without_writers(paragraphs: list[str], authors: tuple[str, ...]) -> list[str]:
    """The paragraphs without a header's line of names, and without the lives of the writers."""
    kept = [
        text
        for number, text in enumerate(paragraphs)
        if _HEADER_LINES <= number < len(paragraphs) - 1 or not _only_names(text, authors)
    ]
    while kept and len(kept[-1].split()) <= _LIFE_WORDS and kept[-1].startswith(authors):
        kept.pop()
    return kept


def _signature(paragraphs: list[str]) -> tuple[str, ...]:
    """The names below the last sentence, where they are all that the last line holds."""
    *above, last = paragraphs
    ended = bool(above) and above[-1].rstrip('»” "').endswith((".", "!", "?"))
    return names_of_line(last) if ended and len(last.split()) <= _BESIDE_NAMES else ()


def _only_names(text: str, authors: tuple[str, ...]) -> bool:
    rest = text
    for name in authors:
        rest = rest.replace(name, " ")
    return rest != text and len(rest.split()) <= _BESIDE_NAMES


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep trafilatura's and htmldate's complaints about single pages out of the user's log."""
    loggers = [logging.getLogger(name) for name in ("trafilatura", "htmldate", "courlan")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
