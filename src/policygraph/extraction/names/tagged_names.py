"""Names that the pipeline's NER tags, without the words around them that are none.

It takes posts, nouns and words that open a sentence for parts of names, or for names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.authority import load_authority
from policygraph.authority.given_names import given_names
from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import base, is_plural
from policygraph.extraction.names.known_names import names_street
from policygraph.extraction.names.longer_names import with_place
from policygraph.extraction.names.name_bounds import trim
from policygraph.extraction.names.name_parts import name_spans
from policygraph.extraction.names.own_articles import with_article
from policygraph.extraction.spot import COARSE, Spot
from policygraph.models.meanings import load_meanings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_FUNCTION = frozenset({"ADV", "CCONJ", "SCONJ", "PRON", "ADP", "AUX", "VERB", "DET", "INTJ"})
_INITIALS = 2
"""Letters that a name without capitals has more of."""


def tagged_names(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """The names that the NER tags, of its coarse types."""
    for ent in name_spans(doc, lexicon):
        whole = trim(ent, lexicon)
        span = None if whole is None else _without_chief(whole, lexicon)
        if not span or ent.label_ not in COARSE:
            continue
        type_ = COARSE[ent.label_]
        if type_ == "Person":
            span = _without_post(span, lexicon)
        span = _without_noun(span, lexicon)
        if not len(span):
            continue
        span = with_place(span, ent, lexicon)
        span = with_article(span, lexicon)
        if names_street(doc, span.start, lexicon):
            continue
        written_large = any(c.isupper() for c in span.text)
        if not (written_large or _is_small_name(span, type_, lexicon)) or is_common(span, lexicon):
            continue
        if len(span) == 1 and _is_before_name(span[0]) and _opens_as_post(span[0], lexicon):
            continue
        yield Spot(span.start, span.end, type_)


def _is_small_name(span: TokenSpan, type_: str, lexicon: Lexicon) -> bool:
    """Whether a word without a capital is a name: "noyb", "4chan", not "police"."""
    return (
        type_ in _WRITTEN_SMALL
        and len(span) == 1
        and len(span[0]) > _INITIALS
        and any(c.isalpha() for c in span.text)
        and not lexicon.types_of_noun(span[0])
    )


_WRITTEN_SMALL = frozenset({"Company", "Product"})


def _without_post(span: TokenSpan, lexicon: Lexicon) -> TokenSpan:
    """A person's name without the posts before it: "Chair Khan", "President-elect Trump"; nothing
    of "Secretary of State".
    """
    start = span.start
    while start < span.end - 1 and (
        span.doc[start].lower_ in lexicon.titles or span.doc[start].is_punct
    ):
        start += 1
    if lexicon.lang == "en" and span.doc[start].lower_ in lexicon.seats.of:
        return span.doc[start:start]
    if start < span.end - _FULL_NAME and _opens_as_post(span.doc[start], lexicon):
        start += 1
    return span.doc[start : span.end]


_FULL_NAME = 2
"""Words of a person's full name, at least."""


def _is_before_name(token: Token) -> bool:
    """Whether another name of the same label, by the NER, stands right behind a word."""
    behind = token.doc[token.i + 1 : token.i + 2]
    return any((t.ent_iob_, t.ent_type_) == ("B", token.ent_type_) for t in behind)


def _opens_as_post(token: Token, lexicon: Lexicon) -> bool:
    """Whether a sentence opens with what somebody is: "Activist Ann Ray", "Journaliste"."""
    opens = token.is_sent_start is True and token.text not in given_names()
    return opens and "Person" in lexicon.types_of_noun(token)


def _without_chief(span: TokenSpan, lexicon: Lexicon) -> TokenSpan:
    """A name without the post of a chief in it: "Quorne" of "Quorne Chief Executive", "Ann Ray" of
    "Chief Executive Ann Ray"; nothing of "Executive", where one is before it.
    """
    doc = span.doc
    chief = span.start - (span.start > 0 and doc[span.start - 1].lower_ in lexicon.chiefs)
    while chief < span.end and doc[chief].lower_ not in lexicon.chiefs:
        chief += 1
    end = chief + 1
    while end < span.end and doc[end].lower_ in lexicon.chief_posts:
        end += 1
    if chief >= span.end or end == chief + 1:
        return span
    return doc[end : span.end] if chief <= span.start else doc[span.start : chief]


_ACTORS = frozenset({"Person", "Company"})


_BODIES = frozenset({"AdvocacyGroup", "GovernmentBody"})


def _without_noun(span: TokenSpan, lexicon: Lexicon) -> TokenSpan:
    """What is a name before a noun for an actor: "Labour leader", nothing of "Viennese firm". A
    noun for a body is part of its name, if there is one: "Quorne police", "War crimes court".
    """
    if lexicon.lang != "en" or not span or not span[-1].is_lower:
        return span
    noun = span[-1]
    types = lexicon.types_of_noun(noun)
    if _ACTORS.isdisjoint(types):
        is_name = _BODIES.isdisjoint(types) or any(_is_proper(t, lexicon) for t in span)
        return span if is_name else span.doc[span.start : span.start]
    end = noun.i
    while end > span.start and span.doc[end - 1].pos_ != "PROPN":
        end -= 1
    return span.doc[span.start : end]


def _is_proper(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is proper, neither one that opens its sentence nor a people's adjective."""
    if token.pos_ != "PROPN" or _is_of_demonym(token, lexicon):
        return False
    return not token.is_sent_start or not load_meanings().row(lexicon.lang, token.lower_)


def _is_of_demonym(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is an adjective of nationality, or part of one: "Sri Lankan"."""
    for start in range(max(token.i - 1, 0), token.i + 1):
        words = [t.text for t in token.doc[start : start + 2]]
        told = load_authority().countries.demonym_at(words, lexicon.lang)
        if told is not None and start + told[0] > token.i:
            return True
    return False


def is_common(span: TokenSpan, lexicon: Lexicon) -> bool:
    """Whether a supposed name is an ordinary word: a title, or one that opens its sentence."""
    if all(
        t.lower_ in lexicon.titles
        or t.lower_ in lexicon.common
        or t.text == "-"
        or (t.pos_ == "NOUN" and "Person" in lexicon.types_of_noun(t))
        for t in span
    ):
        return True
    token = span[0]
    if len(span) == 1 and token.lower_ in lexicon.never_alone:
        return True
    if len(span) > 1 or not token.is_sent_start or token.is_upper:
        return False
    return token.pos_ in _FUNCTION or (
        token.pos_ != "PROPN"
        and not _acts_as_name(token, lexicon)
        and load_meanings().row(lexicon.lang, token.lower_) > 0
        and all(t.is_sent_start for t in token.doc if t.text == token.text)
    )


def _acts_as_name(token: Token, lexicon: Lexicon) -> bool:
    """Whether a common word does what names do: an adjective is a subject ("Epic sued"), or in
    French a noun that has no article ("Orange rachète").
    """
    if base(token.dep_) != "nsubj":
        return False
    if token.pos_ == "NOUN" and lexicon.lang == "fr":
        bare = not any(base(child.dep_) in ("det", "nmod") for child in token.children)
        return bare and not is_plural(token) and not _denotes(token, lexicon)
    return token.pos_ == "ADJ"


def _denotes(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is one for actors or groups: "Médecins et patients attaquent …"."""
    return bool(lexicon.types_of_noun(noun)) or noun.lemma_.lower() in lexicon.groups
