"""Finds the words of an article that may name something: names, demonyms, dates, amounts.

A *spot* is a candidate mention, in tokens of the spaCy ``Doc``. Names come from two
sources, the authority file and the pipeline's NER; the longer wins, and the authority's
type beats the model's. What a name is (regulator, law, outlet …) is read from its words
and from the noun beside it (``ontology/lexicon/names.toml``, ``nominals.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph.authority import load_authority
from policygraph.authority.given_names import given_names
from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import base, is_plural
from policygraph.extraction.names.capital_firms import find_capital_firms
from policygraph.extraction.names.cases import find_cases
from policygraph.extraction.names.enumerations import settle_examples
from policygraph.extraction.names.known_names import known_names, names_street
from policygraph.extraction.names.laws import find_laws, is_consent, known_laws, names_provision
from policygraph.extraction.names.longer_names import is_short_for, may_extend, with_place
from policygraph.extraction.names.name_bounds import trim
from policygraph.extraction.names.name_parts import name_spans
from policygraph.extraction.names.name_types import refine, settle
from policygraph.extraction.names.own_articles import is_own_article, with_article
from policygraph.extraction.names.portfolios import find_portfolios
from policygraph.extraction.spot import DEMONYM, GROUP, MATTER, NAME, NOMINAL, VALUE, Spot
from policygraph.extraction.values.dates import find_dates
from policygraph.extraction.values.money import find_money
from policygraph.extraction.values.past_days import past_day
from policygraph.models.meanings import load_meanings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

__all__ = ["DEMONYM", "GROUP", "NAME", "NOMINAL", "VALUE", "Spot", "find_spots"]

_COARSE = {
    "PERSON": "Person",
    "PER": "Person",
    "ORG": "Company",
    "LOC": "Place",
    "GPE": "Place",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "LAW": "LegalInstrument",
}


_FUNCTION = frozenset({"ADV", "CCONJ", "SCONJ", "PRON", "ADP", "AUX", "VERB", "DET", "INTJ"})
_INITIALS = 2
_NAMELIKE = frozenset({"PROPN", "X", "NOUN"})


def find_spots(doc: Doc, lexicon: Lexicon, published: str | None) -> list[Spot]:
    """All spots of a doc in reading order; no two overlap but a law and the date in its name."""
    text = doc.text  # put together anew whenever it is asked for
    values = list(_values(doc, text, lexicon.lang, published))
    laws = find_laws(doc, lexicon, {v.start: v.end for v in values if v.type == "Date"})
    known = [
        s
        for s in known_names(doc, text, lexicon)
        if not names_provision(doc, s, lexicon) and not is_consent(doc, s, lexicon)
    ]
    for law in laws:
        settle(law)
    laws = [*known_laws(known, laws), *laws]
    names = [s for s in _named(doc, lexicon) if not names_provision(doc, s, lexicon)]
    people = list(_titled(doc, lexicon))
    firms = list(find_capital_firms(doc, text, lexicon))
    headed = list(_headed(doc, lexicon))
    lists = list(find_portfolios(doc, lexicon, known))
    cases = list(find_cases(doc, lexicon, [*names, *known]))
    chosen = _choose(
        [*cases, *lists, *laws, *values, *headed, *people, *firms],
        _merge(known, names, doc, lexicon),
    )
    chosen = _choose(chosen, _announced(doc, lexicon))
    chosen = _choose(chosen, _sites(doc))
    chosen = _choose(chosen, _humped(doc, text, lexicon))
    chosen = _choose(chosen, _repeated(doc, chosen))
    for spot in chosen:
        if spot.kind == NAME:
            refine(spot, doc, lexicon)
            if spot.start and _is_hashtag(doc[spot.start - 1]):
                spot.start -= 1
    settle_examples(doc, chosen, lexicon)
    kept = [s for s in chosen if s.kind != MATTER and not _is_post(s, doc, lexicon)]
    named = [s for s in kept if s.type == "LegalInstrument"]
    inside = (v for v in values if any(s.start < v.start and v.end <= s.end for s in named))
    return sorted([*kept, *inside], key=lambda s: s.start)


def _is_hashtag(token: Token) -> bool:
    """Whether a token is the sign before a campaign's name, "#KeepItOn", and not a heading's."""
    return token.text == "#" and not token.whitespace_


def _choose(first: Iterable[Spot], then: Iterable[Spot]) -> list[Spot]:
    taken: set[int] = set()
    chosen: list[Spot] = []
    for spot in (*first, *then):
        tokens = range(spot.start, spot.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(spot)
    return sorted(chosen, key=lambda s: s.start)


def _merge(known: list[Spot], names: list[Spot], doc: Doc, lexicon: Lexicon) -> list[Spot]:
    """Authority spots and NER spots, best first: longer ones, then the authority's."""
    longer = [n for n in names if may_extend(n, known, doc, lexicon)]
    for spot in known:
        overlapping = [n for n in names if n.start < spot.end and spot.start < n.end]
        if not spot.sure and any(
            n.start == spot.start
            and n.end == spot.end
            and (n.type == "Person") == (spot.type == "Person")
            and not is_short_for(n, longer, doc)
            for n in overlapping
        ):
            spot.sure = True
    strong = {s.known.slug for s in known if s.sure and s.known}
    kept = [s for s in known if s.sure or (s.known and s.known.slug in strong)]
    exact = {(s.start, s.end) for s in kept}
    longer = [n for n in names if may_extend(n, kept, doc, lexicon)]
    added = [n for n in longer if (n.start, n.end) not in exact]
    return sorted([*kept, *added], key=lambda s: (s.start - s.end, s.known is None))


