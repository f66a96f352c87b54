"""What the command line shows: answers, claims, scores and counts as tables, and progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from policygraph.authority import load_authority
from policygraph.errors import QueryError
from policygraph.ontology import ENTITIES
from policygraph.tables import table

if TYPE_CHECKING:
    from policygraph.diff import Diff
    from policygraph.evaluate import Evaluation
    from policygraph.graph import Rows
    from policygraph.graph.explaining import Explanation
    from policygraph.model import Record
    from policygraph.pipeline import IngestReport
    from policygraph.reextraction import ReextractReport
    from policygraph.sources import Failure

_QUOTES = 2
"""At most so many quotations are shown for a stage."""


def result_bytes(rows: Rows, format: str, *, width: int | None = None) -> bytes:
    """The answer to a query: a ``table`` for a screen of that width, or one of its formats.

    Raises ``QueryError`` for a format that does not fit the kind of query.
    """
    if format == "table":
        if rows.kind == "ask":
            return b"yes\n" if rows else b"no\n"
        cells = ([_value(value) for value in row] for row in rows)
        return f"{table(rows.variables, cells, width=width)}\n".encode(errors="backslashreplace")
    try:
        content = rows.serialize(format)
    except ValueError as error:
        raise QueryError(f"{error}; use another --format, or the table") from error
    return content if content.endswith(b"\n") else content + b"\n"


def _value(value: object) -> str:
    from policygraph.graph.terms import compact

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return compact(value) if isinstance(value, str) else str(value)


def queries_table(lang: str) -> str:
    """The named queries with their questions, and under each the parameters it takes."""
    from policygraph.graph import named_queries

    rows: list[tuple[str, str]] = []
    for query in named_queries().values():
        rows.append((query.name, query.questions[lang]))
        rows += [("", f"{p.name}={p.default}  {p.about[lang]}") for p in query.parameters]
    return table(("name", "question"), rows)


def matters_text(rows: Rows) -> str:
    """The answer to ``matter-stages``: each matter, its stages in time, and words that say so."""
    lines: list[str] = []
    for _, matter in groupby(rows, key=lambda row: row["matter"]):
        steps = [[*step] for _, step in groupby(matter, key=lambda row: row["stage"])]
        first = steps[0][0]
        lines.append(f"{first['label']}: {first['state']}")
        for step in steps:
            when = str(step[0]["since"] or "no date").ljust(10)
            lines.append(f"  {when}  {step[0]['stage']}  ×{step[0]['sources']}")
            quotes = dict.fromkeys(" ".join(str(row["evidence"]).split()) for row in step)
            lines += [f"{'':14}“{quote}”" for quote in [*quotes][:_QUOTES]]
    return "\n".join(lines) or "no matters"


def claims_table(record: Record) -> str:
    """An article's title and what it claims, one claim a row."""
    names = {entity.id: entity.name for entity in record.entities}
    rows = [
        (
            names[claim.subject],
            ("not " if claim.negated else "") + claim.predicate,
            names[claim.object],
            claim.status.value,
            names.get(claim.attributed_to or "", ""),
            claim.date or "",
            claim.deadline or "",
            claim.amount or claim.role or "",
            claim.evidence.text,
        )
        for claim in record.claims
    ]
    head = ("subject", "predicate", "object", "status", "says", "date", "deadline", "what", "words")
    title = record.article.title or record.article.source
    published = record.article.published or "no date"
    return f"{title} ({published})\n{table(head, rows)}\n"


def summary(report: IngestReport) -> str:
    """What became of the articles that were read, on one line."""
    replaced = f"{report.replaced} replaced, " if report.replaced else ""
    unread = ", ".join(f"{reason}: {n}" for reason, n in sorted(report.unread.items()))
    return (
        f"{report.read} read, {report.added} added, {replaced}{report.unchanged} unchanged, "
        f"{report.failed} failed"
        + (f"; {report.unread.total()} stored without claims ({unread})" if unread else "")
    )


