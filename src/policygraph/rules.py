"""Relation patterns and the words that qualify them, read from ``ontology/``.

A *pattern* says which word (the trigger) speaks of a predicate and where its subject and
object stand. A *governor* is a word above the trigger that says how sure the event is,
who does it, or who says so: "plans to buy", "accused of sharing", "is in talks for".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.errors import OntologyError
from policygraph.model import Status
from policygraph.ontology import load_vocabulary, ontology_dir, read_toml

LANGS = ("en", "fr")

SLOTS = frozenset(
    {
        "subject",  # logical subject of a verb: the agent, also of a passive
        "object",  # logical object of a verb: the patient, also of a passive
        "agent",  # by-phrase of a noun, or the one who controls it: "X's plan to", "X announced"
        "patient",  # the one to whom a noun is done: subject of "face", object of "hit … with"
        "possessive",  # "Google's", "its", "son"
        "compound",  # noun or name before a noun: "TikTok ban"
        "modified",  # the noun that the trigger modifies
        "identity",  # whoever the noun denotes: apposition, copula, title, coreference
        "nationality",  # the country of an adjective: "chinoise"
        "trigger",  # the trigger's own mention: "l'enquête Apple"
    }
)
"""Reserved slot names; every other slot is a preposition."""

_DEFAULTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subject",), ("object",)),
    "noun": (("agent", "possessive"), ("de", "of", "compound")),
    "adj": (("modified",), ()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way a language speaks of a predicate.

    ``head`` is the lemma of the trigger; ``others`` are lemmas that must stand close to it
    for the trigger to count ("take" + "over"). ``subject`` and ``object`` are slots in
    order of preference. ``status`` replaces the status that the sentence gives;
    ``role`` says that the trigger's own words are the claim's role.
    """

    predicate: str
    lang: str
    pos: str
    head: str
    others: tuple[str, ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    status: Status | None
    negated: bool
    role: bool
    unless: tuple[str, ...]
    subject_types: frozenset[str] | None
    object_types: frozenset[str] | None
    weight: float
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """A word above a trigger and what it says of the trigger's event.

    ``control`` names who carries the event out: the governor's "subject", its "object",
    or "patient" when the governor's subject undergoes the event ("face a lawsuit").
    ``speech`` says that the governor's subject is the speaker, ``plain`` that hardly anything in
    the sentence counts against its status ("threatens to") or its negation ("lifted the ban"),
    ``certain`` that nothing does ("liable to"), ``clauses`` that it negates only what a clause or a
    word for something said tells: who contests a fine was fined, ``denied`` that it counts only
    where it is denied itself, and the event is not ("does not rule out").
    """

    lang: str
    head: str
    others: tuple[str, ...]
    status: Status | None
    plain: bool
    certain: bool
    negates: bool
    clauses: bool
    speech: bool
    control: str | None
    moods: frozenset[str]
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence with the claims that a predicate's patterns must find; none for a near miss."""

    predicate: str
    lang: str
    text: str
    claims: tuple[tuple[str, str], ...]
    status: Status | None
    negated: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """All patterns and governors, looked up by language and lemma of the head."""

    patterns: Mapping[tuple[str, str], tuple[Pattern, ...]]
    governors: Mapping[tuple[str, str], tuple[Governor, ...]]
    examples: tuple[Example, ...]

    def triggered_by(self, lang: str, lemma: str) -> tuple[Pattern, ...]:
        """Patterns whose head has that lemma."""
        return self.patterns.get((lang, lemma), ())

    def governing(self, lang: str, lemma: str) -> tuple[Governor, ...]:
        """Governors whose head has that lemma, those that need more words first."""
        return self.governors.get((lang, lemma), ())


@cache
def load_rules() -> Rules:
    """Read and check ``relations/*.toml`` and ``lexicon/governors.toml``."""
    patterns: dict[tuple[str, str], list[Pattern]] = {}
    examples: list[Example] = []
    for path in sorted((ontology_dir() / "relations").glob("*.toml")):
        for predicate, entry in read_toml(path).items():
            where = f"{path}: [{predicate}]"
            if predicate not in load_vocabulary().predicates:
                raise OntologyError(f"{where} is no predicate of policygraph.ttl")
            for pattern in _patterns(predicate, entry, where):
                patterns.setdefault((pattern.lang, pattern.head), []).append(pattern)
            examples.extend(_examples(predicate, entry, where))
    governors: dict[tuple[str, str], list[Governor]] = {}
    for governor in _governors(ontology_dir() / "lexicon" / "governors.toml"):
        governors.setdefault((governor.lang, governor.head), []).append(governor)
    return Rules(
        {key: tuple(found) for key, found in patterns.items()},
        {
            key: tuple(sorted(found, key=lambda g: (-len(g.moods), -len(g.others))))
            for key, found in governors.items()
        },
        tuple(examples),
    )


def _patterns(predicate: str, entry: Mapping[str, Any], where: str) -> Iterator[Pattern]:
    for number, item in enumerate(entry.get("pattern", ()), 1):
        place = f"{where} pattern {number}"
        lang = _lang(item, place)
        kinds = [pos for pos in _DEFAULTS if pos in item]
        if len(kinds) != 1:
            raise OntologyError(f"{place}: give exactly one of verb, noun, adj")
        pos = kinds[0]
        default_subject, default_object = _DEFAULTS[pos]
        unknown = item.keys() - _PATTERN_KEYS
        if unknown:
            raise OntologyError(f"{place}: unknown key {sorted(unknown)[0]!r}")
        for words in _strings(item, pos, place):
            head, others = split_trigger(words, lang, pos)
            yield Pattern(
                predicate=predicate,
                lang=lang,
                pos=pos,
                head=head,
                others=others,
                subject=tuple(_strings(item, "subject", place, default_subject)),
                object=tuple(_strings(item, "object", place, default_object)),
                status=_status(item, place),
                negated=bool(item.get("negated", False)),
                role=bool(item.get("role", False)),
                unless=tuple(_strings(item, "unless", place, ())),
                subject_types=_types(item, "subject_types", place),
                object_types=_types(item, "object_types", place),
                weight=float(item.get("weight", 1.0)),
                id=f"{predicate}/{lang}/{words.replace(' ', '_')}",
            )


_PATTERN_KEYS = frozenset(
    {
        "lang", "verb", "noun", "adj", "subject", "object", "status", "negated", "role",
        "unless", "subject_types", "object_types", "weight",
    }
)  # fmt: skip


def split_trigger(words: str, lang: str, pos: str) -> tuple[str, tuple[str, ...]]:
    """Head lemma and companion lemmas: an English noun's head comes last, every other first."""
    parts = words.split()
    head = parts.pop() if (lang, pos) == ("en", "noun") else parts.pop(0)
    return head, tuple(parts)


@cache
def untold(predicate: str, lang: str, pos: str) -> Pattern:
    """The pattern of a word that no rule lists for the predicate, yet that speaks of it."""
    subject, object_ = _DEFAULTS[pos]
    return Pattern(
        predicate=predicate,
        lang=lang,
        pos=pos,
        head="",
        others=(),
        subject=subject,
        object=object_,
        status=None,
        negated=False,
        role=False,
        unless=(),
        subject_types=None,
        object_types=None,
        weight=1.0,
        id=f"{predicate}/{lang}/",
    )


def _examples(predicate: str, entry: Mapping[str, Any], where: str) -> Iterator[Example]:
    for number, item in enumerate(entry.get("example", ()), 1):
        place = f"{where} example {number}"
        if not isinstance(item.get("text"), str):
            raise OntologyError(f"{place}: needs a text")
        claims = item.get("claims", [])
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in claims):
            raise OntologyError(f"{place}: claims are [subject, object] pairs of names")
        yield Example(
            predicate=predicate,
            lang=_lang(item, place),
            text=item["text"],
            claims=tuple((str(pair[0]), str(pair[1])) for pair in claims),
            status=_status(item, place),
            negated=bool(item.get("negated", False)),
        )