def _values(doc: Doc, text: str, lang: str, published: str | None) -> Iterator[Spot]:
    for date in find_dates(text, lang, published):
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is not None:
            value = past_day(span, date, lang, published)
            yield Spot(span.start, span.end, "Date", VALUE, value=value, deadline=date.deadline)
    for amount in find_money(text, lang):
        span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
        if span is not None:
            yield Spot(span.start, span.end, "Money", VALUE, value=amount.value)


def _named(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    for ent in name_spans(doc, lexicon):
        whole = trim(ent, lexicon)
        span = None if whole is None else _without_chief(whole, lexicon)
        if not span or ent.label_ not in _COARSE:
            continue
        type_ = _COARSE[ent.label_]
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
        if not (written_large or _is_small_name(span, type_, lexicon)) or _is_common(span, lexicon):
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


def _sites(doc: Doc) -> Iterator[Spot]:
    """Web sites that are called by their addresses: "archive.is"."""
    for token in doc:
        if "." in token.text[1:-1] and token.like_url and _SITE.fullmatch(token.text):
            yield Spot(token.i, token.i + 1, "Product")


_SITE = re.compile(r"(?!www\.)[\w-]{2,}(?:\.[\w-]{2,})+")
"""No page of a site, nor an address that one writes to."""


def _humped(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Spot]:
    """Names with a capital only within them: "openDesk", "uBlock"."""
    for hump in _HUMP.finditer(text):
        span = doc.char_span(*hump.span(), alignment_mode="expand")
        if span is None or (word := _HUMPED.match(text, span.start_char)) is None:
            continue
        if word.end() == span.end_char and word[1] not in lexicon.links:
            yield Spot(span.start, span.end, "Product")


_HUMP = re.compile(r"[a-z][A-Z][a-z]{2}")
"""Quicker to look for than what has one, which is rare."""

_HUMPED = re.compile(r"(?<![\w.@/#-])([a-z]+)[A-Z][a-z]{2,}\w*(?![\w@/(-])")
"""No unit ("kWh"), no part of an address, no name of a program's function."""


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


def _is_post(spot: Spot, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether a supposed person is but an office: "Home Affairs Minister"."""
    return (
        spot.kind == NAME
        and spot.type == "Person"
        and spot.known is None
        and lexicon.lang == "en"
        and doc[spot.end - 1].lower_ in lexicon.titles
    )


def _is_common(span: TokenSpan, lexicon: Lexicon) -> bool:
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


def _titled(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """People named by an honorific: "M. Therrien", "Ms Wells"."""
    for token in doc[:-1]:
        if (
            token.lower_ in lexicon.honorifics
            and token.text[:1].isupper()
            and not _is_initial(token)
        ):
            end = token.i + 1
            while end < len(doc) and doc[end].is_title and doc[end].pos_ == "PROPN":
                end += 1
            if end > token.i + 1:
                yield Spot(token.i, end, "Person")


def _is_initial(token: Token) -> bool:
    """Whether a letter that may be an honorific is a middle name's: "Paul M. Quorne"."""
    if token.is_sent_start or len(token.text.rstrip(".")) > 1:
        return False
    first = token.nbor(-1)
    return first.pos_ == "PROPN" and first.is_title


def _headed(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """Names that begin with a word which tells their type: "Operation Quorne"."""
    for token in doc[:-1]:
        type_ = lexicon.first_words.get(token.lower_)
        if type_ is None or (token.is_lower and lexicon.lang == "en"):
            continue
        end = token.i + 1
        while end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ in _NAMELIKE:
            end += 1
        if end > token.i + 1:
            yield Spot(token.i, end, type_)


def _announced(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """Names that a common noun before them announces: "l'association FairSearch"."""
    for token in doc:
        if token.pos_ != "NOUN":
            continue
        types = lexicon.types_of_noun(token)
        if not types or "Person" in types or types[0] == "Event":
            continue
        start = token.i + 1
        while start < len(doc) and doc[start].pos_ == "ADJ" and not doc[start].text[:1].isupper():
            start += 1
        end = start + (start < len(doc) and is_own_article(doc[start], lexicon))
        while end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ in _NAMELIKE:
            end += 1
        if end > start and not doc[start].is_sent_start and not _is_common(doc[start:end], lexicon):
            yield Spot(start, end, types[0])


def _repeated(doc: Doc, found: list[Spot]) -> Iterator[Spot]:
    """Further places where a name, or the surname of a person, is written."""
    taken = {i for s in found for i in range(s.start, s.end)}
    names: dict[str, Spot] = {}
    for spot in found:
        if spot.kind != NAME or spot.type == "Technology":
            continue
        if spot.type == "Person" and spot.end - spot.start > 1:
            names.setdefault(doc[spot.end - 1].text, spot)
        elif spot.known is None and spot.end - spot.start == 1:
            names.setdefault(doc[spot.start].text, spot)
    for token in doc:
        first = names.get(token.text) if token.i not in taken else None
        if first is None or not token.text[:1].isupper() or len(token) <= _INITIALS:
            continue
        if token.pos_ == "PROPN" or not token.is_sent_start:
            yield Spot(token.i, token.i + 1, first.type)
