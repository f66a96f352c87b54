"""Reads the article of a web page: trafilatura for its text, our own passes around it.

Measured on trafilatura 2.3: its text is good, but it finds writers in meta elements only, one
comment of three, keeps "see also" lists and may take a comment's date for the article's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from policygraph.model import Article
from policygraph.sources.capture import keep_article
from policygraph.sources.dates import is_day_first
from policygraph.sources.dating import date_article
from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.language import detect_language
from policygraph.sources.limits import LONGEST, too_long
from policygraph.sources.lines import read_lines
from policygraph.sources.markup import (
    Element,
    elements,
    is_marked,
    lines_of,
    outermost,
    remove,
    text_of,
)
from policygraph.sources.page_comments import take_comments
from policygraph.sources.page_lines import complete, discussion_of, own_paragraphs, page_lines
from policygraph.sources.page_metadata import PageMetadata, read_metadata
from policygraph.text import clean

_KEPT = frozenset(("html", "body", "main", "article", "head", "h1"))
_LARGEST_SHARE = 0.3
"""Of a page's words, beyond which an element is no furniture whatever its class."""

_FEWEST_WORDS = 10
"""Words of an article below its title; a page with fewer holds none."""

_HEADING, _LONGEST = 200, 2000
"""Characters, scripts included, of a heading and of a line with links, at most."""

_PROSE_WORDS, _PROSE_PARAGRAPHS = 20, 2
_CAPTION_WORDS = 60
_TABLE = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th"))
_LAID_OUT = ("h1", "h2", "table", "form", "article", "td/p[2]")
"""What stands in tables that lay a page out, and in none that holds figures."""

_LISTS = frozenset(("ul", "ol", "dl", "div", "nav", "p", "section", "aside", "a"))


def read_html(markup: str, *, source: str, url: str | None = None) -> Article | None:
    """The article of a page, its comments apart; None where the page holds no running text."""
    from trafilatura import load_html

    with _quiet():
        tree = load_html(markup)
        if tree is None:
            return None
        if len(markup) > LONGEST and (length := len(text_of(tree))) > LONGEST:
            raise too_long(length)
        lang = (tree.get("lang") or "")[:2].lower()
        comments = take_comments(tree, lang)
        metadata = read_metadata(tree, url)
        _drop_furniture(tree)
        _unfold_tables(tree)
        page = page_lines(tree)
        paragraphs = _paragraphs(tree)
    kept = _without_header(keep_article(read_lines("\n\n".join(paragraphs))), metadata)
    kept = own_paragraphs(kept, page)
    if not comments:
        told = discussion_of(page, kept, day_first=is_day_first("\n".join(kept), lang))
        if told:
            comments = told[0].comments
            kept = [text for text in kept if key(text) not in told[1]]
    if sum(len(text.split()) for text in kept) < _FEWEST_WORDS:
        return None
    text = "\n\n".join(
        ([metadata.title] if metadata.title else []) + complete(kept, page, metadata.title)
    )
    dating = date_article(
        metadata.published, updated=metadata.updated, url=metadata.url_date, comments=comments
    )
    return Article(
        source=source,
        text=text,
        lang=detect_language(text, metadata.lang),
        title=metadata.title,
        published=dating.published,
        published_note=dating.note,
        publisher=metadata.publisher,
        authors=metadata.authors,
        url=metadata.url,
        comments=comments,
    )


def _paragraphs(tree: Element) -> list[str]:
    """The main text as trafilatura finds it, block by block."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return [part for block in _blocks(found.body) for part in clean(block).split("\n") if part]


def _blocks(body: Element) -> Iterator[str]:
    """The texts of trafilatura's blocks; its ``lb`` is a line end, a table row one line."""
    for element in body:
        if element.tag in {"list", "quote", "table", "div", "body"} and len(element):
            if element.text and element.text.strip():
                yield element.text
            yield from _blocks(element)
        elif element.tag == "row":
            yield " | ".join(filter(None, (" ".join(cell.itertext()).strip() for cell in element)))
        else:
            for line_end in element.iter("lb"):
                line_end.tail = "\n" + (line_end.tail or "")
            yield "".join(element.itertext())
        if element.tail and element.tail.strip():
            yield element.tail


def _without_header(paragraphs: list[str], metadata: PageMetadata) -> list[str]:
    """The paragraphs without what a header repeats: title, site, bare names."""
    known = {key(name) for name in (metadata.title, metadata.publisher, *metadata.authors) if name}
    return [text for text in paragraphs if key(text) not in known]


def _drop_furniture(tree: Element) -> None:
    """Take out captions, what class and id words call furniture, and lists that lead elsewhere."""
    total = len(text_of(tree).split()) or 1
    prose = {paragraph for paragraph in tree.iter("p") if _is_prose(paragraph)}
    doomed = []
    for element in elements(tree):
        if element.tag in _KEPT:
            continue
        length = None
        if element.tag == "figcaption" or is_marked(element, "caption"):
            length = len(text_of(element).split())
            if length <= _CAPTION_WORDS:
                doomed.append(element)
                continue
        if element.tag in {"nav", "form", "dialog"} or is_marked(element, "furniture"):
            length = length if length is not None else len(text_of(element).split())
            if length > _LARGEST_SHARE * total or element.find(".//h1") is not None:
                continue
            if is_marked(element, "furniture_surely") or not _holds(element, prose):
                doomed.append(element)
    for element in outermost(doomed):
        remove(element)
    _drop_related(tree)


def _is_prose(paragraph: Element) -> bool:
    text = paragraph.text_content()
    linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
    return len(text.split()) >= _PROSE_WORDS and linked < 0.5 * len(text)


def _holds(element: Element, prose: set[Element]) -> bool:
    """Whether an element holds so many of the paragraphs that its class must mean something else.

    ``paywall`` marks an article's own text, as schema.org proposes; ``ad`` and ``share`` stand
    in the names of many wrappers.
    """
    return sum(paragraph in prose for paragraph in element.iter("p")) >= _PROSE_PARAGRAPHS


def _drop_related(tree: Element) -> None:
    """Take out headings such as "See also" with the lists of links below them."""
    furniture = load_furniture()
    for element in list(elements(tree)):
        if element.tag in _KEPT or element.getroottree().getroot() is not tree:
            continue
        linked = element.tag == "a" or element.find(".//a") is not None
        if len(element) > 6 or len(element.text_content()) > (_LONGEST if linked else _HEADING):
            continue
        text = text_of(element)
        words = len(text.split())
        if not 0 < words <= (30 if linked else 6) or furniture.kind(text) != "related":
            continue
        following = element.getnext()
        heading = len(lines_of(element)) == 1 and words <= 6
        while heading and following is not None and _is_link_list(following):
            after = following.getnext()
            remove(following)
            following = after
        if heading or _link_share(element) > 0:
            remove(element)


def _is_link_list(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag in _LISTS and _link_share(element) > 0.6


def _link_share(element: Element) -> float:
    """How much of an element's text stands in links, from 0 to 1."""
    whole = len(text_of(element))
    if element.tag == "a":
        return 1.0
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return linked / whole if whole else 0.0


def _unfold_tables(tree: Element) -> None:
    """Turn tables that only lay a page out, as old pages do, into plain blocks."""
    for table in list(tree.iter("table")):
        if any(table.find(f".//{tag}") is not None for tag in _LAID_OUT):
            for element in list(elements(table)):
                if element.tag in _TABLE:
                    element.tag = "div"


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
