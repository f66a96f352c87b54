"""A candidate mention of an entity, in tokens of the doc."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policygraph.authority import KnownEntity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAME, DEMONYM, VALUE, GROUP, NOMINAL = "name", "demonym", "value", "group", "nominal"

COARSE = {
    "PERSON": "Person",
    "PER": "Person",
    "ORG": "Company",
    "LOC": "Place",
    "GPE": "Place",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "LAW": "LegalInstrument",
}
"""Types that the NER's labels stand for."""

MATTER = "matter"
"""Kind of a spot that names nothing, and hides what may look like names in it."""


@dataclass(slots=True, eq=False)
class Spot:
    """A candidate mention: tokens ``[start, end)`` of the doc, its type, and what it may be.

    ``kind`` is name, demonym, value (date or money), group or nominal; ``value`` is the
    canonical form of a value; ``known`` an entry of the authority file; ``sure`` is False
    for names that need support from elsewhere in the article; ``apart`` says that it means
    another thing than the same words elsewhere: a capital who governs there, "the Amazon" a
    river. ``odds`` are log-probabilities of the types of a name (``name_types``), where it was
    weighed; ``chance`` the probability that a nominal stands for what it was linked with.
    """

    start: int
    end: int
    type: str
    kind: str = NAME
    known: KnownEntity | None = None
    value: str | None = None
    deadline: bool = False
    sure: bool = True
    apart: bool = False
    also: tuple[str, ...] = field(default=())
    odds: Any = None
    chance: float = 1.0

    def root(self, doc: Doc) -> Token:
        """The head of the phrase; of what is before a number, where the parse begins a sentence
        with that: "Law No. 27".
        """
        inside = doc[self.start + 1 : self.end]
        end = next((t.i for t in inside if t.is_sent_start and t.text[0].isdigit()), self.end)
        return doc[self.start : end].root
