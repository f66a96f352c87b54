"""Finds firms that a text writes in capitals alone, as registers and the CNIL do: "QUORNE SERVICES
LIMITED". The pipelines, which know hardly any, cut them, and take parts for places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.authority import load_authority
from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.legal_forms import load_legal_forms
from policygraph.extraction.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RUN = re.compile(r"(?<![\w-])[^\W\d_a-z][A-ZÀ-Þ&.-]+(?: [A-ZÀ-Þ&][A-ZÀ-Þ&.-]*)+(?![\w-])")


def find_capital_firms(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Spot]:
    """Runs of words in capitals that end with a legal form, or that a word for a firm announces."""
    authority, forms = load_authority(), load_legal_forms()
    for run in _RUN.finditer(text):
        words = run[0].rstrip(".").split()
        length = max((n for n, word in enumerate(words, 1) if forms.ends([word])), default=0)
        if length < _LEAST and not _is_announced(text, run.start(), lexicon):
            continue
        name = " ".join(words[:length] if length >= _LEAST else words)
        bare = name.rsplit(" ", 1)[0] if length >= _LEAST else name
        called = (*authority.find(name, lexicon.lang), *authority.find(bare, lexicon.lang))
        known = next((entity for entity in called if entity.type == "Company"), None)
        span = doc.char_span(run.start(), run.start() + len(name), alignment_mode="expand")
        if span is not None and not span.sent.text.isupper():
            yield Spot(span.start, span.end, "Company", known=known)


_LEAST = 2
"""Words of a firm's name with its legal form, at least."""


def _is_announced(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether the word before a run is one for firms alone: "la société QUORNE EUROPE"."""
    before = text[max(start - _LONGEST, 0) : start].split(" ")
    return before[-1] == "" and before[-2:-1] != [] and before[-2] in lexicon.firms


_LONGEST = 24
"""Signs of a word for firms, at most."""
