"""Small questions about elements of a web page, asked of lxml trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from policygraph.sources.furniture import load_furniture
from policygraph.text import clean

Element = Any
"""An lxml element; lxml ships no types."""

_BLOCK_NAMES = (
    "address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section table td th tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements of HTML that begin a line."""

SILENT = frozenset(("script", "style", "noscript", "template", "svg", "select", "option"))
_NAMES = ("class", "id", "data-component", "data-testid")
_SPACE = re.compile(r"\s+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTERS = re.compile(r"[a-z]+")


def tokens(element: Element) -> frozenset[str]:
    """The words by which an element is named: ``comment__author`` gives comment, author.

    Two words of one name also count as one: ``sub-title`` is a subtitle.
    """
    found: set[str] = set()
    for name in " ".join(filter(None, map(element.get, _NAMES))).split():
        words = _LETTERS.findall(_CAMEL.sub(" ", name).lower())
        found.update(words)
        found.update(one + two for one, two in pairwise(words))
    return frozenset(found)


@cache
def marks(entry: str) -> frozenset[str]:
    """The class and id words under ``[markup]`` ``entry`` of ``furniture.toml``."""
    return frozenset(load_furniture().words("markup", entry))


def is_marked(element: Element, entry: str) -> bool:
    """Whether an element's class or id holds one of the words under ``[markup]`` ``entry``."""
    return not tokens(element).isdisjoint(marks(entry))


def elements(tree: Element) -> Iterator[Element]:
    """Every element below and including ``tree``, in document order, comments left out."""
    return (element for element in tree.iter() if isinstance(element.tag, str))


def text_of(element: Element) -> str:
    """What a reader sees of an element, on one line."""
    return " ".join(lines_of(element))


def lines_of(element: Element) -> list[str]:
    """What a reader sees of an element, one line a block."""
    text = clean("".join(_pieces(element)))
    return [line for line in text.split("\n") if line]


def remove(element: Element) -> None:
    """Take an element out of its tree and leave the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def outermost(found: list[Element]) -> list[Element]:
    """The elements that stand in no other of the list; a list in document order."""
    chosen: list[Element] = []
    inside: set[Element] = set()
    for element in found:
        if inside.isdisjoint(element.iterancestors()):
            chosen.append(element)
            inside.add(element)
    return chosen


def _pieces(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    block = element.tag in BLOCKS
    if block:
        yield "\n"
    # line ends in the source are spaces to a reader
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child)
        if not child.tail and child.getnext() is not None:
            yield " "  # <a>Jane Doe</a><span>9 March</span>: style sheets keep the two apart
        yield _SPACE.sub(" ", child.tail or "")
    if block:
        yield "\n"
