"""An article under analysis: its doc, its spots, and which entity each token stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan


@dataclass(slots=True, eq=False)
class Node:
    """One entity of the article while it is being put together; ``chance`` is the probability of
    its type.
    """

    type: str
    spots: list[Spot] = field(default_factory=list)
    name: str = ""
    chance: float = 1.0

    @property
    def known(self):  # type: ignore[no-untyped-def]
        """The authority entry of the first spot that has one."""
        return next((s.known for s in self.spots if s.known is not None), None)

    def types(self) -> tuple[str, ...]:
        """The node's type, then others that it may pass for."""
        known = self.known
        if known is None:
            return (self.type,)
        return tuple(dict.fromkeys((self.type, known.type, *known.also)))


@dataclass(slots=True, eq=False)
class Reading:
    """What is known of an article's words so far.

    ``nodes`` are its entities in order of appearance; ``at`` maps a token index to the
    spot that covers it; ``node_of`` a spot to its node; ``pronouns`` a pronoun's token
    index to the nodes it may stand for with their shares, the likeliest first; ``maybe`` a noun's
    to the likeliest one that it is not linked with, and its share. ``groups`` maps the token that
    heads a group to its node. ``tokens`` and ``sentences`` are the doc's, which
    makes them anew whenever it is asked; so are, of each token, ``heads`` (indices), ``deps``,
    ``pos``, ``lemmas`` and ``words`` (both in lower case). ``sentence_of`` numbers its sentence.
    """

    doc: Doc
    lexicon: Lexicon
    published: str | None
    spots: list[Spot]
    nodes: list[Node] = field(default_factory=list)
    at: dict[int, Spot] = field(default_factory=dict)
    node_of: dict[int, Node] = field(default_factory=dict)
    pronouns: dict[int, list[tuple[Node, float]]] = field(default_factory=dict)
    maybe: dict[int, tuple[Node, float]] = field(default_factory=dict)
    groups: dict[int, Node] = field(default_factory=dict)
    tokens: Sequence[Token] = field(init=False)
    sentences: Sequence[TokenSpan] = field(init=False)
    sentence_of: Sequence[int] = field(init=False)
    heads: Sequence[int] = field(init=False)
    deps: Sequence[str] = field(init=False)
    pos: list[str] = field(init=False)
    lemmas: Sequence[str] = field(init=False)
    words: Sequence[str] = field(init=False)
    _roots: dict[tuple[int, int], Token] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens = list(self.doc)
        self.sentences = list(self.doc.sents)
        self.sentence_of = [n for n, sent in enumerate(self.sentences) for _ in range(len(sent))]
        self.heads = [token.head.i for token in self.tokens]
        self.deps = [token.dep_ for token in self.tokens]
        self.pos = [token.pos_ for token in self.tokens]
        self.lemmas = [token.lemma_.lower() for token in self.tokens]
        self.words = [token.lower_ for token in self.tokens]

    def root(self, spot: Spot) -> Token:
        """The head of a spot's phrase."""
        key = spot.start, spot.end
        found = self._roots.get(key)
        if found is None:
            found = self._roots[key] = spot.root(self.doc)
        return found

    def cover(self, spot: Spot, node: Node | None = None) -> None:
        """Make the spot's tokens findable, and count it among the node's mentions."""
        for i in range(spot.start, spot.end):
            self.at.setdefault(i, spot)
        if node is not None:
            node.spots.append(spot)
            self.node_of[id(spot)] = node

    def read_as_noun(self, spot: Spot) -> None:
        """Take what looked like a name for a common noun, which may stand for something."""
        self.spots.remove(spot)
        for i in range(spot.start, spot.end):
            self.pos[i] = "NOUN"

    def node_at(self, token: Token) -> Node | None:
        """The entity whose mention covers the token."""
        spot = self.at.get(token.i)
        return self.node_of.get(id(spot)) if spot is not None else None

    def country_at(self, token: Token) -> str | None:
        """The slug of the country that the token names or whose adjective it is, or the Union's."""
        spot = self.at.get(token.i)
        if spot is None or spot.known is None or spot.known.code is None:
            return None
        return str(spot.known.slug)

    def spots_before(self, i: int) -> Iterator[Spot]:
        """Spots with an entity that end at or before token ``i``, the nearest first."""
        for spot in reversed(self.spots):
            if spot.end <= i and id(spot) in self.node_of:
                yield spot
