"""Gold articles and passages read with their annotated entities.

They teach what a sentence says of entities that were found without fault; readings by the
extractor itself teach what it says of entities as they are found. ``matched`` stands between: names
as they are found, and what the annotation says that they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.evaluate import pair_entities
from policygraph.extraction import entity_of, read
from policygraph.extraction.coreference.coreference import finish
from policygraph.extraction.coreference.groups import find_groups
from policygraph.extraction.coreference.nominals import KINDS
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.entities import gather
from policygraph.extraction.names.spots import find_spots
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, GROUP, NAME, NOMINAL, VALUE, Spot
from policygraph.model import Article, Entity, Record
from training.passages import Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Matched:
    """A gold article with the names that the extractor finds.

    ``heads`` are the gold entities of the tokens that head their mentions, ``inside`` all tokens of
    mentions; ``node_of`` maps a gold id to what was found of the entity, where something was.
    """

    reading: Reading
    heads: Mapping[int, Entity]
    inside: frozenset[int]
    node_of: dict[str, Node]


Annotated = tuple[str, str, Iterable[tuple[int, int]]]
"""An entity's name, its type and its mentions in characters."""


def gold_records(*folders: Path) -> Iterator[Record]:
    """The gold records under some folders, in order of their paths."""
    for folder in folders:
        for path in sorted(folder.rglob("*.json")):
            yield Record.from_json(json.loads(path.read_text(encoding="utf-8")), where=path.name)


def article_reading(doc: Doc, gold: Record) -> tuple[Reading, dict[int, str]]:
    """A gold article as annotated, and the gold id of each node (by identity)."""
    own = find_spots(doc, load_lexicon(gold.article.lang), gold.article.published)
    reading = Reading(
        doc=doc,
        lexicon=load_lexicon(gold.article.lang),
        published=gold.article.published,
        spots=[],
    )
    nodes = _place(
        reading,
        own,
        [(e.name, e.type, [(m.start, m.end) for m in e.mentions]) for e in gold.entities],
    )
    finish(reading)
    return reading, {id(n): e.id for n, e in zip(nodes, gold.entities, strict=True)}


def found_nodes(reading: Reading, gold: Record) -> dict[str, Node]:
    """What was found of a gold article's entities, by their ids, where something was."""
    nodes = [node for node in reading.nodes if node.spots]
    found = Record(
        article=gold.article,
        entities=tuple(entity_of(reading.doc, node, str(i)) for i, node in enumerate(nodes)),
    )
    return {g: nodes[int(f)] for g, f in pair_entities(gold, found).items()}


def matched(doc: Doc, gold: Record) -> Matched:
    """A gold article's names as they are found, without its nominals."""
    lexicon = load_lexicon(gold.article.lang)
    spots = find_spots(doc, lexicon, gold.article.published)
    reading = Reading(doc=doc, lexicon=lexicon, published=gold.article.published, spots=spots)
    gather(reading)
    kinds = {entity.id: KINDS.get(entity.type) for entity in gold.entities}
    node_of = {
        g: node
        for g, node in found_nodes(reading, gold).items()
        if KINDS.get(node.type) == kinds[g]  # "a court in Seattle" is not Seattle
    }
    heads: dict[int, Entity] = {}
    inside: set[int] = set()
    for entity in gold.entities:
        for mention in entity.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                heads[span.root.i] = entity
                inside.update(range(span.start, span.end))
    return Matched(reading, heads, frozenset(inside), node_of)


def passage_reading(doc: Doc, passage: Passage) -> tuple[Reading, dict[int, str]]:
    """A passage as annotated, its pronouns too, and the number of each node (by identity)."""
    article = Article(source="passage", text=passage.text, lang=passage.lang)
    own = read(doc, article).spots
    reading = Reading(doc=doc, lexicon=load_lexicon(passage.lang), published=None, spots=[])
    pronouns: list[tuple[int, str]] = []
    mentions: dict[str, list[tuple[int, int]]] = {number: [] for number in passage.types}
    for mention in passage.mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and len(span) == 1 and span[0].pos_ in ("PRON", "DET"):
            pronouns.append((span[0].i, mention.entity))
        else:
            mentions[mention.entity].append((mention.start, mention.end))
    nodes = _place(reading, own, [(n, passage.types[n], mentions[n]) for n in passage.types])
    reading.spots.sort(key=lambda s: s.start)
    of_number = dict(zip(passage.types, nodes, strict=True))
    for i, number in pronouns:
        reading.pronouns[i] = [(of_number[number], 1.0)]
    find_groups(reading)
    return reading, {id(node): number for number, node in of_number.items()}


def _place(reading: Reading, own: list[Spot], entities: Iterable[Annotated]) -> list[Node]:
    """Add the annotated entities; inner mentions first, so that each token stands for one."""
    doc = reading.doc
    found = {i: spot for spot in own for i in range(spot.start, spot.end)}
    nodes: list[Node] = []
    wanted: list[tuple[int, int, Node]] = []
    for name, type_, mentions in entities:
        node = Node(type_, name=name)
        nodes.append(node)
        for start, end in mentions:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                wanted.append((span.start, span.end, node))
    for start, end, node in sorted(wanted, key=lambda item: item[1] - item[0]):
        beside = found.get(doc[start:end].root.i)
        kind = _kind(doc, start, end, node.type, beside)
        spot = Spot(start, end, node.type, kind)
        if beside is not None and kind in (NAME, DEMONYM):
            spot.known = beside.known
        if kind == VALUE:
            spot.value = node.name
        reading.spots.append(spot)
        reading.cover(spot, node)
    reading.nodes += nodes
    _place_rest(reading, own, nodes)
    return nodes


def _kind(doc: Doc, start: int, end: int, type_: str, beside: Spot | None) -> str:
    if type_ in ("Date", "Money"):
        return VALUE
    if type_ == "Group":
        return GROUP
    if beside is not None and beside.kind == DEMONYM and type_ == "Country":
        return DEMONYM
    if beside is not None and beside.kind == NAME:  # a capital tells nothing in first place
        return NAME
    return NAME if any(_is_capital(t) for t in doc[start:end]) else NOMINAL


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() and not token.is_sent_start and token.pos_ != "DET"


def _place_rest(reading: Reading, own: list[Spot], nodes: list[Node]) -> None:
    """Demonyms of annotated countries, and values: annotators need not mark each of them."""
    countries = {n.known.slug: n for n in nodes if n.known is not None and n.type == "Country"}
    for spot in own:
        if any(i in reading.at for i in range(spot.start, spot.end)):
            continue
        if spot.kind == VALUE:
            reading.spots.append(spot)
            reading.cover(spot)
        elif spot.kind == DEMONYM and spot.known is not None and spot.known.slug in countries:
            reading.spots.append(spot)
            reading.cover(spot)
            reading.node_of[id(spot)] = countries[spot.known.slug]
