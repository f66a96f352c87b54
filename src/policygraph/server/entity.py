"""What a page says of an entity: its names, and the claims that it takes part in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from policygraph.graph.terms import PREFIXES
from policygraph.model import Status
from policygraph.ontology import NAMESPACE, load_vocabulary
from policygraph.server.asking import names_of, node, select
from policygraph.server.claims import ShownClaim, claims_of
from policygraph.server.site import Site

PAGE = 50
"""Claims on a page."""

ROLES = {"subject": "pg:subject", "object": "pg:object", "speaker": "pg:attributedTo"}

Choice = Mapping[str, str]
"""What the reader wants to see: any of ``role``, ``predicate``, ``year`` and ``status``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntity:
    """An entity with one page of its claims.

    ``names`` are all its names but ``name``, without doubles; ``counts`` how many claims there
    would be for each value of a choice, given the other choices.
    """

    iri: str
    name: str
    names: tuple[str, ...]
    type: str
    wikidata: str | None
    articles: int
    claims: Sequence[ShownClaim] = ()
    total: int = 0
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


async def show_entity(site: Site, iri: str, lang: str, choice: Choice, page: int) -> ShownEntity:
    """Gather what the page says; pages count from 1."""
    me = node(iri)
    facts = await select(
        site,
        f"""
        SELECT ?p ?v (LANG(?v) AS ?lang) {{
          VALUES ?p {{ rdf:type skos:prefLabel rdfs:label skos:altLabel owl:sameAs }} {me} ?p ?v
        }} ORDER BY ?p ?v
        """,
    )
    counted = await select(
        site, f"SELECT (COUNT(DISTINCT ?a) AS ?n) {{ ?o pg:entity {me} ; pg:inArticle ?a }}"
    )
    values: dict[str, list[tuple[str, str]]] = {}
    for row in facts:
        values.setdefault(str(row["p"]), []).append((str(row["lang"] or ""), str(row["v"])))
    labels = [
        *values.get(PREFIXES["skos"] + "prefLabel", []),
        *values.get(PREFIXES["rdfs"] + "label", []),
    ]
    name = next((text for own, text in labels if own == lang), labels[0][1] if labels else iri)
    others = [text for _, text in [*labels, *values.get(PREFIXES["skos"] + "altLabel", [])]]
    same = [text for _, text in values.get(PREFIXES["owl"] + "sameAs", [])]
    counts = await _count(site, iri, choice)
    claims = await _claims(site, iri, choice, page)
    return ShownEntity(
        iri=iri,
        name=name,
        names=tuple(dict.fromkeys(text for text in others if text != name)),
        type=_type(text for _, text in values.get(PREFIXES["rdf"] + "type", [])),
        wikidata=next((i for i in same if i.startswith(PREFIXES["wd"])), None),
        articles=int(counted[0]["n"] or 0),
        claims=claims,
        total=counts["total"][""],
        counts=counts,
        labels=await names_of(site, [iri, *(e for c in claims for e in c.entities)], lang),
    )


def _type(types: Iterable[str]) -> str:
    known = load_vocabulary().types
    return next((t for iri in types if (t := iri.removeprefix(NAMESPACE)) in known), "")


def _pattern(iri: str) -> str:
    """Claims of an entity with what they can be chosen by, one solution for each role."""
    roles = " UNION ".join(
        f'{{ ?claim {predicate} {node(iri)} BIND("{role}" AS ?role) }}'
        for role, predicate in ROLES.items()
    )
    return f"""
      {roles}
      ?claim pg:predicate ?predicate ; pg:status ?status ; prov:wasDerivedFrom ?article .
      OPTIONAL {{ ?claim pg:date ?date }}
      OPTIONAL {{ ?article dcterms:issued ?published }}
      BIND(STR(COALESCE(?date, ?published, "")) AS ?when)
      BIND(SUBSTR(?when, 1, 4) AS ?year)
    """


def _filters(choice: Choice) -> str:
    """The choice as filters; a value that there cannot be lets nothing through."""
    terms = {"predicate": load_vocabulary().predicates.keys(), "status": {*Status}}
    tests = [
        f"?{name} = {node(NAMESPACE + value)}"
        if value in terms.get(name, ())
        else f"?{name} = {ox.Literal(value)}"
        for name, value in choice.items()
    ]
    return " ".join(f"FILTER({test})" for test in tests)


async def _count(site: Site, iri: str, choice: Choice) -> dict[str, Counter[str]]:
    rows = await select(
        site,
        f"""
        SELECT ?role ?predicate ?year ?status (COUNT(DISTINCT ?claim) AS ?n)
        {{ {_pattern(iri)} }} GROUP BY ?role ?predicate ?year ?status
        """,
    )
    names = ("role", "predicate", "year", "status")
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*names, "total")}
    for row in rows:
        values = {name: str(row[name] or "").removeprefix(NAMESPACE) for name in names}
        number = int(row["n"] or 0)
        wrong = [name for name, value in choice.items() if values[name] != value]
        for name in names:
            if not [other for other in wrong if other != name]:
                counts[name][values[name]] += number
        if not wrong:
            counts["total"][""] += number
    return counts


async def _claims(site: Site, iri: str, choice: Choice, page: int) -> list[ShownClaim]:
    rows = await select(
        site,
        f"""
        SELECT DISTINCT ?claim ?predicate ?year ?when
        {{ {_pattern(iri)} {_filters(choice)} }}
        ORDER BY ?predicate DESC(?year) DESC(?when) ?claim
        LIMIT {PAGE} OFFSET {PAGE * (page - 1)}
        """,
    )
    return await claims_of(site, [str(row["claim"]) for row in rows])
