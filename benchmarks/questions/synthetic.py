"""A graph of invented articles, as large as one likes, of the very shape that policygraph writes.

A few template articles are written by ``write_record``; each article of the graph is one of
them under other IRIs, on another day, about other entities: a few that are named often, and
most rarely.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pyoxigraph as ox

from policygraph.graph import ClaimGraph
from policygraph.graph.writing import write_record
from policygraph.model import Article, Claim, Entity, Evidence, Mention, Record, Status
from policygraph.ontology import ENTITIES, load_vocabulary

CLAIMS = 20
"""In each article."""

TEMPLATES = 60
PUBLISHERS = 300
FIRST_DAY, DAYS = date(2010, 1, 1), 15 * 365
LATE = "2024-12"
"""The last month of which there are articles."""

TYPES = (
    "Company", "GovernmentBody", "Company", "Product", "LegalInstrument", "Person", "Country",
    "MediaOutlet",
)  # fmt: skip
"""Of the entities in each article."""

_DAY, _PAPER = "1999-01-01", "paper-hole"
_HOLE = re.compile(rf"hole/\d|Hole-\d{{3}}|{_DAY}|{_PAPER}|(?<=-)id-[0-9a-f]{{16}}")
_ID = re.compile(r"(?<=/id/)(article|claim|evidence|extraction)/([0-9a-f]{16})")


def fill_graph(graph: ClaimGraph, claims: int, *, seed: int = 1) -> int:
    """Load articles with so many claims into an empty graph; gives the number of articles."""
    articles = -(-claims // CLAIMS)
    stream = io.BufferedReader(_Stream(_articles(articles, seed)), 1 << 20)
    graph.store.bulk_load(input=stream, format=ox.RdfFormat.N_QUADS)
    return articles


def entity_iri(slot: int, number: int) -> str:
    """Of the ``number``-th entity of a slot; the lower, the more often it is named."""
    return f"{ENTITIES}{TYPES[slot].lower()}/{slot}-{number}"


def entity_name(slot: int, number: int) -> str:
    """Of the ``number``-th entity of a slot; as long as its hole, so that offsets stay right."""
    return f"{chr(65 + slot)}{number:07d}"


def _articles(count: int, seed: int) -> Iterator[bytes]:
    draw = random.Random(seed)
    templates = [_template(random.Random(number)) for number in range(TEMPLATES)]
    pool = max(50, count // 10)
    for article in range(count):
        values = {
            _DAY: str(FIRST_DAY + timedelta(draw.randrange(DAYS))),
            _PAPER: f"paper-{int(PUBLISHERS ** draw.random())}",
        }
        for slot, type_ in enumerate(TYPES):
            number = int(pool ** draw.random())
            values[f"hole/{slot}"] = f"{type_.lower()}/{slot}-{number}"
            values[f"Hole-{slot:03}"] = entity_name(slot, number)
        suffix = f"{article:08x}"
        pieces = templates[draw.randrange(TEMPLATES)]
        yield "".join(
            values.get(piece) or piece.replace("NUMBER", suffix) for piece in pieces
        ).encode()


def _template(draw: random.Random) -> list[str]:
    """An article's N-Quads, cut at what differs; NUMBER stands for the article's own."""
    quads = write_record(_record(draw))
    lines = "".join(f"{quad} .\n{quad.triple} .\n" for quad in quads)
    return re.split(f"({_HOLE.pattern})", _ID.sub(r"\1/\2NUMBER", lines))


def _record(draw: random.Random) -> Record:
    names = [f"Hole-{slot:03}" for slot in range(len(TYPES))]
    claims, text = [], ""
    for _ in range(CLAIMS):
        predicate, subject, object_ = draw.choice(_combinations())
        sentence = f"{names[subject]} {predicate} {names[object_]}, said {names[-1]}."
        evidence = Evidence(len(text), len(text) + len(sentence), sentence)
        money = predicate in ("fines", "acquires", "investsIn")
        claims.append(
            Claim(
                subject=f"e{subject}",
                predicate=predicate,
                object=f"e{object_}",
                evidence=evidence,
                status=draw.choice([Status.ACTUAL] * 6 + [*Status]),
                negated=draw.random() < 0.05,
                attributed_to=f"e{len(TYPES) - 1}" if draw.random() < 0.2 else None,
                date=_DAY if draw.random() < 0.5 else None,
                amount=f"{draw.randrange(1, 900)}000000 EUR" if money else None,
                confidence=round(draw.random(), 2),
            )
        )
        text += sentence + "\n"
    entities = (
        Entity(
            id=f"e{slot}",
            name=name,
            type=TYPES[slot],
            iri=f"{ENTITIES}hole/{slot}",
            mentions=tuple(
                Mention(m.start(), m.end(), name) for m in [*re.finditer(name, text)][:1]
            ),
        )
        for slot, name in enumerate(names)
    )
    article = Article(
        source="invented-NUMBER.html",
        text=text,
        lang="en",
        title="Invented NUMBER",
        published=_DAY,
        publisher=_PAPER,
    )
    return Record(article=article, entities=tuple(entities), claims=tuple(claims), software="none")


def _combinations() -> list[tuple[str, int, int]]:
    """Predicates with the slots that fit their domain and range."""
    slots = range(len(TYPES))
    return [
        (name, subject, object_)
        for name, predicate in load_vocabulary().predicates.items()
        for subject in slots
        for object_ in slots
        if subject != object_
        and TYPES[subject] in predicate.domain
        and TYPES[object_] in predicate.range
    ]


class _Stream(io.RawIOBase):
    """Byte strings one after another, as a file that can be read once."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = next(self._parts, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
