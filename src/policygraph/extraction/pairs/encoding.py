"""An article as numbers: its words, its parse, and the pairs of entities in each sentence.

What ``network`` reads. Names are hidden behind their types, so that it learns the words
around a name rather than the name; the rules' triggers come along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from policygraph.extraction.pairs.codes import POS_AT, Codes, dep_code
from policygraph.extraction.pairs.end_numbers import Ends, end_numbers
from policygraph.extraction.pairs.lineup import Lineup, line_up
from policygraph.extraction.pairs.pair_numbers import PairNumbers, pair_numbers
from policygraph.extraction.pairs.survey import Survey
from policygraph.extraction.pairs.token_flags import token_flags
from policygraph.extraction.pairs.token_numbers import (
    arcs_between,
    mention_codes,
    mentioned,
    word_numbers,
)
from policygraph.extraction.reading import Reading
from policygraph.models.context import context_of
from policygraph.models.weights import Array
from policygraph.rules import Rules


@dataclass(frozen=True, slots=True)
class EncodedText:
    """An article's numbers, but for its pairs: one row a token (t), sentence (s) or mention (m).

    ``words`` (t) hashed lemmas; ``meanings`` (t) rows of their vectors; ``context`` (t, numbers)
    what each means in its place; ``pos``, ``deps``, ``types``, ``kinds`` (t) codes; ``flags`` (t,
    flags); ``triggers`` (t, predicates) weights of the rules' triggers; ``heads`` (t) indices;
    ``starts`` (s + 1) first tokens, then the end.
    ``arcs`` (s) matrices of arcs between the tokens of a sentence, ``FARTHEST`` at most.

    ``mentions`` (m) the tokens that mention an entity anywhere in the article, ``mention_of`` (m)
    the entities' numbers, in their order; ``who`` may be ends of pairs.
    """

    words: Array
    meanings: Array
    context: Array
    pos: Array
    deps: Array
    types: Array
    kinds: Array
    flags: Array
    triggers: Array
    heads: Array
    starts: Array
    arcs: Sequence[Array]
    mentions: Array
    mention_of: Array
    who: Ends


@dataclass(frozen=True, slots=True)
class Encoded:
    """An article's numbers, and those of the pairs that are to be judged."""

    text: EncodedText
    pairs: PairNumbers

    @property
    def end_tokens(self) -> Array:
        """(pairs, 2): the tokens of subject and object, see ``Ends``."""
        found: Array = self.text.who.tokens[self.pairs.ends]
        return found

    @property
    def end_kinds(self) -> Array:
        """(pairs, 2): the kinds of both mentions."""
        found: Array = self.text.who.kinds[self.pairs.ends]
        return found


def encode(
    reading: Reading, surveys: Sequence[Survey], codes: Codes, rules: Rules
) -> tuple[Lineup, Encoded]:
    """All pairs of an article whose sentences were surveyed, in reading order, and their numbers,
    for training.
    """
    lineup = line_up(surveys)
    text = encode_text(reading, surveys, lineup, codes, rules)
    return lineup, Encoded(text, pair_numbers(lineup, codes))


def encode_text(
    reading: Reading, surveys: Sequence[Survey], lineup: Lineup, codes: Codes, rules: Rules
) -> EncodedText:
    """The numbers of an article and of those who stand in its lineup."""
    tokens = reading.tokens
    triggers = np.zeros((len(tokens), len(codes.predicates)), "float32")
    for survey in surveys:
        for token, pattern in survey.places:
            column = codes.predicates[pattern.predicate]
            triggers[token.i, column] = max(triggers[token.i, column], pattern.weight)
    types, kinds = mention_codes(reading, (o for s in surveys for o in s.present), codes)
    words, meanings = word_numbers(reading)
    numbers, mentions, mention_of = mentioned(surveys)
    sentences = [survey.sent for survey in surveys]
    return EncodedText(
        words=words,
        meanings=meanings,
        context=context_of(reading.doc),
        pos=np.array([POS_AT.get(name, 0) for name in reading.pos], "int8"),
        deps=np.array([dep_code(name) for name in reading.deps], "int8"),
        types=types,
        kinds=kinds,
        flags=token_flags(reading, rules),
        triggers=triggers,
        heads=np.array(reading.heads, "int32"),
        starts=np.array([*(s.start for s in sentences), len(tokens)], "int32"),
        arcs=[arcs_between(reading.heads[s.start : s.end], s.start) for s in sentences],
        mentions=mentions,
        mention_of=mention_of,
        who=end_numbers(lineup, surveys, codes, numbers),
    )