def _governors(path: Path) -> Iterator[Governor]:
    for number, item in enumerate(read_toml(path).get("governor", ()), 1):
        place = f"{path}: governor {number}"
        lang = _lang(item, place)
        control = item.get("control")
        if control not in (None, "subject", "object", "patient"):
            raise OntologyError(f"{place}: control is subject, object or patient, not {control!r}")
        for pos in ("verb", "noun", "adj"):
            for words in _strings(item, pos, place, ()):
                head, others = split_trigger(words, lang, pos)
                yield Governor(
                    lang=lang,
                    head=head,
                    others=others,
                    status=_status(item, place),
                    plain=bool(item.get("plain", False)),
                    certain=bool(item.get("certain", False)),
                    negates=bool(item.get("negates", False)),
                    clauses=bool(item.get("clauses", False)),
                    speech=bool(item.get("speech", False)),
                    control=control,
                    moods=frozenset(_strings(item, "moods", place, ())),
                    denied=bool(item.get("denied", False)),
                )


def _lang(item: Mapping[str, Any], place: str) -> str:
    lang = item.get("lang")
    if lang not in LANGS:
        raise OntologyError(f"{place}: lang is one of {', '.join(LANGS)}, not {lang!r}")
    return str(lang)


def _status(item: Mapping[str, Any], place: str) -> Status | None:
    value = item.get("status")
    if value is None:
        return None
    if value not in set(Status):
        raise OntologyError(f"{place}: status {value!r} is none of {', '.join(Status)}")
    return Status(value)


def _types(item: Mapping[str, Any], key: str, place: str) -> frozenset[str] | None:
    if key not in item:
        return None
    types = frozenset(_strings(item, key, place))
    if unknown := types - load_vocabulary().types.keys():
        raise OntologyError(f"{place}: {sorted(unknown)[0]!r} is no entity type")
    return types


def _strings(
    item: Mapping[str, Any], key: str, place: str, default: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    value = item.get(key, default)
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
        raise OntologyError(f"{place}: {key} must be a list of strings")
    return tuple(value)
