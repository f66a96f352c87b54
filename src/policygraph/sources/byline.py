"""Reads the lines that say who wrote an article, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from policygraph.sources.dates import find_dates, without_dates
from policygraph.sources.furniture import age_pattern, alternatives, key, load_furniture
from policygraph.sources.known_names import is_outlet, is_person, is_place
from policygraph.sources.person_names import (
    is_collective,
    joins,
    leave_place,
    looks_like_name,
    persons,
    split_names,
)

_LONGEST = 28
"""Words beyond which a line is no byline."""

_SMALL_WORDS = 5
"""How many unknown words in small letters a byline may hold: a pseudonym, a month, a place."""

_NAME_WORDS = 5
_SECTION_WORDS = 5
_HONORIFIC = "".join(rf"(?<!\b{title})" for title in ("Dr", "Mr", "Ms", "Mrs", "Me", "Mme", "Prof"))
_CHUNK = re.compile(
    r"\s[-–—|•·/]\s|\s?[|•·;]\s?|,\s|\s,|[()\[\]]|:\s|\s:|(?<!\b\w)"
    rf"{_HONORIFIC}\.\s|\s{{3,}}"
)
_HANDLE = re.compile(r"(?<![\w.])@\w+")
_LABEL = re.compile(r"[^\W\d_][\w ]*[^\W\d_A-ZÀ-Þ](?=[A-ZÀ-Þ\d])")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a header line tells: writers, and the day of publication (ISO 8601) or of a change."""

    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    signed: bool = False
    """Whether "By" or the like stands before the names."""

    publisher: str | None = None

    @property
    def is_day(self) -> bool:
        """Whether it tells a day, and of no writer."""
        return bool(self.published or self.updated) and not self.authors


def read_byline(line: str, *, day_first: bool = True) -> Byline | None:
    """What a line of a page's header tells, or None where it is not such a line.

    Every word must be accounted for: a name after "By", a date, a role, the small words around
    them. So a sentence that begins with "By" or holds a date is left alone.
    """
    line = _parted(line)
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
    authors = persons(reader.marked or reader.unmarked)
    if not (dated or reader.marked or reader.nameless or (reader.unmarked and reader.role)):
        return None
    return Byline(authors, published, updated, bool(reader.marked))


def read_names(text: str) -> tuple[str, ...]:
    """The writers in a field that holds nothing else: "By Jane Doe and John Roe, Staff Writers"."""
    reader = _Reader(dated=True)
    reader.expect_names = True
    for chunk in _CHUNK.split(without_dates(_parted(text))):
        reader.take(chunk)
    first, *others = persons(reader.marked or reader.unmarked) or ("",)
    if " " in first:  # a lone word behind a whole name is a button or a count: "Edit", "words"
        others = [name for name in others if " " in name]
    return (first, *others) if first else ()


def names_of_line(line: str) -> tuple[str, ...]:
    """The writers in a line that holds names and nothing else, but perhaps what the last one is,
    or behind a comma where they wrote.
    """
    words = line.split()
    for length in range(2, len(words) + 1):
        rest = words[length:]
        ends = not rest or _is_role(rest) or (words[length - 1][-1] == "," and _is_where(rest))
        told = " ".join(words[:length])
        names = None
        if ends and not is_place(line) and not is_place(told.rstrip(",")):
            names = split_names(told)
        if names:
            return names
    return ()


def read_unsigned(line: str) -> Byline | None:
    """What a line tells that would say nothing elsewhere, above a day: bare names, an outlet."""
    if is_outlet(line):
        return Byline(publisher=line)
    names = names_of_line(line)
    return Byline(names) if any(map(is_person, names)) else None


def is_marker(line: str) -> bool:
    """Whether a line says that a writer follows, and nothing else: ``By``, ``From:``."""
    return key(line).rstrip(" :") in _phrases("start")


