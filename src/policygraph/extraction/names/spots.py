"""Finds the words of an article that may name something: names, demonyms, dates, amounts.

A *spot* is a candidate mention, in tokens of the spaCy ``Doc``. Names come from two
sources, the authority file and the pipeline's NER; the longer wins, and the authority's
type beats the model's. What a name is (regulator, law, outlet …) is read from its words
and from the noun beside it (``ontology/lexicon/names.toml``, ``nominals.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.capital_firms import find_capital_firms
from policygraph.extraction.names.cases import find_cases
from policygraph.extraction.names.enumerations import settle_examples
from policygraph.extraction.names.known_names import known_names
from policygraph.extraction.names.laws import find_laws, is_consent, known_laws, names_provision
from policygraph.extraction.names.longer_names import is_short_for, may_extend
from policygraph.extraction.names.marked_names import (
    announced_names,
    headed_names,
    humped_names,
    repeated_names,
    site_names,
    titled_names,
)
from policygraph.extraction.names.name_types import refine, settle
from policygraph.extraction.names.portfolios import find_portfolios
from policygraph.extraction.names.tagged_names import tagged_names
from policygraph.extraction.spot import MATTER, NAME, VALUE, Spot
from policygraph.extraction.values.dates import find_dates
from policygraph.extraction.values.money import find_money
from policygraph.extraction.values.past_days import past_day

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


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
    names = [s for s in tagged_names(doc, lexicon) if not names_provision(doc, s, lexicon)]
    people = list(titled_names(doc, lexicon))
    firms = list(find_capital_firms(doc, text, lexicon))
    headed = list(headed_names(doc, lexicon))
    lists = list(find_portfolios(doc, lexicon, known))
    cases = list(find_cases(doc, lexicon, [*names, *known]))
    chosen = _choose(
        [*cases, *lists, *laws, *values, *headed, *people, *firms],
        _merge(known, names, doc, lexicon),
    )
    chosen = _choose(chosen, announced_names(doc, lexicon))
    chosen = _choose(chosen, site_names(doc))
    chosen = _choose(chosen, humped_names(doc, text, lexicon))
    chosen = _choose(chosen, repeated_names(doc, chosen))
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


def _is_post(spot: Spot, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether a supposed person is but an office: "Home Affairs Minister"."""
    return (
        spot.kind == NAME
        and spot.type == "Person"
        and spot.known is None
        and lexicon.lang == "en"
        and doc[spot.end - 1].lower_ in lexicon.titles
    )