def reextraction(report: ReextractReport, *, dry_run: bool) -> str:
    """What became of the articles that were read again, on one line."""
    others = f"{report.current} current, {report.kept} kept as given"
    if dry_run:
        return f"{report.reread} would be read again, {others}"
    return (
        f"{report.reread} read again, {report.changed} of them changed ({report.new} new claims, "
        f"{report.gone} gone), {others}, {report.failed} failed"
    )


def diff_table(found: Diff, *, width: int | None = None) -> str:
    """What changed, newest first, then the names that are new."""
    rows = [
        (
            change.published,
            change.kind,
            change.subject,
            change.predicate,
            change.object,
            f"{change.before} → {change.state}" if change.kind == "changed" else change.state,
            str(change.articles),
            change.evidence,
        )
        for change in found.changes
    ]
    head = ("date", "what", "subject", "predicate", "object", "status", "articles", "words")
    names = ", ".join(name for _, name in found.entities) or "none"
    return (
        f"{found.articles} articles since {found.since}\n{table(head, rows, width=width)}\n\n"
        f"new names: {names}"
    )


def diff_json(found: Diff) -> dict[str, Any]:
    """The same as plain JSON values."""
    entities = [{"iri": iri, "name": name} for iri, name in found.entities]
    return {**asdict(found), "entities": entities}


def scores_table(found: Evaluation) -> str:
    """Scores by scope and measure, then by predicate."""
    rows = [
        (scope, measure, *_figures(score))
        for scope, table in found.scores.items()
        for measure, score in table.items()
    ]
    rows += [
        ("predicate", name, *_figures(score)) for name, score in sorted(found.predicates.items())
    ]
    head = ("scope", "measure", "precision", "recall", "F1", "right", "found", "wanted")
    return f"{found.articles} articles\n{table(head, rows)}"


def _figures(score: Any) -> tuple[str, ...]:
    shares = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
    return (*shares, str(score.right), str(score.found), str(score.wanted))


def explanation(found: Explanation) -> str:
    """A node: what was merged in it, with names and articles, and the judgements on it."""
    rows = [
        (thing.iri, " / ".join(thing.names), ", ".join(sorted(thing.types)),
         thing.wikidata or "", str(len(thing.articles)))
        for thing in found.members
    ]  # fmt: skip
    parts = [found.iri, table(("read as", "names", "type", "Wikidata", "articles"), rows)]
    if times := _times(found.iri):
        parts.append(table(("known as", "from", "until"), times))
    if found.judgements:
        judged = [
            (j.verdict.value, j.one, j.other, j.by, f"{j.score:.2f}", j.reason)
            for j in found.judgements
        ]
        head = ("verdict", "one", "other", "by", "likeness", "reason")
        parts.append(table(head, judged))
    return "\n".join(parts) + "\n"


def _times(iri: str) -> list[tuple[str, str, str]]:
    """From when until when a known thing was there, was called so and held its offices."""
    known = load_authority().get(iri.removeprefix(ENTITIES))
    if known is None:
        return []
    lasted = [("itself", known.start or "", known.end or "")] if known.start or known.end else []
    dated = (("", known.dated), ("office: ", known.offices))
    return lasted + [
        (prefix + item.text, item.start or "", item.end or "")
        for prefix, items in dated
        for item in items
    ]


def counts_table(counts: Mapping[str, Any]) -> str:
    """Counts, those within others after the name of these."""
    return table(("what", "count"), _flatten(counts))


def _flatten(counts: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in counts.items():
        if isinstance(value, Mapping):
            rows += _flatten(value, f"{prefix}{key}: ")
        else:
            rows.append((f"{prefix}{key}", str(value)))
    return rows


def with_progress(records: Iterable[Record | Failure]) -> Iterator[Record | Failure]:
    """Count articles on stderr as they pass, where a person is watching."""
    if not sys.stderr.isatty():
        yield from records
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        BarColumn(),
        TextColumn("{task.completed} articles"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)
        for record in records:
            progress.update(task, advance=1, description=_source(record))
            yield record


def _source(record: Record | Failure) -> str:
    from policygraph.model import Record

    source = record.article.source if isinstance(record, Record) else record.source
    return source[-60:]
