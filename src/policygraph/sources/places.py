"""Finds where the words of a clean text stand in what they were read from.

That is the innermost document: the page within an archive, the HTML part of a mail, the content
of a feed's entry, the text field of a dump's record, each as it was decoded.

Letters and digits are compared, in order, paragraph by paragraph: what cleaning changes, spaces,
marks, entities and tags, is between them.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape

from policygraph.model import Article, Place

_PARAGRAPH = re.compile(r"[^\n]+")
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|$)|<(title|script|style|noscript|template|svg)\b.*?(?:</\1\s*>|$)|<[a-z/!?][^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,31});?", re.IGNORECASE)


def placed(article: Article, original: str, *, markup: bool) -> Article:
    """The article with the places of its text in ``original``."""
    return replace(article, places=find_places(article.text, original, markup=markup))


def find_places(text: str, original: str, *, markup: bool) -> tuple[Place, ...]:
    """Where stretches of ``text`` stand in ``original``, in order of the text.

    Offsets count code points of the original as it was decoded, its tags and entities
    included if it is ``markup``. What is not found there in one piece, such as a title that
    only a script holds, has no place.
    """
    if not markup and (verbatim := _verbatim(text, original)):
        return verbatim
    letters, at = _letters(original, markup=markup)
    found: list[Place] = []
    reached = 0
    for paragraph in _PARAGRAPH.finditer(text):
        own, where = _letters(paragraph[0], markup=False)
        begin = letters.find(own, reached) if own else -1
        begin = letters.find(own) if own and begin < 0 else begin
        if begin < 0:
            continue
        reached = begin + len(own)
        pairs = zip(where, at[begin:reached], strict=True)
        found.extend(_places(text, original, [(paragraph.start() + a, b) for a, b in pairs]))
    return tuple(found)


def _verbatim(text: str, original: str) -> tuple[Place, ...]:
    """Where the paragraphs stand if they do so in order and to the letter; else nothing.

    The first may be a title that is told elsewhere.
    """
    found: list[Place] = []
    reached = 0
    for paragraph in _PARAGRAPH.finditer(text):
        at = original.find(paragraph[0], reached)
        if at >= 0:
            reached = at + len(paragraph[0])
            found.append(Place(paragraph.start(), paragraph.end(), at))
        elif paragraph.start():
            return ()
    return tuple(found)


def _places(text: str, original: str, pairs: list[tuple[int, int]]) -> Iterator[Place]:
    """Join neighbouring letters to stretches in which both offsets grow alike."""
    first = last = pairs[0]
    for pair in pairs[1:]:
        between = text[last[0] + 1 : pair[0]], original[last[1] + 1 : pair[1]]
        if between[0] != between[1] or pair[1] - last[1] != pair[0] - last[0]:
            yield Place(first[0], last[0] + 1, first[1])
            first = pair
        last = pair
    yield Place(first[0], last[0] + 1, first[1])


def _letters(text: str, *, markup: bool) -> tuple[str, array[int]]:
    """The letters and digits that a reader sees, without accents, and where each stands."""
    letters: list[str] = []
    at = array("L")
    for start, seen in _seen(text) if markup else ((0, text),):
        for number, char in enumerate(seen):
            for plain in _plain(char):
                letters.append(plain)
                at.append(start + number)
    return "".join(letters), at


def _seen(markup: str) -> Iterator[tuple[int, str]]:
    """The stretches of a page that are neither tags nor scripts, with their offsets.

    An entity is a stretch of its own, so that what follows keeps its offset.
    """
    start = 0
    for hidden in _UNSEEN.finditer(markup):
        yield from _decoded(markup, start, hidden.start())
        start = hidden.end()
    yield from _decoded(markup, start, len(markup))


def _decoded(markup: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for entity in _ENTITY.finditer(markup, start, end):
        yield start, markup[start : entity.start()]
        yield entity.start(), unescape(entity[0])[:1]
        start = entity.end()
    yield start, markup[start:end]


@lru_cache(maxsize=1 << 12)
def _plain(char: str) -> str:
    """A letter or digit without its accents, joined letters apart; nothing for the others."""
    if not char.isalnum():
        return ""
    return "".join(c for c in unicodedata.normalize("NFKD", char) if c.isalnum())
