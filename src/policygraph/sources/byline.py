"""Reads the lines that say who wrote an article, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from policygraph.sources.dates import find_dates, without_dates
from policygraph.sources.furniture import age_pattern, alternatives, key, load_furniture

_LONGEST = 28
"""Words beyond which a line is no byline."""

_SMALL_WORDS = 5
"""How many unknown words in small letters a byline may hold: a pseudonym, a month, a place."""

_PLACE_WORDS = 4
_NAME_WORDS = 5
_SECTION_WORDS = 5
_INITIAL = re.compile(r"(?<!\w)(?:\w|[JS]r)\.$")
_CAPITALS = re.compile(r"(?<![\w'’])(?![IVX]+\b)[^\W\d_a-zà-öø-ÿ]{3,}(?!\w)")
_PARTICLED = re.compile(r"(?:d|l|O)['’]\w")
_CHUNK = re.compile(r"\s[-–—|•·/]\s|\s?[|•·;]\s?|,\s|\s,|[()\[\]]|:\s|\s:|(?<!\b\w)\.\s|\s{3,}")
_LISTED = re.compile(r",\s?|\s[&/]\s|;\s?")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a header line tells: writers, and the day of publication (ISO 8601) or of a change."""

    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    signed: bool = False
    """Whether "By" or the like stands before the names."""


def read_byline(line: str, *, day_first: bool = True) -> Byline | None:
    """What a line of a page's header tells, or None where it is not such a line.

    Every word must be accounted for: a name after "By", a date, a role, the small words around
    them. So a sentence that begins with "By" or holds a date is left alone.
    """
    words = line.split()
    if not 0 < len(words) <= _LONGEST or _is_sentence(words):
        return None
    published, updated = _days(line, day_first)
    rest = without_dates(line, day_first=day_first)
    if age_pattern().search(key(rest)):
        rest = age_pattern().sub(" ", key(rest))
        dated = is_header_word(rest)
    else:
        dated = bool(published or updated)
    rest = _counted().sub(" ", rest)
    reader = _Reader(dated)
    for chunk in _CHUNK.split(rest):
        if not reader.take(chunk):
            return None
    authors = tuple(dict.fromkeys(reader.marked or reader.unmarked))
    if not (dated or reader.marked or reader.nameless or (reader.unmarked and reader.role)):
        return None
    return Byline(authors, published, updated, bool(reader.marked))


def _is_sentence(words: Sequence[str]) -> bool:
    """Whether too many small words are none that a byline holds; a quick look, before the long."""
    left = _SMALL_WORDS
    for word in words:
        if word.islower() and word.isalpha() and key(word) not in _known_words():
            left -= 1
            if left < 0:
                return True
    return False


def read_names(text: str) -> tuple[str, ...]:
    """The writers in a field that holds nothing else: "By Jane Doe and John Roe, Staff Writers"."""
    reader = _Reader(dated=True)
    reader.expect_names = True
    for chunk in _CHUNK.split(without_dates(text)):
        reader.take(chunk)
    first, *others = tuple(dict.fromkeys(reader.marked or reader.unmarked)) or ("",)
    if " " in first:  # a lone word behind a whole name is a button or a count: "Edit", "words"
        others = [name for name in others if " " in name]
    return (first, *others) if first else ()


def is_collective(name: str) -> bool:
    """Whether a writer is no person: the newsroom, an administrator, no author."""
    return key(name) in _collective()


def names_of_line(line: str) -> tuple[str, ...]:
    """The writers in a line that holds names and nothing else, but perhaps what the last one is."""
    words = line.split()
    for length in range(2, len(words) + 1):
        role = key(" ".join(words[length:]))
        names = split_names(" ".join(words[:length])) if not role or role in _roles() else None
        if names:
            return names
    return ()


def is_company(name: str) -> bool:
    """Whether a name ends as firms' names do: ``Norvalis, Inc.``"""
    words = key(name).split()
    return len(words) > 1 and words[-1] in load_furniture().words("byline", "company")


def without_company(name: str) -> str:
    """A name without the words that say that it is a firm's: ``The Norvalis Tribune Pvt. Ltd.``"""
    ends = load_furniture().words("byline", "company")
    words = re.sub(r"[\[(]\w{1,3}[\])]", "", name).split()
    while len(words) > 1 and key(words[-1]) in ends:
        words.pop()
    return " ".join(words).rstrip(" ,")


