"""How right an answer is: words of the text, comments in and out of it, fields of metadata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.pages.gold import GoldPage
from benchmarks.pages.systems import Answer

FIELDS = (
    "title",
    "subtitle",
    "authors",
    "publisher",
    "published",
    "modified",
    "lang",
    "url",
    "tags",
)

_WORD = re.compile(r"\w+")
_SHINGLE = 4
"""Words in a row by which a comment is recognized in a text."""
_SAME = 0.8
"""F1 of its words from which a comment counts as found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One page's scores; ``fields`` holds what the system can give and the gold settles.

    ``leaked`` counts comments in the text; ``found`` those that were kept apart, of ``gold``
    in the page and ``told`` by the system; ``signed`` and ``dated`` are right among the found.
    """

    precision: float
    recall: float
    leaked: int
    gold: int
    told: int
    found: int
    signed: int
    dated: int
    fields: dict[str, bool]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of the text's words."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(page: GoldPage, answer: Answer) -> Score:
    """Score an answer; the title counts among the fields, not in the text."""
    gold = page.record
    expected = _words(_without_title(gold["text"], gold["title"]))
    text = _words(_without_title(answer["text"], gold["title"]))
    precision, recall = _overlap(expected, text)
    pairs = _match(gold["comments"], answer["comments"])
    return Score(
        precision=precision,
        recall=recall,
        leaked=sum(_leaks(_words(comment["text"]), text) for comment in gold["comments"]),
        gold=len(gold["comments"]),
        told=len(answer["comments"]),
        found=len(pairs),
        signed=sum(_same(a["author"], b.get("author")) for a, b in pairs),
        dated=sum(_same(_day(a["published"]), _day(b.get("published"))) for a, b in pairs),
        fields={
            name: _field_right(name, gold[name], answer[name])
            for name in FIELDS
            if name in gold and name in answer
        },
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.lstrip().partition("\n")
    return rest if _words(first) == _words(title) else text


def _overlap(expected: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    common = (Counter(expected) & Counter(found)).total()
    return (common / len(found) if found else 0.0, common / len(expected) if expected else 1.0)


def _leaks(comment: Sequence[str], text: Sequence[str]) -> bool:
    """Whether at least half of a comment stands in a text."""
    shingles = _shingles(comment)
    return 2 * len(shingles & _shingles(text)) >= len(shingles)


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    size = min(_SHINGLE, len(words))
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def _match(
    gold: Iterable[dict[str, Any]], told: Sequence[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pair every gold comment with the first told one that says the same."""
    rest = list(told)
    pairs = []
    for comment in gold:
        words = _words(comment["text"])
        for candidate in rest:
            precision, recall = _overlap(words, _words(candidate["text"]))
            if 2 * precision * recall >= _SAME * (precision + recall) > 0:
                pairs.append((comment, candidate))
                rest.remove(candidate)
                break
    return pairs


def _field_right(name: str, expected: Any, told: Any) -> bool:
    if name in ("published", "modified"):
        return _day(expected) == _day(told)
    if name in ("authors", "tags"):
        return Counter(map(_key, expected)) == Counter(map(_key, told))
    return _same(expected, told)


def _day(date: str | None) -> str | None:
    return date[:10] if date else None


def _same(expected: str | None, told: str | None) -> bool:
    return _key(expected) == _key(told)


def _key(value: str | None) -> str:
    """A value without regard to case, spacing and the shape of quotation marks."""
    return " ".join((value or "").casefold().translate(_SHAPES).split())


_SHAPES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})
