"""The measure: ``policygraph.evaluate``'s of claims, for relations that may mean several things.

Where every relation has one reading and none is said twice, it counts what ``evaluate`` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.claims.answers import Answer, Reading, Relation
from policygraph.evaluate import Score, pair_entities
from policygraph.model import Record
from policygraph.ontology import load_vocabulary


@dataclass(slots=True)
class Tally:
    """Scores of one system: ``labelled`` of claims, ``pairs`` of entity pairs either way round."""

    labelled: Score = field(default_factory=Score)
    pairs: Score = field(default_factory=Score)

    def add(self, gold: Record, answer: Answer) -> None:
        """Score one article."""
        pairing = pair_entities(gold, Record(article=gold.article, entities=answer.entities))
        names = {found: gold_id for gold_id, found in pairing.items()}
        self._add_labelled(gold, answer, names)
        self._add_pairs(gold, answer, names)

    def _add_labelled(self, gold: Record, answer: Answer, names: Mapping[str, str]) -> None:
        wanted = [_key((c.subject, c.predicate, c.object)) for c in gold.claims]
        said = [_keys(relation, names) for relation in answer.relations if relation.readings]
        right = _most_matches(wanted, said)
        wrong = {readings for readings in said if readings.isdisjoint(wanted)}
        self.labelled.add(right, right + len(wrong), len(wanted))

    def _add_pairs(self, gold: Record, answer: Answer, names: Mapping[str, str]) -> None:
        wanted = {frozenset((c.subject, c.object)) for c in gold.claims}
        said = {
            frozenset((_name(r.subject, names), _name(r.object, names))) for r in answer.relations
        }
        self.pairs.add(len(wanted & said), len(said), len(wanted))


def _name(id: str, names: Mapping[str, str]) -> str:
    """The gold id; one that no gold entity has where the system's entity is none of the gold."""
    return names.get(id, f"no gold: {id}")


def _keys(relation: Relation, names: Mapping[str, str]) -> frozenset[Reading]:
    return frozenset(_key((_name(s, names), p, _name(o, names))) for s, p, o in relation.readings)


def _key(reading: Reading) -> Reading:
    """The reading, its ends sorted where the predicate is symmetric."""
    subject, name, object_ = reading
    predicate = load_vocabulary().predicates.get(name)
    if predicate is not None and predicate.symmetric and object_ < subject:
        return object_, name, subject
    return reading


def _most_matches(wanted: list[Reading], said: list[frozenset[Reading]]) -> int:
    """The most claims that can be matched to a relation each (Kuhn's augmenting paths)."""
    taken: dict[int, int] = {}

    def place(claim: int, tried: set[int]) -> bool:
        for relation, readings in enumerate(said):
            if wanted[claim] in readings and relation not in tried:
                tried.add(relation)
                if relation not in taken or place(taken[relation], tried):
                    taken[relation] = claim
                    return True
        return False

    return sum(place(claim, set()) for claim in range(len(wanted)))
