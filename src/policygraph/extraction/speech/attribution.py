"""Who says a sentence: "selon Reuters", "X a déclaré que", quotations, incises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import (
    agents,
    base,
    case_of,
    children,
    is_passive,
    is_verb,
    subjects,
)
from policygraph.rules import Rules

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUOTES = re.compile(r"«[^»]{3,}»|“[^”]{3,}”|(?<!\w)\"[^\"]{3,}\"(?!\w)")
_LONG = 20
"""Quotations shorter than this many characters are single words, not speech."""

_CITING = frozenset(
    {"obl", "nmod", "advcl", "dep", "parataxis", "ROOT", "conj", "nsubj", "dislocated"}
)
"""Arcs by which a source phrase hangs from what it vouches for; small parsers give it any."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Speakers of the quotations of a doc: ``[start, end)`` in characters, and their tokens."""

    quotes: tuple[tuple[int, int, tuple[Token, ...]], ...]

    def speakers_at(self, token: Token) -> tuple[Token, ...]:
        """Who says the words at ``token``, if it stands in a quotation with a known speaker."""
        for start, end, speakers in self.quotes:
            if start <= token.idx < end:
                return speakers
        return ()


def find_speech(doc: Doc, rules: Rules, lexicon: Lexicon) -> Speech:
    """Link every long quotation to its speaker: in its sentence, just before, or carried on."""
    quotes: list[tuple[int, int, tuple[Token, ...]]] = []
    for match in _QUOTES.finditer(doc.text):
        if match.end() - match.start() < _LONG:
            continue
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None:
            continue
        inside = range(span.start, span.end)
        speakers = tuple(_near(doc, span.start, span.end, inside, rules, lexicon))
        if not speakers and quotes and match.start() - quotes[-1][1] < 160:
            speakers = quotes[-1][2]
        quotes.append((match.start(), match.end(), speakers))
    return Speech(tuple(quotes))


def _near(
    doc: Doc, start: int, end: int, inside: range, rules: Rules, lexicon: Lexicon
) -> list[Token]:
    first = doc[start].sent.start
    last = doc[end - 1].sent.end
    if end < len(doc) and doc[end].text == ",":
        last = max(last, doc[end].sent.end)
    before = first
    if start == first and first > 0:
        before = doc[first - 1].sent.start
    for window in (range(end, last), range(first, start), range(before, first)):
        for i in window:
            if i in inside or ("\n" in doc[i].text and i >= end):
                continue
            speakers = _speakers_of(doc[i], rules, lexicon)
            speakers = [s for s in speakers if s.i not in inside]
            if speakers:
                return speakers
    return [
        t for i in range(first, start) for t in source_phrases(doc[i], lexicon) if t.i not in inside
    ]


def _speakers_of(token: Token, rules: Rules, lexicon: Lexicon) -> list[Token]:
    if not is_verb(token):
        return []
    governors = rules.governing(lexicon.lang, token.lemma_.lower())
    if not any(g.speech and not g.others for g in governors):
        return []
    return agents(token) if is_passive(token) else subjects(token)


def cited_around(token: Token, rules: Rules, lexicon: Lexicon) -> list[Token]:
    """Speakers of the sentence around a trigger: sources cited, and incises ("…, said X")."""
    found: list[Token] = []
    for word in token.sent:
        found += source_phrases(word, lexicon)
        clausal = base(word.dep_) in ("parataxis", "ccomp") or word.dep_ in ("ROOT", "root")
        if clausal and _is_incise(word, token):
            found += _speakers_of(word, rules, lexicon)
    return found


def source_phrases(word: Token, lexicon: Lexicon) -> list[Token]:
    """The source in "selon X", "according to X"."""
    if base(word.dep_) not in _CITING:
        return []
    preposition = case_of(word).replace("' ", "'").replace("’ ", "’")  # "d' après"
    return [word] if preposition in lexicon.sources else []


def _is_incise(word: Token, token: Token) -> bool:
    """Whether a reporting verb is set off by commas from the clause that the trigger is in."""
    own = base(token.dep_) in ("ccomp", "parataxis")
    if word.i == token.i or (word.is_ancestor(token) and not own):
        ancestors = {t.i for t in token.ancestors}
        return word.i in ancestors and bool(children(word, "ccomp", "parataxis"))
    return base(word.dep_) == "parataxis"
