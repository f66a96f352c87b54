"""What a claim costs: the amount of money of a fine or a purchase, or the share of a stake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import base, objects, relative_object
from policygraph.extraction.qualifiers.pairing import paired
from policygraph.extraction.qualifiers.qualifiers import (
    clause_of,
    is_parted,
    nearest,
    qualifying_words,
    values_near,
)
from policygraph.extraction.reading import Reading
from policygraph.extraction.spot import Spot
from policygraph.extraction.values.money import find_shares

if TYPE_CHECKING:
    from spacy.tokens import Token


def amount_of(
    reading: Reading, trigger: Token, ends: Sequence[Token], *, share: bool, stake: bool = False
) -> str | None:
    """The amount in brackets behind the object, or the share behind either of the ends, subject and
    object; or else that of several amounts in the trigger's clause which is the object's own, or
    the nearest; a percentage if ``share`` asks for one and there is no sum, or of a ``stake``.
    """
    money = values_near(reading, trigger, "Money")
    shares = list(_shares(reading, trigger)) if share else []
    bracketed = _bracketed(reading, ends, money, shares)
    if bracketed is not None:
        return bracketed
    part = nearest([(abs(place - trigger.i), value) for place, value in shares])
    if stake and part is not None:
        return part
    near = [spot for spot in money if _is_due(reading, trigger, ends, spot)]
    near = [spot for spot in near if not _is_conversion(reading, spot)] or near
    whole = [spot for spot in near if not _is_rate(reading, spot)] or near
    own = paired(reading, trigger, ends, whole) if len(whole) > 1 else None
    return own or nearest([(abs(s.start - trigger.i), s.value or "") for s in whole]) or part


def is_limited(reading: Reading, trigger: Token, amount: str | None) -> bool:
    """Whether the sentence tells a sum as one that may be reached rather than is: "up to"."""
    told = [spot for spot in values_near(reading, trigger, "Money") if spot.value == amount]
    limit = _limits_of(tuple(reading.lexicon.mood["limits"]))
    return bool(told) and all(
        limit.search(reading.doc[max(0, spot.start - _BEFORE) : spot.start].text.lower())
        for spot in told
    )


_BEFORE = 4
"""Tokens before an amount in which a limit may be told."""


@cache
def _limits_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s*$")


def _bracketed(
    reading: Reading, ends: Sequence[Token], money: list[Spot], shares: list[tuple[int, str]]
) -> str | None:
    """What stands in brackets behind an end: a sum behind the object, or a share behind either."""
    spots = [reading.at.get(token.i) for token in ends]
    behind = [t.i + 1 if s is None else s.end for t, s in zip(ends, spots, strict=True)]
    sums = [(spot.start, spot.value or "") for spot in money]
    for found, places in ((sums, behind[1:]), (shares, behind)):
        for place, value in found:
            if place - 1 in places and reading.tokens[place - 1].text == "(":
                return value
    return None


def _is_due(reading: Reading, trigger: Token, ends: Sequence[Token], spot: Spot) -> bool:
    """Whether an amount is of the trigger, or of its clause, or of what that clause tells of: "the
    fine of two million that it had imposed".
    """
    root = reading.root(spot)
    if is_parted(reading, spot, (trigger, *ends)) or _is_after_aside(reading, trigger, spot):
        return False
    if root.i == trigger.i or trigger.is_ancestor(root):
        return True
    clause = clause_of(trigger)
    return clause_of(root).i == clause.i or _is_told_of(reading, clause, root, spot)


def _is_after_aside(reading: Reading, trigger: Token, spot: Spot) -> bool:
    """Whether a relative clause, set off by commas, tells of a trigger and the verb that goes on
    behind it of an amount: "GoTo, which is backed by SoftBank, sold …".
    """
    words = reading.words
    told = any(
        words[child.i] in qualifying_words(reading.lexicon.lang)["relative"]
        and words[child.i - 1] == ","
        for child in trigger.children
    )
    behind = range(trigger.i + 1, spot.start)
    return told and any(words[i] == "," and reading.pos[i + 1] in ("VERB", "AUX") for i in behind)


def _is_told_of(reading: Reading, clause: Token, root: Token, spot: Spot) -> bool:
    """Whether an amount, or the noun that it goes with, is what a relative clause says is done."""
    noun = clause.head
    if base(clause.dep_) != "acl" or not (noun in objects(clause) or relative_object(clause)):
        return False
    return spot.start <= noun.i < spot.end or noun.is_ancestor(root) or root.is_ancestor(noun)


def _is_conversion(reading: Reading, spot: Spot) -> bool:
    """Whether an amount tells another in a second currency: "5 million euros ($5.7 million)"."""
    before = reading.at.get(spot.start - 2)
    return reading.words[spot.start - 1] == "(" and before is not None and before.type == "Money"


def _is_rate(reading: Reading, spot: Spot) -> bool:
    """Whether an amount is of each unit: "a day", "per share", "l'action"."""
    words = qualifying_words(reading.lexicon.lang)
    place, last = spot.end, min(spot.end + _BETWEEN, len(reading.words) - 1)
    while place < last and reading.words[place] in words["each"]:
        place += 1
    return spot.end < place <= last and reading.words[place] in words["units"]


_BETWEEN = 2
"""Words between an amount and what it is counted by, at most: "for each share"."""


def _shares(reading: Reading, trigger: Token) -> Iterator[tuple[int, str]]:
    """First tokens and values of the percentages in the trigger's sentence."""
    sentence = reading.sentences[reading.sentence_of[trigger.i]]
    for amount in find_shares(sentence.text, reading.lexicon.lang):
        span = sentence.char_span(amount.start, amount.end, alignment_mode="expand")
        if span is not None:
            yield span.start, amount.value
