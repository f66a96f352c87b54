"""Finds the words of an article that may name something: names, demonyms, dates, amounts.

A *spot* is a candidate mention, in tokens of the spaCy ``Doc``. Names come from two
sources, the authority file and the pipeline's NER; the longer wins, and the authority's
type beats the model's. What a name is (regulator, law, outlet …) is read from its words
and from the noun beside it (``ontology/lexicon/names.toml``, ``nominals.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from policygraph.authority import KnownEntity, load_authority
from policygraph.extract.dates import find_dates
from policygraph.extract.lexicon import Lexicon
from policygraph.extract.money import find_money
from policygraph.extract.syntax import base, case_of, children
from policygraph.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

NAME, DEMONYM, VALUE, GROUP, NOMINAL = "name", "demonym", "value", "group", "nominal"


@dataclass(slots=True, eq=False)
class Spot:
    """A candidate mention: tokens ``[start, end)`` of the doc, its type, and what it may be.

    ``kind`` is name, demonym, value (date or money), group or nominal; ``value`` is the
    canonical form of a value; ``known`` an entry of the authority file; ``sure`` is False
    for names that need support from elsewhere in the article.
    """

    start: int
    end: int
    type: str
    kind: str = NAME
    known: KnownEntity | None = None
    value: str | None = None
    deadline: bool = False
    sure: bool = True
    also: tuple[str, ...] = field(default=())

    def root(self, doc: Doc) -> Token:
        """The head of the phrase."""
        return doc[self.start : self.end].root


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
_OPENERS = frozenset({"ADV", "CCONJ", "SCONJ", "ADP", "PRON"})
_NAMELIKE = frozenset({"PROPN", "X", "NOUN"})


def find_spots(doc: Doc, lexicon: Lexicon, published: str | None) -> list[Spot]:
    """All spots of a doc in reading order; no two overlap."""
    values = list(_values(doc, lexicon.lang, published))
    laws = list(_laws(doc, lexicon))
    known = list(_known(doc, lexicon))
    names = list(_named(doc, lexicon))
    people = list(_titled(doc, lexicon))
    chosen = _choose([*values, *laws, *people], _merge(known, names, doc))
    chosen = _choose(chosen, _announced(doc, lexicon))
    chosen = _choose(chosen, _repeated(doc, chosen))
    for spot in chosen:
        if spot.kind == NAME:
            _refine(spot, doc, lexicon)
    return chosen


def _choose(first: Iterable[Spot], then: Iterable[Spot]) -> list[Spot]:
    taken: set[int] = set()
    chosen: list[Spot] = []
    for spot in (*first, *then):
        tokens = range(spot.start, spot.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(spot)
    return sorted(chosen, key=lambda s: s.start)


def _merge(known: list[Spot], names: list[Spot], doc: Doc) -> list[Spot]:
    """Authority spots and NER spots, best first: longer ones, then the authority's."""
    for spot in known:
        overlapping = [n for n in names if n.start < spot.end and spot.start < n.end]
        if not spot.sure and any(
            n.start == spot.start
            and n.end == spot.end
            and (n.type == "Person") == (spot.type == "Person")
            for n in overlapping
        ):
            spot.sure = True
    strong = {s.known.slug for s in known if s.sure and s.known}
    kept = [s for s in known if s.sure or (s.known and s.known.slug in strong)]
    exact = {(s.start, s.end) for s in kept}
    longer = [n for n in names if (n.start, n.end) not in exact and _may_extend(n, kept, doc)]
    return sorted([*kept, *longer], key=lambda s: (s.start - s.end, s.known is None))


def _may_extend(name: Spot, known: list[Spot], doc: Doc) -> bool:
    """Whether a longer NER span may swallow authority spots inside it: only one, of a like type."""
    inside = [s for s in known if s.start < name.end and name.start < s.end]
    if not inside:
        return True
    if len(inside) > 1 or not (name.start <= inside[0].start and inside[0].end <= name.end):
        return False
    if inside[0].type in ("Person", "Country", "LegalInstrument"):
        return False
    extra = [t for t in doc[name.start : name.end] if not inside[0].start <= t.i < inside[0].end]
    return all(t.text[:1].isupper() or t.text[:1].isdigit() for t in extra)


def _values(doc: Doc, lang: str, published: str | None) -> Iterator[Spot]:
    for date in find_dates(doc.text, lang, published):
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is not None:
            yield Spot(span.start, span.end, "Date", VALUE, value=date.value, deadline=date.deadline)
    for amount in find_money(doc.text, lang):
        span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
        if span is not None:
            yield Spot(span.start, span.end, "Money", VALUE, value=amount.value)


