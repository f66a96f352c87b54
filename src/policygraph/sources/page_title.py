"""Finds the headline of a web page, and the site's name that stands beside it in the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from policygraph.sources.furniture import key
from policygraph.sources.linked_data import name_of
from policygraph.sources.markup import Element, elements, is_marked, lines_of, text_of, tokens
from policygraph.sources.publishers import SEPARATORS
from policygraph.text import clean


def read_title(
    tree: Element, data: Mapping[str, Any], metas: Mapping[str, str], site: str | None
) -> str | None:
    """The headline that a reader sees, if the page's own titles agree; else what they say."""
    whole = _head_title(tree)
    told = [
        _without_site(title, site)
        for title in (name_of(data.get("headline")), metas.get("og:title"))
        if title
    ]
    if whole:
        told.append((_shown_part(tree, whole) or (_without_site(whole, site),))[0])
    shown: list[str] = []
    for element in _headlines(tree):
        text = text_of(element)
        if any(says_the_same(text, title) for title in told):
            return _own_part(element, text, told)
        shown.extend([text] if text else [])
    if told:
        return told[0]
    return next((text for text in shown if key(text) != key(site or "")), None)


def _shown_part(tree: Element, whole: str) -> tuple[str, str] | None:
    """The part of the page's own title that is also a line of the page, and the rest of it.

    Sites put their names before or behind the headline; of two such parts the longer counts. A few
    words may stand anywhere in a page: they have to be a heading, before and more than the rest.
    """
    body = tree.find(".//body")
    shown = {key(line) for line in lines_of(body)} if body is not None else set()
    if key(whole) in shown:
        return None
    headings = {key(text_of(element)) for element in _headlines(tree)}
    found = []
    for separator in (*SEPARATORS, " : ", ": ", " » "):
        for split in (whole.partition, whole.rpartition):
            head, present, tail = split(separator)
            parts = ((head, tail), (tail, head)) if present else ()
            found += [
                (a, b)
                for a, b in parts
                if key(a) in shown
                and (len(a.split()) >= 4 or (a == head and _is_heading(a, b, headings)))
            ]
    return max(found, key=lambda parts: len(parts[0]), default=None)


def _is_heading(part: str, rest: str, headings: set[str]) -> bool:
    return key(part) in headings and len(part.split()) > len(rest.split())


def _own_part(headline: Element, shown: str, told: Iterable[str]) -> str:
    """A headline without what its element holds besides: a kicker, a subtitle, its source.

    Only a part that stands by itself and that the page calls its title is taken for all of it.
    """
    below = [e for e in elements(headline) if e is not headline and is_marked(e, "subtitle")]
    if below and (words := shown.removesuffix(text_of(below[0])).strip()) != shown:
        return words or shown
    parts = {clean(" ".join(part.split())) for part in headline.itertext()}
    parts.update(text_of(element) for element in elements(headline))
    return next((title for title in told if title in parts), shown)


def _headlines(tree: Element) -> Iterator[Element]:
    """The headings that say they are the headline, then every ``h1``."""
    for element in tree.iter("h1", "h2", "h3"):
        named = tokens(element)
        if element.get("itemprop") == "headline" or (
            "title" in named and named & {"post", "entry", "article", "story"}
        ):
            yield element
    yield from tree.iter("h1")


def says_the_same(shown: str, told: str) -> bool:
    """Whether a heading and a title share most of their words."""
    a, b = set(key(shown).split()), set(key(told).split())
    return bool(a) and len(a & b) >= 0.6 * min(len(a), len(b)) and len(a) >= 3


def _head_title(tree: Element) -> str | None:
    title = tree.find(".//head/title")
    return clean(" ".join(title.text_content().split())) or None if title is not None else None


def _without_site(title: str, site: str | None) -> str:
    for separator in SEPARATORS:
        head, found, tail = title.rpartition(separator)
        named = site is not None and key(tail) == key(site)
        if found and head and (named or (len(tail.split()) <= 4 and len(head.split()) >= 4)):
            return head.strip()
    return title


def site_beside(tree: Element, title: str | None) -> str | None:
    """The site's name behind the headline in the page's own title."""
    whole = _head_title(tree)
    if not whole or not title:
        return None
    part = _shown_part(tree, whole)
    if part and says_the_same(title, part[0]) and 0 < len(part[1].split()) <= 5:
        return part[1]
    for separator in SEPARATORS:
        head, found, tail = whole.rpartition(separator)
        if found and 0 < len(tail.split()) <= 5 and says_the_same(title, head) and title != whole:
            return tail.strip()
    return None
