"""The models of ``ontology/matters.toml``: what founds a matter, and what its stages are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from policygraph.errors import OntologyError
from policygraph.model import Status
from policygraph.ontology import load_vocabulary, ontology_dir, read_toml

_ENDS = ("subject", "object")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How claims of some predicates belong to matters of a kind; see ``matters.toml``.

    ``stages`` and ``denied`` give the stage by status.
    """

    kind: str
    predicates: tuple[str, ...]
    key: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    stages: Mapping[str, str]
    denied: Mapping[str, str]

    def stage(self, status: str, negated: bool) -> str | None:
        """The stage that a claim tells of."""
        return (self.denied if negated else self.stages).get(status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A kind of matter: the ontology's class, its label by language, its stages by rank."""

    kind: str
    cls: str
    gap: int
    label: Mapping[str, str]
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """All kinds of matters, the rules by predicate, and what each predicate contradicts."""

    kinds: Mapping[str, Model]
    rules: Mapping[str, tuple[Rule, ...]]
    contradictions: Mapping[str, str]


@cache
def load_models() -> Models:
    """Read ``matters.toml``; ``OntologyError`` names the faulty entry."""
    path = ontology_dir() / "matters.toml"
    data = read_toml(path)
    pairs = data.pop("contradictions", {}).get("pairs", [])
    kinds: dict[str, Model] = {}
    rules: dict[str, tuple[Rule, ...]] = {}
    for kind, entry in data.items():
        where = f"{path}: [{kind}]"
        kinds[kind] = _model(where, kind, entry)
        for number, item in enumerate(entry.get("rules", []), 1):
            rule = _rule(f"{where}, rule {number}", kind, item, kinds[kind])
            for predicate in rule.predicates:
                rules[predicate] = (*rules.get(predicate, ()), rule)
    opposites = {a: b for pair in pairs for a, b in (pair, reversed(pair))}
    where = f"{path}: [contradictions]"
    _check_predicates(where, opposites)
    if len(opposites) < 2 * len(pairs):
        raise OntologyError(f"{where}: a predicate stands in two pairs; give it one opposite")
    return Models(kinds=kinds, rules=rules, contradictions=opposites)


def _model(where: str, kind: str, entry: Mapping[str, Any]) -> Model:
    try:
        gap, label = int(entry["gap"]), {lang: str(entry["label"][lang]) for lang in ("en", "fr")}
        ranks = {stage: rank for rank, stages in enumerate(entry["stages"]) for stage in stages}
        cls = str(entry["class"])
    except (TypeError, ValueError) as error:
        raise OntologyError(
            f"{where}: needs class, gap, label (en and fr) and stages; {error}"
        ) from error
    if 0 < gap < 366:
        raise OntologyError(f"{where}: the gap is {gap} days; give 0, or at least 366")
    return Model(kind=kind, cls=cls, gap=gap, label=label, ranks=ranks)


def _rule(where: str, kind: str, entry: Mapping[str, Any], model: Model) -> Rule:
    rule = Rule(
        kind=kind,
        predicates=tuple(entry.get("predicates", ())),
        key=tuple(entry.get("key", ())),
        joins=tuple(entry.get("joins", ())),
        types=frozenset(entry.get("types", ())),
        stages=entry.get("stages", {}),
        denied=entry.get("denied", {}),
    )
    _check_predicates(where, rule.predicates)
    if not (rule.key or rule.joins) or not {*rule.key, *rule.joins} <= {*_ENDS}:
        raise OntologyError(f"{where}: needs key or joins, lists of 'subject' and 'object'")
    for status, stage in (*rule.stages.items(), *rule.denied.items()):
        if status not in [*Status] or stage not in model.ranks:
            raise OntologyError(
                f"{where}: {status} = {stage!r}; statuses are {', '.join(Status)}, "
                f"stages {', '.join(model.ranks)}"
            )
    return rule


def _check_predicates(where: str, names: Any) -> None:
    known = load_vocabulary().predicates
    if unknown := sorted(set(names) - known.keys()):
        raise OntologyError(f"{where}: the predicate {unknown[0]!r} is not in the ontology")
