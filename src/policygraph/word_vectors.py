"""What words mean, as the language pipelines look it up: spaCy's table of static vectors.

The tagger, the parser and the names read a word's meaning beside its letters. The table is made of
``models.meanings`` when a pipeline is loaded, so that the vectors ship once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from policygraph.models.meanings import load_meanings
from policygraph.ontology import verb_forms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vectors import Vectors

_SCALE = 1.6121
"""Makes the mean size of a number 1, as the pipelines were trained."""

_LEAST = 3
"""Letters of a word that is looked up with a plural "s" too."""


def word_vectors(lang: str) -> Vectors:
    """The vectors of a language's words in small letters: one with a capital may be a name."""
    from spacy.strings import get_string_id
    from spacy.vectors import Vectors

    rows = dict(_forms(lang))
    used = sorted(set(rows.values()))
    place = {row: i for i, row in enumerate(used)}
    table = Vectors(data=load_meanings().vectors[used] * _SCALE, name=f"{lang}_meanings")
    for form, row in rows.items():
        table.add(get_string_id(form), row=place[row])
    return table


def _forms(lang: str) -> Iterator[tuple[str, int]]:
    """Forms and rows: guessed plurals, verbs' forms, then the words themselves, the surest last."""
    mark = f"{lang}:"
    words = {
        word.removeprefix(mark): row
        for word, row in load_meanings().rows.items()
        if word.startswith(mark)
    }
    for word, row in words.items():
        if word.isalpha() and len(word) >= _LEAST:
            yield f"{word}s", row
    for form, lemma in verb_forms(lang).items():
        if lemma in words:
            yield form, words[lemma]
    yield from words.items()


def take_word_vectors() -> Callable[[Language], None]:
    """For training's ``initialize.before_init``: gives a new pipeline its table."""

    def take(nlp: Language) -> None:
        nlp.vocab.vectors = word_vectors(str(nlp.lang))

    return take
