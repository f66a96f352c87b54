"""What belongs to a claim beside its two ends: date, deadline, amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policygraph.extraction.dates import find_durations
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

    A ``state`` has only those on its very word, "its owner since 2016": when something else is said
    of "its owner" is not when he became it.
    """
    anchors = {trigger.i} if state else {trigger.i, clause_of(trigger).i, *(t.i for t in path)}
    when: list[tuple[int, str]] = []
    until: list[tuple[int, str]] = []
    for spot in _values(reading, trigger, "Date"):
        root = reading.root(spot)
        hangs = root.head.i in anchors or (not state and clause_of(root).i in anchors)
        leads = _leads(reading, spot, anchors)
        distance = abs(spot.start - trigger.i)
        if state and not hangs:
            continue
        if spot.deadline:
            until.append((distance + (0 if hangs else 20), spot.value or ""))
        elif leads or (hangs and (_is_day(spot, root) or not _belongs_to_name(root, anchors))):
            when.append((distance, spot.value or ""))
    return _nearest(when), _nearest(until)


def _leads(reading: Reading, spot: Spot, anchors: set[int]) -> bool:
    """Whether a day stands right before a verb, whatever it hangs on: "the court Tuesday fined"."""
    place, pos = spot.end, reading.pos
    while place < len(pos) and pos[place] in ("AUX", "ADV"):
        place += 1
    return len(spot.value or "") == len("2020-12-08") and place in anchors


def _is_day(spot: Spot, root: Token) -> bool:
    """Whether a day was taken for a part of the name before it: "fined Google Tuesday"."""
    return base(root.dep_) == "flat" and len(spot.value or "") == len("2020-12-08")


def _belongs_to_name(root: Token, anchors: set[int]) -> bool:
    """Whether a date qualifies a noun of its own ("la loi de 2016") rather than the event."""
    modifies = base(root.dep_) in ("nmod", "compound", "nummod", "flat")
    return modifies and root.head.i not in anchors and root.head.pos_ == "PROPN"


def duration_deadline(reading: Reading, trigger: Token, since: str | None) -> str | None:
    """A deadline given as a duration in the trigger's sentence, "45 jours", from the day ``since``
    or else the article's.
    """
    sentence = reading.sentences[reading.sentence_of[trigger.i]]
    day = since if since is not None and len(since) == len("2020-12-08") else reading.published
    return next((v for _, _, v in find_durations(sentence.text, reading.lexicon.lang, day)), None)


def amount_of(
    reading: Reading, trigger: Token, ends: Sequence[Token], *, share: bool
) -> str | None:
    """The amount in brackets behind one of a claim's ends, or else nearest to the trigger in its
    clause; a percentage if ``share`` asks for one.
    """
    anchor = clause_of(trigger)
    named = [(token, reading.at.get(token.i)) for token in ends]
    behind = {token.i + 1 if spot is None else spot.end for token, spot in named}
    amounts = [(spot.start, spot.value or "") for spot in _values(reading, trigger, "Money")]
    shares = list(_shares(reading, trigger)) if share else []
    for place, value in (*amounts, *shares):
        if reading.tokens[place - 1].text == "(" and place - 1 in behind:
            return value
    found = []
    for spot in _values(reading, trigger, "Money"):
        root = reading.root(spot)
        if root.i == trigger.i or trigger.is_ancestor(root) or clause_of(root).i == anchor.i:
            found.append((abs(spot.start - trigger.i), spot.value or ""))
    return _nearest(found or [(abs(place - trigger.i), value) for place, value in shares])


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
    of, here = reading.sentence_of, reading.sentence_of[trigger.i]
    return [s for s in reading.spots if s.kind == VALUE and s.type == type_ and of[s.start] == here]