@dataclass(frozen=True, slots=True)
class _NameIndex:
    """Names of the authority file by their text; ``longest`` bounds a look-up by first letters."""

    names: dict[str, tuple[KnownEntity, bool]]
    longest: dict[str, int]


_PREFIX = 2
_ACRONYM = 4
"""Letters up to which a word in capitals is no name written large ("LONDRES", "TIKTOK")."""


@cache
def _name_index(lang: str) -> _NameIndex:
    names: dict[str, tuple[KnownEntity, bool]] = {}
    for name, known, weak in load_authority().names(lang):
        names.setdefault(name.replace("’", "'"), (known, weak))
    longest: dict[str, int] = {}
    for name in names:
        key = name[:_PREFIX]
        longest[key] = max(longest.get(key, 0), len(name))
    return _NameIndex(names, longest)


def _known(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    index = _name_index(lexicon.lang)
    countries = load_authority().countries
    text = doc.text.replace("’", "'").replace("\n", " ")
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    i = 0
    while i < len(doc):
        token = doc[i]
        step = 1
        if not token.is_punct and not token.is_space:
            found = _longest_name(text, token, index, ends)
            if found and token.lower_ in lexicon.articles and i + 1 < len(doc):
                later = _longest_name(text, doc[i + 1], index, ends)
                if later and later[0] > found[0]:  # "the Information Commissioner's Office"
                    found = None
            if found:
                end, known, weak = found
                yield _known_spot(doc, i, end, known, weak)
                step = end - i
            elif (country := countries.by_demonym(token.text, lexicon.lang)) is not None:
                yield Spot(i, i + 1, "Country", DEMONYM, known=country)
            elif (place := _places_by_adjective(lexicon.lang).get(token.text)) is not None:
                yield Spot(i, i + 1, "Place", DEMONYM, known=place)
        i += step


@cache
def _places_by_adjective(lang: str) -> dict[str, KnownEntity]:
    """Cities, states and regions by what is said of the people there: "californien", "Texan"."""
    return {
        form: entity
        for entity in load_authority()
        if entity.type == "Place"
        for form in entity.demonyms_in(lang)
    }


def _longest_name(
    text: str, token: Token, index: _NameIndex, ends: dict[int, int]
) -> tuple[int, KnownEntity, bool] | None:
    start = token.idx
    variants = [text[start : start + _PREFIX]]
    if token.is_sent_start and token.text[:1].isupper():
        variants.append(variants[0].lower())
    for prefix in variants:
        for length in range(index.longest.get(prefix, 0), 0, -1):
            stop = start + length
            if stop in ends:
                words = prefix[:1] + text[start + 1 : stop]
                if words in index.names:
                    known, weak = index.names[words]
                    return ends[stop], known, weak
    if token.is_upper and len(token) > _ACRONYM and token.text.capitalize() in index.names:
        known, weak = index.names[token.text.capitalize()]
        return token.i + 1, known, weak
    return None


def _known_spot(doc: Doc, start: int, end: int, known: KnownEntity, weak: bool) -> Spot:
    type_ = known.type
    if type_ == "Place" and known.capital_of and not (
        doc[start].is_upper or _locative(doc[start:end].root)
    ):
        country = load_authority().countries.get(known.capital_of)
        if country is not None:
            return Spot(start, end, country.type, NAME, known=country)
    return Spot(start, end, type_, NAME, known=known, sure=not weak, also=known.also)


def _locative(token: Token) -> bool:
    """Whether a capital's name is a place here: everywhere but as a subject or an agent."""
    if base(token.dep_) == "nsubj" or token.dep_ == "obl:agent":
        return False
    return not (base(token.dep_) in ("obl", "nmod") and case_of(token) in ("by", "par", "with", "avec"))


def _named(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    for ent in doc.ents:
        span = _trim(ent, lexicon)
        if span is None or ent.label_ not in _COARSE:
            continue
        if not any(c.isupper() for c in span.text) or _is_common(span, lexicon):
            continue
        yield Spot(span.start, span.end, _COARSE[ent.label_])


def _is_common(span: TokenSpan, lexicon: Lexicon) -> bool:
    """Whether a supposed name is an ordinary word: a title, or one that opens its sentence."""
    if all(
        t.lower_ in lexicon.titles or (t.pos_ == "NOUN" and "Person" in lexicon.types_of_noun(t))
        for t in span
    ):
        return True
    token = span[0]
    return len(span) == 1 and token.is_sent_start is True and token.pos_ in _FUNCTION


def _titled(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """People named by an honorific: "M. Therrien", "Ms Wells"."""
    for token in doc[:-1]:
        if token.lower_ in lexicon.honorifics and token.text[:1].isupper():
            end = token.i + 1
            while end < len(doc) and doc[end].is_title and doc[end].pos_ == "PROPN":
                end += 1
            if end > token.i + 1:
                yield Spot(token.i, end, "Person")


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
        end = start
        while end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ in _NAMELIKE:
            end += 1
        if end > start and not doc[start].is_sent_start:
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
        spot = names.get(token.text) if token.i not in taken else None
        if spot is not None and token.text[:1].isupper() and len(token) > 2:
            if token.pos_ == "PROPN" or not token.is_sent_start:
                yield Spot(token.i, token.i + 1, spot.type)


def _trim(ent: TokenSpan, lexicon: Lexicon) -> TokenSpan | None:
    """The name without articles, quotes and genitives around it; nothing across a paragraph."""
    start, end = ent.start, ent.end
    for token in ent:
        if "\n" in token.text:
            end = token.i
            break
    doc = ent.doc
    while start < end and (
        doc[start].is_punct
        or doc[start].lower_ in lexicon.articles
        or (doc[start].is_sent_start and end - start > 1 and doc[start].pos_ in _OPENERS)
    ):
        start += 1
    while start < end and (
        (doc[end - 1].is_punct and doc[end - 1].text not in (")", "!", "?", "."))
        or doc[end - 1].lower_ in ("'s", "’s", "'", "’", *lexicon.articles)
    ):
        end -= 1
    return doc[start:end] if start < end else None


def _laws(doc: Doc, lexicon: Lexicon) -> Iterator[Spot]:
    """Names of laws by their shape: "the RESTRICT Act", "la loi Avia", "règlement (UE) 2016/679"."""
    for token in doc:
        if lexicon.lang == "en" and token.text in lexicon.law_words and not token.is_sent_start:
            start = token.i
            while start > 0 and _in_name(doc[start - 1], lexicon) and not doc[start - 1].is_sent_start:
                start -= 1
            while start < token.i and not doc[start].text[:1].isupper():
                start += 1
            if start < token.i and doc[start].lower_ not in lexicon.articles:
                yield Spot(start, token.i + 1, "LegalInstrument", sure=True)
        elif lexicon.lang == "fr" and token.lower_ in lexicon.law_words:
            end = token.i + 1
            while end < len(doc) and _in_law(doc[end], lexicon):
                end += 1
            while end > token.i + 1 and not (
                doc[end - 1].text[:1].isupper() or any(c.isdigit() for c in doc[end - 1].text)
            ):
                end -= 1
            if end > token.i + 1:
                yield Spot(token.i, end, "LegalInstrument", sure=True)


def _in_name(token: Token, lexicon: Lexicon) -> bool:
    return token.text[:1].isupper() or token.lower_ in lexicon.links or token.text == "&"


def _in_law(token: Token, lexicon: Lexicon) -> bool:
    if token.is_punct or token.is_space:
        return token.text in ("-", "/", "n°")
    capital = token.text[:1].isupper() and token.pos_ != "VERB"
    return capital or token.lower_ in lexicon.numbered or any(c.isdigit() for c in token.text[:2])


def _refine(spot: Spot, doc: Doc, lexicon: Lexicon) -> None:
    """Give a name the type that its words, its neighbours or the countries' list say."""
    if spot.known is not None:
        return
    span = doc[spot.start : spot.end]
    country = load_authority().countries.by_name(span.text, lexicon.lang)
    if country is not None:
        spot.type, spot.known = "Country", country
        return
    cue = lexicon.type_of_name(fold(span.text)) if spot.type != "Person" or len(span) > 3 else None
    if spot.type == "Person" and cue is None:
        return
    if cue and not (spot.type == "Person" and cue != "GovernmentBody"):
        spot.type = cue
        return
    if spot.type in ("Company", "Product", "Place"):
        beside = _type_beside(span.root, spot, lexicon)
        if beside:
            spot.type = beside


def _type_beside(root: Token, spot: Spot, lexicon: Lexicon) -> str | None:
    """The type of the common noun that names the name: "l'application X", "X, a startup"."""
    nouns: list[Token] = []
    if base(root.dep_) in ("appos", "flat", "compound") or root.dep_ in ("nmod:desc", "nmod"):
        nouns.append(root.head)
    nouns += children(root, "appos")
    nouns += [c for c in root.children if c.i < spot.start and c.pos_ == "NOUN" and not case_of(c)]
    for noun in nouns:
        if noun.pos_ != "NOUN" or (root.dep_ == "nmod" and case_of(root)):
            continue
        if spot.start <= noun.i < spot.end:
            continue
        types = lexicon.types_of_noun(noun)
        if types and "Person" not in types:
            return types[0]
    return None