def is_header_word(words: str) -> bool:
    """Whether words only stand around dates: weekdays, "at", "Published on"."""
    tokens = key(words).split()
    return _skip(tokens, _around()) == len(tokens)


class _Reader:
    """Goes through a header line's parts and keeps the names."""

    def __init__(self, dated: bool) -> None:
        self.dated = dated
        self.expect_names = False
        self.marked: list[str] = []
        self.unmarked: list[str] = []
        self.nameless = False
        self.role = False

    def take(self, chunk: str) -> bool:
        """Account for one part; False where it holds something that no header line does."""
        words = chunk.split()
        if _starts_with([key(word) for word in words], _credits()):
            return True
        if self.marked and self.dated and _is_section([key(word) for word in words]):
            return True
        words, marked = self._leave_markers(words)
        words = _leave_label(words)
        words = _leave_tail(_leave_section(words) if marked and self.dated else words)
        if not words:
            return True
        rest = " ".join(words)
        if self.dated and not marked and len(words) == 1 and rest.isalpha() and rest.isupper():
            return True  # where it was written: DELHI
        if key(rest) in _collective():
            self.nameless = self.nameless or marked
            return marked or self.dated
        if _starts_with(key(rest).split(), _roles()):
            self.role = True
            return bool(self.marked or self.unmarked or self.dated)
        names = split_names(rest, pseudonym=marked)
        if not names:
            self.nameless = self.nameless or (marked and names is not None)
            return names is not None
        if marked or self.expect_names:
            self.expect_names = True
            self.marked.extend(names)
        else:
            self.unmarked.extend(names)
        return True

    def _leave_markers(self, words: list[str]) -> tuple[list[str], bool]:
        marked = False
        while words:
            tokens = [key(word) for word in words]
            length = _starts_with(tokens, _markers())
            if length and (len(words) > length or not marked):
                marked = True
            else:
                length = _starts_with(tokens, _around())
            if not length and not tokens[0].isalpha() and (not tokens[0] or tokens[0].isdigit()):
                length = 1
            if not length:
                break
            words = words[length:]
        return words, marked or self.expect_names


def split_names(text: str, *, pseudonym: bool = False) -> tuple[str, ...] | None:
    """The personal names in a text that holds nothing else; None where it holds more.

    ``pseudonym`` lets a single word through, as after "Posted by". Collective writers ("the
    newsroom") and agencies that lent a hand ("avec AFP") are left out.
    """
    names: list[str] = []
    parts = [words for part in _LISTED.split(text) for words in _split_joined(part.split())]
    for number, words in enumerate(parts):
        if key(" ".join(words)) in _collective():
            continue
        if number and len(words) == 1 and words[0].isupper():
            continue
        if not _looks_like_name(words, pseudonym):
            return None
        names.append(_write(words))
    return tuple(names)


def _leave_label(words: list[str]) -> list[str]:
    """The words without a label of a date at the end: ``Jane Doe Date published``."""
    tokens = [key(word) for word in words]
    labels = (at for at in range(1, len(words)) if _starts_with(tokens[at:], _around()) > 1)
    return words[: next(labels, len(words))]


def _leave_tail(words: list[str]) -> list[str]:
    """The words without the small ones at the end that lead to a date or a place."""
    tokens = [key(word) for word in words]
    places = load_furniture().words("byline", "places")
    for at in range(1, len(words)):
        tail = words[at + 1 :]
        if tokens[at] not in places or not words[at].islower() or not tail:
            continue
        # "Jane Doe in New York", but not "Donald Trump a menacé": "a" folds to "à"
        if len(tail) <= _PLACE_WORDS and tail[0][0].isupper() and not tail[-1].endswith("."):
            return words[:at]
    while words and _starts_with([tokens[len(words) - 1]], _around()):
        if len(words) > 1 and len(words[-1]) == 1 and words[-1].isupper():
            break  # an initial: Jane H
        words = words[:-1]
    return words


def _is_section(tokens: list[str]) -> bool:
    """Whether folded words name a section: ``in Politics``."""
    told = [token for token in tokens if token]
    filed = load_furniture().words("byline", "filed")
    return 1 < len(told) <= _SECTION_WORDS and told[0] in filed