def is_beside_writer(line: str) -> bool:
    """Whether a line says what a writer is, or how to follow them: a role, ``@jane``, a button."""
    words = _leave_buttons(_HANDLE.sub(" ", line).split())
    return not words or (_is_role(words) and key(words[-1]) in _titles())


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
        self._titled = False  # the last name had its role told: whom they work for may follow
        self._credited = False  # "Photos:" stood last: a name that follows wrote nothing

    def take(self, chunk: str) -> bool:
        """Account for one part; False where it holds something that no header line does."""
        words = _leave_buttons(chunk.split())
        tokens = [key(word) for word in words]
        if credit := _starts_with(tokens, _phrases("credits")):
            self._credited = credit == len(words)
            return True
        if self.marked and self.dated and _is_section(tokens):
            return True
        if _is_institution(words):
            return self._pass_over(self.expect_names)
        words, begins = _leave_markers(_leave_kind(words))
        credited, self._credited = self._credited and not begins, False
        self.expect_names = self.expect_names or (begins and not words)
        if not words or credited:
            return True
        if _is_institution(words):
            return self._pass_over(True)
        return self._take_names(words, begins or self.expect_names)

    def _take_names(self, words: list[str], marked: bool) -> bool:
        words = _leave_label(words)
        words = _leave_tail(_leave_section(words) if marked and self.dated else words)
        rest = " ".join(words)
        if not words:
            return True
        if self.dated and not marked and (_is_shouted(rest) or is_place(rest)):
            return True  # where it was written: DELHI, Dar es Salaam
        if is_collective(rest):
            return self._pass_over(marked)
        if _is_role(words):
            self.role = True
            self._titled = not _titles().isdisjoint(key(rest).split())
            return bool(self.marked or self.unmarked or self.dated)
        if self._titled and not joins(words[0]):
            return True
        words, self._titled = _leave_role(words)
        self.role = self.role or self._titled
        names = split_names(" ".join(words), pseudonym=marked)
        if names is None and (inner := _behind_marker(words)):
            names, marked = split_names(" ".join(leave_place(inner))), True
        if names is None and self.dated and is_outlet(rest):
            return True
        if not names:
            self.nameless = self.nameless or (marked and names is not None)
            return names is not None
        if marked:
            self.expect_names = True
            self.marked.extend(names)
        else:
            self.unmarked.extend(names)
        return True

    def _pass_over(self, marked: bool) -> bool:
        """Take note that a part names someone who is no person."""
        self.nameless = self.nameless or marked
        return marked or self.dated or bool(self.marked or self.unmarked)


def _parted(line: str) -> str:
    """A line without handles such as ``@jane``, its label apart: ``By Jane`` for ``ByJane``."""
    line = _HANDLE.sub(" ", line)
    label = _LABEL.match(line)
    if label and key(label[0]) in _around() | _phrases("start"):
        return f"{label[0]} {line[label.end() :]}"
    return line


def _is_sentence(words: Sequence[str]) -> bool:
    """Whether too many small words are none that a byline holds; a quick look, before the long."""
    left = _SMALL_WORDS
    for word in words:
        if word.islower() and word.isalpha() and key(word) not in _known_words():
            left -= 1
            if left < 0:
                return True
    return False


def _is_institution(words: Sequence[str]) -> bool:
    """Whether words name a paper or an agency: ``The Associated Press``, ``Le Courrier``."""
    article, *name = list(takewhile(lambda word: not joins(word), words)) or [""]
    if key(article) not in _phrases("articles") or not name or key(name[0]) in _around():
        return False
    return len(name) <= _NAME_WORDS and all(
        word[0].isupper() or key(word) in _phrases("particles") for word in name
    )


def _is_shouted(words: str) -> bool:
    """Whether a word stands alone, in capitals."""
    return words.isalpha() and words.isupper()


def _leave_markers(words: list[str]) -> tuple[list[str], bool]:
    """The words behind "By", dates' labels and figures; whether a "By" or the like was there."""
    marked = False
    while words:
        tokens = [key(word) for word in words]
        length = _starts_with(tokens, _phrases("start"))
        if length and (len(words) > length or not marked):
            marked = True
        else:
            length = _starts_with(tokens, _around())
        if not length and not tokens[0].isalpha() and (not tokens[0] or tokens[0].isdigit()):
            length = 1
        given = tokens[0] in _phrases("given") and looks_like_name(words)
        if not length or given or (marked and _is_institution(words)):
            break
        words = words[length:]
    return words, marked


def _behind_marker(words: list[str]) -> list[str]:
    """What stands behind a "by" that an institution's name stands before: ``AFP par Jane Doe``."""
    for at in range(1, len(words) - 1):
        if words[at].islower() and key(words[at]) in _phrases("start"):
            named = all(word[0].isupper() or not word[0].isalpha() for word in words[:at])
            credited = key(" ".join(words[at - 1 : at + 1])) in _phrases("credits")
            return words[at + 1 :] if named and not credited else []
    return []


