"""The lines of a web page as a reader sees them, each with the element that holds it.

trafilatura finds an article's paragraphs well but loses subtitles, and headings above
quotations; and it knows no discussion that no class name announces. The page's own lines say
what stood where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygraph.sources.furniture import key
from policygraph.sources.lines import read_lines
from policygraph.sources.markup import BLOCKS, SILENT, Element, is_marked
from policygraph.sources.speakers import Discussion, find_discussion
from policygraph.text import clean

_SPACE = re.compile(r"\s+")
_HEADINGS = frozenset(("h2", "h3", "h4", "h5"))
_SUBTITLE_WORDS = range(4, 61)
_SUBTITLES = 2
_MOST = 0.6
_TEASER, _LINK = 0.6, 0.9
"""Shares of a line in links: from the first on, a line that ends like no sentence is a teaser;
from the second on, any line is a mere link."""

_TEASER_WORDS = 3


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, the block element around it, and how much of it stands in links, from 0 to 1."""

    text: str
    block: Element
    linked: float


def page_lines(tree: Element) -> list[PageLine]:
    """Every line of a page, top to bottom."""
    found: list[PageLine] = []
    words: list[str] = []
    links = 0
    block = tree

    def flush(next_block: Element) -> None:
        nonlocal links, block
        text = clean("".join(words)).replace("\n", " ").strip()
        if text:
            found.append(PageLine(text, block, min(1.0, links / len(text))))
        words.clear()
        links, block = 0, next_block

    for text, inside, linked in _walk(tree, tree, False):
        if inside is not block:
            flush(inside)
        if text is None:
            flush(inside)
        else:
            words.append(text)
            links += len(text.strip()) if linked else 0
    flush(tree)
    return found


def complete(kept: Sequence[str], page: Sequence[PageLine], title: str | None) -> list[str]:
    """An article's paragraphs with the subtitles and headings that the page shows among them."""
    places = _places(kept, page)
    known = {key(text) for text in (*kept, title or "")}
    result: list[str] = []
    first = next((place for place in places if place is not None), None)
    if first is not None and title:
        result.extend(_subtitles(page[:first], known, title))
    wanted = set(_lost_headings(page, places, known))
    last = None
    for text, place in zip(kept, places, strict=True):
        if place is not None:
            if last is not None:
                result.extend(page[n].text for n in range(last + 1, place) if n in wanted)
            last = place
        result.append(text)
    return result


def as_shown(blocks: Iterable[str], page: Sequence[PageLine]) -> Iterator[list[str]]:
    """Yield each block of text, parted where it runs several lines of the page together."""
    letters = [_letters(row.text) for row in page]
    whole = set(letters)
    for block in blocks:
        wanted = _letters(block)
        places = () if wanted in whole else range(len(page))
        span = next((s for at in places if (s := _span(letters, at, wanted))), None)
        yield [row.text for row in page[slice(*span)]] if span else [block]


def _span(letters: Sequence[str], start: int, wanted: str) -> tuple[int, int] | None:
    """The lines from ``start`` on that make up the wanted letters, if there are such."""
    end = start
    while end < len(letters) and wanted and wanted.startswith(letters[end]):
        wanted = wanted.removeprefix(letters[end])
        end += 1
    return (start, end) if not wanted and letters[start] else None


def own_paragraphs(kept: Sequence[str], page: Sequence[PageLine]) -> list[str]:
    """The paragraphs without those that are links to other articles and little else.

    Where these are most of the words, the article is itself a list of links.
    """
    places = _places(kept, page)
    own = [
        text
        for text, place in zip(kept, places, strict=True)
        if place is None or not _leads_elsewhere(page[place])
    ]
    return own if 2 * sum(map(len, own)) >= sum(map(len, kept)) else list(kept)


def _leads_elsewhere(row: PageLine) -> bool:
    if row.linked < _TEASER or len(row.text.split()) < _TEASER_WORDS:
        return False
    return row.linked > _LINK or not row.text.endswith((".", "!", "?", "»", "”", '"', ":", ";"))


