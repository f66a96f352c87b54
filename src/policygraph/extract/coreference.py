"""Finds what nominals and pronouns stand for: "l'entreprise chinoise", "the regulator", "it".

Rules over types, definiteness, nationality, number and salience, in the manner of a
multi-pass sieve (Raghunathan et al., 2010): the most certain links first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.extract.entities import country_of, is_country
from policygraph.extract.reading import Node, Reading
from policygraph.extract.spots import DEMONYM, NOMINAL, VALUE, Spot
from policygraph.extract.syntax import base, case_of, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 6
"""How many sentences back a nominal may look for its entity; pronouns look two back."""


def link_nominals(reading: Reading) -> None:
    """Add the nominal mentions of the article's entities, and candidates for its pronouns."""
    doc = reading.doc
    for token in doc:
        if token.pos_ == "NOUN" and token.i not in reading.at:
            _link_noun(reading, token)
    reading.spots.sort(key=lambda s: s.start)
    for node in reading.nodes:
        node.spots.sort(key=lambda s: s.start)
    sentence_of = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
    for token in doc:
        if token.i not in reading.at and _is_anaphoric(token):
            reading.pronouns[token.i] = list(_candidates(reading, token, sentence_of))


def _link_noun(reading: Reading, noun: Token) -> None:
    types = reading.lexicon.types_of_noun(noun)
    if not types:
        return
    node = _named_beside(reading, noun, types)
    if node is None and _is_definite(noun) and not _has_name(reading, noun):
        node = _referent(reading, noun, types)
    if node is None:
        return
    start, end = _bounds(reading, noun)
    spot = Spot(start, end, node.type, NOMINAL)
    reading.spots.append(spot)
    reading.cover(spot, node)


