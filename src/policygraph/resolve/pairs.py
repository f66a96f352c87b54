"""Judges pairs of things by their names, types and company; every verdict has its reason."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from policygraph.resolve.judgements import Judgement, Verdict, judgement
from policygraph.resolve.names import (
    initials,
    is_generic,
    key,
    name_words,
    numbers,
    person,
    same_first_names,
)
from policygraph.resolve.types import near

ALIKE, PERHAPS = 94, 88
"""How alike, of 100, the words of two names are for one thing, and for a question to a person."""

_LONG = 10
"""Letters below which likeness of spelling means nothing: "Bell" and "Dell"."""

_COMPANY = 2
"""Things that two must both be mentioned with to be held for one on a weaker sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What all articles together say of an IRI.

    ``names`` are the fullest names that articles give it, ``known`` says whether it is of the
    authority file, ``company`` are the IRIs that are mentioned in the same articles.
    """

    iri: str
    names: tuple[str, ...]
    types: frozenset[str]
    known: bool = False
    wikidata: str | None = None
    articles: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()


def judge(one: Thing, other: Thing) -> Judgement | None:
    """What the rules say of a pair; None where nothing suggests that they are one."""
    if one.known and other.known:
        return None
    if one.wikidata and other.wikidata and one.wikidata != other.wikidata:
        return None
    people = "Person" in one.types, "Person" in other.types
    if any(people):
        return _judge_people(one, other) if all(people) else None
    if not any(near(a, b) for a in one.types for b in other.types):
        return None
    found = [_judge_names(one, other, a, b) for a in one.names for b in other.names]
    return max((j for j in found if j is not None), key=_strength, default=None)


def _strength(found: Judgement) -> tuple[bool, float]:
    return found.verdict is Verdict.SAME, found.score


def _judge_names(one: Thing, other: Thing, a: str, b: str) -> Judgement | None:
    if numbers(a) != numbers(b) or is_generic(a) or is_generic(b):
        return None
    first, second = key(a), key(b)
    if first == second:
        return _said(one, other, Verdict.SAME, 0.95, f"{a!r} and {b!r} have the same words")
    for full, short in ((a, b), (b, a)):
        if short.isupper() and len(short) > 2 and initials(full) == short.casefold():
            shared = len(short) > 3 and len(one.company & other.company) >= _COMPANY
            verdict = Verdict.SAME if shared else Verdict.UNSURE
            return _said(one, other, verdict, 0.8, f"{short!r} are the initials of {full!r}")
    extra = set(first.split()) ^ set(second.split())
    inside = set(first.split()) <= set(second.split()) or set(second.split()) <= set(first.split())
    if inside and extra <= name_words().descriptors and one.types & other.types:
        return _said(one, other, Verdict.SAME, 0.85, f"{a!r} is {b!r} but for a word of its kind")
    if min(len(first), len(second)) < _LONG:
        return None
    alike = fuzz.ratio(first, second)
    if alike >= ALIKE and _is_misprint(first, second):
        return _said(one, other, Verdict.SAME, alike / 100, f"{a!r} and {b!r} differ by a letter")
    if alike >= PERHAPS or (inside and len(extra) == 1 and one.types == other.types):
        return _said(one, other, Verdict.UNSURE, alike / 100, f"{a!r} and {b!r} are alike")
    return None


def _is_misprint(one: str, other: str) -> bool:
    """Whether the words differ by a letter in six, and no short word does."""
    words, others = one.split(), other.split()
    return len(words) == len(others) and all(
        a == b or Levenshtein.distance(a, b) <= min(len(a), len(b)) // 6
        for a, b in zip(words, others, strict=True)
    )


def _judge_people(one: Thing, other: Thing) -> Judgement | None:
    found = [_judge_person(one, other, a, b) for a in one.names for b in other.names]
    return max((j for j in found if j is not None), key=_strength, default=None)


def _judge_person(one: Thing, other: Thing, a: str, b: str) -> Judgement | None:
    (first, last), (others, surname) = person(a), person(b)
    if last != surname:
        close = len(last) > 5 and Levenshtein.distance(last, surname) == 1 and first == others
        return (
            _said(one, other, Verdict.UNSURE, 0.8, f"{a!r} and {b!r} differ by a letter")
            if close and first
            else None
        )
    together = len(one.company & other.company) >= _COMPANY
    agree = same_first_names(first, others)
    if agree is False:
        return None
    if agree is None:
        verdict = Verdict.SAME if together and first != others else Verdict.UNSURE
        reason = f"{a!r} and {b!r} share a surname" + (" and company" if together else "")
        return _said(one, other, verdict, 0.7, reason)
    if set(first) == set(others) or first[0] == others[0]:
        return _said(one, other, Verdict.SAME, 0.95, f"{a!r} and {b!r} are one name")
    verdict = Verdict.SAME if together or one.known or other.known else Verdict.UNSURE
    return _said(one, other, verdict, 0.85, f"{a!r} may be short for {b!r}")


def _said(one: Thing, other: Thing, verdict: Verdict, score: float, reason: str) -> Judgement:
    return judgement(one.iri, other.iri, verdict, reason, score=score)


def blocks(thing: Thing) -> set[str]:
    """Keys, one of which two things must share to be compared."""
    found = set()
    for name in thing.names:
        if "Person" in thing.types:
            found.add(f"surname {person(name)[1]}")
            continue
        if is_generic(name):
            continue
        found.add(f"key {key(name)}")
        if name.isupper() and len(name) > 2:
            found.add(f"initials {name.casefold()}")
        elif len(letters := initials(name)) > 2:
            found.add(f"initials {letters}")
        words = key(name).split()
        found.update(f"word {word}" for word in words if len(word) >= _WORD)
        if len(words) > 1:
            found.add(f"start {words[0][:4]} {words[-1][:4]}")
    return found


_WORD = 4
