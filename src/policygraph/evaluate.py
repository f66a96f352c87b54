"""Scores extracted records against gold ones.

Entities of the two records are paired through their mentions: by overlapping offsets where
both have the same text, by the mentions' words where the texts differ (a page that was
cleaned anew). A claim is right when subject, predicate and object are; status, negation,
speaker and dates are scored over the claims that are right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from policygraph.folding import fold
from policygraph.model import Claim, Entity, Record
from policygraph.ontology import load_vocabulary

VALUES = frozenset({"Date", "Money"})


@dataclass(slots=True)
class Score:
    """Counts of one measure: right, found by the extractor, wanted by the gold."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        """Count some more."""
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Share of the found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found; 0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 0.0

    def to_json(self) -> dict[str, float | int]:
        """Figures rounded to four places, with the counts behind them."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "found": self.found,
            "wanted": self.wanted,
        }


MEASURES = (
    "mentions", "mentions typed", "entities", "entities typed", "claims", "claims with status",
    "status and negation", "speaker", "date", "deadline", "amount",
)  # fmt: skip
"""What is scored. The last five are over claims that are right: for "status and negation"
found = wanted = those claims; for the others found and wanted count the claims that have one."""


@dataclass(slots=True)
class Evaluation:
    """Scores by scope ("all", a language, or a predicate) and measure."""

    articles: int = 0
    scores: dict[str, dict[str, Score]] = field(default_factory=dict)
    predicates: dict[str, Score] = field(default_factory=dict)

    def score(self, scope: str, measure: str) -> Score:
        """The counts of one cell, made on demand."""
        return self.scores.setdefault(scope, {m: Score() for m in MEASURES})[measure]

    def to_json(self) -> dict[str, object]:
        """Everything as plain JSON values."""
        return {
            "articles": self.articles,
            "scores": {
                scope: {name: score.to_json() for name, score in table.items()}
                for scope, table in self.scores.items()
            },
            "predicates": {name: s.to_json() for name, s in sorted(self.predicates.items())},
        }


def evaluate(pairs: Iterable[tuple[Record, Record]]) -> Evaluation:
    """Score (gold, found) records of the same articles."""
    result = Evaluation()
    for gold, found in pairs:
        result.articles += 1
        for scope in ("all", gold.article.lang):
            _score_pair(result, scope, gold, found)
        _score_predicates(result, gold, found)
    return result


def _score_pair(result: Evaluation, scope: str, gold: Record, found: Record) -> None:
    for measure, typed in (("mentions", False), ("mentions typed", True)):
        wanted, got = _mentions(gold, typed=typed), _mentions(found, typed=typed)
        result.score(scope, measure).add((wanted & got).total(), got.total(), wanted.total())
    pairing = pair_entities(gold, found)
    types = {e.id: e.type for e in found.entities}
    typed_right = sum(1 for e in gold.entities if types.get(pairing.get(e.id, "")) == e.type)
    counts = len(found.entities), len(gold.entities)
    result.score(scope, "entities").add(len(pairing), *counts)
    result.score(scope, "entities typed").add(typed_right, *counts)

    matches = list(_matching_claims(gold, found, pairing))
    counts = len(found.claims), len(gold.claims)
    same = sum((w.status, w.negated) == (g.status, g.negated) for w, g in matches)
    result.score(scope, "claims").add(len(matches), *counts)
    result.score(scope, "claims with status").add(same, *counts)
    result.score(scope, "status and negation").add(same, len(matches), len(matches))
    speakers = [
        (pairing.get(w.attributed_to or ""), g.attributed_to, w.attributed_to) for w, g in matches
    ]
    result.score(scope, "speaker").add(
        sum(1 for mapped, got, _ in speakers if got and mapped == got),
        sum(1 for _, got, _ in speakers if got),
        sum(1 for *_, wanted_one in speakers if wanted_one),
    )
    for name in ("date", "deadline", "amount"):
        values = [(getattr(w, name), getattr(g, name)) for w, g in matches]
        result.score(scope, name).add(
            sum(1 for w, g in values if w and w == g),
            sum(1 for _, g in values if g),
            sum(1 for w, _ in values if w),
        )


def _score_predicates(result: Evaluation, gold: Record, found: Record) -> None:
    pairing = pair_entities(gold, found)
    for claim in gold.claims:
        result.predicates.setdefault(claim.predicate, Score()).wanted += 1
    for claim in found.claims:
        result.predicates.setdefault(claim.predicate, Score()).found += 1
    for claim, _ in _matching_claims(gold, found, pairing):
        result.predicates[claim.predicate].right += 1


def _mentions(record: Record, *, typed: bool) -> Counter[tuple[object, ...]]:
    """Mentions that are names (nominals are scored through their entities)."""
    return Counter(
        (m.start, m.end, e.type if typed else "")
        for e in record.entities
        for m in e.mentions
        if any(c.isupper() or c.isdigit() for c in m.text)
    )


def pair_entities(gold: Record, found: Record) -> dict[str, str]:
    """Gold entity id → found entity id, one to one, by how many mentions they share."""
    overlap = _overlap_by_offset if gold.article.text == found.article.text else _overlap_by_words
    weights: list[tuple[int, int, int, str, str]] = []
    for i, g in enumerate(gold.entities):
        for j, f in enumerate(found.entities):
            if (g.type in VALUES) != (f.type in VALUES):
                continue
            if g.type in VALUES:
                shared = int(g.type == f.type and g.name == f.name)
            else:
                shared = overlap(g, f)
            if shared:
                weights.append((-shared, i, j, g.id, f.id))
    pairing: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, _, gold_id, found_id in sorted(weights):
        if gold_id not in pairing and found_id not in taken:
            pairing[gold_id] = found_id
            taken.add(found_id)
    return pairing


def _overlap_by_offset(gold: Entity, found: Entity) -> int:
    """Shared mentions; those with a capital or a digit count more than nominals."""
    return sum(
        3 if any(c.isupper() for c in g.text) else 1
        for g in gold.mentions
        if any(f.start < g.end and g.start < f.end for f in found.mentions)
    )


def _overlap_by_words(gold: Entity, found: Entity) -> int:
    def words(entity: Entity) -> Mapping[str, int]:
        return Counter(fold(m.text) for m in entity.mentions) + Counter([fold(entity.name)])

    one, other = words(gold), words(found)
    return sum(3 * min(n, other.get(w, 0)) for w, n in one.items()) or int(
        any(f" {a} " in f" {b} " or f" {b} " in f" {a} " for a in one for b in other)
    )


def _matching_claims(
    gold: Record, found: Record, pairing: Mapping[str, str]
) -> Iterator[tuple[Claim, Claim]]:
    vocabulary = load_vocabulary()
    index: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in found.claims:
        index[claim.subject, claim.predicate, claim.object].append(claim)
    for claim in gold.claims:
        subject, object_ = pairing.get(claim.subject), pairing.get(claim.object)
        if subject is None or object_ is None:
            continue
        keys = [(subject, claim.predicate, object_)]
        predicate = vocabulary.predicates.get(claim.predicate)
        if predicate is not None and predicate.symmetric:
            keys.append((object_, claim.predicate, subject))
        for key in keys:
            if index.get(key):
                yield claim, index[key].pop(0)
                break
