"""Compares names: their words without case, accents, small words, legal forms and language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from policygraph.folding import fold
from policygraph.model import Mention
from policygraph.ontology import ontology_dir, read_toml


@dataclass(frozen=True, slots=True)
class NameWords:
    """What ``ontology/lexicon/identity.toml`` says of words in names; all are folded."""

    legal: frozenset[str]
    descriptors: frozenset[str]
    small: frozenset[str]
    titles: frozenset[str]
    one_a_country: frozenset[str]
    renamed: re.Pattern[str]
    first_names: Mapping[str, frozenset[str]]
    words: Mapping[str, str]


@cache
def name_words() -> NameWords:
    """Read the file once."""
    data = read_toml(ontology_dir() / "lexicon" / "identity.toml")
    first: dict[str, set[str]] = {}
    for short, full in data["first_names"].items():
        for name in full:
            first.setdefault(name, set()).add(short)
            first.setdefault(short, set()).add(name)
    return NameWords(
        legal=frozenset(data["legal"]),
        descriptors=frozenset(data["descriptors"]),
        small=frozenset(data["small"]),
        titles=frozenset(data["titles"]),
        one_a_country=frozenset(data["one_a_country"]),
        renamed=re.compile(rf"\W*(?:{'|'.join([*data['former'], *data['renamed']])})\W*"),
        first_names={name: frozenset(others) for name, others in first.items()},
        words={**data["words"], **data["words_of_places"]},
    )


_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]\b)*\.?|[+&]")
_GENITIVE = re.compile(r"['’]s\b")


@cache
def tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name in order, small words and full stops left out."""
    small = name_words().small
    found = (w.replace(".", "") for w in _WORD.findall(fold(_GENITIVE.sub("", name))))
    kept = tuple(word for word in found if word)
    return tuple(w for w in kept if w not in small) or kept


@cache
def key(name: str) -> str:
    """The name's words in alphabetical order, in one language, without legal forms.

    Equal keys are a strong sign of one thing: "Cour suprême de Californie" and "California
    Supreme Court", "Illumina, Inc." and "Illumina".
    """
    known = name_words()
    words = tokens(name)
    kept = [w for w in words if w not in known.legal] or words
    return " ".join(sorted(_singular(known.words.get(w, w)) for w in kept))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


@cache
def is_generic(name: str) -> bool:
    """Whether a name has common words alone, as bodies of many countries do: "High Court"."""
    known = name_words().words
    common = {*known, *known.values()}
    return all(word in common or _singular(word) in common for word in tokens(name))


def numbers(name: str) -> frozenset[str]:
    """The numbers in a name, single letters and Roman numerals after a word included."""
    return frozenset(w for w in tokens(name) if any(c.isdigit() for c in w))


@cache
def initials(name: str) -> str:
    """The first letters of a name's words, small words left out; "" for one word."""
    words = tokens(name)
    return "".join(word[0] for word in words) if len(words) > 1 else ""


@cache
def person(name: str) -> tuple[tuple[str, ...], str]:
    """First names (or initials) and surname of a person, folded; honorifics left out."""
    found = [w.replace(".", "") for w in fold(_GENITIVE.sub("", name)).replace("-", " ").split()]
    words = [w.strip(",") for w in found if w.strip(",") not in name_words().titles] or found
    return tuple(words[:-1]), words[-1] if words else ""


def are_renamed(text: str, one: Mention, other: Mention) -> bool:
    """Whether two mentions are an old and a new name: "X, formerly Twitter"."""
    first, second = sorted((one, other), key=lambda m: m.start)
    between = text[first.end : second.start]
    return len(between) <= _RENAMED and bool(name_words().renamed.fullmatch(fold(between)))


_RENAMED = 40
"""Letters between an old name and a new one at most."""


def same_first_names(one: tuple[str, ...], other: tuple[str, ...]) -> bool | None:
    """Whether first names may be one person's: None where one of the two gives none."""
    if not one or not other:
        return None
    return _alike(one[0], other[0]) or (one[0] in other[1:] or other[0] in one[1:])


def _alike(one: str, other: str) -> bool:
    if one == other or other in name_words().first_names.get(one, ()):
        return True
    short, full = sorted((one, other), key=len)
    return len(short) == 1 and full.startswith(short)
