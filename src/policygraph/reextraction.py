"""Reads the stored articles again after a rule, a model or the extractor has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from policygraph.errors import RecordError
from policygraph.graph import ClaimGraph
from policygraph.model import Record
from policygraph.pipeline import Models, extract_articles
from policygraph.software import OURS, is_current
from policygraph.sources import Failure


@dataclass(slots=True)
class ReextractReport:
    """What became of the stored articles.

    ``current`` were read by this very extractor before; ``kept`` have claims that a person, or
    another program, gave. Of the ``reread`` ones, ``changed`` say something else now: they lost
    ``gone`` claims and won ``new`` ones. A claim of which only the confidence changed is neither.
    """

    current: int = 0
    kept: int = 0
    reread: int = 0
    changed: int = 0
    gone: int = 0
    new: int = 0
    failed: int = 0


def reextract(
    graph: ClaimGraph,
    *,
    models: Models | None = None,
    jobs: int = 1,
    dry_run: bool = False,
    tell: Callable[[str], None] | None = None,
) -> ReextractReport:
    """Extract again, from their stored texts, the articles that another extractor has read.

    Every article is replaced whole or not at all, so that it may be stopped and done again. Those
    that need no reading are written anew where the program writes them otherwise than it did.
    ``tell`` hears of each failure, after which the article stays as it was. A ``dry_run`` only
    counts what would be ``reread``.

    Raises:
        StoreError: the graph was opened for reading, or the disk is full.
    """
    report = ReextractReport()
    stale: list[str] = []
    for record in graph.records():
        if _is_stale(record, models or {}):
            stale.append(record.id)
            continue
        report.current += record.software is not None and record.software.startswith(OURS)
        report.kept += record.software is None or not record.software.startswith(OURS)
        if not dry_run:
            graph.add(record)
    if dry_run:
        report.reread = len(stale)
        return report
    articles = (stored.article for id in stale if (stored := graph.record(id)))
    for id, found in zip(stale, extract_articles(articles, models=models, jobs=jobs), strict=True):
        failure = found if isinstance(found, Failure) else _replace(graph, id, found, report)
        report.failed += bool(failure)
        if failure and tell:
            tell(f"failed: {failure}")
    graph.settle()
    return report


def _is_stale(record: Record, models: Models) -> bool:
    if record.unread:
        return True
    name = record.software or ""
    return name.startswith(OURS) and not is_current(name, models)


def _replace(graph: ClaimGraph, id: str, record: Record, report: ReextractReport) -> Failure | None:
    before = graph.claims_in(id)
    try:
        graph.add(replace(record, id=id))
    except RecordError as error:
        return Failure(record.article.source, str(error))
    after = graph.claims_in(id)
    report.reread += 1
    report.changed += before != after
    report.gone += len(before - after)
    report.new += len(after - before)
    return None
