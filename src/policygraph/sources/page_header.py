"""Reads what a web page prints around its headline: who wrote the article, and when."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.sources.byline import Byline, read_byline
from policygraph.sources.dates import find_dates, is_day_first
from policygraph.sources.markup import Element, elements, text_of, tokens
from policygraph.sources.page_dates import read_day
from policygraph.sources.page_title import says_the_same

_LONG_PARAGRAPH = 25
_REACH = 40
_BRIEF, _SHORT = 28, 14
_MANY = 2000
"""Characters, scripts included, from which an element is no line of a header."""


def read_header(tree: Element, lang: str, title: str | None) -> Byline:
    """What the header prints: the short lines around the headline, down to the first paragraph."""
    authors: tuple[str, ...] = ()
    signed = False
    published = updated = timed = None
    day_first = is_day_first(text_of(tree), lang)
    header = _header(tree, title)
    for element in header:
        text = text_of(element)
        byline = read_byline(text, day_first=day_first)
        if byline:
            if byline.authors and (not authors or (byline.signed and not signed)):
                authors, signed = byline.authors, byline.signed
            published = published or byline.published
            updated = updated or byline.updated
        if element.tag == "time" and not tokens(element) & {"updated", "modified"}:
            timed = timed or read_day(element.get("datetime"))
    published = published or timed or _lone_day(map(text_of, header), day_first)
    return Byline(authors, published, updated, signed)


def _lone_day(lines: Iterable[str], day_first: bool) -> str | None:
    """The one day that short lines print among other words: ``No 142 – lundi 11 décembre 2023``."""
    short = (line for line in lines if len(line.split()) <= _SHORT)
    found = {day.iso for line in short for day in find_dates(line, day_first=day_first)}
    days = [day for day in found if len(day) == 10]
    return days[0] if len(days) == 1 else None


def _header(tree: Element, title: str | None) -> list[Element]:
    """The elements with little text, nearest the headline first, then those above it."""
    body = tree.find(".//body")
    everything = list(elements(body if body is not None else tree))
    at = _heading(everything, title)
    below: list[Element] = []
    for element in everything[at + 1 :]:
        length = _length(element)
        if length >= _LONG_PARAGRAPH and len(below) > 3 and _own_words(element) >= _LONG_PARAGRAPH:
            break
        if 0 < length <= _BRIEF:
            below.append(element)
        if len(below) >= _REACH:
            break
    above = [e for e in everything[max(0, at - 12) : at] if 0 < _length(e) <= _BRIEF]
    return below + above[::-1]


def _heading(everything: list[Element], title: str | None) -> int:
    """The number of the headline's element: ``h1``, else the heading that says the title."""
    headings = [(n, e) for n, e in enumerate(everything) if e.tag in {"h1", "h2", "h3"}]
    alike = [n for n, e in headings if title and says_the_same(text_of(e), title)]
    first = [n for n, e in headings if e.tag == "h1"]
    return (alike + first + [0])[0]


def _own_words(element: Element) -> int:
    """How many words stand in an element itself, in its links and its emphasis."""
    inline = ("a", "b", "i", "em", "strong", "span")
    own = [element.text or ""]
    for child in element:
        own.append(text_of(child) if child.tag in inline else "")
        own.append(child.tail or "")
    return len(" ".join(own).split())


def _length(element: Element) -> int:
    """How many words an element shows; a rough figure where they are many."""
    rough = element.text_content()
    return len(rough.split()) if len(rough) > _MANY else len(text_of(element).split())