def discussion_of(
    page: Sequence[PageLine], kept: Sequence[str], *, day_first: bool
) -> tuple[Discussion, frozenset[str]] | None:
    """A discussion below the article that only its lines show, and the keys of those lines.

    Lists of links lead elsewhere and are left out, whatever dates they bear.
    """
    start = _after_most(kept, _places(kept, page))
    if start is None:
        return None
    rows = [row.text for row in page[start:] if row.linked < 0.9 or len(row.text.split()) < 4]
    lines = read_lines("\n".join(rows), day_first=day_first)
    found = find_discussion(lines, after=0, day_first=day_first)
    if found is None:
        return None
    above = {key(line.text) for line in lines[: found.start]}
    below = frozenset(key(line.text) for line in lines[found.start :])
    return found, below - above


def _after_most(kept: Sequence[str], places: Sequence[int | None]) -> int | None:
    """The line below most of the article's words: readers do not speak before it."""
    left = _MOST * sum(map(len, kept))
    for text, place in zip(kept, places, strict=True):
        left -= len(text)
        if left <= 0 and place is not None:
            return place + 1
    return None


def _walk(
    element: Element, block: Element, linked: bool
) -> Iterator[tuple[str | None, Element, bool]]:
    """The pieces of text with the block around each; None where a line ends."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    # a link within the page, as of a heading or a footnote, leads nowhere else
    linked = linked or (element.tag == "a" and not (element.get("href") or "").startswith("#"))
    inside = element if element.tag in BLOCKS and element.tag not in {"br", "hr"} else block
    if element.tag in BLOCKS:
        yield None, inside, linked
    yield _SPACE.sub(" ", element.text or ""), inside, linked
    for child in element:
        yield from _walk(child, inside, linked)
        if not child.tail and child.getnext() is not None:
            yield " ", inside, False
        yield _SPACE.sub(" ", child.tail or ""), inside, linked
    if element.tag in BLOCKS:
        yield None, inside, linked


def _places(kept: Sequence[str], page: Sequence[PageLine]) -> list[int | None]:
    """Where on the page each paragraph stands, in order; None where no line is the same."""
    keys = [_letters(row.text) for row in page]
    places: list[int | None] = []
    at = 0
    for text in kept:
        wanted = _letters(text)
        place = next((n for n in range(at, len(keys)) if keys[n] == wanted), None)
        places.append(place)
        at = place + 1 if place is not None else at
    return places


def _letters(text: str) -> str:
    """A line as it is compared, without the spaces, which trafilatura does not always keep."""
    return key(text).replace(" ", "")


def _subtitles(above: Sequence[PageLine], known: set[str], title: str) -> Iterator[str]:
    """The lines between headline and article that are marked as its subtitle or its lead."""
    titles = [number for number, row in enumerate(above) if key(row.text) == key(title)]
    if not titles:
        return
    rows = [row for row in above[titles[-1] + 1 :] if row.linked < 0.5]
    lines = read_lines("\n".join(row.text for row in rows))
    count = 0
    for row, line in zip(rows, lines, strict=True):
        if line.kind is not None or len(row.text.split()) not in _SUBTITLE_WORDS:
            continue
        if key(row.text) not in known and _is_subtitle(row.block) and count < _SUBTITLES:
            count += 1
            yield row.text


def _is_subtitle(block: Element) -> bool:
    if block.tag in _HEADINGS or block.tag == "p":
        return True
    return is_marked(block, "subtitle")


def _lost_headings(
    page: Sequence[PageLine], places: Sequence[int | None], known: set[str]
) -> Iterator[int]:
    """The headings right above a paragraph of the article that are missing from it."""
    found = [place for place in places if place is not None]
    for before, place in pairwise(found):
        row = page[place - 1]
        if place - 1 > before and row.block.tag in _HEADINGS and row.linked < 0.5:
            [*lines] = read_lines(row.text)
            if key(row.text) not in known and lines and lines[0].kind is None:
                yield place - 1
