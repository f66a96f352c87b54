"""English headlines in title case ("Dropping Relay From Our Pages") in ordinary letters.

Every capital there looks like a name to a pipeline. The article itself says which words are names:
those that it writes with a capital elsewhere, inside a sentence. Only the letters that the pipeline
sees change; the analysis stands over the article's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policygraph.models.meanings import load_meanings
from policygraph.ontology import verb_forms

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LANG = "en"
"""The language whose headlines are written so."""

_LONG, _LEAST, _SHARE = 4, 2, 0.8
"""Of the words with ``_LONG`` letters or more, the first left out, a headline has ``_LEAST`` and
this share of them with a capital."""

_ENDS = frozenset(".!?:;\"“”'‘(")
"""Marks after which a capital says nothing."""


def in_ordinary_letters(doc: Doc) -> list[str] | None:
    """The words of a text that is only parted into tokens, its headlines without their capitals.

    None where it has no headline in title case, as nearly all texts.
    """
    if doc.lang_ != _LANG:
        return None
    words = [token.text for token in doc]
    headlines = [line for line in _lines(words) if _is_headline([words[i] for i in line])]
    if not headlines:
        return None
    aside = {i for line in headlines for i in line}
    rest = _Rest.of([word for i, word in enumerate(words) if i not in aside])
    found = words.copy()
    for line in headlines:
        told = ["", *(words[i] for i in line), ""]
        for place, i in enumerate(line[1:], 2):
            if _is_capital(words[i]) and rest.is_ordinary(*told[place - 1 : place + 2]):
                found[i] = words[i].lower()
    return found


@dataclass(frozen=True, slots=True)
class _Rest:
    """How a text writes words outside its headlines: with a capital inside a sentence, without one,
    and which two with capitals stand side by side.
    """

    names: Mapping[str, int]
    plain: Mapping[str, int]
    beside: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, words: Sequence[str]) -> _Rest:
        pairs = list(pairwise(words))
        inside = [two for one, two in pairs if one[-1] not in _ENDS and not one.isspace()]
        return cls(
            names=Counter(filter(_is_capital, inside)),
            plain=Counter(word for word in words if word.islower()),
            beside=frozenset(pair for pair in pairs if all(map(_is_capital, pair))),
        )

    def is_ordinary(self, before: str, word: str, after: str) -> bool:
        """Whether a word with a capital between two others is no name, nor part of one."""
        if (before, word) in self.beside or (word, after) in self.beside:
            return False
        plain, names = self.plain.get(word.lower(), 0), self.names.get(word, 0)
        if plain or names:
            return plain > names
        return after == "n't" or _is_known(word.lower())


def _is_known(word: str) -> bool:
    """Whether a word, its singular or its infinitive is known to mean something."""
    infinitive = verb_forms(_LANG).get(word, word)
    return load_meanings().row(_LANG, word, infinitive, word.removesuffix("s")) > 0


def _lines(words: Sequence[str]) -> Iterator[list[int]]:
    """The places of each line's words."""
    line: list[int] = []
    for i, word in enumerate(words):
        if not word.isspace():
            line.append(i)
        elif "\n" in word and line:
            yield line
            line = []
    if line:
        yield line


def _is_headline(line: Sequence[str]) -> bool:
    long = [word for word in line[1:] if len(word) >= _LONG and word.isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return line[-1] != "." and len(long) >= _LEAST and capitals >= _SHARE * len(long)


def _is_capital(word: str) -> bool:
    """Whether only the first letter is a capital: "Relay", neither "FTC" nor "TikTok"."""
    return word[:1].isupper() and (len(word) == 1 or word[1:].islower())
