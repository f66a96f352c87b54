"""What one sentence offers to the judges of claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.extraction.pairs.occurrences import Occurrence
from policygraph.extraction.pairs.pairs import Pair, Places

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan


@dataclass(frozen=True, slots=True)
class Survey:
    """What one sentence offers: triggers, and pairs that a claim may join.

    ``present`` are those who occur in the sentence, ``before`` those in the one before it.
    """

    sent: TokenSpan
    places: Places
    pairs: Sequence[Pair]
    present: Sequence[Occurrence]
    before: Sequence[Occurrence]
