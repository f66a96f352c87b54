"""Where the stages meet: sources → text → analysis → extraction → resolution → graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from policygraph import __version__
from policygraph.errors import LanguageError, RecordError
from policygraph.graph import ClaimGraph
from policygraph.model import Article, Record
from policygraph.sources import Failure, load

SOFTWARE = f"policygraph {__version__}"
"""What the graph names as the source of claims that were extracted here."""

Models = Mapping[str, str]
"""Names of installed spaCy pipelines by language, in place of the shipped ones."""


@dataclass(slots=True)
class IngestReport:
    """What became of every article that a source held.

    ``replaced`` had other claims before. ``unread`` counts, by the reason, the articles that
    are in the graph without claims because nothing could read them.
    """

    read: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    failed: int = 0
    unread: Counter[str] = field(default_factory=Counter)


def extract(
    text: str,
    *,
    lang: str | None = None,
    published: str | None = None,
    title: str | None = None,
    source: str = "text",
    models: Models | None = None,
) -> Record:
    """What a text says: its entities and claims.

    ``lang`` is detected where it is not given; ``published``, an ISO 8601 date, lets
    relative dates be resolved. Raises ``LanguageError`` where no pipeline reads the language.
    """
    from policygraph.sources.language import detect_language
    from policygraph.text import clean

    body = clean(text)
    article = Article(
        source=source,
        text=body,
        lang=lang or detect_language(body),
        title=title,
        published=published,
    )
    return extract_article(article, models=models)


def extract_article(article: Article, *, models: Models | None = None) -> Record:
    """The record of one clean article."""
    from policygraph.extraction import extract as extract_claims
    from policygraph.nlp import analyse
    from policygraph.nlp import load as load_pipeline
    from policygraph.resolve import resolve

    nlp = load_pipeline(article.lang, (models or {}).get(article.lang))
    found = resolve(extract_claims(analyse(nlp, article.text), article))
    return replace(found, software=SOFTWARE)


def extract_sources(
    *sources: str | Path, models: Models | None = None
) -> Iterator[Record | Failure]:
    """Read sources and yield each article's record, or why it has none.

    An article in a language without a pipeline gives a record without claims that says so
    (``Record.unread``).
    """
    from policygraph.nlp import has_pipeline

    for article in load(*sources):
        if isinstance(article, Failure):
            yield article
        elif not has_pipeline(article.lang, models or {}):
            yield Record(article=article, unread=f"no pipeline for {article.lang}")
        else:
            try:
                yield extract_article(article, models=models)
            except LanguageError as error:
                yield Failure(article.source, str(error))


def annotated_sources(*sources: str | Path) -> Iterator[Record | Failure]:
    """Read article records, and yield them with the entities and claims that they have.

    Nothing is extracted; entities without an IRI get one.
    """
    from policygraph.records import read_records
    from policygraph.resolve import resolve

    for record in read_records(*sources):
        yield record if isinstance(record, Failure) else resolve(record)


def ingest(
    *sources: str | Path,
    graph: str | Path | None = None,
    models: Models | None = None,
    annotated: bool = False,
) -> ClaimGraph:
    """Read articles into a graph, in memory or in the folder ``graph``; safe to repeat.

    With ``annotated`` the sources are article records whose claims are taken as they stand.
    Articles that fail are skipped and logged; use ``ingest_into`` for the report.
    """
    import logging

    records = annotated_sources(*sources) if annotated else extract_sources(*sources, models=models)
    target = ClaimGraph.open(graph, create=True)
    ingest_into(target, records, tell=logging.getLogger(__name__).warning)
    return target


def ingest_into(
    graph: ClaimGraph,
    records: Iterable[Record | Failure],
    *,
    strict: bool = False,
    tell: Callable[[str], None] | None = None,
) -> IngestReport:
    """Add records to a graph as they come; what was added before a failure stays.

    ``tell`` hears at once, in a line each, of every article that failed, or that nothing could
    read. Raises ``SourceError`` at the first failure when ``strict``.
    """
    report = IngestReport()
    for record in records:
        report.read += 1
        failure = record if isinstance(record, Failure) else _add(graph, record, report)
        if failure and strict:
            raise failure.as_error()
        report.failed += bool(failure)
        notice = f"failed: {failure}" if failure else unread(record)
        if notice and tell:
            tell(notice)
    return report


def unread(record: Record | Failure) -> str | None:
    """What to tell of an article that nothing could read: it is there, without claims."""
    if isinstance(record, Failure) or not record.unread:
        return None
    return f"without claims: {record.article.source}: {record.unread}"


def _add(graph: ClaimGraph, record: Record, report: IngestReport) -> Failure | None:
    try:
        done = graph.extend([record])
    except RecordError as error:
        return Failure(record.article.source, str(error))
    if record.unread:
        report.unread[record.unread] += 1
    report.added += done.added
    report.replaced += done.replaced
    report.unchanged += done.unchanged
    return None
