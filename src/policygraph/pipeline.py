"""Where the stages meet: sources → text → analysis → extraction → resolution → graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policygraph.errors import LanguageError
from policygraph.graph import ClaimGraph
from policygraph.model import Article, Record
from policygraph.sources import Failure, load

Models = Mapping[str, str]
"""Names of installed spaCy pipelines by language, in place of the shipped ones."""


@dataclass(slots=True)
class IngestReport:
    """What became of every article that a source held."""

    read: int = 0
    added: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)


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
    from policygraph.extract import extract as extract_claims
    from policygraph.nlp import analyse
    from policygraph.nlp import load as load_pipeline
    from policygraph.resolve import resolve

    nlp = load_pipeline(article.lang, (models or {}).get(article.lang))
    return resolve(extract_claims(analyse(nlp, article.text), article))


def extract_sources(
    *sources: str | Path, models: Models | None = None
) -> Iterator[Record | Failure]:
    """Read sources and yield each article's record, or why it has none."""
    for article in load(*sources):
        if isinstance(article, Failure):
            yield article
            continue
        try:
            yield extract_article(article, models=models)
        except LanguageError as error:
            yield Failure(article.source, str(error))


def ingest(
    *sources: str | Path, graph: str | Path | None = None, models: Models | None = None
) -> ClaimGraph:
    """Read articles into a graph, in memory or in the folder ``graph``; safe to repeat.

    Articles that fail are skipped and logged; use ``ingest_into`` for the report.
    """
    import logging

    target = ClaimGraph.open(graph, create=True)
    report = ingest_into(target, extract_sources(*sources, models=models))
    for failure in report.failures:
        logging.getLogger(__name__).warning("%s: %s", failure.source, failure.reason)
    return target


def ingest_into(graph: ClaimGraph, records: Iterable[Record | Failure]) -> IngestReport:
    """Add records to a graph as they come; what was added before a failure stays."""
    report = IngestReport()
    for record in records:
        report.read += 1
        if isinstance(record, Failure):
            report.failures.append(record)
        elif graph.add(record):
            report.added += 1
        else:
            report.unchanged += 1
    return report
