"""Semantica's relation extractor with its patterns, the method that needs no language model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks.claims.answers import Answer, Reader, Relation
from benchmarks.claims.matching import Mentions, admitted
from policygraph.model import Article, Entity

PREDICATES = {
    "founded_by": ("founded",),
    "acquired_by": ("acquires", "owns"),  # its patterns hold "is a subsidiary of"
    "located_in": ("basedIn",),
    "works_for": ("holdsPositionAt", "memberOf"),
    "born_in": (),
    "related_to": (),  # what it says of neighbours where no pattern of the article fits
}
BACKWARDS = ("founded_by", "acquired_by")


def load() -> Reader:
    """A reader of the text and of the entities handed to it; it takes no docs."""
    from semantica.semantic_extract import RelationExtractor
    from semantica.semantic_extract.types import Entity as Named
    from semantica.utils.progress_tracker import get_progress_tracker

    extractor = RelationExtractor(method="pattern")
    get_progress_tracker().enabled = False

    def read(article: Article, entities: tuple[Entity, ...]) -> Answer:
        mentions = Mentions(entities)
        places = mentions.places()
        named = [
            Named(text=article.text[s:e], label=mentions.types[id], start_char=s, end_char=e)
            for s, e, id in places
        ]
        ids = {(s, e): id for s, e, id in places}
        found = extractor.extract_relations(article.text, named)
        return Answer(entities, tuple(relations(found, ids, mentions.types)))

    return read


def relations(
    found: Iterable[Any], ids: Mapping[tuple[int, int], str], types: Mapping[str, str]
) -> Iterator[Relation]:
    """Its relations by our ids and predicates; two of its own look from the other end."""
    for relation in found:
        subject, object_ = (
            ids[end.start_char, end.end_char] for end in (relation.subject, relation.object)
        )
        if relation.predicate in BACKWARDS:
            subject, object_ = object_, subject
        if subject != object_:
            readings = ((subject, p, object_) for p in PREDICATES[relation.predicate])
            yield Relation(subject, object_, frozenset(r for r in readings if admitted(r, types)))
