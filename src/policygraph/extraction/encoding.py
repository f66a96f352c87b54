"""An article as numbers: its words, its parse, and the pairs of entities in each sentence.

What ``network`` reads. Names are hidden behind their types, so that it learns the words
around a name rather than the name; the rules' triggers come along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from policygraph.extraction.occurrences import IMPLIED, PRONOUN, Occurrence
from policygraph.extraction.pairs import Pair, Places, admits
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spots import DEMONYM, GROUP, NAME, NOMINAL, VALUE
from policygraph.extraction.syntax import base, is_passive, is_verb
from policygraph.model import Status
from policygraph.models.meanings import load_meanings
from policygraph.models.weights import Array
from policygraph.ontology import Predicate, Vocabulary
from policygraph.rules import Rules

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

WORDS = 1 << 14
"""Rows that lemmas are hashed to."""

FARTHEST, NOWHERE = 8, 9
"""Arcs between two tokens count up to ``FARTHEST``; ``NOWHERE`` is the distance to an implied
entity."""

KINDS = ("", NAME, DEMONYM, VALUE, GROUP, NOMINAL, PRONOUN, IMPLIED)
"""Kinds of mention, "" for a token that mentions nothing."""

_STATUS_AT = {status: i for i, status in enumerate(Status)}
FLAGS = 5 + len(_STATUS_AT) + 2
"""Yes and no about a token: see ``_flags``."""

_OF_END = 6
EXTRAS = 2 * _OF_END + 5
"""Numbers about a pair: see ``_extras``."""

_LONGEST_ROUTE, _LONGEST_DISTANCE, _LAST_SENTENCE, _MOST_MENTIONS = 14, 40, 20, 8

POS = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
    "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X", "SPACE",
)  # fmt: skip
DEPS = (
    "", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
    "ccomp", "compound", "conj", "cop", "csubj", "dep", "det", "discourse", "dislocated", "expl",
    "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nmod:poss", "nsubj",
    "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "orphan", "parataxis", "punct",
    "reparandum", "ROOT", "vocative", "xcomp",
)  # fmt: skip
_POS_AT = {name: i for i, name in enumerate(POS)}
_DEP_AT = {name: i for i, name in enumerate(DEPS)}
_KIND_AT = {name: i for i, name in enumerate(KINDS)}
IMPLIED_KIND = _KIND_AT[IMPLIED]


@dataclass(frozen=True, slots=True)
class Codes:
    """Columns of entity types and predicates, in the order of their names.

    A token's type counts from 1, since 0 means none.
    """

    types: Mapping[str, int]
    predicates: Mapping[str, int]
    vocabulary: Sequence[Predicate]


def codes_of(vocabulary: Vocabulary) -> Codes:
    """The codes that a vocabulary gives."""
    return Codes(
        types={name: i for i, name in enumerate(sorted(vocabulary.types))},
        predicates={name: i for i, name in enumerate(sorted(vocabulary.predicates))},
        vocabulary=[vocabulary.predicates[name] for name in sorted(vocabulary.predicates)],
    )


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


def encode(reading: Reading, surveys: Sequence[Survey], codes: Codes, rules: Rules) -> Encoded:
    """The numbers of an article whose sentences were surveyed, in reading order."""
    tokens = reading.tokens
    triggers = np.zeros((len(tokens), len(codes.predicates)), "float32")
    for survey in surveys:
        for token, pattern in survey.places:
            column = codes.predicates[pattern.predicate]
            triggers[token.i, column] = max(triggers[token.i, column], pattern.weight)
    types, kinds = _mentions(reading, surveys, codes)
    words, meanings = _words(reading)
    paired, ends = _paired(surveys)
    nodes = {id(end.node): end.node for _, end in paired}
    rows = {key: row for row, key in enumerate(nodes)}
    node_at = np.array([rows[id(end.node)] for _, end in paired], int)[ends]
    sentence = np.repeat(np.arange(len(surveys)), [len(survey.pairs) for survey in surveys])
    ways = [_way(pair) for survey in surveys for pair in survey.pairs]
    return Encoded(
        words=words,
        meanings=meanings,
        pos=np.array([_POS_AT.get(name, 0) for name in reading.pos], "int8"),
        deps=np.array([_dep(name) for name in reading.deps], "int8"),
        types=types,
        kinds=kinds,
        flags=_flags(reading, rules),
        triggers=triggers,
        heads=np.array(reading.heads, "int32"),
        starts=np.array([*(s.sent.start for s in surveys), len(tokens)], "int32"),
        arcs=[_arcs(reading.heads[s.sent.start : s.sent.end], s.sent.start) for s in surveys],
        sentence=sentence.astype("int32"),
        ends=np.array([_place(end, surveys[n].sent) for n, end in paired], "int32")[ends],
        end_kinds=np.array([_KIND_AT[end.kind] for _, end in paired], "int8")[ends],
        end_types=_end_types(list(nodes.values()), codes)[node_at],
        extras=_extras(surveys, paired, ends, sentence),
        allowed=_allowed(list(nodes.values()), node_at, codes),
        path=np.array([i for way in ways for i in way], "int32"),
        path_of=np.repeat(np.arange(len(ways), dtype="int32"), [len(way) for way in ways]),
    )


Paired = Sequence[tuple[int, Occurrence]]
"""Those who are paired in each sentence, with the sentence's number."""


