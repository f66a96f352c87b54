"""Tells where a day near ahead of the article is one of the year before after all: "sued on 1 May".

Words that look ahead are asked before (``dates``); a verb in the past shows in the parse alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import children, is_verb
from policygraph.extraction.values.date_grammar import date_grammar
from policygraph.extraction.values.dates import FoundDate, is_day

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_PAST = frozenset({"Past", "Imp"})
_HAVING = frozenset({"have", "avoir"})


def past_day(span: TokenSpan, date: FoundDate, lang: str, published: str | None) -> str:
    """The value of a date, a year earlier where it writes no year and something was done on a day
    that lies ahead of the article. A weekday beside a day has told its year already.
    """
    is_guess = is_day(date.value) and published is not None and date.value > published
    if not is_guess or date.deadline or _YEAR.search(span.text) or not _is_done(span.root):
        return date.value
    grammar = date_grammar(lang)
    if grammar.weekday.search(span.text) or grammar.is_ahead(span.doc.text, date.start, date.end):
        return date.value
    return f"{int(date.value[:4]) - 1}{date.value[4:]}"


def _is_done(token: Token) -> bool:
    """Whether the verb that a token hangs on tells what has been."""
    verb = next((word for word in (token, *token.ancestors) if is_verb(word)), None)
    if verb is None:
        return False
    helpers = children(verb, "aux")
    if not helpers:
        return not _PAST.isdisjoint(verb.morph.get("Tense", [])) and "Fin" in verb.morph.get(
            "VerbForm", []
        )
    first = helpers[0]
    return first.lemma_.lower() in _HAVING or not _PAST.isdisjoint(first.morph.get("Tense", []))
