"""Tells the government that a capital's name stands for from the city: "Paris opposes" it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon, SeatWords
from policygraph.extraction.language.syntax import base, case_of
from policygraph.ontology import verb_forms, verb_homographs

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ACTING = frozenset({"nsubj", "obj", "iobj"})


def means_government(name: Span, lexicon: Lexicon, people: frozenset[str] = frozenset()) -> bool:
    """Whether a capital's name means who governs there: it acts, is acted on or is spoken of.

    ``people`` are words for those who live in the city, which an article about it has. Small
    parsers err on names that open a title, so what stands right before and after the name
    counts first.
    """
    root, head, words = name.root, name.root.head, lexicon.seats
    before, after = _before(name), _after(name, words)
    if _is_part_of_a_phrase(before, after, lexicon) or _has_a_mayor(name, words, people):
        return False
    preposition = before.lower_ if before is not None and before.pos_ != "VERB" else ""
    if preposition in words.outside:
        return preposition in _TO and _is_in(head, words.address)
    if preposition in words.towards:
        return head.pos_ not in ("PROPN", "ADV") and not _is_in(head, words.moves)
    if preposition in words.of:
        return _is_in(head, words.acts)
    if base(root.dep_) == "conj" and head.pos_ == "PROPN" and head.i < root.i:
        return means_government(name.doc[head.i : head.i + 1], lexicon)
    if case_of(root):
        return False
    if root.dep_ in ("obl:agent", "nmod:poss"):
        return head.pos_ != "PROPN"
    if base(root.dep_) in _ACTING:
        return not _is_in(head, words.moves)
    if before is not None and before.pos_ == "VERB":
        return not _is_in(before, words.moves)
    return after is not None and _is_verb_form(after)


def _has_a_mayor(name: Span, words: SeatWords, people: frozenset[str]) -> bool:
    """Whether the article speaks of the city's own authorities: "la maire de Paris", or just
    "la maire" and "les Parisiens".
    """
    doc, size = name.doc, len(name)
    lived_in = bool(people) and any(token.text in people for token in doc)
    for token in doc:
        if token.lower_ not in words.municipal:
            continue
        if lived_in:
            return True
        start = token.i + 1
        if start < len(doc) and doc[start].lower_ in words.of:
            start += 1
        end = token.i - (doc[token.i - 1].lower_ in _GENITIVES)
        if name.text in (doc[start : start + size].text, doc[max(0, end - size) : end].text):
            return True
    return False


_GENITIVES = frozenset({"'s", "’s"})
_TO = frozenset({"à"})


def _before(name: Span) -> Token | None:
    """The word before a name in its line."""
    token = name.doc[name.start - 1] if name.start else None
    return None if token is None or token.is_space else token


def _after(name: Span, words: SeatWords) -> Token | None:
    """The word after a name in its line; the verb of a relative clause for its comma."""
    doc, place = name.doc, name.end
    if place + 2 < len(doc) and doc[place].text == "," and doc[place + 1].lower_ in _RELATIVE:
        place += 2
    while place < len(doc) and doc[place].lower_ in words.clitics:
        place += 1
    return doc[place] if place < len(doc) and not doc[place].is_space else None


_RELATIVE = frozenset({"qui", "which"})


def _is_part_of_a_phrase(before: Token | None, after: Token | None, lexicon: Lexicon) -> bool:
    """Whether a name begins another, or stands between an article and a noun: "the Paris
    non-profit".
    """
    if after is not None and after.pos_ == "PROPN" and after.is_title and not after.is_sent_start:
        return True  # "Beijing DeepSeek"
    if lexicon.lang != "en" or before is None or after is None:
        return False
    if before.lower_ not in ("the", "a", "an"):
        return False
    joined = after.i + 1 < len(after.doc) and after.nbor().text == "-"  # "the Paris start-up"
    return joined or after.text == "-" or after.pos_ in ("NOUN", "ADJ", "PROPN")


def _is_in(token: Token, words: frozenset[str]) -> bool:
    return token.lemma_.lower() in words or token.lower_ in words


def _is_verb_form(token: Token) -> bool:
    """Whether a word is a verb, or can be one: in French no noun follows a name so closely."""
    if token.pos_ in ("VERB", "AUX"):
        return True
    form, lang = token.text, token.lang_
    return form in verb_forms(lang) or (lang == "fr" and form in verb_homographs(lang))
