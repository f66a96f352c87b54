"""Article records for tests: one written by hand, and all of the gold corpus."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.model import Article, Claim, Comment, Entity, Evidence, Mention, Record, Status
from policygraph.ontology import ENTITIES

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpora" / "gold"

TEXT = """Zephyr veut racheter Papillon

L'américain Zephyr a confirmé vouloir racheter Papillon avant le 15 septembre 2020.

Selon Le Courrier, l'agence ARCO a infligé à Papillon une amende de 3 millions d'euros. \
Zephyr possède Nuage. Zephyr n'a pas attaqué ARCO 🙂."""


@dataclass(frozen=True)
class Said:
    """A claim by names, with the words that support it."""

    subject: str
    predicate: str
    object: str
    words: str
    options: Mapping[str, Any]


def said(subject: str, predicate: str, object: str, words: str, **options: Any) -> Said:
    return Said(subject, predicate, object, words, options)


def make_record(
    text: str, types: Mapping[str, str], claims: tuple[Said, ...] = (), **article: Any
) -> Record:
    """A record whose entities are mentioned wherever their names stand in the text."""
    ids = {name: f"e{number}" for number, name in enumerate(types, 1)}
    entities = tuple(
        Entity(id=ids[name], name=name, type=type_, mentions=_mentions(text, name))
        for name, type_ in types.items()
    )
    found = []
    for claim in claims:
        start = text.index(claim.words)
        options = dict(claim.options)
        if "by" in options:
            options["attributed_to"] = ids[options.pop("by")]
        found.append(
            Claim(
                subject=ids[claim.subject],
                predicate=claim.predicate,
                object=ids[claim.object],
                evidence=Evidence(start, start + len(claim.words), claim.words),
                **options,
            )
        )
    defaults = {"source": "essai.html", "lang": "fr"}
    return Record(
        article=Article(text=text, **{**defaults, **article}),
        entities=entities,
        claims=tuple(found),
    )


def _mentions(text: str, name: str) -> tuple[Mention, ...]:
    found = []
    start = text.find(name)
    while start >= 0:
        found.append(Mention(start, start + len(name), name))
        start = text.find(name, start + 1)
    return tuple(found)


def zephyr() -> Record:
    """A French article with a planned, an attributed, an actual and a denied claim."""
    record = make_record(
        TEXT,
        {
            "Zephyr": "Company",
            "Papillon": "Product",
            "Nuage": "Product",
            "ARCO": "GovernmentBody",
            "Le Courrier": "MediaOutlet",
        },
        (
            said(
                "Zephyr", "acquires", "Papillon", "vouloir racheter Papillon",
                status=Status.PLANNED, deadline="2020-09-15", confidence=0.75, rule="acquires/fr/x",
            ),
            said(
                "ARCO", "fines", "Papillon", "infligé à Papillon une amende", by="Le Courrier",
                amount="3000000 EUR", date="2020-08",
            ),
            said("Zephyr", "owns", "Nuage", "Zephyr possède Nuage"),
            said("Zephyr", "attacks", "ARCO", "Zephyr n'a pas attaqué ARCO", negated=True),
        ),
        title="Zephyr veut racheter Papillon",
        published="2020-08-04",
        publisher="Le Courrier",
        authors=("Inès Roy", "Paul Lô"),
        url="https://example.org/zephyr",
        comments=(Comment(text="Bof.", author="lecteur", published="2020-08-05"),),
    )  # fmt: skip
    entities = (
        replace(record.entities[0], iri=f"{ENTITIES}company/zephyr", wikidata="Q42"),
        *record.entities[1:],
    )
    return replace(record, entities=entities, software="policygraph 0")


def english(source: str = "b.html", text: str = "ARCO fined Papillon.") -> Record:
    """A short English article about two entities that have IRIs."""
    record = make_record(
        text,
        {"ARCO": "GovernmentBody", "Papillon": "Product"},
        (said("ARCO", "fines", "Papillon", "ARCO fined Papillon"),),
        source=source,
        lang="en",
    )
    slugs = ("government-body/arco", "product/papillon")
    entities = tuple(
        replace(e, iri=ENTITIES + s) for e, s in zip(record.entities, slugs, strict=True)
    )
    return replace(record, entities=entities)


@cache
def gold_records(split: str = "test") -> tuple[Record, ...]:
    """The gold records of a split, in the order of their files."""
    paths = sorted((GOLD / split).rglob("*.json"))
    return tuple(
        Record.from_json(json.loads(path.read_text(encoding="utf-8")), where=path.name)
        for path in paths
    )
