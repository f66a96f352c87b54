"""Tells where the pipeline's NER sees more of a name than the authority file knows.

"Orange" is known, "Orange Belgique" is another firm; "Commission" is known, "Commission des jeux
de hasard" is another body; but "American firm" and "PDG de Renault" are not names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.legal_forms import load_legal_forms
from policygraph.extraction.spot import DEMONYM, Spot
from policygraph.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_BODIES = frozenset(
    {"GovernmentBody", "IntergovernmentalOrganization", "AdvocacyGroup", "ResearchOrganization"}
)
_OF_PLACES = _BODIES | {"Company"}
"""Types of what a French noun at the start of a name tells: "Bourse de Lagos", "Banque de Lyon"."""
_LOCAL = frozenset({"Country", "Place"})
_LEAST = 3
"""Words of a body's name in which some have no capital."""


def may_extend(name: Spot, known: Iterable[Spot], doc: Doc, lexicon: Lexicon) -> bool:
    """Whether a longer NER span may swallow authority spots inside it."""
    inside = [s for s in known if s.start < name.end and name.start < s.end]
    if not inside:
        return True
    if not all(name.start <= _bare_start(s, doc, lexicon) and s.end <= name.end for s in inside):
        return False
    span = doc[name.start : name.end]
    if inside[0].start - 1 == name.start and span[0].lower_ in lexicon.articles:
        return False
    if len(inside) == 1 and inside[0].type not in ("Person", "LegalInstrument", *_LOCAL):
        outside = [t for t in span if not inside[0].start <= t.i < inside[0].end]
        if all(t.text[:1].isupper() or t.text[:1].isdigit() for t in outside):
            return True
    if any(s.type == "Person" for s in inside) or _is_broken(span) or _is_post_at(span, inside[0]):
        return False
    return (
        _is_registered(span)
        or _is_body(span, lexicon)
        or _has_country(span, name, inside, lexicon)
        or _is_national(span, name, inside, lexicon)
    )


def _bare_start(spot: Spot, doc: Doc, lexicon: Lexicon) -> int:
    """Where a known name begins without the article that may not be its own: "The East African"."""
    longer = spot.end - spot.start > 1
    return spot.start + (longer and doc[spot.start].lower_ in lexicon.articles)


def _is_registered(span: TokenSpan) -> bool:
    """Whether a name ends as a firm's does in a register: "Google Asia Pacific Pte Ltd"."""
    written_large = all(t.text[:1].isupper() or t.text[:1].isdigit() for t in span)
    return written_large and load_legal_forms().ends(t.text for t in span)


def _is_post_at(span: TokenSpan, body: Spot) -> bool:
    """Whether a body's name is followed by what somebody there is in charge of: "(le commissaire
    de) l'Union africaine aux infrastructures".
    """
    behind = span.doc[body.end : span.end]
    return (
        body.start == span.start
        and body.type == "IntergovernmentalOrganization"
        and len(behind) > 1
        and behind[0].lower_ in ("à", "au", "aux")
        and not any(token.text[:1].isupper() for token in behind)
    )


def is_short_for(name: Spot, names: Iterable[Spot], doc: Doc) -> bool:
    """Whether a name of one word is how a longer name begins: "the Commission" is that one."""
    if name.end - name.start > 1:
        return False
    word = doc[name.start].text
    return any(n.end - n.start > 1 and doc[n.start].text == word for n in names)


def with_place(name: TokenSpan, seen: TokenSpan, lexicon: Lexicon) -> TokenSpan:
    """A French name with the place on whose account the NER parted it: "Bourse de" | "Lagos".

    ``name`` is what is left of what the NER has ``seen``.
    """
    doc, end = seen.doc, seen.end
    if lexicon.lang != "fr" or name.end != end - 1 or end == len(doc):
        return name
    if doc[end].ent_type_ != "LOC" or lexicon.type_of_start(fold(name.text)) not in _OF_PLACES:
        return name
    return doc[name.start : next((ent.end for ent in doc.ents if ent.start == end), name.end)]


def _is_broken(span: TokenSpan) -> bool:
    """Whether a span holds more than a name: a stop, a genitive, a line's end."""
    return any(t.is_space or t.lower_ in ("'s", "’s") or t.text in ",:;-–—" for t in span)


def _is_capital(span: TokenSpan, lexicon: Lexicon) -> bool:
    """Whether all words but small ones are written large."""
    return all(t.text[:1].isupper() or t.text[:1].isdigit() or _is_small(t, lexicon) for t in span)


def _is_small(token: object, lexicon: Lexicon) -> bool:
    return str(token).lower() in lexicon.links | lexicon.articles


def _is_body(span: TokenSpan, lexicon: Lexicon) -> bool:
    """Whether a name says that it is a body's: its words in English, its noun in French."""
    if lexicon.lang == "en":
        return _is_capital(span, lexicon) and lexicon.type_of_name(fold(span.text)) in _BODIES
    noun = next((t.i for t in span if t.pos_ != "ADJ"), span.start)  # "Haute Cour"
    words = fold(span.doc[noun : span.end].text)
    if len(span) < _LEAST or lexicon.type_of_start(words) not in _OF_PLACES:
        return False
    return all(t.pos_ in ("NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ", "X") for t in span)


def _has_country(span: TokenSpan, name: Spot, inside: list[Spot], lexicon: Lexicon) -> bool:
    """Whether a name ends with a country's or a region's, as a branch's does, or begins a person's
    with it.
    """
    first, last = inside[0], inside[-1]
    if name.type == "Person":
        return first.start == name.start and first.type in _LOCAL and len(span) == _PAIR
    ends = _is_wide(last) and last.kind != DEMONYM and last.end == name.end
    return (
        ends
        and last.start > name.start
        and _is_capital(span, lexicon)
        and (span[0].pos_ == "PROPN" or not span[0].is_sent_start)
    )


def _is_wide(spot: Spot) -> bool:
    """Whether a spot is a country, or a part of the world: a place that no country has."""
    if spot.type == "Country":
        return True
    return spot.type == "Place" and spot.known is not None and spot.known.country is None


def _is_national(span: TokenSpan, name: Spot, inside: list[Spot], lexicon: Lexicon) -> bool:
    """Whether an organisation's name begins with an adjective of nationality, or in English with a
    country: "Canadian Tire", "Indonesia Stock Exchange".
    """
    first = inside[0]
    begins = first.kind == DEMONYM or (
        first.type == "Country" and name.type == "Company" and lexicon.lang == "en"
    )
    only = begins and len(inside) == 1 and first.start == name.start and first.end < name.end
    is_country = lexicon.types_of_noun(span[-1])[:1] == ("Country",)  # "Togolese Republic"
    return only and not is_country and all(t.text[:1].isupper() for t in span)


_PAIR = 2
"""Words of a person's name that begins like a place's: "Santiago Pedraz"."""
