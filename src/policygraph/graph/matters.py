"""Joins what articles say into matters (deals, cases, bans, bills) and finds their stages.

Everything follows from the set of sayings alone, in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from policygraph.graph.sayings import Saying
from policygraph.graph.stages import Model, Models, Rule
from policygraph.ontology import load_vocabulary

Key = tuple[str, tuple[str, ...]]
"""The kind of a matter, and its parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a matter reached, with the claims that say so; ``since`` and ``until`` are ISO 8601."""

    name: str
    sayings: tuple[Saying, ...]
    since: str
    until: str

    @property
    def voices(self) -> int:
        """How many independent sources there are."""
        return len({saying.voice for saying in self.sayings})

    @property
    def amount(self) -> tuple[str, str] | None:
        """The value and currency that most voices name, of equals the last named."""
        voices: dict[tuple[str, str], set[str]] = defaultdict(set)
        last: dict[tuple[str, str], str] = {}
        for saying in self.sayings:
            if saying.amount:
                voices[saying.amount].add(saying.voice)
                last[saying.amount] = max(last.get(saying.amount, ""), saying.date)
        return max(voices, key=lambda a: (len(voices[a]), last[a], a), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One deal, case, ban or bill. ``parties`` are IRIs; ``year`` is "" where its kind needs none.

    ``stages`` go by the date on which they are first told of.
    """

    model: Model
    parties: tuple[str, ...]
    year: str
    stages: tuple[Stage, ...]

    @property
    def current(self) -> Stage:
        """Of the stages of the highest rank the latest."""
        return max(self.stages, key=lambda s: (self.model.ranks[s.name], s.until, s.name))

    @property
    def voices(self) -> int:
        """How many independent sources there are."""
        return len({saying.voice for stage in self.stages for saying in stage.sayings})


@dataclass(frozen=True, slots=True)
class Told:
    """That a saying tells of a stage of the matter with that key."""

    key: Key
    stage: str
    saying: Saying


def told_by(sayings: Sequence[Saying], models: Models) -> Iterator[Told]:
    """What the claims of one article tell of matters."""
    founders: list[tuple[Key, Saying]] = []
    for saying in sayings:
        for rule in models.rules.get(saying.predicate, ()):
            if rule.key and not rule.joins and _fits(rule, saying):
                founders.append((_key(rule, saying), saying))
                break
    for saying in sayings:
        for rule in models.rules.get(saying.predicate, ()):
            if not _fits(rule, saying):
                continue
            key = _joined(rule, saying, founders) if rule.joins else None
            if key is None and rule.key:
                key = _key(rule, saying)
            stage = rule.stage(saying.status, saying.negated)
            if key and stage:
                yield Told(key, stage, saying)
            if key:
                break


def join_matters(told: Iterable[Told], models: Models) -> list[Matter]:
    """The matters that articles tell of, by kind, parties and year."""
    by_key: dict[Key, list[Told]] = defaultdict(list)
    for one in told:
        by_key[one.key].append(one)
    return [
        _matter(models.kinds[kind], parties, cluster)
        for (kind, parties), found in sorted(by_key.items())
        for cluster in _clusters(found, models.kinds[kind].gap)
    ]


def _fits(rule: Rule, saying: Saying) -> bool:
    return not rule.types or saying.object_type in rule.types


def _key(rule: Rule, saying: Saying) -> Key:
    parties = tuple(_end(saying, end) for end in rule.key)
    if load_vocabulary().predicates[saying.predicate].symmetric:
        parties = tuple(sorted(parties))
    return rule.kind, parties


def _joined(rule: Rule, saying: Saying, founders: Sequence[tuple[Key, Saying]]) -> Key | None:
    """The matter of the article, with one of these ends as a party, that stands nearest."""
    ends = {_end(saying, end) for end in rule.joins}
    near = [
        (abs(founder.start - saying.start), key)
        for key, founder in founders
        if key[0] == rule.kind and not ends.isdisjoint(key[1])
    ]
    return min(near)[1] if near else None


def _end(saying: Saying, end: str) -> str:
    return saying.subject if end == "subject" else saying.object


def _clusters(found: Sequence[Told], gap: int) -> Iterator[list[Told]]:
    """Cut where nothing is heard for longer than ``gap`` days; undated ones go to the first."""
    ordered = sorted(found, key=lambda one: (one.saying.date, one.saying.claim))
    cluster: list[Told] = []
    last = 0
    for one in ordered:
        day = _day(one.saying.date)
        if gap and last and day and day - last > gap:
            yield cluster
            cluster = []
        cluster.append(one)
        last = max(last, day)
    yield cluster


def _day(iso: str) -> int:
    """The number of a day, of the first of a month or year; 0 where there is no date."""
    try:
        return date.fromisoformat((iso + "-01-01")[:10]).toordinal()
    except ValueError:
        return 0


def _matter(model: Model, parties: tuple[str, ...], cluster: Sequence[Told]) -> Matter:
    dates = sorted(one.saying.date for one in cluster if one.saying.date)
    stages = []
    by_stage = sorted(cluster, key=lambda one: one.stage)
    for name, told in groupby(by_stage, key=lambda one: one.stage):
        sayings = {one.saying.claim: one.saying for one in told}
        days = sorted(s.date for s in sayings.values() if s.date)
        stages.append(
            Stage(
                name=name,
                sayings=tuple(sayings[claim] for claim in sorted(sayings)),
                since=days[0] if days else "",
                until=days[-1] if days else "",
            )
        )
    return Matter(
        model=model,
        parties=parties,
        year=dates[0][:4] if dates and model.gap else "",
        stages=tuple(sorted(stages, key=lambda s: (s.since, model.ranks[s.name], s.name))),
    )
