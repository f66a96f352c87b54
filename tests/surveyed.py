"""Texts as the network sees them: read, surveyed and encoded."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.extraction import read
from policygraph.extraction.claims import survey
from policygraph.extraction.pairs.codes import codes_of
from policygraph.extraction.pairs.encoding import Encoded, encode
from policygraph.extraction.pairs.survey import Survey
from policygraph.extraction.reading import Reading
from policygraph.extraction.speech.attribution import find_speech
from policygraph.model import Article
from policygraph.nlp import analyse, load
from policygraph.ontology import load_vocabulary
from policygraph.rules import load_rules

CODES = codes_of(load_vocabulary())


def surveyed(reading: Reading) -> tuple[Sequence[Survey], Encoded]:
    """What the sentences of a reading offer, and their numbers."""
    rules = load_rules()
    speech = find_speech(reading.doc, rules, reading.lexicon)
    surveys = survey(reading, rules, load_vocabulary(), speech)
    return surveys, encode(reading, surveys, CODES, rules)[1]


def encoded(lang: str, text: str) -> Encoded:
    """The numbers of a text that the shipped pipeline analyses."""
    doc = analyse(load(lang), text)
    return surveyed(read(doc, Article(source="test", text=text, lang=lang)))[1]
