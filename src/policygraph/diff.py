"""What articles since a date say that no article said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph import ClaimGraph, Row
from policygraph.graph.terms import PREFIXES
from policygraph.ontology import load_vocabulary

Kind = Literal["new", "changed", "repeated"]

_CLAIMS = """
SELECT ?claim ?subject ?predicate ?object ?status ?negated ?amount ?published ?article ?title
       ?words {{
  {values}
  ?claim pg:subject ?subject ; pg:predicate ?predicate ; pg:object ?object ;
         pg:status ?status ; pg:negated ?negated ; prov:wasDerivedFrom ?article ;
         oa:hasTarget/oa:hasSelector/oa:exact ?words .
  ?article dcterms:issued ?issued .
  BIND(STR(?issued) AS ?published)
  FILTER(?published {side} "{since}")
  OPTIONAL {{ ?claim pg:amount ?amount }}
  OPTIONAL {{ ?article dcterms:title ?title }}
}}
"""

_ARTICLES = """
  {{ SELECT ?article ?issued {{
      ?article dcterms:issued ?issued FILTER(STR(?issued) >= "{since}")
  }} }}
"""
"""With which the claims since a date begin: of a large graph they are few."""

_BATCH = 200
"""Relations that are looked up together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A relation of which articles since the date speak: its newest claim, and what was before.

    ``kind`` is ``new`` where no article before the date spoke of it, ``changed`` where the last
    that did said otherwise (``before``: planned, now actual; or denied; or another amount), and
    ``repeated`` where it said the same. ``articles`` is how many have spoken of it since.
    """

    kind: Kind
    published: str
    subject: str
    subject_iri: str
    predicate: str
    object: str
    object_iri: str
    state: str
    before: str | None
    articles: int
    claim: str
    article: str
    title: str | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """The changes, newest first; the entities, by IRI, that no article named before the date.

    ``undated`` articles stand on neither side.
    """

    since: str
    articles: int
    undated: int
    changes: tuple[Change, ...]
    entities: tuple[tuple[str, str], ...]


def diff(graph: ClaimGraph, since: str, *, lang: str = "en") -> Diff:
    """Compare what articles published on or after ``since`` say with what was said before.

    ``since`` is an ISO 8601 date, full or partial; an article of which only the month or year is
    known counts from the first day of it. ``lang`` is that of names.

    Raises:
        QueryError: ``since`` is no date.
    """
    day = _first_day(since)
    groups: dict[_Key, list[Row]] = {}
    for row in _ask(graph, _ARTICLES.format(since=day), ">=", day):
        groups.setdefault(_key(row), []).append(row)
    past = _said_before(graph, groups, day)
    names = _names(graph, {iri for key in groups for iri in key if iri}, lang)
    changes = [_change(rows, past.get(key), names) for key, rows in groups.items()]
    counts = graph.query(
        f"""SELECT (SUM(IF(BOUND(?d) && STR(?d) >= "{day}", 1, 0)) AS ?new)
                   (SUM(IF(BOUND(?d), 0, 1)) AS ?undated)
            {{ ?a a pg:Article OPTIONAL {{ ?a dcterms:issued ?d }} }}"""
    )[0]
    return Diff(
        since=since,
        articles=int(counts["new"] or 0),
        undated=int(counts["undated"] or 0),
        changes=tuple(sorted(changes, key=lambda c: (_reverse(c.published), c.claim))),
        entities=_new_entities(graph, day, lang),
    )


_Key = tuple[str, str, str]


def _first_day(since: str) -> str:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", since, re.ASCII)
    try:
        if not found:
            raise ValueError
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise QueryError(f"{since!r} is no date; expected one such as 2020-08-04 or 2020") from None
    return since  # as text, "2020" comes before "2020-01" and "2020-01-01"


def _ask(graph: ClaimGraph, values: str, side: str, day: str) -> Iterator[Row]:
    yield from graph.query(_CLAIMS.format(values=values, side=side, since=day))


def _key(row: Row) -> _Key:
    """What a claim is about, whichever end of a symmetric relation it names first."""
    subject, predicate, object_ = (str(row[part]) for part in ("subject", "predicate", "object"))
    known = load_vocabulary().predicates.get(predicate.removeprefix(PREFIXES["pg"]))
    if known is not None and known.symmetric and object_ < subject:
        subject, object_ = object_, subject
    return subject, predicate, object_


def _said_before(graph: ClaimGraph, keys: Iterable[_Key], day: str) -> dict[_Key, Row]:
    """The last claim about each of these before the day."""
    last: dict[_Key, Row] = {}
    both = iter([order for s, p, o in keys for order in dict.fromkeys(((s, p, o), (o, p, s)))])
    while batch := [*islice(both, _BATCH)]:
        rows = " ".join(f"(<{s}> <{p}> <{o}>)" for s, p, o in batch)
        values = f"VALUES (?subject ?predicate ?object) {{ {rows} }}"
        for row in _ask(graph, values, "<", day):
            before = last.get(_key(row))
            if before is None or _when(row) > _when(before):
                last[_key(row)] = row
    return last


def _when(row: Row) -> tuple[str, str]:
    return str(row["published"]), str(row["claim"])


def _change(rows: list[Row], past: Row | None, names: dict[str, str]) -> Change:
    newest = max(rows, key=_when)
    state, before = _state(newest), _state(past) if past else None
    kind: Kind = "new" if before is None else "repeated" if before == state else "changed"
    predicate = str(newest["predicate"]).removeprefix(PREFIXES["pg"])
    return Change(
        kind=kind,
        published=str(newest["published"]),
        subject=names.get(str(newest["subject"]), str(newest["subject"])),
        subject_iri=str(newest["subject"]),
        predicate=predicate,
        object=names.get(str(newest["object"]), str(newest["object"])),
        object_iri=str(newest["object"]),
        state=state,
        before=before,
        articles=len({str(row["article"]) for row in rows}),
        claim=str(newest["claim"]),
        article=str(newest["article"]),
        title=None if newest["title"] is None else str(newest["title"]),
        evidence=str(newest["words"]),
    )


def _state(row: Row) -> str:
    denied = "denied " if str(row["negated"]).lower() == "true" else ""
    amount = f", {row['amount']}" if row["amount"] else ""
    return f"{denied}{str(row['status']).removeprefix(PREFIXES['pg'])}{amount}"


def _names(graph: ClaimGraph, iris: set[str], lang: str) -> dict[str, str]:
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    names: dict[str, str] = {}
    for iri in sorted(iris):
        found = graph.store.quads_for_pattern(ox.NamedNode(iri), label, None, ox.DefaultGraph())
        labels = [q.object for q in found if isinstance(q.object, ox.Literal)]
        if labels:
            best = min(labels, key=lambda label: (label.language != lang, label.value))
            names[iri] = best.value
    return names


def _new_entities(graph: ClaimGraph, day: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Entities of which the first dated article is of the day or later, with their names."""
    rows: Any = graph.query(
        f"""SELECT ?entity {{
              ?occurrence pg:entity ?entity ; pg:inArticle/dcterms:issued ?issued .
              ?entity a ?type . FILTER(?type NOT IN (pg:Date, pg:Money))
            }} GROUP BY ?entity HAVING(MIN(STR(?issued)) >= "{day}") ORDER BY ?entity"""
    )
    iris = [str(row["entity"]) for row in rows]
    names = _names(graph, {*iris}, lang)
    return tuple((iri, names.get(iri, iri)) for iri in iris)


def _reverse(text: str) -> tuple[int, ...]:
    """Sorts texts from last to first."""
    return tuple(-ord(character) for character in text)
