"""What a notebook shows for a graph, a record and a claim: small tables, safe with any text.

The whole page of a graph is shown in a frame of its own, which may run the page's scripts
and nothing else: it cannot reach the notebook, and the page asks no network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from policygraph.folding import visible
from policygraph.ontology import load_vocabulary
from policygraph.view.appearance import load_appearance

if TYPE_CHECKING:
    from policygraph.graph.stats import Stats
    from policygraph.model import Claim, Record

_ROWS = 12
"""Claims of a record that are shown."""


class Inline:
    """A page that a notebook shows in place; ``str()`` of it is the page."""

    def __init__(self, page: str, *, height: int = 640) -> None:
        self.page = page
        self.height = height

    def __str__(self) -> str:
        return self.page

    def _repr_html_(self) -> str:
        source = escape(self.page, quote=True)
        return (
            f'<iframe srcdoc="{source}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'width="100%" height="{self.height}" title="policygraph" frameborder="0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<policygraph page of {len(self.page)} characters: show it in a notebook>"


def graph_html(stats: Stats) -> str:
    """Counts of a graph."""
    counts = {
        "articles": stats.articles,
        "entities": stats.entities,
        "mentions": stats.mentions,
        "claims": stats.claims,
    }
    rows = [(name, f"{value:,}") for name, value in counts.items()]
    rows += [("languages", _list(stats.by_language)), ("statuses", _list(stats.by_status))]
    rows += [("predicates", _list(stats.by_predicate)), ("publishers", _list(stats.by_publisher))]
    return _table(("policygraph", "graph of claims"), rows)


def record_html(record: Record) -> str:
    """An article with the claims that were found in it."""
    article = record.article
    names = {entity.id: entity.name for entity in record.entities}
    facts = [article.publisher, article.published, article.lang, f"{len(record.entities)} entities"]
    title = " · ".join(str(fact) for fact in [article.title or article.source, *facts] if fact)
    rows = [_claim_row(claim, names) for claim in record.claims[:_ROWS]]
    more = len(record.claims) - len(rows)
    note = f"<p>… and {more} more claims</p>" if more > 0 else ""
    head = ("subject", "predicate", "object", "status", "according to", "words")
    return f"<p><strong>{_safe(title)}</strong></p>{_table(head, rows)}{note}"


def claim_html(claim: Claim) -> str:
    """A claim with its qualifiers and its words; subject and object are ids in its record."""
    names: Mapping[str, str] = {}
    rows = [
        (name, value)
        for name, value in (
            ("claim", " ".join(_claim_row(claim, names)[:3])),
            ("status", _status(claim)),
            ("according to", claim.attributed_to),
            ("date", claim.date),
            ("deadline", claim.deadline),
            ("amount", claim.amount),
            ("role", claim.role),
            ("confidence", f"{claim.confidence:.2f}"),
            ("words", claim.evidence.text),
        )
        if value
    ]
    return _table((), rows)


def _claim_row(claim: Claim, names: Mapping[str, str]) -> tuple[str, ...]:
    known = load_vocabulary().predicates.get(claim.predicate)
    predicate = known.labels["en"] if known else claim.predicate
    if claim.negated:
        predicate = load_appearance().negated_patterns["en"].format(label=predicate)
    speaker = claim.attributed_to
    return (
        names.get(claim.subject, claim.subject),
        predicate,
        names.get(claim.object, claim.object),
        _status(claim),
        names.get(speaker, speaker) if speaker else "",
        claim.evidence.text,
    )


def _status(claim: Claim) -> str:
    return load_appearance().statuses[claim.status].labels["en"]


def _list(counts: Mapping[str, int]) -> str:
    shown = [f"{name} {count:,}" for name, count in list(counts.items())[:8]]
    return ", ".join(shown) + (", …" if len(counts) > 8 else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f"<th>{_safe(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{f'<thead><tr>{top}</tr></thead>' if top else ''}<tbody>{body}</tbody></table>"


def _safe(text: str) -> str:
    """Text as HTML shows it: no markup, no marks that turn the text around it, no novel."""
    return f"<bdi>{escape(visible(text, most=400))}</bdi>"