def _leave_kind(words: list[str]) -> list[str]:
    """The words without what kind of text it is, before "by" or "published": ``Analysis by Jane
    Doe``.
    """
    tokens = [key(word) for word in words]
    article = int(bool(tokens) and tokens[0] in _phrases("articles"))
    length = _starts_with(tokens[article:], _phrases("kinds"))
    rest = words[article + length :]
    begins = _starts_with(tokens[article + length :], _phrases("start") | _publishing())
    bare = not rest and not _starts_with(tokens, _phrases("start"))
    return rest if length and (begins or bare) else words


def _leave_buttons(words: list[str]) -> list[str]:
    """The words without a button before or behind them: ``Jane Doe Follow``."""
    tokens = [key(word) for word in words]
    buttons = _phrases("buttons")
    for length in range(1, 4):
        if len(words) >= length and " ".join(tokens[-length:]) in buttons:
            return words[:-length]
    return words


def _leave_label(words: list[str]) -> list[str]:
    """The words without a label of a date at the end: ``Jane Doe Date published``."""
    tokens = [key(word) for word in words]
    labels = (at for at in range(1, len(words)) if _starts_with(tokens[at:], _around()) > 1)
    return words[: next(labels, len(words))]


def _leave_tail(words: list[str]) -> list[str]:
    """The words without a paper at the end, and the small ones that lead to a date or a place."""
    articles = _phrases("articles") - _phrases("particles")
    papers = (at for at in range(2, len(words)) if key(words[at]) in articles)
    words = next((words[:at] for at in papers if _is_institution(words[at:])), words)
    words = words if any(map(joins, words)) else leave_place(words)
    while words and _starts_with([key(words[-1])], _around()):
        if len(words) > 1 and len(words[-1]) == 1 and words[-1].isupper():
            break  # an initial: Jane H
        words = words[:-1]
    return words


def _is_section(tokens: list[str]) -> bool:
    """Whether folded words name a section: ``in Politics``."""
    told = [token for token in tokens if token]
    return 1 < len(told) <= _SECTION_WORDS and told[0] in _phrases("filed")


def _leave_section(words: list[str]) -> list[str]:
    """The words without the section at the end: ``Jane Doe on Monday in Politics``."""
    around = _around() - _phrases("filed")
    for at in range(1, min(_NAME_WORDS, len(words) - 1) + 1):
        tail = [folded for word in words[at:] if (folded := key(word))]
        if words[at][0].islower() and _is_section(tail[_skip(tail, around) :]):
            return words[:at]
    return words


def _is_role(words: Sequence[str]) -> bool:
    """Whether words say what a writer is: ``journaliste au Monde``, ``Political Editor``."""
    tokens = " ".join(map(key, words)).split()
    if _starts_with(tokens, _phrases("roles")):
        return True
    return bool(tokens) and tokens[-1] in _titles() and _phrases("fields").issuperset(tokens[:-1])


def _is_where(words: Sequence[str]) -> bool:
    """Whether words are a place, perhaps behind what leads to one: ``à Bruxelles``."""
    return is_place(" ".join(words[key(words[0]) in _phrases("places") :]))


def _leave_role(words: list[str]) -> tuple[list[str], bool]:
    """A name without the role behind it, and whether there was one."""
    for at in range(2, len(words)):
        if _is_role(words[at:]) and key(words[-1]) in _titles() and looks_like_name(words[:at]):
            return words[:at], True
    return words, False


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
def _phrases(entry: str) -> frozenset[str]:
    return frozenset(load_furniture().words("byline", entry))


def _titles() -> frozenset[str]:
    return _phrases("titles")


@cache
def _known_words() -> frozenset[str]:
    furniture = load_furniture()
    phrases = [p for table in ("byline", "dateline") for p in furniture.phrases[table].values()]
    phrases += [furniture.words("speaker", "units"), furniture.words("speaker", "ago")]
    return frozenset(token for group in phrases for phrase in group for token in phrase.split())


@cache
def _counted() -> re.Pattern[str]:
    """Matches figures and what they count: ``5,218 Vues``."""
    words = alternatives(load_furniture().words("byline", "counts"))
    return re.compile(rf"(?:\d[\d.,]*[kKmM]?\s+)+{words}(?!\w)", re.IGNORECASE)


def _publishing() -> frozenset[str]:
    return frozenset(load_furniture().words("dateline", "published"))


@cache
def _around() -> frozenset[str]:
    furniture = load_furniture()
    entries = ("published", "updated", "around")
    return frozenset(word for entry in entries for word in furniture.words("dateline", entry))
