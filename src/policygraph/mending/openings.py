"""Parts the phrase that opens a sentence from the subject behind it.

"In October Norvalis bought Blivo", "In a statement TikTok denied it": the parsers make one
phrase of both now and then, and leave the verb without a subject, or the day without its verb.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def mend_openings(doc: Doc) -> Doc:
    """Mend the sentences that a preposition begins."""
    calendar = _calendar(doc.lang_)
    for token in doc:
        if token.is_sent_start and token.pos_ == "ADP" and token.i + 2 < len(doc):
            after = token.nbor()
            if after.lower_ in calendar:
                _part_day(token, after)
            _part_name(token.head, after.lower_ in calendar)
    return doc


@cache
def _calendar(lang: str) -> frozenset[str]:
    """Names of months and weekdays, after the CLDR."""
    from babel import Locale

    locale = Locale(lang)
    names = (*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values())
    return frozenset(name.lower() for name in names)


def _part_day(preposition: Token, day: Token) -> None:
    """Give a day or month within the subject to the verb: "In May the Authority said"."""
    name = day.head
    verb = name.head
    if day.dep_.partition(":")[0] not in ("nmod", "compound", "flat") or name.i < day.i:
        return
    follows = day.doc[day.i + 1 : name.i]
    if name.pos_ != "PROPN" and not any(token.pos_ == "DET" for token in follows):
        return
    if verb.pos_ == "VERB" and verb.i > name.i and not _has_subject(verb, but=name):
        _make_subject(name, verb)
        preposition.head, preposition.dep_ = day, "case"
        day.head, day.dep_ = verb, "obl"


def _part_name(phrase: Token, is_day: bool) -> None:
    """Make a name that hangs on the phrase right before it the subject that the verb lacks."""
    verb = phrase.head
    if not phrase.dep_.startswith("obl") or verb.pos_ != "VERB" or verb.i < phrase.i:
        return
    loose = ("appos", "flat", "nmod") if is_day else ("appos",)
    for name in phrase.rights:
        fitting = name.pos_ == "PROPN" and name.dep_.partition(":")[0] in loose
        if fitting and name.left_edge.i == phrase.i + 1 and not _has_case(name):
            if not _has_subject(verb, but=name):
                _make_subject(name, verb)
            return


def _has_subject(verb: Token, but: Token) -> bool:
    return any(c.dep_.startswith(("nsubj", "expl:subj")) and c != but for c in verb.lefts)


def _has_case(phrase: Token) -> bool:
    return any(child.dep_ == "case" for child in phrase.children)


def _make_subject(name: Token, verb: Token) -> None:
    is_passive = any(child.dep_ == "aux:pass" for child in verb.children)
    name.head, name.dep_ = verb, "nsubj:pass" if is_passive else "nsubj"
