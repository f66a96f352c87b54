"""What belongs to a claim beside its two ends: date, deadline, amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policygraph.extraction.dates import find_durations, is_day
from policygraph.extraction.money import find_shares
from policygraph.extraction.reading import Reading
from policygraph.extraction.spots import VALUE, Spot
from policygraph.extraction.syntax import base, children, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token


def clause_of(token: Token) -> Token:
    """The verb of the clause that a token stands in; the sentence's root where none is nearer."""
    current = token
    while not is_verb(current) and not children(current, "cop") and current.head != current:
        current = current.head
    return current


def dates_of(
    reading: Reading, trigger: Token, path: list[Token], *, state: bool = False
) -> tuple[str | None, str | None]:
    """Date and deadline of the event: the nearest that hang on its trigger, clause or governors.

    A ``state`` has only those on its very word, "its owner since 2016", or on the verb that begins
    it, "became its owner in 2016": when something else is said of "its owner" is not when he became
    it.
    """
    begun = {trigger.head.i} if base(trigger.dep_) == "xcomp" else set()
    clause = {clause_of(trigger).i, *(t.i for t in path)}
    anchors = {trigger.i} | (begun if state else clause)
    when: list[tuple[int, str]] = []
    beside: list[tuple[int, str]] = []
    until: list[tuple[int, str]] = []
    for spot in _values(reading, trigger, "Date"):
        root = reading.root(spot)
        hangs = root.head.i in anchors or (not state and clause_of(root).i in anchors)
        distance, value = abs(spot.start - trigger.i), spot.value or ""
        if spot.deadline:
            if hangs or not state:
                until.append((distance + (0 if hangs else 20), value))
        elif hangs and (_is_flat_day(spot, root) or not _belongs_to_name(root, anchors)):
            when.append((distance, value))
        elif _leads(reading, spot, root, anchors):
            beside.append((distance, value))
    return _nearest(when or beside), _nearest(until)


def _leads(reading: Reading, spot: Spot, root: Token, anchors: set[int]) -> bool:
    """Whether a day that hangs on a noun stands right before a verb: "the court Tuesday fined"."""
    place, pos = spot.end, reading.pos
    while place < len(pos) and pos[place] in ("AUX", "ADV"):
        place += 1
    on_noun = root.head.pos_ in ("NOUN", "PROPN") and not children(root.head, "cop")
    return on_noun and is_day(spot.value) and place in anchors


def _is_flat_day(spot: Spot, root: Token) -> bool:
    """Whether a day was taken for a part of the name before it: "fined Google Tuesday"."""
    return base(root.dep_) == "flat" and is_day(spot.value)


def _belongs_to_name(root: Token, anchors: set[int]) -> bool:
    """Whether a date qualifies a noun of its own ("la loi de 2016") rather than the event."""
    modifies = base(root.dep_) in ("nmod", "compound", "nummod", "flat")
    return modifies and root.head.i not in anchors and root.head.pos_ == "PROPN"


def duration_deadline(reading: Reading, trigger: Token, since: str | None) -> str | None:
    """A deadline given as a duration, "45 jours", from the day ``since`` or else the article's: the
    first in the sentence behind the trigger, or else the nearest before it.
    """
    sentence = reading.sentences[reading.sentence_of[trigger.i]]
    day = since if is_day(since) else reading.published
    at = trigger.idx - sentence.start_char
    found = list(find_durations(sentence.text, reading.lexicon.lang, day))
    behind = [value for start, _, value in found if start >= at]
    return next(iter(behind or [value for *_, value in reversed(found)]), None)


def amount_of(
    reading: Reading, trigger: Token, ends: Sequence[Token], *, share: bool
) -> str | None:
    """The amount in brackets behind the object, or the share behind either of the ``ends``, or else
    the amount nearest to the trigger in its clause; a percentage if ``share`` asks for one.
    """
    anchor = clause_of(trigger)
    spots = [reading.at.get(token.i) for token in ends]
    behind = [t.i + 1 if s is None else s.end for t, s in zip(ends, spots, strict=True)]
    money = _values(reading, trigger, "Money")
    amounts = [(spot.start, spot.value or "") for spot in money]
    shares = list(_shares(reading, trigger)) if share else []
    for found, places in ((amounts, behind[1:]), (shares, behind)):
        for place, value in found:
            if place - 1 in places and reading.tokens[place - 1].text == "(":
                return value
    near = []
    for spot in money:
        root = reading.root(spot)
        if root.i == trigger.i or trigger.is_ancestor(root) or clause_of(root).i == anchor.i:
            near.append((abs(spot.start - trigger.i), spot.value or ""))
    return _nearest(near or [(abs(place - trigger.i), value) for place, value in shares])


def _shares(reading: Reading, trigger: Token) -> Iterator[tuple[int, str]]:
    """First tokens and values of the percentages in the trigger's sentence."""
    sentence = reading.sentences[reading.sentence_of[trigger.i]]
    for amount in find_shares(sentence.text, reading.lexicon.lang):
        span = sentence.char_span(amount.start, amount.end, alignment_mode="expand")
        if span is not None:
            yield span.start, amount.value


def _nearest(found: list[tuple[int, str]]) -> str | None:
    return min(found)[1] if found else None


def _values(reading: Reading, trigger: Token, type_: str) -> list[Spot]:
    """Dates or amounts in the trigger's sentence; a date in a law's name tells nothing else's."""
    of, here = reading.sentence_of, reading.sentence_of[trigger.i]
    spots = (s for s in reading.spots if s.kind == VALUE and s.type == type_)
    return [s for s in spots if of[s.start] == here and reading.at.get(s.start, s) is s]
