"""Cuts an article's text where claims and names begin and end, so that a page can mark them.

Spans may nest and overlap: the words of one claim often stand within those of another. Marks
that overlap cannot be HTML elements as they are, but the pieces between two cuts can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygraph.model import Record

_BREAK = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with the same marks all over.

    ``claims`` are the numbers, from 0, of the claims to whose words it belongs; ``begins`` and
    ``ends`` those whose first or last piece it is. ``entity`` is the id of the entity that it
    names, if any.
    """

    text: str
    claims: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    entity: str | None = None


def mark(record: Record) -> list[list[Piece]]:
    """The paragraphs of a record's article, each cut into pieces; blank lines are left out."""
    mentions = _mentions(record)
    cuts = {cut for start, end, _ in mentions for cut in (start, end)}
    cuts |= {cut for c in record.claims for cut in (c.evidence.start, c.evidence.end)}
    paragraphs = [_cut(start, end, cuts) for start, end in _paragraphs(record.article.text)]
    spans = [span for paragraph in paragraphs for span in paragraph]
    claims = {
        span: [
            number
            for number, claim in enumerate(record.claims)
            if claim.evidence.start < span[1] and span[0] < claim.evidence.end
        ]
        for span in spans
    }
    first = {number: span for span in reversed(spans) for number in claims[span]}
    last = {number: span for span in spans for number in claims[span]}
    names = _by_span(spans, mentions)
    return [
        [
            Piece(
                record.article.text[slice(*span)],
                claims=tuple(claims[span]),
                begins=tuple(number for number in claims[span] if first[number] == span),
                ends=tuple(number for number in claims[span] if last[number] == span),
                entity=names.get(span),
            )
            for span in paragraph
        ]
        for paragraph in paragraphs
    ]


def _cut(start: int, end: int, cuts: set[int]) -> list[tuple[int, int]]:
    inner = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
    return list(pairwise(inner))


def _by_span(
    spans: Sequence[tuple[int, int]], mentions: Sequence[tuple[int, int, str]]
) -> dict[tuple[int, int], str]:
    """The entity that each span names; both in order of place."""
    named = {}
    coming = iter(mentions)
    mention = next(coming, None)
    for span in spans:
        while mention and mention[1] <= span[0]:
            mention = next(coming, None)
        if mention and mention[0] <= span[0]:
            named[span] = mention[2]
    return named


def _mentions(record: Record) -> list[tuple[int, int, str]]:
    """Spans of names, none within another: of two that overlap, the longer."""
    spans = [
        (mention.start, mention.end, entity.id)
        for entity in record.entities
        for mention in entity.mentions
    ]
    kept: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for start, end, id in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, id))
    return sorted(kept)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        if text[start:end].strip():
            yield start, end
        start = found.end() if found else end