def _paired(surveys: Sequence[Survey]) -> tuple[Paired, Array]:
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


def _hidden(reading: Reading, i: int) -> str:
    """What stands for a token that belongs to a name or a value; "" for any other."""
    spot = reading.at.get(i)
    return f"<{spot.kind} {spot.type}>" if spot and spot.kind in (NAME, VALUE) else ""


def _words(reading: Reading) -> tuple[Array, Array]:
    """Hashed lemmas, and rows of their meanings; a name's words are hidden."""
    lang, known = reading.lexicon.lang, load_meanings()
    hashed: list[int] = []
    meanings: list[int] = []
    for i, (lemma, word) in enumerate(zip(reading.lemmas, reading.words, strict=True)):
        hidden = _hidden(reading, i)
        hashed.append(_hashed(hidden or f"{lang}:{lemma}"))
        meanings.append(0 if hidden else known.row(lang, lemma, word))
    return np.array(hashed, "int32"), np.array(meanings, "int32")


@lru_cache(maxsize=1 << 16)
def _hashed(word: str) -> int:
    return crc32(word.encode()) % WORDS


@cache
def _dep(name: str) -> int:
    found = _DEP_AT.get(name)
    return _DEP_AT.get(base(name), _DEP_AT["dep"]) if found is None else found


def _mentions(reading: Reading, surveys: Sequence[Survey], codes: Codes) -> tuple[Array, Array]:
    """Type (from 1) and kind of what each token mentions, 0 where it mentions nothing."""
    types = np.zeros(len(reading.doc), "int8")
    kinds = np.zeros(len(reading.doc), "int8")
    for survey in surveys:
        for occurrence in survey.present:
            if occurrence.token is not None and not (
                occurrence.kind == PRONOUN and occurrence.rank
            ):
                types[occurrence.token.i] = 1 + codes.types[occurrence.node.type]
                kinds[occurrence.token.i] = _KIND_AT[occurrence.kind]
    for i, spot in reading.at.items():
        if not types[i]:
            types[i] = 1 + codes.types[spot.type]
            kinds[i] = _KIND_AT[spot.kind]
    return types, kinds


_VERBLIKE = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
"""Classes of what may be a verb, asked first for speed."""

_QUOTES = frozenset('«»"“”')


