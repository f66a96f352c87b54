"""Tells what is a writer's name from what only stands like one: firms, agencies, newsrooms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policygraph.sources.furniture import key, load_furniture

_LONGEST = 5
"""Words of a name."""

_PLACE_WORDS = 4
_INITIAL = re.compile(r"(?<!\w)(?:\w|[JS]r)\.$")
_CAPITALS = re.compile(r"(?<![\w'’])(?![IVX]+\b)[^\W\d_a-zà-öø-ÿ]{2,}(?!\w)")
_INITIALS = 2
_PARTICLED = re.compile(r"(?:d|l|O)['’]\w")
_LISTED = re.compile(r",\s?|\s[&/]\s|;\s?")
_NO_LETTER = re.compile(r"[\d@:?!«»\"]")


def split_names(text: str, *, pseudonym: bool = False) -> tuple[str, ...] | None:
    """The personal names in a text that holds nothing else but places behind them, or None.

    ``pseudonym`` lets a single word through, as after "Posted by". Collective writers ("the
    newsroom") and agencies that lent a hand ("avec AFP") are left out.
    """
    names: list[str] = []
    parts = [words for part in _LISTED.split(text) for words in _split_joined(part.split())]
    for number, words in enumerate(parts):
        words = leave_place(words)
        if key(" ".join(words)) in _words("collective"):
            continue
        if number and len(words) == 1 and words[0].isupper():
            continue
        if not looks_like_name(words, pseudonym=pseudonym):
            return None
        names.append(_write(words))
    return tuple(names)


def looks_like_name(words: Sequence[str], *, pseudonym: bool = False) -> bool:
    """Whether words are written as a person's name is; ``pseudonym`` lets one word do."""
    particles = _words("particles")
    tokens = [key(word) for word in words]
    if not _words_never().isdisjoint(tokens):
        return False
    if len(words) == 1:
        known = {*_words("roles"), *_words("titles"), *load_furniture().words("dateline", "around")}
        return pseudonym and tokens[0] not in known and bool(re.search(r"[^\W\d_]", words[0]))
    if not 2 <= len(words) <= _LONGEST or not words[0][0].isupper():
        return False
    if not (words[-1][0].isupper() or _PARTICLED.match(words[-1])):
        return False
    if tokens[0] in particles and not pseudonym:
        return False
    return all(
        (word[0].isupper() and not _NO_LETTER.search(word))
        or token in particles
        or _PARTICLED.match(word)
        for word, token in zip(words, tokens, strict=True)
    )


def leave_place(words: Sequence[str]) -> list[str]:
    """The words of a name without a place or a paper behind it: ``Jane Doe in New York``."""
    places, papers = _words("places"), _words("employers")
    for at in range(1, len(words)):
        tail = words[at + 1 :]
        word = key(words[at])
        if word not in papers and (word not in places or not words[at].islower()):
            continue
        # but not "Donald Trump a menacé": "a" folds to "à"
        named = tail and tail[0][0].isupper() and not tail[-1].endswith(".")
        if not tail or (named and len(tail) <= _PLACE_WORDS):
            return list(words[:at])
    return list(words)


def is_institution(name: str) -> bool:
    """Whether a name holds a word that no person's does; agencies, which sign, are left out."""
    told = key(name)
    return told not in _words("agencies") and not _words_never().isdisjoint(told.split())


def joins(word: str) -> bool:
    """Whether a word joins names: ``and``, ``&``."""
    return word == "&" or key(word) in _words("joiners")


def persons(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once, without news agencies unless there are no others."""
    told = tuple(dict.fromkeys(names))
    agencies = _words("agencies")
    return tuple(name for name in told if key(name) not in agencies) or told


def is_collective(name: str) -> bool:
    """Whether a writer is no person: the newsroom, an administrator, no author."""
    return key(name) in _words("collective")


def is_company(name: str) -> bool:
    """Whether a name ends as firms' names do: ``Norvalis, Inc.``"""
    words = key(name).split()
    return len(words) > 1 and words[-1] in _words("company")


def without_company(name: str) -> str:
    """A name without the words that say that it is a firm's: ``The Norvalis Tribune Pvt. Ltd.``"""
    words = re.sub(r"[\[(]\w{1,3}[\])]", "", name).split()
    while len(words) > 1 and key(words[-1]) in _words("company"):
        words.pop()
    return " ".join(words).rstrip(" ,")


def _split_joined(words: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if joins(word):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _write(words: Sequence[str]) -> str:
    name = " ".join(words).strip(" ,:;")
    if not _INITIAL.search(name):
        name = name.rstrip(". ")
    if len(words) > 1 and name.isupper() and len(name) > 5:
        return name.title().replace("’S", "’s")
    # Pierre LE GUILLOU, as agencies and regional papers write it
    return _CAPITALS.sub(_in_small, name) if len(words) > 1 else name


def _in_small(match: re.Match[str]) -> str:
    word = match[0]
    return word.title() if len(word) > _INITIALS or key(word) in _words("particles") else word


def _words_never() -> frozenset[str]:
    return frozenset(_words("never"))


def _words(entry: str) -> tuple[str, ...]:
    return load_furniture().words("byline", entry)
