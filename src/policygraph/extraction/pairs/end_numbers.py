"""An end of pairs as numbers: what stands there, its types, and what the article makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policygraph.extraction.language.syntax import base
from policygraph.extraction.pairs.codes import KIND_AT, Codes
from policygraph.extraction.pairs.lineup import Lineup
from policygraph.extraction.pairs.occurrences import Occurrence
from policygraph.extraction.pairs.survey import Survey
from policygraph.extraction.reading import Node
from policygraph.models.weights import Array

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

TOLD = 7
"""Numbers about an end: see ``_told``."""

_MOST_MENTIONS = 8


@dataclass(frozen=True, slots=True)
class Ends:
    """One row an end (e).

    ``sentence`` (e); ``tokens`` (e), of an implied one where it was last mentioned, or -1;
    ``kinds`` (e) codes; ``types`` (e, types) flags; ``told`` (e, ``TOLD``); ``entities`` (e) by
    their mentions' numbers, or -1.
    """

    sentence: Array
    tokens: Array
    kinds: Array
    types: Array
    told: Array
    entities: Array


def end_numbers(
    lineup: Lineup, surveys: Sequence[Survey], codes: Codes, numbers: dict[int, int]
) -> Ends:
    """The numbers of all who stand in a lineup; ``numbers`` are those of mentioned entities."""
    titled = {id(o.node) for o in surveys[0].present if not o.doubtful} if surveys else set()
    subjects = [
        {
            id(o.node)
            for o in s.before
            if o.token is not None and base(o.token.dep_) == "nsubj" and not o.doubtful
        }
        for s in surveys
    ]
    who = lineup.who
    told = [_told(end, titled, subjects[number]) for number, end in who]
    return Ends(
        sentence=np.array([number for number, _ in who], "int32"),
        tokens=np.array([_token(end, surveys[number].sent) for number, end in who], "int32"),
        kinds=np.array([KIND_AT[end.kind] for _, end in who], "int8"),
        types=_types(lineup.nodes, codes)[lineup.node_of],
        told=np.array(told, "float32").reshape(-1, TOLD),
        entities=np.array([numbers.get(id(end.node), -1) for _, end in who], "int32"),
    )


def _token(end: Occurrence, sent: TokenSpan) -> int:
    """The token of an end within its sentence; where an implied one was last named, or -1."""
    if end.token is not None:
        return min(max(end.token.i, sent.start), sent.end - 1)
    return -1 if end.source is None else end.source.i


def _types(nodes: Sequence[Node], codes: Codes) -> Array:
    """(nodes, types): which types each entity has."""
    flags = np.zeros((len(nodes), len(codes.types)), "float32")
    for row, node in zip(flags, nodes, strict=True):
        row[[codes.types[name] for name in node.types()]] = 1
    return flags


def _told(end: Occurrence, titled: set[int], subjects: set[int]) -> tuple[float, ...]:
    """Mentions, how far back, rank, whether the title names it, whether it was subject of the
    sentence before, whether the authority knows it, and how sure it is that it stands there.
    """
    return (
        min(_MOST_MENTIONS, len(end.node.spots)) / _MOST_MENTIONS,
        end.back / 3,
        end.rank / 3,
        id(end.node) in titled,
        id(end.node) in subjects,
        end.node.known is not None,
        end.chance,
    )