def _named_beside(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The name in apposition: "le PDG de Microsoft, Satya Nadella", "X, a startup"."""
    beside = [c for c in noun.children if base(c.dep_) in ("appos", "flat")]
    if base(noun.dep_) in ("appos", "flat") or noun.dep_ in ("nmod:desc",):
        beside.append(noun.head)
    if base(noun.dep_) == "compound" and noun.head.pos_ == "PROPN":
        beside.append(noun.head)
    for token in beside:
        node = reading.node_at(token)
        if node is not None and _fits(node, types):
            return node
    return None


def _fits(node: Node, types: tuple[str, ...]) -> bool:
    own = set(node.types())
    if own & set(types):
        return True
    return bool({"Company", "Product"} & own and {"Company", "Product"} & set(types))


def _is_definite(noun: Token) -> bool:
    if "Plur" in noun.morph.get("Number"):
        return False
    for child in noun.children:
        if child.dep_ == "det":
            if "Def" in child.morph.get("Definite") or "Dem" in child.morph.get("PronType"):
                return True
            return child.lower_ in ("the", "this", "that", "le", "la", "l'", "l’", "ce", "cet", "cette")
    return case_of(noun) == "de" and noun.i > 0 and noun.nbor(-1).lower_ == "du"


def _has_name(reading: Reading, noun: Token) -> bool:
    """Whether a complement names another entity: "the founder of X" is not X."""
    for child in noun.children:
        if base(child.dep_) in ("nmod", "compound", "flat", "acl"):
            spot = reading.at.get(child.i)
            if spot is not None and spot.kind not in (VALUE, DEMONYM):
                return True
    return False


def _referent(reading: Reading, noun: Token, types: tuple[str, ...]) -> Node | None:
    """The nearest salient entity of a fitting type and nationality."""
    nation = next(
        (
            reading.at[c.i].known
            for c in noun.children
            if c.i in reading.at and reading.at[c.i].kind == DEMONYM
        ),
        None,
    )
    scores: dict[int, tuple[float, Node]] = {}
    sentence = noun.sent
    for rank, spot in enumerate(reading.spots_before(noun.i)):
        node = reading.node_of[id(spot)]
        if spot.kind == DEMONYM or spot.end <= sentence.start - 250 or rank > 40:
            continue
        own = set(node.types())
        if not own & set(types):
            continue
        if types[0] == "Person" and not _held_title(reading, node, noun):
            continue
        country = country_of(node)
        if nation is not None and country is not None and not is_country(country, nation.slug):
            continue
        score = 1.0 / (1 + rank)
        if nation is not None and country is not None:
            score += 1.0
        if node.type == types[0]:
            score += 0.3
        if base(reading.doc[spot.start : spot.end].root.dep_) == "nsubj":
            score += 0.2
        score += 0.02 * min(len(node.spots), 8)
        if score > scores.get(id(node), (0.0, node))[0]:
            scores[id(node)] = (score, node)
    if not scores:
        return None
    return max(scores.values(), key=lambda item: item[0])[1]


def _held_title(reading: Reading, node: Node, noun: Token) -> bool:
    """Whether the person has been given that title before in the article."""
    for spot in node.spots:
        if spot.kind == NOMINAL:
            words = {t.lemma_.lower() for t in reading.doc[spot.start : spot.end]}
            if noun.lemma_.lower() in words:
                return True
    return False


def _bounds(reading: Reading, noun: Token) -> tuple[int, int]:
    """The nominal with its determiner and modifiers, without another entity's name beside it."""
    left = right = noun.i
    for child in noun.children:
        if base(child.dep_) in ("det", "amod", "compound", "nummod") and not child.is_punct:
            spot = reading.at.get(child.i)
            if spot is None or spot.kind == DEMONYM:
                left, right = min(left, child.i), max(right, child.i)
    for child in children(noun, "nmod"):
        if child.i == right + 2 or child.i == right + 1:
            ends = [t.i for t in child.subtree]
            if max(ends) - right <= 6 and max(ends) not in reading.at:
                right = max(right, max(ends))
    while left < noun.i and (left in reading.at and reading.at[left].kind != DEMONYM):
        left += 1
    while right > noun.i and right in reading.at and reading.at[right].kind != DEMONYM:
        right -= 1
    return left, right + 1


_FEATURES = ("Prs", "Dem")


def _is_anaphoric(token: Token) -> bool:
    if token.pos_ not in ("PRON", "DET") or base(token.dep_) == "expl":
        return False
    if token.pos_ == "DET":
        return bool(token.morph.get("Poss"))
    if "1" in token.morph.get("Person") or "2" in token.morph.get("Person"):
        return False
    return bool(set(token.morph.get("PronType")) & set(_FEATURES)) and not token.morph.get("Reflex")


def _candidates(reading: Reading, token: Token, sentence_of: dict[int, int]) -> Iterator[Node]:
    """Entities that a pronoun may stand for, by salience; the caller's type check chooses."""
    here = sentence_of[token.i]
    plural = "Plur" in token.morph.get("Number") and not token.morph.get("Poss")
    personal = token.lower_ in ("he", "she", "him", "his", "her")
    thing = token.lower_ in ("it", "its")
    scored: dict[int, tuple[float, int, Node]] = {}
    for spot in reading.spots_before(token.i):
        back = here - sentence_of[spot.start]
        if back > 2:
            break
        node = reading.node_of[id(spot)]
        if spot.kind in (DEMONYM, VALUE) or (personal and node.type != "Person"):
            continue
        if (thing and node.type in ("Person", "Group")) or (plural and node.type == "Person"):
            continue
        root = reading.doc[spot.start : spot.end].root
        score = {0: 1.0, 1: 0.9, 2: 0.5}[back]
        score += 0.6 if base(root.dep_) == "nsubj" else 0.0
        score += 0.2 if root.head.dep_ in ("ROOT", "root") else 0.0
        score -= 0.4 if base(root.dep_) in ("nmod", "compound") else 0.0
        score -= 0.003 * (token.i - spot.end)
        if token.head == root.head and base(token.dep_) != "nmod":
            score -= 1.0  # two arguments of one verb are two things
        if score > scored.get(id(node), (-9.0, 0, node))[0]:
            scored[id(node)] = (score, spot.start, node)
    for _, _, node in sorted(scored.values(), key=lambda item: (-item[0], -item[1])):
        yield node
