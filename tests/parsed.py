"""Docs built by hand, one token a line: text, lemma, class, relation, head, name label, features.

The head is a token's number from 1 in its sentence (0 for the root); a blank line ends a
sentence; "-" stands for nothing, "¶" for a line's end; a name goes on while its label carries a
"+".
"""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.entities import gather
from policygraph.extraction.names.spots import find_spots
from policygraph.extraction.reading import Reading


def parse(lang: str, table: str) -> Doc:
    """The doc that a table describes; spaces part its tokens, but clitics and what follows "#"."""
    rows, heads, starts, at = [], [], [], 0
    for block in table.strip().split("\n\n"):
        sentence = [(line.split() + ["-"] * 7)[:7] for line in block.strip().splitlines()]
        for number, row in enumerate(sentence):
            head = int(row[4]) if row[4] != "-" else 0
            heads.append(at + (head - 1 if head else number))
            starts.append(number == 0)
        rows += sentence
        at += len(sentence)
    doc = Doc(
        spacy.blank(lang).vocab,
        words=[r[0].replace("¶", "\n") for r in rows],
        spaces=[
            not (row[0].endswith(("'", "’", "#")) or after[0].startswith(("'", "’")))
            for row, after in zip(rows, [*rows[1:], ["."]], strict=True)
        ],
        lemmas=[r[1] for r in rows],
        pos=[r[2] for r in rows],
        deps=[r[3] for r in rows],
        heads=heads,
        morphs=["" if r[6] == "-" else r[6] for r in rows],
        sent_starts=starts,
    )
    spans: list[Span] = []
    for i, row in enumerate(rows):
        if row[5].endswith("+"):
            spans[-1] = Span(doc, spans[-1].start, i + 1, label=row[5][:-1])
        elif row[5] != "-":
            spans.append(Span(doc, i, i + 1, label=row[5]))
    doc.ents = spans
    return doc


def read_names(doc: Doc, published: str | None = None) -> Reading:
    """The doc with its named entities put together, before nominals are linked."""
    lexicon = load_lexicon(doc.lang_)
    spots = find_spots(doc, lexicon, published)
    reading = Reading(doc=doc, lexicon=lexicon, published=published, spots=spots)
    gather(reading)
    return reading


def found(doc: Doc) -> dict[str, str]:
    """Types of the spots by their words."""
    spots = find_spots(doc, load_lexicon(doc.lang_), None)
    return {doc[s.start : s.end].text: s.type for s in spots if s.sure}
