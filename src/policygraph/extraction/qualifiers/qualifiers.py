"""When what a claim says happens or happened, and by when it must."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import base, case_of, children, is_verb
from policygraph.extraction.qualifiers.pairing import alternating
from policygraph.extraction.reading import Reading
from policygraph.extraction.spot import VALUE, Spot
from policygraph.extraction.values.dates import find_durations, is_day
from policygraph.ontology import ontology_dir, read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token


def clause_of(token: Token) -> Token:
    """The verb of the clause that a token stands in; the sentence's root where none is nearer."""
    current = token
    while not is_verb(current) and not children(current, "cop") and current.head != current:
        current = current.head
    return current


def dates_of(
    reading: Reading,
    trigger: Token,
    path: Sequence[Token],
    ends: Sequence[Token] = (),
    *,
    since: bool = False,
    made: bool = False,
) -> tuple[str | None, str | None]:
    """Date and deadline of the event: the nearest that hang on its trigger, clause or governors, or
    with ``made`` on one of the ``ends`` of the claim, subject and object; of several dates that
    which is told with the object.

    With ``since`` only the day since when it holds: on its very word, "its owner since 2016", or on
    the verb that begins it, "became its owner in 2016". When something else is said of "its owner"
    is not when he became it.
    """
    begun = {trigger.head.i} if base(trigger.dep_) == "xcomp" else set()
    clause = {clause_of(trigger).i, *(t.i for t in path)}
    anchors = {trigger.i} | (begun if since else clause)
    known = anchors | {token.i for token in ends if made and token.pos_ != "PROPN"}
    when: list[tuple[int, str]] = []
    beside: list[tuple[int, str]] = []
    until: list[tuple[int, str]] = []
    told: list[Spot] = []
    for spot in values_near(reading, trigger, "Date"):
        root = reading.root(spot)
        if since and root.head.i not in begun and not _is_since(reading, spot):
            continue
        hangs = root.head.i in anchors or (not since and clause_of(root).i in anchors)
        distance, value = abs(spot.start - trigger.i), spot.value or ""
        if spot.deadline:
            if hangs or not since:
                until.append((distance + (0 if hangs else 20), value))
            continue
        if hangs and not since and _is_told(reading, spot, root):
            told.append(spot)
        if hangs and (_is_flat_day(spot, root) or not _belongs_to_noun(reading, root, known)):
            when.append((distance, value))
        elif _leads(reading, spot, root, anchors):
            beside.append((distance, value))
    own = alternating(reading, trigger, ends, told) if ends and len(told) > 1 else None
    return own or nearest(when or beside), nearest(until)


def _is_told(reading: Reading, spot: Spot, root: Token) -> bool:
    """Whether a date may be when something happens, and is none of a law or a name: "CES 2019"."""
    told = is_day(spot.value) or reading.pos[spot.start - 1 : spot.start] == ["ADP"]
    return told and not _is_old_law(reading, root, root.head)


def _is_since(reading: Reading, spot: Spot) -> bool:
    """Whether words before a date make it a beginning: "since late 2016"."""
    before = reading.words[max(0, spot.start - _NEAR) : spot.start]
    return not qualifying_words(reading.lexicon.lang)["since"].isdisjoint(before)


_NEAR = 3
"""Words before a date among which one may tell that it is a beginning, at most."""


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


def _belongs_to_noun(reading: Reading, root: Token, known: set[int]) -> bool:
    """Whether a date qualifies a name or a law that it hangs on, "Vivatech 2019", "la loi de 2016",
    rather than the event; not where the claim is of that law, ``known``, or done by its means.
    """
    noun = root.head
    modifies = base(root.dep_) in ("nmod", "compound", "nummod", "flat")
    if not modifies or noun.i in known:
        return False
    return noun.pos_ == "PROPN" or _is_old_law(reading, root, noun)


def _is_old_law(reading: Reading, root: Token, noun: Token) -> bool:
    """Whether a date tells which law a claim refers to, rather than by what it is done."""
    lemma, laws = reading.lemmas[noun.i], reading.lexicon.law_words
    if lemma not in laws and lemma.capitalize() not in laws:
        return False
    words = qualifying_words(reading.lexicon.lang)
    return case_of(root) in words["of"] and case_of(noun) not in words["by"]


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


def is_parted(reading: Reading, spot: Spot, told: Sequence[Token]) -> bool:
    """Whether a semicolon parts a value from all that a claim is told by, ``told``, and what stands
    between the two has a subject of its own.
    """
    near = min(told, key=lambda token: abs(token.i - spot.start)).i
    between = range(near + 1, spot.start) if near < spot.start else range(spot.end, near)
    marks = [i for i in between if reading.words[i] == ";"]
    return bool(marks) and any(base(reading.deps[i]) == "nsubj" for i in between if i > marks[-1])


def nearest(found: Sequence[tuple[int, str]]) -> str | None:
    """The value at the least distance, if any."""
    return min(found)[1] if found else None


def values_near(reading: Reading, trigger: Token, type_: str) -> list[Spot]:
    """The dates or the amounts of money of a trigger's sentence."""
    of, here = reading.sentence_of, reading.sentence_of[trigger.i]
    return [s for s in reading.spots if s.kind == VALUE and s.type == type_ and of[s.start] == here]


_KINDS_OF_WORDS = ("since", "of", "by", "each", "units", "relative")


@cache
def qualifying_words(lang: str) -> dict[str, frozenset[str]]:
    """Read ``qualifiers.toml`` for a language."""
    found = read_toml(ontology_dir() / "lexicon" / "qualifiers.toml")[lang]
    return {name: frozenset(found[name]) for name in _KINDS_OF_WORDS}
