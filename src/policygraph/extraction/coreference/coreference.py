"""Finds what nominals and pronouns stand for: "l'entreprise chinoise", "the regulator", "it".

Nouns beside a name stand for it; for the others a learned ranker chooses among the entities
around (``nominals``). A thing that only nouns name becomes an entity of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.extraction.coreference.beside import named_beside
from policygraph.extraction.coreference.groups import find_groups
from policygraph.extraction.coreference.nominals import Nominals, Option
from policygraph.extraction.coreference.pronouns import candidates, is_anaphoric
from policygraph.extraction.language.syntax import base, children
from policygraph.extraction.names.governments import Governments
from policygraph.extraction.ranker import Ranker, load_ranker, places
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, NOMINAL, Spot

if TYPE_CHECKING:
    from spacy.tokens import Token


_NEW = 0.35
"""Share of the threshold that suffices for an entity of its own: unless a claim needs it, it
is not shown."""


def link_nominals(reading: Reading, ranker: Ranker | None = None) -> None:
    """Add the nominal mentions of the article's entities, and candidates for its pronouns."""
    walk, governments = Nominals(reading), Governments(reading)
    ranker = ranker or load_ranker()
    for noun, types in list(walk.nouns()):
        node, chance = named_beside(reading, noun, types) or governments.same(noun), 1.0
        if node is None and ranker is not None:
            node, chance = _chosen(reading, noun, walk.options(noun, types), ranker, types)
        if node is not None:
            spot = link(reading, noun, node)
            spot.chance = chance
            walk.note(spot, node)
            governments.note(noun, node)
    finish(reading)


def link(reading: Reading, noun: Token, node: Node) -> Spot:
    """Make a nominal a mention of an entity."""
    start, end = _bounds(reading, noun)
    spot = Spot(start, end, node.type, NOMINAL)
    reading.spots.append(spot)
    reading.cover(spot, node)
    if not node.name:
        node.name = doc_name(reading, spot)
    return spot


def finish(reading: Reading) -> None:
    """Put mentions in order, and find what the pronouns may stand for, and the groups."""
    reading.spots.sort(key=lambda s: s.start)
    for node in reading.nodes:
        node.spots.sort(key=lambda s: s.start)
    for i, pos in enumerate(reading.pos):
        if pos in ("PRON", "DET") and i not in reading.at and is_anaphoric(reading.tokens[i]):
            reading.pronouns[i] = candidates(reading, reading.tokens[i])
    find_groups(reading)


def _chosen(
    reading: Reading,
    noun: Token,
    options: list[Option],
    ranker: Ranker,
    types: tuple[str, ...],
) -> tuple[Node | None, float]:
    """The likeliest of the options with its probability, a new node for a thing that only nouns
    name, or none; what else the noun may stand for is noted.
    """
    if not options:
        return None, 0.0
    scores = ranker.score(options, places(noun.doc, noun.i, options))
    best = int(scores.argmax())
    node, chance = options[best].node, float(scores[best])
    linked = chance >= (_NEW if node is None else 1.0) * ranker.threshold
    others = [
        (option.node, share)
        for option, share in zip(options, scores.tolist(), strict=True)
        if option.node is not None and share >= _MAYBE and not (linked and option.node is node)
    ]
    if others:
        reading.maybe[noun.i] = max(others, key=lambda item: item[1])
    if not linked:
        return None, chance
    if node is None:
        node = Node(types[0])
        reading.nodes.append(node)
    return node, chance


_MAYBE = 0.1
"""Probability from which a noun may stand for a thing that it is not linked with."""


def doc_name(reading: Reading, spot: Spot) -> str:
    """A nominal's words without its determiners: the name of what has no other."""
    start = spot.start
    while start < spot.end - 1 and _determines(reading.tokens[start]):
        start += 1
    words = re.sub(r"\s+", " ", reading.doc[start : spot.end].text)
    return reading.lexicon.without_article(words)


def _determines(token: Token) -> bool:
    return token.pos_ == "DET" or (token.pos_ == "PRON" and bool(token.morph.get("Poss", [])))


def _bounds(reading: Reading, noun: Token) -> tuple[int, int]:
    """The nominal with its determiner and modifiers, without another entity's name beside it."""
    left = right = noun.i
    for child in noun.children:
        modifies = base(child.dep_) in ("det", "amod", "compound", "nummod") and not child.is_punct
        modifies = modifies and not _is_of_others(child)
        if modifies and (child.i not in reading.at or _tells_nation(reading, child)):
            spot = reading.at.get(child.i)  # "the Burkina Faso government"
            left, right = min(left, spot.start if spot else child.i), max(right, child.i)
    for child in children(noun, "nmod"):
        if child.i == right + 2 or child.i == right + 1:
            ends = [t.i for t in child.subtree if not (t.is_space or t.is_punct)]
            if ends and max(ends) - right <= 6 and max(ends) not in reading.at:
                right = max(right, max(ends))
    while left < noun.i and left in reading.at and not _tells_nation(reading, reading.tokens[left]):
        left += 1
    while right > noun.i and right in reading.at and reading.at[right].kind != DEMONYM:
        right -= 1
    return left, right + 1


def _is_of_others(child: Token) -> bool:
    """Whether a modifier has more to it than the nominal keeps ("relative à la vie privée"), or is
    a number before its article ("116 voix contre 23 la proposition").
    """
    if base(child.dep_) == "amod":
        return any(c.i > child.i and base(c.dep_) in ("obl", "nmod") for c in child.children)
    if base(child.dep_) != "nummod":
        return False
    return any(base(c.dep_) == "det" and child.i < c.i for c in child.head.children)


def _tells_nation(reading: Reading, token: Token) -> bool:
    """Whether a token is an adjective of nationality, or a country's name in its place: "the UK
    regulator".
    """
    return reading.at[token.i].kind == DEMONYM or reading.country_at(token) is not None
