"""Tells a page's furniture by the words of a line, which stand in ``furniture.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from policygraph.errors import OntologyError
from policygraph.folding import fold
from policygraph.ontology import ontology_dir, read_toml

KINDS = (
    "login",
    "cookies",
    "share",
    "counter",
    "comments",
    "question",
    "sources",
    "related",
    "promotion",
    "caption",
    "footer",
    "action",
    "navigation",
)
"""The kinds of furniture, in the order in which a line is tried."""

_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?|[:(©?]")
_FIGURE = re.compile(r"\d+[km]?")
_LONG = 30
"""Words beyond which a line is an article's own, whatever it begins with."""

_BRIEF = 8
_CALL = 6
"""Words of a line such as "Read more about it here.": a longer one with a full stop says more."""

_TERSE = frozenset(("share", "comments", "sources", "related", "caption", "footer"))
"""Kinds of furniture whose lines are headings, labels and links, rarely whole sentences."""

_STOP = re.compile(r"[.!…][»”\"')\]’\s]*$")
_REMEMBERED = 1 << 14
"""Lines and words whose folded form is kept; a page asks for the same ones many times."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The compiled phrases of one kind of furniture."""

    whole: frozenset[str]
    brief: re.Pattern[str]
    start: re.Pattern[str]
    end: re.Pattern[str]
    within: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Everything that ``furniture.toml`` knows."""

    marks: Mapping[str, Marks]
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]]
    longest: int

    def kind(self, line: str) -> str | None:
        """The kind of furniture that a line is by its words, or None."""
        tokens = key(line).split()
        if not any(token[0].isalpha() for token in tokens):
            return "counter"
        folded = " ".join(tokens)
        whole = self._whole(tokens) or self._whole(_tokens(line).split())
        if whole:
            return whole
        if len(tokens) <= _BRIEF and not line.endswith("."):
            for name, marks in self.marks.items():
                if marks.brief.match(folded):
                    return name
        long = len(tokens) > _LONG
        sentence = bool(_STOP.search(line)) and len(tokens) > _CALL
        for name, marks in self.marks.items():
            begins = not long and (marks.start.match(folded) or marks.end.search(folded))
            if begins and not (sentence and name in _TERSE):
                return name
            if len(tokens) <= (_LONG if name in _TERSE else 3 * _LONG):
                found = marks.within.search(folded)
                if found and not (sentence and name == "caption" and found[0][0].isalpha()):
                    return name
        return None

    def words(self, table: str, entry: str) -> tuple[str, ...]:
        """The phrases of both languages under ``[table]`` ``entry``, as :func:`key` writes them."""
        return self.phrases[table][entry]

    def _whole(self, tokens: list[str]) -> str | None:
        """The kind of the first phrase where phrases and figures make up the whole line."""
        words = [token for token in tokens if token not in ":(©?" and not _FIGURE.fullmatch(token)]
        first: str | None = None
        at = 0
        while at < len(words):
            for length in range(min(self.longest, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + length])
                kind = next((k for k, m in self.marks.items() if phrase in m.whole), None)
                if kind:
                    first = first or kind
                    at += length
                    break
            else:
                return None
        return first


@lru_cache(maxsize=_REMEMBERED)
def key(line: str) -> str:
    """A line as it is compared: folded words, with only ``: ( © ?`` of its punctuation kept."""
    return _tokens(_CAMEL.sub(" ", line))


@lru_cache(maxsize=_REMEMBERED)
def _tokens(line: str) -> str:
    return " ".join(_TOKEN.findall(fold(line)))


@cache
def age_pattern() -> re.Pattern[str]:
    """Matches, in a line's :func:`key`, how long ago something was: ``3 years ago``."""
    furniture = load_furniture()
    ago = alternatives(furniture.words("speaker", "ago"))
    units = alternatives(furniture.words("speaker", "units"))
    count = r"(?:\d+|an?|une?|one|environ \d+|about \d+)"
    return re.compile(
        rf"(?<!\w){ago} {count} ?{units}(?!\w)|(?<!\w){count} ?{units} {ago}(?!\w)"
        rf"|^\d+ ?{units}$"
    )


@cache
def load_furniture() -> Furniture:
    """Read ``ontology/lexicon/furniture.toml`` once."""
    path = ontology_dir() / "lexicon" / "furniture.toml"
    tables = read_toml(path)
    try:
        phrases = {
            name: {entry: tuple(map(_phrase, _both(value))) for entry, value in table.items()}
            for name, table in tables.items()
        }
        marks = {name: _marks(phrases[name]) for name in KINDS}
    except (KeyError, TypeError, AttributeError) as error:
        raise OntologyError(
            f"{path}: expected tables {', '.join(KINDS)} of word lists, or of word lists "
            f"by language; the fault is at {error}"
        ) from error
    longest = max(len(phrase.split()) for m in marks.values() for phrase in m.whole)
    return Furniture(marks=marks, phrases=phrases, longest=longest)


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first; never matches where none."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else r"(?!)"


def _both(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [phrase for phrases in value.values() for phrase in phrases]
    if not isinstance(value, list):
        raise TypeError(repr(value))
    return value


def _phrase(words: str) -> str:
    return key(words)


def _marks(entries: Mapping[str, tuple[str, ...]]) -> Marks:
    whole = frozenset(
        " ".join(token for token in phrase.split() if token not in ":(©?")
        for phrase in entries.get("whole", ())
    )
    brief = alternatives(entries.get("brief", ()))
    start = alternatives(entries.get("start", ()))
    end = alternatives(entries.get("end", ()))
    within = alternatives(entries.get("within", ()))
    return Marks(
        whole=whole,
        brief=re.compile(brief + r"(?!\w)"),
        start=re.compile(start + r"(?!\w)"),
        end=re.compile(r"(?<!\w)" + end + r"$"),
        within=re.compile(r"(?<!\w)" + within + r"(?!\w)"),
    )
