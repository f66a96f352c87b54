"""Finds an article's subtitle: what a page prints, and marks as such, below its headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.markup import Element, elements, is_marked, text_of

_WORDS = range(3, 61)
_REACH = 60
"""Elements below the headline among which its subtitle stands."""

_PARAGRAPH = 40
_HEADINGS = frozenset(("h1", "h2", "h3"))
_SAID = frozenset(("alternativeHeadline", "alternateName", "description"))


def find_subtitle(tree: Element, title: str | None, summaries: Sequence[str]) -> str | None:
    """The subtitle's words, or None where the page prints none below its headline.

    An element is one whose class, id or ``itemprop`` says so, or whose words are what the page
    gives machines as its description.
    """
    known = {key(text) for text in summaries} - {key(title or "")}
    for element in islice(_below(tree, title), _REACH):
        text = text_of(element)
        words = len(text.split())
        said = is_marked(element, "subtitle") or element.get("itemprop") in _SAID
        if words in _WORDS and (said or key(text) in known) and _is_own(text):
            return None if key(text) == key(title or "") else text
        if element.tag == "p" and words > _PARAGRAPH:
            return None
    return None


def _below(tree: Element, title: str | None) -> Iterator[Element]:
    """The elements from the last headline that begins with the title on, itself left out."""
    wanted = key(title or "")
    everything = list(elements(tree))
    found = [
        number
        for number, element in enumerate(everything)
        if element.tag in _HEADINGS and wanted and key(text_of(element)).startswith(wanted)
    ]
    return iter(everything[found[0] + 1 :] if found else ())


def _is_own(text: str) -> bool:
    return load_furniture().kind(text) is None