def _leave_section(words: list[str]) -> list[str]:
    """The words without the section at the end: ``Jane Doe on Monday in Politics``."""
    filed = load_furniture().words("byline", "filed")
    for at in range(1, min(_NAME_WORDS, len(words) - 1) + 1):
        tail = [folded for word in words[at:] if (folded := key(word))]
        if words[at][0].islower() and _is_section(tail[_skip(tail, _around() - set(filed)) :]):
            return words[:at]
    return words


def _split_joined(words: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    joiners = load_furniture().words("byline", "joiners")
    for word in words:
        if key(word) in joiners or word == "&":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _looks_like_name(words: list[str], pseudonym: bool) -> bool:
    particles = load_furniture().words("byline", "particles")
    if len(words) == 1:
        word = words[0]
        known = key(word) in _around() or key(word) in _roles()
        return pseudonym and not known and bool(re.search(r"[^\W\d_]", word))
    if not 2 <= len(words) <= 5 or not words[0][0].isupper():
        return False
    if not (words[-1][0].isupper() or _PARTICLED.match(words[-1])):
        return False
    if key(words[0]) in particles and not pseudonym:
        return False
    return all(
        (word[0].isupper() and not re.search(r"[\d@:?!«»\"]", word))
        or key(word) in particles
        or _PARTICLED.match(word)
        for word in words
    )


def _write(words: list[str]) -> str:
    name = " ".join(words).strip(" ,:;")
    if not _INITIAL.search(name):
        name = name.rstrip(". ")
    if len(words) > 1 and name.isupper() and len(name) > 5:
        return name.title().replace("’S", "’s")
    # Pierre GUILLOU, as agencies and regional papers write it
    return _CAPITALS.sub(lambda match: match[0].title(), name) if len(words) > 1 else name


def _days(line: str, day_first: bool) -> tuple[str | None, str | None]:
    """The dates of publication and of change, told apart by the words before each."""
    published = updated = None
    before = 0
    changed = load_furniture().words("dateline", "updated")
    for found in find_dates(line, day_first=day_first):
        lead = key(line[before : found.start])
        if any(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", lead) for phrase in changed):
            updated = updated or found.iso
        elif published is None:
            published = found.iso
        before = found.end
    return published, updated


def _starts_with(tokens: list[str], phrases: frozenset[str]) -> int:
    """How many tokens the longest phrase at the beginning takes; 0 where none does."""
    for length in range(min(5, len(tokens)), 0, -1):
        if " ".join(filter(None, tokens[:length])) in phrases and tokens[length - 1]:
            return length
    return 0


def _skip(tokens: list[str], phrases: frozenset[str]) -> int:
    at = 0
    while at < len(tokens):
        length = _starts_with(tokens[at:], phrases)
        if not length and not tokens[at].isdigit():
            return at
        at += length or 1
    return at


@cache
def _known_words() -> frozenset[str]:
    furniture = load_furniture()
    phrases = [p for table in ("byline", "dateline") for p in furniture.phrases[table].values()]
    phrases += [furniture.words("speaker", "units"), furniture.words("speaker", "ago")]
    return frozenset(token for group in phrases for phrase in group for token in phrase.split())


@cache
def _markers() -> frozenset[str]:
    return frozenset(load_furniture().words("byline", "start"))


@cache
def _credits() -> frozenset[str]:
    return frozenset(load_furniture().words("byline", "credits"))


@cache
def _counted() -> re.Pattern[str]:
    """Matches figures and what they count: ``5,218 Vues``."""
    words = alternatives(load_furniture().words("byline", "counts"))
    return re.compile(rf"(?:\d[\d.,]*[kKmM]?\s+)+{words}(?!\w)", re.IGNORECASE)


@cache
def _collective() -> frozenset[str]:
    return frozenset(load_furniture().words("byline", "collective"))


@cache
def _roles() -> frozenset[str]:
    return frozenset(load_furniture().words("byline", "roles"))


@cache
def _around() -> frozenset[str]:
    furniture = load_furniture()
    entries = ("published", "updated", "around")
    return frozenset(word for entry in entries for word in furniture.words("dateline", entry))
