"""Collective actors without an organisation: "US users", "les chauffeurs de taxi"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.extraction.language.syntax import base, case_of, is_plural
from policygraph.extraction.names.nationality import names_people
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, GROUP, NAME, VALUE, Spot
from policygraph.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_groups(reading: Reading) -> None:
    """Make the groups that the article's free nouns head, and those of a nation's people."""
    for i, pos in enumerate(reading.pos):
        if pos == "NOUN" and i not in reading.at:
            node = group_node(reading, reading.tokens[i])
            if node is not None:
                reading.groups[i] = node
    for spot in reading.spots:
        if spot.kind == DEMONYM and names_people(spot, reading):
            reading.groups[spot.start] = _node(reading, reading.tokens[spot.start])


def group_node(reading: Reading, noun: Token) -> Node | None:
    """The node of a group that ``noun`` heads, made on demand; None where it names no group.

    A group is a plural noun of the lexicon ("drivers") or each of them ("every driver"), a plural
    of one that names an actor ("the laboratories"), or a collective ("staff"); two phrases of the
    same words are one group, and so are two of one noun of which one is bare ("their drivers",
    "drivers").
    """
    return _node(reading, noun) if _names_group(reading, noun) else None


def _node(reading: Reading, noun: Token) -> Node:
    start, end = _bounds(reading, noun)
    words = re.sub(r"\s+", " ", reading.doc[start:end].text)
    for node in reading.nodes:
        if node.type == "Group" and fold(node.name) == fold(words):
            if not any(s.start == start for s in node.spots):
                _add(reading, node, start, end)
            return node
    named_so = _last_called(reading, noun, bare=end - start == 1)
    node = named_so or Node("Group", name=words)
    if named_so is None:
        reading.nodes.append(node)
    node.name = max(node.name, words, key=len)
    _add(reading, node, start, end)
    return node


def _last_called(reading: Reading, noun: Token, *, bare: bool) -> Node | None:
    """The last group that the same noun heads, if either phrase has nothing but the noun."""
    for i, node in reversed(reading.groups.items()):
        if reading.lemmas[i] == reading.lemmas[noun.i] and (
            bare or any(spot.end - spot.start == 1 for spot in node.spots)
        ):
            return node
    return None


_ACTORS = frozenset(
    {"Person", "Company", "GovernmentBody", "AdvocacyGroup", "MediaOutlet", "ResearchOrganization"}
)


def _names_group(reading: Reading, noun: Token) -> bool:
    lexicon, lemma = reading.lexicon, noun.lemma_.lower()
    if lemma in lexicon.collectives:
        return True
    if not is_plural(noun) and noun.lower_ == lemma:
        return lemma in lexicon.groups and any(
            child.lower_ in lexicon.each_of and child.i < noun.i for child in noun.children
        )
    return lemma in lexicon.groups or not _ACTORS.isdisjoint(lexicon.types_of_noun(noun)[:1])


def _add(reading: Reading, node: Node, start: int, end: int) -> None:
    spot = Spot(start, end, "Group", GROUP)
    node.spots.append(spot)
    reading.node_of[id(spot)] = node


def _names_one(reading: Reading, noun: Token, child: Token) -> bool:
    """Whether a name behind a noun is one of those it speaks of: "les opérateurs Orange, SFR"."""
    spot = reading.at.get(child.i)
    if spot is None or spot.kind != NAME or case_of(child) or child.i < noun.i:
        return False
    return spot.type in reading.lexicon.types_of_noun(noun)


_MARKS = frozenset(",;:?!()")
"""Signs that part a group's words from what a parse hangs on them."""


def _bounds(reading: Reading, noun: Token) -> tuple[int, int]:
    """The noun with its adjectives and one complement: "utilisateurs américains de TikTok"."""
    left = right = noun.i
    for child in noun.children:
        relation = base(child.dep_)
        spot = reading.at.get(child.i)
        if relation in ("amod", "compound", "nummod") or (
            relation == "nmod" and case_of(child) in ("de", "of", "")
        ):
            if relation == "amod" and child.pos_ == "VERB":
                continue
            if relation == "nmod" and _names_one(reading, noun, child):
                continue
            if spot is not None and (spot.kind == VALUE or _acts(reading, spot, noun)):
                continue
            tokens = [t.i for t in child.subtree]
            if len(tokens) <= 5 or (spot is not None and spot.kind == DEMONYM):
                left, right = min(left, *tokens), max(right, *tokens)
    marks = [i for i in range(left, right) if reading.words[i] in _MARKS]
    left = max((i + 1 for i in marks if i < noun.i), default=left)
    right = min((i for i in marks if i > noun.i), default=right + 1)
    while reading.tokens[right - 1].is_space:
        right -= 1
    return left, right


def _acts(reading: Reading, spot: Spot, noun: Token) -> bool:
    """Whether a verb is behind a name before a noun, whatever the parse makes of it: "Quorne Inc.
    fired workers".
    """
    before = spot.kind == NAME and spot.end < noun.i
    return before and reading.pos[spot.end] == "VERB"
