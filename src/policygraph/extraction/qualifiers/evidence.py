"""The words of an article that say a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import base
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.extraction.reading import Reading
from policygraph.model import Evidence

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD, _REST = 4, 12
"""Tokens before the first that matters which may belong to its phrase, and behind the last which
may tell what becomes of an end that the sentence leaves out, at most."""

_GAP = 2
"""Tokens between a noun and the name that it goes with, at most: "its president, X"."""


def evidence_of(reading: Reading, claim: FoundClaim) -> Evidence:
    """The words from a claim's first token to its last, with the whole mentions that these belong
    to and the names that stand beside them.
    """
    start, end = _mentioned(reading, claim)
    start = min(start, max(start - _LEAD, _edge(claim)))
    start, end = _named(reading, claim, start, end)
    trigger = claim.tokens[0]
    if len({token.i for token in claim.tokens[:_ALL]}) < _ALL:
        end = _rest(trigger, end)
    doc = reading.doc
    while end - 1 > trigger.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < trigger.i and (doc[start].is_punct or doc[start].pos_ in _JOINING):
        start += 1
    span = doc[start:end]
    return Evidence(span.start_char, span.end_char, span.text)


_ALL = 3
"""A trigger and two ends, which come first among a claim's tokens."""

_JOINING = frozenset({"CCONJ", "SPACE"})
"""Classes of words that join a phrase to what stands before it, beside marks."""


def _mentioned(reading: Reading, claim: FoundClaim) -> tuple[int, int]:
    """The tokens of a claim and of the mentions that they belong to, as ``[start, end)``."""
    starts, ends = [], []
    for token in claim.tokens:
        spot = reading.at.get(token.i)
        starts.append(token.i if spot is None else min(token.i, spot.start))
        ends.append(token.i + 1 if spot is None else max(token.i + 1, spot.end))
    return min(starts), max(ends)


def _named(reading: Reading, claim: FoundClaim, start: int, end: int) -> tuple[int, int]:
    """Those and the mentions of both ends right beside them."""
    of, here = reading.sentence_of, reading.sentence_of[claim.tokens[0].i]
    for node in (claim.subject, claim.object):
        for spot in node.spots:
            if of[spot.start] == here and end <= spot.start <= end + _GAP:
                end = spot.end
            elif of[spot.start] == here and start - _GAP <= spot.end <= start:
                start = spot.start
    return start, end


def _rest(trigger: Token, end: int) -> int:
    """Where what a trigger governs ends, or else the last near part of it that a mark sets off."""
    edge = trigger.right_edge.i + 1
    if edge <= end + _REST:
        return max(end, edge)
    marks = [i for i in range(end, end + _REST) if trigger.doc[i].is_punct]
    return marks[-1] if marks else end


def _edge(claim: FoundClaim) -> int:
    """Where the phrases of a claim's tokens begin; a verb's with its auxiliaries, "n'a pas dit"."""
    return min(_first_of(t) if t.pos_ == "VERB" else t.left_edge.i for t in claim.tokens)


def _first_of(verb: Token) -> int:
    """Where what helps a verb begins right before it: auxiliaries, clitics, "not"."""
    first = verb.i
    for child in reversed(list(verb.lefts)):
        helps = base(child.dep_) in _HELPING and child.pos_ in ("AUX", "PRON", "ADV", "PART")
        if child.right_edge.i + 1 != first or not helps:
            break
        first = child.left_edge.i
    return first - verb.doc[first].text.startswith(("'", "’"))  # "they've", from its first letter


_HELPING = frozenset({"aux", "expl", "obj", "iobj", "advmod"})
"""How auxiliaries, clitics and negations hang on their verb."""
