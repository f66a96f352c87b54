"""A pair as numbers: what is between its ends, what is known of both, and what types admit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from policygraph.extraction.fitting import admits
from policygraph.extraction.pairs.codes import Codes
from policygraph.extraction.pairs.lineup import Lineup
from policygraph.extraction.pairs.pairs import Pair
from policygraph.extraction.reading import Node
from policygraph.models.weights import Array

_BETWEEN, _KNOWN = 6, 9
EXTRAS = _BETWEEN + _KNOWN
"""Numbers about a pair: see ``_between`` and ``_known_of``."""

_LONGEST_ROUTE, _LONGEST_DISTANCE, _LAST_SENTENCE, _MOST_TOGETHER = 14, 40, 20, 4


@dataclass(frozen=True, slots=True)
class PairNumbers:
    """One row a pair (p).

    ``sentence`` (p); ``ends`` (p, 2) rows of the article's ends; ``nodes`` (p, 2) the entities
    there, by number; ``extras`` (p, ``EXTRAS``); ``allowed`` (p, predicates); ``often`` (p, 2) see
    ``Lineup``; ``path`` and ``path_of`` tokens on the ways between the ends, and the pairs they
    belong to.
    """

    sentence: Array
    ends: Array
    nodes: Array
    extras: Array
    allowed: Array
    often: Array
    path: Array
    path_of: Array


def pair_numbers(lineup: Lineup, codes: Codes) -> PairNumbers:
    """The numbers of a lineup's pairs."""
    nodes_at = lineup.nodes_at
    ways = [_way(pair) for pair in lineup.pairs]
    extras = np.column_stack([*_between(lineup), _known(lineup.nodes, nodes_at)])
    return PairNumbers(
        sentence=lineup.sentence.astype("int32"),
        ends=lineup.ends.astype("int32"),
        nodes=nodes_at,
        extras=extras.astype("float32"),
        allowed=_admitted(lineup.nodes, nodes_at, codes),
        often=lineup.often,
        path=np.array([i for way in ways for i in way], "int32"),
        path_of=np.repeat(np.arange(len(ways), dtype="int32"), [len(way) for way in ways]),
    )


def _way(pair: Pair) -> list[int]:
    """The tokens between the ends by the parse, or the one end that the sentence has."""
    if pair.route is not None:
        return [*pair.route.up, pair.route.top, *pair.route.down]
    return [end.token.i for end in pair.ends if end.token is not None]


def _between(lineup: Lineup) -> list[Array]:
    """Whether the subject comes first, whether both are there, tokens and arcs between them, the
    sentence's number, and how often both stand together.
    """
    places = [-1 if end.token is None else end.token.i for _, end in lineup.who]
    subject, object_ = np.array(places, int)[lineup.ends].T
    routes = [pair.route for pair in lineup.pairs]
    arcs = np.array([-1 if route is None else route.length for route in routes], int)
    both = arcs >= 0
    distance = np.where(both, np.minimum(abs(subject - object_), _LONGEST_DISTANCE), 0)
    return [
        subject < object_,
        both,
        distance / _LONGEST_DISTANCE,
        np.clip(arcs, 0, _LONGEST_ROUTE) / _LONGEST_ROUTE,
        np.minimum(lineup.sentence, _LAST_SENTENCE) / _LAST_SENTENCE,
        np.minimum(lineup.together, _MOST_TOGETHER) / _MOST_TOGETHER,
    ]


def _known(nodes: Sequence[Node], nodes_at: Array) -> Array:
    """(pairs, ``_KNOWN``): what the authority file knows of both ends together."""
    told: dict[tuple[int, int], tuple[bool, ...]] = {}
    found = np.zeros((len(nodes_at), _KNOWN), bool)
    for row, (one, other) in enumerate(nodes_at.tolist()):
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


def _admitted(nodes: Sequence[Node], nodes_at: Array, codes: Codes) -> Array:
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
    found: Array = of_node[nodes_at[:, 0], 0] & of_node[nodes_at[:, 1], 1]
    return found
