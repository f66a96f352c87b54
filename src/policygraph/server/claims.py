"""Claims as the pages show them: what, who says it, when, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.graph import Rows
from policygraph.graph.details import CLAIM_PARTS
from policygraph.ontology import NAMESPACE
from policygraph.server.asking import nodes, select
from policygraph.server.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """A claim with its evidence and its article; entities by IRI, predicate and status by name.

    ``before`` and ``after`` are the words around the quotation ``exact``.
    """

    iri: str
    subject: str
    predicate: str
    object: str
    status: str
    negated: bool
    confidence: float
    exact: str
    before: str
    after: str
    article: str
    speaker: str | None = None
    date: str | None = None
    deadline: str | None = None
    amount: str | None = None
    role: str | None = None
    rule: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    lang: str | None = None

    @property
    def year(self) -> str:
        """Of what is claimed, or else of the article; empty where neither is known."""
        return (self.date or self.published or "")[:4]

    @property
    def entities(self) -> tuple[str, ...]:
        """IRIs of all entities that take part."""
        return tuple(filter(None, (self.subject, self.object, self.speaker)))


async def claims_of(site: Site, iris: Sequence[str]) -> list[ShownClaim]:
    """The claims of these IRIs, in the same order; what is no claim is left out."""
    if not iris:
        return []
    rows = await select(site, f"SELECT * {{ VALUES ?claim {{ {nodes(iris)} }} {CLAIM_PARTS} }}")
    found = {claim.iri: claim for claim in _read(rows)}
    return [found[iri] for iri in iris if iri in found]


def _read(rows: Rows) -> list[ShownClaim]:
    optional = ("speaker", "date", "deadline", "amount", "role", "rule")
    about = ("title", "published", "publisher", "lang")
    return [
        ShownClaim(
            iri=str(row["claim"]),
            subject=str(row["subject"]),
            predicate=str(row["predicate"]).removeprefix(NAMESPACE),
            object=str(row["object"]),
            status=str(row["status"]).removeprefix(NAMESPACE),
            negated=bool(row["negated"]),
            confidence=float(row["confidence"] or 0),
            exact=str(row["exact"]),
            before=str(row["before"] or ""),
            after=str(row["after"] or ""),
            article=str(row["article"]),
            **{name: None if row[name] is None else str(row[name]) for name in (*optional, *about)},
        )
        for row in rows
    ]
