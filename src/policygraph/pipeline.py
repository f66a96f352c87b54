"""Where the stages meet: sources → text → analysis → extraction → resolution → graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from policygraph.authority import authority_in_use, using_authority
from policygraph.errors import LanguageError, RecordError
from policygraph.graph import ClaimGraph
from policygraph.graph.writing import unite
from policygraph.model import Article, Record
from policygraph.nlp import has_pipeline
from policygraph.passages import foreign_passages, in_language, together
from policygraph.processes import in_order
from policygraph.software import is_current, software_of
from policygraph.sources import Failure, FetchOptions, Web, load
from policygraph.sources.feed_list import read_feed_list
from policygraph.sources.following import follow_feeds

PAGES, FEEDS = "pages", "feeds.sqlite"
"""In the folder of a graph: pages as they were fetched, and what was read of followed feeds."""

Models = Mapping[str, str]
"""Names of installed spaCy pipelines by language, in place of the shipped ones."""

Known = Callable[[Article], Record | None]
"""Gives an article's record where it need not be extracted again."""

Columns = Mapping[str, tuple[str, ...]]
"""Columns of dumps by the article's field that they hold."""


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
    """The record of one clean article.

    Passages in another language are read by the pipeline of that language, where there is one.
    """
    from policygraph.resolve.repeats import without_repeats

    passages = foreign_passages(article.text, article.lang)
    found = _extract_one(in_language(article, passages, article.lang), models)
    others = sorted({p.lang for p in passages if has_pipeline(p.lang, models or {})})
    if passages:
        read = [_extract_one(in_language(article, passages, lang), models) for lang in others]
        found = together(article, [found, *read])
    found = without_repeats(unite(found))
    return replace(found, software=software_of([article.lang, *others], models or {}))


def _extract_one(article: Article, models: Models | None) -> Record:
    """What an article says to the pipeline of its language."""
    from policygraph.extraction import extract as extract_claims
    from policygraph.nlp import analyse
    from policygraph.nlp import load as load_pipeline
    from policygraph.resolve import resolve

    model = (models or {}).get(article.lang)
    found = extract_claims(analyse(load_pipeline(article.lang, model), article.text), article)
    return resolve(found, revise=True)


def extract_sources(
    *sources: str | Path,
    models: Models | None = None,
    columns: Columns | None = None,
    fetch: FetchOptions | None = None,
) -> Iterator[Record | Failure]:
    """Read sources and yield each article's record, or why it has none.

    ``columns`` says which columns of a dump hold what (see :func:`policygraph.sources.load`).
    """
    yield from extract_articles(load(*sources, columns=columns, fetch=fetch), models=models)


def extract_articles(
    articles: Iterable[Article | Failure],
    *,
    models: Models | None = None,
    known: Known | None = None,
    jobs: int = 1,
) -> Iterator[Record | Failure]:
    """Yield each article's record, or why it has none, in order, whatever the ``jobs``.

    An article in a language without a pipeline gives a record without claims that says so
    (``Record.unread``), also where it quotes one that has a pipeline: who speaks, and whether
    the words hold, stands in what cannot be read. Nothing is
    extracted from articles that are ``known``.
    """
    items = (
        article if isinstance(article, Failure) or not known else known(article) or article
        for article in articles
    )
    read = partial(_read, models=dict(models or {}), authority=authority_in_use())
    return in_order(read, items, jobs)


def _read(
    item: Article | Record | Failure, *, models: Models, authority: tuple[Path, ...]
) -> Record | Failure:
    if not isinstance(item, Article):
        return item
    if not has_pipeline(item.lang, models):
        return Record(article=item, unread=f"no pipeline for {item.lang}")
    try:
        with using_authority(*authority):  # which another process does not know of
            return extract_article(item, models=models)
    except LanguageError as error:
        return Failure(item.source, str(error))


def known_to(graph: ClaimGraph, models: Models | None = None) -> Known:
    """Gives the records that the graph has from the very extractor that would make them now."""

    def known(article: Article) -> Record | None:
        record = graph.record(article.id)
        if record is None or record.software is None:
            return None
        current = is_current(record.software, models or {})
        return replace(record, article=article) if current else None

    return known


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
    columns: Columns | None = None,
    annotated: bool = False,
    follow: str | Path | None = None,
    allow_private: bool = False,
    jobs: int = 1,
) -> ClaimGraph:
    """Read articles into a graph, in memory or in the folder ``graph``; safe to repeat.

    ``follow`` is a TOML list of feeds: what is new in them comes too, which takes a folder that
    remembers. ``allow_private`` lets URLs lead to private addresses.

    With ``annotated`` the sources are article records whose claims are taken as they stand.
    ``columns`` names the columns of dumps, as in ``{"text": ("lead", "body")}``, where they do
    not have one of the usual names.
    Articles that fail are skipped and logged; use ``ingest_into`` for the report. The graph is
    the same whatever the number of ``jobs``, processes that extract.
    """
    import logging

    if follow is not None and graph is None:
        raise ValueError("following feeds needs the folder of a graph, to remember what was read")
    target = ClaimGraph.open(graph, create=True)
    records = records_of(
        *sources,
        graph=target,
        models=models,
        columns=columns,
        annotated=annotated,
        follow=Path(follow) if follow is not None else None,
        allow_private=allow_private,
        jobs=jobs,
    )
    ingest_into(target, records, tell=logging.getLogger(__name__).warning)
    return target


def records_of(
    *sources: str | Path,
    graph: ClaimGraph,
    models: Models | None = None,
    columns: Columns | None = None,
    annotated: bool = False,
    follow: Path | None = None,
    allow_private: bool = False,
    jobs: int = 1,
) -> Iterator[Record | Failure]:
    """Yield the records of sources, then of feeds; the arguments are those of ``ingest``.

    The folder of the graph keeps fetched pages, and what was read of the feeds. Nothing is
    extracted anew from what the graph has. Raises ``SourceError`` where the list of feeds, or
    what is remembered of them, cannot be used.
    """
    folder = graph.path
    feeds = read_feed_list(follow) if follow else ()
    fetch = FetchOptions(allow_private=allow_private, cache=folder / PAGES if folder else None)
    known = known_to(graph, models)
    if annotated:
        yield from annotated_sources(*sources)
    else:
        articles = load(*sources, columns=columns, fetch=fetch)
        yield from extract_articles(articles, models=models, known=known, jobs=jobs)
    if feeds and folder:
        with Web(fetch) as web:  # one by one: what was asked for next counts as brought
            news = follow_feeds(feeds, memory=folder / FEEDS, web=web)
            yield from extract_articles(news, models=models, known=known)


def ingest_into(
    graph: ClaimGraph,
    records: Iterable[Record | Failure],
    *,
    strict: bool = False,
    tell: Callable[[str], None] | None = None,
) -> IngestReport:
    """Add records to a graph as they come, then merge what is one thing, and derive matters.

    What was added before a failure stays. ``tell`` hears at once, in a line each, of every
    article that failed, or that nothing could read. Raises ``SourceError`` at the first failure
    when ``strict``.
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
    if report.added or report.replaced or not graph.matters_are_current():
        graph.settle()
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
