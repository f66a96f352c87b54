"""A pair as numbers: its two ends, what is known of both, the way between them, and types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from policygraph.extraction.codes import Codes
from policygraph.extraction.occurrences import Occurrence
from policygraph.extraction.pairs import Pair, admits
from policygraph.extraction.reading import Node
from policygraph.extraction.survey import Survey
from policygraph.extraction.syntax import base
from policygraph.models.weights import Array

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_OF_END, _BETWEEN, _KNOWN = 7, 6, 9
EXTRAS = 2 * _OF_END + _BETWEEN + _KNOWN
"""Numbers about a pair: see ``pair_extras``."""

_LONGEST_ROUTE, _LONGEST_DISTANCE, _LAST_SENTENCE, _MOST_MENTIONS = 14, 40, 20, 8
_MOST_TOGETHER = 4

Paired = Sequence[tuple[int, Occurrence]]
"""Those who are paired in each sentence, with the sentence's number."""


def paired(surveys: Sequence[Survey]) -> tuple[Paired, Array]:
    """Those who are paired, and (pairs, 2) which of them stand at the ends of each pair.

    Each is an end of many pairs, so what the encoding tells of them is worked out once.
    """
    found: list[tuple[int, Occurrence]] = []
    rows: dict[int, int] = {}
    ends: list[int] = []
    for number, survey in enumerate(surveys):
        for pair in survey.pairs:
            for end in (pair.subject, pair.object):
                row = rows.get(id(end))
                if row is None:
                    row = rows[id(end)] = len(found)
                    found.append((number, end))
                ends.append(row)
    return found, np.array(ends, int).reshape(-1, 2)


def mentioned(surveys: Sequence[Survey]) -> tuple[dict[int, int], Array, Array]:
    """Numbers of the entities (by identity), and the tokens that mention them, by number."""
    numbers: dict[int, int] = {}
    found: list[tuple[int, int]] = []
    for survey in surveys:
        for o in survey.present:
            if o.token is not None and not o.rank:
                found.append((numbers.setdefault(id(o.node), len(numbers)), o.token.i))
    found.sort()
    of, tokens = np.array(found, "int32").reshape(-1, 2).T
    return numbers, tokens, of


def place_of(end: Occurrence, sent: TokenSpan) -> int:
    """The token of an end within its sentence; where an implied one was last named, or -1."""
    if end.token is not None:
        return min(max(end.token.i, sent.start), sent.end - 1)
    return -1 if end.source is None else end.source.i


def way_of(pair: Pair) -> list[int]:
    """The tokens between the ends by the parse, or the one end that the sentence has."""
    if pair.route is not None:
        return [*pair.route.up, pair.route.top, *pair.route.down]
    return [end.token.i for end in pair.ends if end.token is not None]


def end_types(nodes: Sequence[Node], codes: Codes) -> Array:
    """(nodes, types): which types each entity has."""
    flags = np.zeros((len(nodes), len(codes.types)), "float32")
    for row, node in zip(flags, nodes, strict=True):
        row[[codes.types[name] for name in node.types()]] = 1
    return flags


def _end_extras(end: Occurrence, titled: set[int], subjects: set[int]) -> tuple[float, ...]:
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


def pair_extras(
    surveys: Sequence[Survey],
    who: Paired,
    ends: Array,
    sentence: Array,
    nodes: Sequence[Node],
    node_at: Array,
) -> Array:
    """Numbers about both ends of every pair, what is between them, and what is known.

    ``node_at`` (pairs, 2) tells which of the ``nodes`` stand at the ends.
    """
    titled = {id(o.node) for o in surveys[0].present if not o.doubtful} if surveys else set()
    subjects = [
        {
            id(o.node)
            for o in s.before
            if o.token is not None and base(o.token.dep_) == "nsubj" and not o.doubtful
        }
        for s in surveys
    ]
    told = [_end_extras(end, titled, subjects[number]) for number, end in who]
    places = [-1 if end.token is None else end.token.i for _, end in who]
    subject, object_ = np.array(places, int)[ends].T
    routes = [pair.route for survey in surveys for pair in survey.pairs]
    arcs = np.array([-1 if route is None else route.length for route in routes], int)
    both = arcs >= 0
    distance = np.where(both, np.minimum(abs(subject - object_), _LONGEST_DISTANCE), 0)
    between = [
        subject < object_,
        both,
        distance / _LONGEST_DISTANCE,
        np.clip(arcs, 0, _LONGEST_ROUTE) / _LONGEST_ROUTE,
        np.minimum(sentence, _LAST_SENTENCE) / _LAST_SENTENCE,
        np.minimum(_together(node_at, both), _MOST_TOGETHER) / _MOST_TOGETHER,
    ]
    of_ends = np.array(told).reshape(-1, _OF_END)[ends].reshape(-1, 2 * _OF_END)
    known = _known(nodes, node_at)
    return np.column_stack([of_ends, *between, known]).astype("float32")


def _together(node_at: Array, both: Array) -> Array:
    """(pairs,): in how many sentences both entities of each pair stand, near by the parse."""
    key = node_at[:, 0] * (node_at.max(initial=0) + 1) + node_at[:, 1]
    _, of = np.unique(key, return_inverse=True)
    found: Array = np.bincount(of, both)[of]
    return found


def _known(nodes: Sequence[Node], node_at: Array) -> Array:
    """(pairs, 9): what the authority file knows of both ends together."""
    told: dict[tuple[int, int], tuple[bool, ...]] = {}
    found = np.zeros((len(node_at), _KNOWN), bool)
    for row, (one, other) in enumerate(node_at.tolist()):
        if (one, other) not in told:
            told[one, other] = _known_of(nodes[one], nodes[other])
        found[row] = told[one, other]
    return found


_LOCAL = frozenset({"Country", "Place"})


def _known_of(subject: Node, object_: Node) -> tuple[bool, ...]:
    """Whether the object is the subject's parent, the subject the object's, both of one parent;
    whether a land or place, as object and as subject, is of the other's country or of another;
    whether two others are of one country, or not.
    """
    one, other = subject.known, object_.known
    if one is None or other is None:
        return (False,) * _KNOWN
    lands = one.country or one.code, other.country or other.code
    same, apart = None not in lands and lands[0] == lands[1], None not in lands
    apart = apart and not same
    to, of = object_.type in _LOCAL, subject.type in _LOCAL
    neither = not to and not of
    return (
        one.parent == other.slug,
        other.parent == one.slug,
        one.parent is not None and one.parent == other.parent,
        to and same, to and apart, of and same, of and apart, neither and same, neither and apart,
    )  # fmt: skip


def admitted(nodes: Sequence[Node], ends: Array, codes: Codes) -> Array:
    """(pairs, predicates): which ones the types of a pair admit."""
    known: dict[frozenset[str], list[list[bool]]] = {}
    for node in nodes:
        types = frozenset(node.types())
        if types not in known:
            known[types] = [
                [admits(predicate.domain, types) for predicate in codes.vocabulary],
                [admits(predicate.range, types) for predicate in codes.vocabulary],
            ]
    of_node = np.array([known[frozenset(node.types())] for node in nodes], bool)
    of_node = of_node.reshape(-1, 2, len(codes.vocabulary))
    found: Array = of_node[ends[:, 0], 0] & of_node[ends[:, 1], 1]
    return found
