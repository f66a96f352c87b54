"""Which gender nouns tell of persons."""

from __future__ import annotations

from typing import Any

import numpy
import pytest
from parsed import parse, read_names

from policygraph.extraction.coreference.coreference import link_nominals
from policygraph.extraction.coreference.genders import gender_of
from policygraph.extraction.coreference.nominals import Option
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.ranker import Places


class Fitting:
    """A ranker that takes what fits the noun's type."""

    threshold = 0.5

    def score(self, options: list[Option], places: Places) -> Any:
        return numpy.array([o.features.get("fits", 0.0) for o in options])


MINISTERS = """
    Le le DET det 2
    ministre ministre NOUN nsubj 5 - Number=Sing
    Paul Paul PROPN appos 2 PER
    Quorne Quorne PROPN flat 3 PER+
    hésite hésiter VERB ROOT 0

    {article} le DET det 2
    {noun} {noun} NOUN nsubj 3 - Number={number}
    refuse refuser VERB ROOT 0
"""


@pytest.mark.parametrize(
    ("article", "noun", "number", "linked"),
    [
        ("La", "ministre", "Sing", False),
        ("Une", "avocate", "Sing", False),
        ("Le", "ministre", "Sing", True),
        ("L'", "avocate", "Sing", True),
    ],
)
def test_a_noun_stands_for_nobody_of_the_other_gender(
    article: str, noun: str, number: str, linked: bool
) -> None:
    reading = read_names(parse("fr", MINISTERS.format(article=article, noun=noun, number=number)))

    link_nominals(reading, Fitting())  # type: ignore[arg-type]

    node = reading.node_at(reading.tokens[6])
    assert (node is not None and node.name == "Paul Quorne") == linked


@pytest.mark.parametrize(
    ("lang", "words", "gender"),
    [
        ("fr", ["la", "nouvelle#ADJ", "ministre"], "feminine"),
        ("fr", ["du", "patron"], "masculine"),
        ("fr", ["la", "firme#NOUN", "patron"], ""),
        ("fr", ["la", "victime"], ""),
        ("fr", ["les", "ministre"], ""),
        ("en", ["la", "minister"], ""),
    ],
)
def test_an_article_tells_a_gender(lang: str, words: list[str], gender: str) -> None:
    pairs = [word.split("#") for word in words]
    table = "\n".join(
        f"{text} {text} {pos[0] if pos else 'NOUN'} dep {len(pairs)}" for text, *pos in pairs
    )

    assert gender_of(parse(lang, table)[len(pairs) - 1], load_lexicon(lang)) == gender
