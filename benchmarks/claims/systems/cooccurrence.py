"""Entities of one sentence are related, by the predicate that is most frequent in training.

``typed``: the most frequent between things of their types, the way round that is more
frequent. ``untyped``: the most frequent of all, from the one named first to the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.claims.answers import Answer, Reader, Relation
from benchmarks.claims.gold import read_gold
from benchmarks.claims.matching import Mentions
from policygraph.model import Article, Entity, Record
from policygraph.nlp import analyse
from policygraph.nlp import load as load_pipeline

TRAIN = Path(__file__).parents[3] / "corpora" / "gold" / "train"

Signature = tuple[str, str]
"""Types of subject and object."""


@dataclass(frozen=True, slots=True)
class Habits:
    """The most frequent predicate, with its count: between two types, and of all."""

    typed: dict[Signature, tuple[int, str]]
    untyped: str

    @classmethod
    def learn(cls, records: Iterable[Record]) -> Habits:
        """Count the claims of annotated records; of equal counts, the first name wins."""
        counts: Counter[tuple[Signature, str]] = Counter()
        for record in records:
            types = {entity.id: entity.type for entity in record.entities}
            counts.update(((types[c.subject], types[c.object]), c.predicate) for c in record.claims)
        typed: dict[Signature, tuple[int, str]] = {}
        for (signature, predicate), n in sorted(counts.items(), key=lambda i: (-i[1], i[0])):
            typed.setdefault(signature, (n, predicate))
        total: Counter[str] = Counter()
        for (_, predicate), n in sorted(counts.items()):
            total[predicate] += n
        return cls(typed, total.most_common(1)[0][0])


def load_typed() -> Reader:
    """The baseline that heeds types."""
    habits = Habits.learn(read_gold(TRAIN))
    return lambda article, entities: _read(article, entities, habits, typed=True)


def load_untyped() -> Reader:
    """The baseline that does not."""
    habits = Habits.learn(read_gold(TRAIN))
    return lambda article, entities: _read(article, entities, habits, typed=False)


def _read(article: Article, entities: tuple[Entity, ...], habits: Habits, *, typed: bool) -> Answer:
    doc = analyse(load_pipeline(article.lang), article.text)
    mentions = Mentions(entities)
    sentences = (mentions.within(sent.start_char, sent.end_char) for sent in doc.sents)
    relations = (r for ids in sentences for r in relate(ids, mentions, habits, typed=typed))
    return Answer(entities, tuple(dict.fromkeys(relations)))


def relate(
    ids: list[str], mentions: Mentions, habits: Habits, *, typed: bool
) -> Iterator[Relation]:
    """Relate every two entities of a sentence, given in reading order."""
    types = mentions.types
    for one, other in combinations(ids, 2):
        if not typed:
            yield Relation(one, other, frozenset({(one, habits.untyped, other)}))
            continue
        ways = [
            (-count, place, subject, predicate, object_)
            for place, (subject, object_) in enumerate(((one, other), (other, one)))
            for count, predicate in (habits.typed.get((types[subject], types[object_]), (0, "")),)
            if count
        ]
        if ways:
            _, _, subject, predicate, object_ = min(ways)
            yield Relation(subject, object_, frozenset({(subject, predicate, object_)}))
