"""Codes of word classes, arcs, kinds of mention, types and predicates, as ``network`` has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from policygraph.extraction.language.syntax import base
from policygraph.extraction.pairs.occurrences import IMPLIED, PRONOUN
from policygraph.extraction.spot import DEMONYM, GROUP, NAME, NOMINAL, VALUE
from policygraph.ontology import Predicate, Vocabulary

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
KINDS = ("", NAME, DEMONYM, VALUE, GROUP, NOMINAL, PRONOUN, IMPLIED)
"""Kinds of mention, "" for a token that mentions nothing."""

POS_AT = {name: i for i, name in enumerate(POS)}
KIND_AT = {name: i for i, name in enumerate(KINDS)}
IMPLIED_KIND = KIND_AT[IMPLIED]
_DEP_AT = {name: i for i, name in enumerate(DEPS)}


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


@cache
def dep_code(name: str) -> int:
    """The code of an arc's label, or of what stands before its colon."""
    found = _DEP_AT.get(name)
    return _DEP_AT.get(base(name), _DEP_AT["dep"]) if found is None else found