def _flags(reading: Reading, rules: Rules) -> Array:
    """Capital, quotation mark, passive, participle, infinitive; then what governors say."""
    tokens, lang = reading.tokens, reading.lexicon.lang
    texts = [token.text for token in tokens]
    flags = np.zeros((len(tokens), FLAGS), "float32")
    flags[:, 0] = [text[:1].isupper() for text in texts]
    flags[:, 1] = [text in _QUOTES for text in texts]
    forms: dict[int, list[str]] = {}
    told: dict[str, Array | None] = {}
    for i, shape in enumerate(reading.doc.to_array("MORPH").tolist()):
        if shape not in forms:
            forms[shape] = tokens[i].morph.get("VerbForm", [])
        form, verb = forms[shape], reading.pos[i] in _VERBLIKE and is_verb(tokens[i])
        if form or verb:
            flags[i, 2:5] = verb and is_passive(tokens[i]), "Part" in form, "Inf" in form
        for word in {reading.lemmas[i], reading.words[i]}:
            if word not in told:
                told[word] = _governed(word, lang, rules)
            said = told[word]
            if said is not None:
                np.maximum(flags[i, 5:], said, out=flags[i, 5:])
    return flags


def _governed(word: str, lang: str, rules: Rules) -> Array | None:
    """What a word that needs no other beside it says of what it governs, if anything."""
    found = np.zeros(FLAGS - 5, "float32")
    for governor in rules.governing(lang, word):
        if not governor.others:
            if governor.status is not None:
                found[_STATUS_AT[governor.status]] = 1
            found[-2] = max(found[-2], governor.negates)
            found[-1] = max(found[-1], governor.speech)
    return found if found.any() else None


def _arcs(heads: Sequence[int], start: int) -> Array:
    """Arcs between any two tokens of a sentence that begins at ``start``, ``FARTHEST`` at most.

    Their depths less twice the depth of the lowest common head.
    """
    head = np.array(heads) - start
    tokens = np.arange(len(head))
    above = np.eye(len(head), dtype="float32")
    place, next_ = tokens, head
    while (place != next_).any():  # all tokens climb at once, one head at a time
        above[tokens, next_] = 1
        place, next_ = next_, head[next_]
    depth = above.sum(axis=1)
    arcs = depth[:, None] + depth[None, :] - 2 * above @ above.T
    found: Array = np.minimum(arcs, FARTHEST).astype("int8")
    return found


def _place(end: Occurrence, sent: TokenSpan) -> int:
    if end.token is not None:
        return min(max(end.token.i, sent.start), sent.end - 1)
    return -1 if end.source is None else end.source.i


def _way(pair: Pair) -> list[int]:
    """The tokens between the ends by the parse, or the one end that the sentence has."""
    if pair.route is not None:
        return [*pair.route.up, pair.route.top, *pair.route.down]
    return [end.token.i for end in pair.ends if end.token is not None]


def _end_types(nodes: Sequence[Node], codes: Codes) -> Array:
    """(nodes, types): which types each entity has."""
    flags = np.zeros((len(nodes), len(codes.types)), "float32")
    for row, node in zip(flags, nodes, strict=True):
        row[[codes.types[name] for name in node.types()]] = 1
    return flags


def _end_extras(end: Occurrence, titled: set[int], subjects: set[int]) -> tuple[float, ...]:
    """Mentions, how far back, rank, whether the title names it, whether it was subject of the
    sentence before, whether the authority knows it.
    """
    return (
        min(_MOST_MENTIONS, len(end.node.spots)) / _MOST_MENTIONS,
        end.back / 3,
        end.rank / 3,
        id(end.node) in titled,
        id(end.node) in subjects,
        end.node.known is not None,
    )


def _extras(surveys: Sequence[Survey], paired: Paired, ends: Array, sentence: Array) -> Array:
    """Numbers about both ends of every pair, then about the distances between them."""
    titled = {id(o.node) for o in surveys[0].present} if surveys else set()
    subjects = [
        {id(o.node) for o in s.before if o.token is not None and base(o.token.dep_) == "nsubj"}
        for s in surveys
    ]
    told = [_end_extras(end, titled, subjects[number]) for number, end in paired]
    places = [-1 if end.token is None else end.token.i for _, end in paired]
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
    ]
    of_ends = np.array(told).reshape(-1, _OF_END)[ends].reshape(-1, 2 * _OF_END)
    return np.column_stack([of_ends, *between]).astype("float32")


def _allowed(nodes: Sequence[Node], ends: Array, codes: Codes) -> Array:
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
