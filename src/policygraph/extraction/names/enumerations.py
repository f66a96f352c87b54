"""Types names by the noun whose examples they are: "apps such as Grindr, Zoosk and Quorne"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import is_plural
from policygraph.extraction.names.name_types import settle
from policygraph.extraction.spot import NAME, Spot
from policygraph.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TOLD = frozenset({"Company", "Product", "AdvocacyGroup", "MediaOutlet", "ResearchOrganization"})
"""Types that a noun tells of its examples; a state or a person is known by its own words."""


def settle_examples(doc: Doc, spots: Sequence[Spot], lexicon: Lexicon) -> None:
    """Give unknown names the first type of the noun whose examples they are, but where they are of
    another that it has, or their own words tell one: "clients such as Quorne University".
    """
    for place, spot in enumerate(spots):
        noun = _noun_before(doc, spot.start, lexicon)
        if noun is None:
            continue
        types = lexicon.types_of_noun(doc[noun])
        if types and types[0] in _TOLD:
            for example in _listed(doc, spots[place:], lexicon):
                if _is_open(example, doc, lexicon):
                    example.type = example.type if example.type in types else types[0]
                    settle(example)


def _is_open(spot: Spot, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether it is a noun's to tell what a name is."""
    if spot.kind != NAME or spot.known is not None or spot.type == "Person":
        return False
    return lexicon.type_of_name(fold(doc[spot.start : spot.end].text)) is None


def _noun_before(doc: Doc, start: int, lexicon: Lexicon) -> int | None:
    """The noun in the plural before what introduces examples, which ends before a name."""
    if start and doc[start - 1].lower_ in lexicon.articles:
        start -= 1
    if not start:
        return None
    last = doc[start - 1].lower_
    for words in lexicon.examples:
        first = start - len(words)
        if last == words[-1] and first > 0 and tuple(t.lower_ for t in doc[first:start]) == words:
            noun = first - 2 if doc[first - 1].text == "," else first - 1
            plural = noun >= 0 and is_plural(doc[noun])
            return noun if plural and doc[noun].pos_ == "NOUN" else None
    return None


def _listed(doc: Doc, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Spot]:
    """The first of some spots, and those that only commas and "and" join to it."""
    end = spots[0].start
    for spot in spots:
        between = [t.lower_ for t in doc[end : spot.start] if t.lower_ not in lexicon.articles]
        if not all(word == "," or word in lexicon.joining for word in between):
            return
        yield spot
        end = spot.end
