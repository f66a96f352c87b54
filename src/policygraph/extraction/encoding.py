"""An article as numbers: its words, its parse, and the pairs of entities in each sentence.

What ``network`` reads. Names are hidden behind their types, so that it learns the words
around a name rather than the name; the rules' triggers come along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from policygraph.extraction.codes import KIND_AT, POS_AT, Codes, dep_code
from policygraph.extraction.pair_numbers import (
    admitted,
    end_types,
    mentioned,
    pair_extras,
    paired,
    place_of,
    way_of,
)
from policygraph.extraction.reading import Reading
from policygraph.extraction.survey import Survey
from policygraph.extraction.token_flags import token_flags
from policygraph.extraction.token_numbers import arcs_between, mention_codes, word_numbers
from policygraph.models.weights import Array
from policygraph.rules import Rules


@dataclass(frozen=True, slots=True)
class Encoded:
    """An article's numbers: one row a token (t), a sentence (s) or a pair (p).

    ``words`` (t) hashed lemmas; ``meanings`` (t) rows of their vectors; ``pos``, ``deps``,
    ``types``, ``kinds`` (t) codes; ``flags`` (t, flags); ``triggers`` (t, predicates) weights of
    the rules' triggers; ``heads`` (t)
    indices; ``starts`` (s + 1) first tokens, then the end. ``arcs`` (s) matrices of arcs
    between the tokens of a sentence, ``FARTHEST`` at most.

    ``sentence`` (p); ``ends`` (p, 2) tokens of subject and object, of an implied one where it
    was last mentioned, or -1; ``end_kinds`` (p, 2); ``end_types`` (p, 2, types) flags;
    ``extras`` (p, extras); ``allowed`` (p, predicates); ``path`` and ``path_of`` tokens on the
    ways between the ends, and the pairs they belong to.

    ``mentions`` (m) the tokens that mention an entity anywhere in the article, ``mention_of`` (m)
    the entities' numbers, in their order; ``entities`` (p, 2) those of the ends, or -1.
    """

    words: Array
    meanings: Array
    pos: Array
    deps: Array
    types: Array
    kinds: Array
    flags: Array
    triggers: Array
    heads: Array
    starts: Array
    arcs: Sequence[Array]
    sentence: Array
    ends: Array
    end_kinds: Array
    end_types: Array
    extras: Array
    allowed: Array
    path: Array
    path_of: Array
    mentions: Array
    mention_of: Array
    entities: Array


def encode(reading: Reading, surveys: Sequence[Survey], codes: Codes, rules: Rules) -> Encoded:
    """The numbers of an article whose sentences were surveyed, in reading order."""
    tokens = reading.tokens
    triggers = np.zeros((len(tokens), len(codes.predicates)), "float32")
    for survey in surveys:
        for token, pattern in survey.places:
            column = codes.predicates[pattern.predicate]
            triggers[token.i, column] = max(triggers[token.i, column], pattern.weight)
    types, kinds = mention_codes(reading, (o for s in surveys for o in s.present), codes)
    words, meanings = word_numbers(reading)
    who, ends = paired(surveys)
    nodes = list({id(end.node): end.node for _, end in who}.values())
    rows = {id(node): row for row, node in enumerate(nodes)}
    node_at = np.array([rows[id(end.node)] for _, end in who], int)[ends]
    numbers, mentions, mention_of = mentioned(surveys)
    sentences = [survey.sent for survey in surveys]
    sentence = np.repeat(np.arange(len(surveys)), [len(survey.pairs) for survey in surveys])
    ways = [way_of(pair) for survey in surveys for pair in survey.pairs]
    return Encoded(
        words=words,
        meanings=meanings,
        pos=np.array([POS_AT.get(name, 0) for name in reading.pos], "int8"),
        deps=np.array([dep_code(name) for name in reading.deps], "int8"),
        types=types,
        kinds=kinds,
        flags=token_flags(reading, rules),
        triggers=triggers,
        heads=np.array(reading.heads, "int32"),
        starts=np.array([*(s.start for s in sentences), len(tokens)], "int32"),
        arcs=[arcs_between(reading.heads[s.start : s.end], s.start) for s in sentences],
        sentence=sentence.astype("int32"),
        ends=np.array([place_of(end, sentences[n]) for n, end in who], "int32")[ends],
        end_kinds=np.array([KIND_AT[end.kind] for _, end in who], "int8")[ends],
        end_types=end_types(nodes, codes)[node_at],
        extras=pair_extras(surveys, who, ends, sentence, nodes, node_at),
        allowed=admitted(nodes, node_at, codes),
        path=np.array([i for way in ways for i in way], "int32"),
        path_of=np.repeat(np.arange(len(ways), dtype="int32"), [len(way) for way in ways]),
        mentions=mentions,
        mention_of=mention_of,
        entities=np.array([numbers.get(id(end.node), -1) for _, end in who], "int32")[ends],
    )
