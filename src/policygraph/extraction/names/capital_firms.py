"""Finds firms that a text writes in capitals alone, as registers and the CNIL do: "QUORNE SERVICES
LIMITED". The pipelines, which know hardly any, cut them, and take parts for places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.authority import load_authority
from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.legal_forms import LegalForms, load_legal_forms
from policygraph.extraction.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RUN = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9&.'’-]+(?: [A-ZÀ-Þ&][A-ZÀ-Þ&.'’-]*)+(?![\w-])")


def find_capital_firms(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Spot]:
    """Runs of words in capitals that end with a legal form, or that a word for a firm announces."""
    authority, forms = load_authority(), load_legal_forms()
    for start, words in _names(text, forms, lexicon):
        registered = len(words) >= _LEAST and forms.ends(words)
        if not registered and not _is_announced(text, start, lexicon):
            continue
        name = " ".join(words)
        bare = " ".join(words[:-1]) if registered else name
        called = (*authority.find(name, lexicon.lang), *authority.find(bare, lexicon.lang))
        known = next((entity for entity in called if entity.type == "Company"), None)
        if known is None and any(entity.type in _LANDS for entity in called):
            continue  # "the US AG"
        span = doc.char_span(start, start + len(name), alignment_mode="expand")
        if span is not None and not span.sent.text.isupper():
            yield Spot(span.start, span.end, "Company", known=known)


_LEAST = 2
"""Words of a firm's name with its legal form, at least."""

_LANDS = frozenset({"Country", "Place"})


def _names(text: str, forms: LegalForms, lexicon: Lexicon) -> Iterator[tuple[int, list[str]]]:
    """Where in the text each name of a run begins, and its words: a legal form ends one, and so
    does what joins names.
    """
    for run in _RUN.finditer(text):
        start, words = run.start(), list[str]()
        for word in _WORD.finditer(text, run.start(), run.end()):
            joins = word[0].lower() in lexicon.joining
            if joins or (words and forms.ends(words) and not forms.ends([word[0]])):
                if words:
                    yield start, words
                words = []
            if joins:
                continue
            start = start if words else word.start()
            words.append(word[0])
        if words:
            words[-1] = words[-1].rstrip(".")
            yield start, words


_WORD = re.compile(r"\S+")


def _is_announced(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether the word before a run is one for firms alone: "la société QUORNE EUROPE"."""
    before = text[max(start - _LONGEST, 0) : start].split(" ")
    return before[-1] == "" and before[-2:-1] != [] and before[-2] in lexicon.firms


_LONGEST = 24
"""Signs of a word for firms, at most."""
