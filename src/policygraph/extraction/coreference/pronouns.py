"""Whom a pronoun may stand for, the likeliest first: "it", "son", "elle".

Every mention in the sentences before is described by features; ``ontology/lexicon/pronouns.toml``
says what each is worth, as ``training/pronouns.py`` learns it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from math import exp
from typing import TYPE_CHECKING

from policygraph.errors import OntologyError
from policygraph.extraction.language.syntax import base, is_plural
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, VALUE
from policygraph.ontology import ontology_dir, read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 3
"""Sentences back within which a pronoun's referent was mentioned."""

_MOST_MENTIONS = 8


def is_anaphoric(token: Token) -> bool:
    """Whether a pronoun or determiner points to something that was named before."""
    if base(token.dep_) == "expl":
        return False
    if token.pos_ == "DET":
        return bool(token.morph.get("Poss", []))
    if "1" in token.morph.get("Person", []) or "2" in token.morph.get("Person", []):
        return False
    return bool({"Prs", "Dem"}.intersection(token.morph.get("PronType", []))) and not (
        token.morph.get("Reflex", [])
    )


def candidates(reading: Reading, token: Token) -> list[tuple[Node, float]]:
    """Entities that a pronoun may stand for, with their shares of the worth (softmax), by salience;
    the caller's type check chooses.
    """
    worth = load_worth()
    scored: dict[int, tuple[float, int, Node]] = {}
    for node, start, features in described(reading, token):
        score = sum(worth.get(name, 0.0) * value for name, value in features.items())
        best = scored.get(id(node))
        if best is None or score > best[0]:
            scored[id(node)] = (score, start, node)
    ranked = sorted(scored.values(), key=lambda item: (-item[0], -item[1]))
    odds = [exp(score - ranked[0][0]) for score, *_ in ranked]
    total = sum(odds)
    return [(node, odd / total) for (*_, node), odd in zip(ranked, odds, strict=True)]


def described(reading: Reading, token: Token) -> Iterator[tuple[Node, int, dict[str, float]]]:
    """The mentions before a pronoun that it may take up, the nearest first: whom they mention,
    their first token, and what speaks for them.
    """
    here = reading.sentence_of[token.i]
    possessive = bool(token.morph.get("Poss", []))
    plural = is_plural(token) and not possessive
    personal = token.lower_ in ("he", "she", "him", "his", "her")
    thing = token.lower_ in ("it", "its")
    subject = base(token.dep_) == "nsubj"
    gender = "" if possessive and token.lang_ == "fr" else _gender(token)
    for spot in reading.spots_before(token.i):
        back = here - reading.sentence_of[spot.start]
        if back > REACH:
            return
        node = reading.node_of[id(spot)]
        if spot.kind in (DEMONYM, VALUE) or (personal and node.type != "Person"):
            continue
        if (thing and node.type in ("Person", "Group")) or (plural and node.type == "Person"):
            continue
        root = reading.root(spot)
        relation, head = base(reading.deps[root.i]), reading.heads[root.i]
        features = {
            f"back {back}": 1.0,
            f"as {relation}": 1.0,
            f"type {node.type}": 1.0,
            "tokens between": token.i - spot.end,
            "mentions": min(len(node.spots), _MOST_MENTIONS),
        }
        if relation == "nsubj" and subject:
            features["both subjects"] = 1.0
        if reading.deps[head] in ("ROOT", "root"):
            features["in main clause"] = 1.0
        if gender and reading.pos[root.i] == "NOUN" and (other := _gender(root)):
            features["agrees" if other == gender else "disagrees"] = 1.0
        if reading.heads[token.i] == head and not possessive:
            features["of one verb"] = 1.0
        yield node, spot.start, features


def _gender(token: Token) -> str:
    return next(iter(token.morph.get("Gender", [])), "")


@cache
def load_worth() -> Mapping[str, float]:
    """What each feature is worth; raises ``OntologyError`` where one is no number."""
    path = ontology_dir() / "lexicon" / "pronouns.toml"
    worth = read_toml(path).get("worth")
    if not isinstance(worth, dict):
        raise OntologyError(f"{path}: expected a table [worth] of numbers")
    for name, value in worth.items():
        if not isinstance(value, int | float):
            raise OntologyError(f"{path}: worth of {name!r}: expected a number, not {value!r}")
    return {name: float(value) for name, value in worth.items()}
