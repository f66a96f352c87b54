"""The command line: parse, call, report. The only module that prints."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policygraph.errors import PolicyGraphError, QueryError, StoreError
from policygraph.printing import (
    claims_table,
    counts_table,
    matters_text,
    queries_table,
    result_bytes,
    scores_table,
    summary,
    with_progress,
)
from policygraph.tables import table

if TYPE_CHECKING:
    from policygraph.graph import ClaimGraph
    from policygraph.model import Record

app = typer.Typer(
    name="policygraph",
    help="Read tech-policy news, in French and English, into a graph of who claims what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

SOURCES = typer.Argument(help="Files, folders, globs, http(s) URLs, or - for standard input.")
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Let URLs lead to this machine and private networks."),
]
GraphDir = Annotated[
    Path,
    typer.Option("--graph", envvar="POLICYGRAPH_GRAPH", help="The graph's folder."),
]
ModelNames = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        metavar="LANG=NAME",
        help="An installed spaCy pipeline to use for a language, as in fr=fr_core_news_lg.",
    ),
]


def _use_authority(context: typer.Context, files: list[Path] | None) -> list[Path] | None:
    """Have the command know what these files name, until it ends."""
    if files and not context.resilient_parsing:
        from policygraph.authority import using_authority

        context.with_resource(using_authority(*files))
    return files


AuthorityFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--authority",
        metavar="FILE",
        callback=_use_authority,
        help="A TOML file of further names to know; repeatable.",
    ),
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", min=1, help="Processes that read articles; each takes about 500 MB."),
]
ColumnNames = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="The column or key of a dump that holds an article's text, title, published, "
        "publisher, authors, lang or url, where its name does not tell; repeatable, joined.",
    ),
]
DEFAULT_GRAPH = Path("policygraph.db")


class Lang(StrEnum):
    """Languages of labels and questions."""

    EN = "en"
    FR = "fr"


class VerdictName(StrEnum):
    """What a person may judge of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class RecordFormat(StrEnum):
    """How ``extract`` prints records."""

    JSON = "json"
    JSONL = "jsonl"
    TABLE = "table"


class ResultFormat(StrEnum):
    """How ``query`` prints results: ``json``, ``csv`` and ``tsv`` are the W3C formats."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    TTL = "ttl"


class TableFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    JSON = "json"


class PushProtocol(StrEnum):
    """How another store takes graphs."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Read tech-policy news, in French and English, into a graph of who claims what."""
    if version:
        from policygraph import __version__

        typer.echo(f"policygraph {__version__}")
        raise typer.Exit


@app.command(epilog="Example: policygraph ingest corpora/sample --graph policygraph.db")
def ingest(
    sources: Annotated[list[str] | None, SOURCES] = None,
    follow: Annotated[
        Path | None,
        typer.Option(
            "--follow", help="A TOML list of feeds: [[feed]] url = …; only what is new is read."
        ),
    ] = None,
    graph: GraphDir = DEFAULT_GRAPH,
    model: ModelNames = None,
    map_: ColumnNames = None,
    annotated: Annotated[
        bool,
        typer.Option(
            "--annotated", help="Take the claims of article records as they stand; extract none."
        ),
    ] = False,
    authority: AuthorityFiles = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first article that cannot be read.")
    ] = False,
    allow_private: AllowPrivate = False,
    jobs: Jobs = 1,
) -> None:
    """Read articles into the graph; safe to repeat."""
    from policygraph.graph import ClaimGraph
    from policygraph.pipeline import ingest_into, records_of

    if not sources and follow is None:
        raise typer.BadParameter("give a SOURCE, or feeds to --follow")
    with ClaimGraph.open(graph, create=True) as target:
        records = records_of(
            *sources or (),
            graph=target,
            models=_models(model),
            columns=_columns(map_),
            annotated=annotated,
            follow=follow,
            allow_private=allow_private,
            jobs=jobs,
        )
        report = ingest_into(target, with_progress(records), strict=strict, tell=_say)
    _say(f"{summary(report)}; graph: {graph}")
    if report.failed:
        raise typer.Exit(1)


@app.command(epilog="Example: policygraph extract article.html --format table")
def extract(
    sources: Annotated[list[str], SOURCES],
    format: Annotated[
        RecordFormat, typer.Option("--format", help="One JSON array, JSON lines, or a table.")
    ] = RecordFormat.JSONL,
    model: ModelNames = None,
    map_: ColumnNames = None,
    authority: AuthorityFiles = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Print what articles say, one record each; touches no graph."""
    from policygraph.pipeline import extract_sources, unread
    from policygraph.sources import Failure, FetchOptions, user_cache

    failed = False
    records: list[dict[str, Any]] = []
    fetch = FetchOptions(allow_private=allow_private, cache=user_cache())
    found = extract_sources(*sources, models=_models(model), columns=_columns(map_), fetch=fetch)
    for record in found:
        if isinstance(record, Failure):
            failed = True
            _say(f"failed: {record}")
            continue
        if notice := unread(record):
            _say(notice)
        if format is RecordFormat.JSONL:
            typer.echo(json.dumps(record.to_json(), ensure_ascii=False))
        elif format is RecordFormat.TABLE:
            typer.echo(claims_table(record))
        else:
            records.append(record.to_json())
    if format is RecordFormat.JSON:
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    if failed:
        raise typer.Exit(1)


@app.command(epilog="Example: policygraph query --name deals --param entity=TikTok --format csv")
def query(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[QUERY]", help="A SPARQL 1.1 query; the usual prefixes are known."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="A file that holds the query.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="A named query; --list lists them.")
    ] = None,
    list_: Annotated[
        bool,
        typer.Option("--list", help="List the named queries and their parameters."),
    ] = False,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param", metavar="NAME=VALUE", help="Set a query's parameter, as in entity=TikTok."
        ),
    ] = None,
    lang: Annotated[
        Lang, typer.Option("--lang", help="Language of a named query's labels and question.")
    ] = Lang.EN,
    graph: GraphDir = DEFAULT_GRAPH,
    format: Annotated[
        ResultFormat,
        typer.Option("--format", help="A table, a W3C result format, or Turtle for CONSTRUCT."),
    ] = ResultFormat.TABLE,
) -> None:
    """Ask the graph a question in SPARQL."""
    from policygraph.graph import named_query

    if list_:
        typer.echo(queries_table(lang.value))
        return
    if sum(value is not None for value in (text, file, name)) != 1:
        raise typer.BadParameter("give a query, or --file FILE, or --name NAME (--list lists them)")
    params = _pairs(param, "--param wants NAME=VALUE, as in entity=TikTok")
    if name is not None and "lang" in named_query(name).params:
        params.setdefault("lang", lang.value)
    wanted = "" if name else _read_query(file) if file is not None else text or ""
    about_matters = name is not None and named_query(name).needs_matters
    with _open_settled(graph) if about_matters else _open(graph) as opened:
        rows = opened.ask(name, **params) if name else opened.query(wanted, **params)
        if about_matters and not opened.matters_are_current():
            _say("matters are older than the articles; `policygraph matters` renews them")
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    _write(result_bytes(rows, format.value, width=width))


@app.command(epilog="Example: policygraph matters --entity TikTok --kind deal")
def matters(
    entity: Annotated[
        str, typer.Option("--entity", help="A party of the matters: a name, QID or IRI.")
    ] = "",
    kind: Annotated[str, typer.Option("--kind", help="deal, case, ban or bill; all without.")] = "",
    lang: Annotated[Lang, typer.Option("--lang", help="Language of labels.")] = Lang.EN,
    graph: GraphDir = DEFAULT_GRAPH,
    anew: Annotated[
        bool, typer.Option("--anew", help="Derive all matters anew, also where nothing changed.")
    ] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="Take all matters out of the graph, and stop.")
    ] = False,
) -> None:
    """Show how far deals, cases, bans and bills are."""
    from policygraph.graph import ClaimGraph

    with ClaimGraph.open(graph) as target:
        if forget:
            target.forget_matters()
            _say(f"no matters are left in {graph}")
            return
        target.derive_matters(anew=anew)
        rows = target.ask("matter-stages", entity=entity, kind=kind, lang=lang.value)
    typer.echo(matters_text(rows))


@app.command(epilog="Example: policygraph view -o graph.html --lang fr --status actual")
def view(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
        "graph.html"
    ),
    graph: GraphDir = DEFAULT_GRAPH,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of labels.")] = Lang.EN,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="Keep claims of this status; repeatable.")
    ] = None,
    predicate: Annotated[
        list[str] | None, typer.Option("--predicate", help="Keep this predicate; repeatable.")
    ] = None,
    type: Annotated[
        list[str] | None, typer.Option("--type", help="Keep entities of this type; repeatable.")
    ] = None,
    around: Annotated[
        str | None, typer.Option("--around", help="Keep what is near the entity of this name.")
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", min=1, help="How many claims away from --around.")
    ] = 1,
    limit: Annotated[
        int, typer.Option("--limit", min=2, help="At most so many entities: the best connected.")
    ] = 30_000,
) -> None:
    """Draw the graph in one HTML file that needs no network.

    A name that ends in .svg, .pdf or .png gives a picture for print instead.
    """
    with _open(graph) as opened:
        summary = opened.view(
            output,
            lang=lang.value,
            statuses=status,
            predicates=predicate,
            types=type,
            around=around,
            depth=depth,
            limit=limit,
        )
    _say(f"{summary.entities} entities and {summary.claims} claims drawn in {output}")


@app.command(epilog="Example: policygraph export -o graph.ttl")
def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write; - for standard output.")
    ],
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="turtle, trig, nquads, ntriples, json-ld, rdfxml, graphml, gexf, cytoscape, csv, "
            "neo4j, parquet, followthemoney or jsonl, when the file's suffix does not tell.",
        ),
    ] = None,
    graph: GraphDir = DEFAULT_GRAPH,
) -> None:
    """Write the graph in another format: RDF, GraphML, CSV …"""
    from policygraph.export import export_to, find_format

    if str(output) == "-":
        if format is None:
            raise typer.BadParameter("-o - needs --format")
        find_format(format)
        with _open_settled(graph) as opened:
            export_to(opened, sys.stdout.buffer, format)
        sys.stdout.buffer.flush()
        return
    find_format(format, output)
    with _open_settled(graph) as opened:
        files = opened.export(output, format=format)
    _say(f"written to {' and '.join(map(str, files))}")


@app.command(epilog="Example: policygraph push http://localhost:7878/store")
def push(
    url: Annotated[str, typer.Argument(help="The store's Graph Store or update endpoint.")],
    graph: GraphDir = DEFAULT_GRAPH,
    protocol: Annotated[
        PushProtocol, typer.Option("--protocol", help="What the endpoint speaks.")
    ] = PushProtocol.GRAPH_STORE,
    user: Annotated[
        str | None,
        typer.Option("--user", help="Whose password $POLICYGRAPH_PASSWORD is."),
    ] = None,
    retries: Annotated[
        int, typer.Option("--retries", min=0, help="How often to ask again a store that is busy.")
    ] = 5,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds to wait for each answer.")
    ] = 60.0,
) -> None:
    """Copy the graph into another SPARQL 1.1 store; safe to repeat.

    Each article has a named graph of its own there too.

    A bearer token, in place of user and password, is taken from $POLICYGRAPH_TOKEN.
    """
    from policygraph.push import Access, Protocol
    from policygraph.push import push as push_graph

    access = Access(
        user=user,
        password=os.environ.get("POLICYGRAPH_PASSWORD"),
        token=None if user else os.environ.get("POLICYGRAPH_TOKEN"),
    )
    with _open_settled(graph) as opened:
        count = push_graph(
            opened,
            url,
            protocol=Protocol(protocol.value),
            access=access,
            retries=retries,
            timeout=timeout,
        )
    _say(f"{count} graphs pushed to {url}, that of the ontology among them")


@app.command(epilog="Example: policygraph diff --since 2020-08-04")
def diff(
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="An ISO 8601 date, full or partial.")
    ],
    graph: GraphDir = DEFAULT_GRAPH,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of names.")] = Lang.EN,
    format: Annotated[
        TableFormat, typer.Option("--format", help="A table, or JSON.")
    ] = TableFormat.TABLE,
) -> None:
    """Say what articles since a date say that none said before."""
    from policygraph.diff import diff as compare
    from policygraph.printing import diff_json, diff_table

    with _open(graph) as opened:
        found = compare(opened, since, lang=lang.value)
    if format is TableFormat.JSON:
        typer.echo(json.dumps(diff_json(found), ensure_ascii=False, indent=2))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        typer.echo(diff_table(found, width=width))
    if found.undated:
        undated = "article has" if found.undated == 1 else "articles have"
        _say(f"{found.undated} {undated} no date, and stand on neither side")


@app.command(epilog="Example: policygraph serve --port 8000")
def serve(
    graph: GraphDir = DEFAULT_GRAPH,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 for a free one.")
    ] = 8000,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds that a query may take.")
    ] = 30.0,
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Queries that may run at a time.")
    ] = 8,
    update: Annotated[
        bool,
        typer.Option("--update", help="Let those who have the token add triples of their own."),
    ] = False,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="A file that holds the token for --update.")
    ] = None,
) -> None:
    """Serve SPARQL at /sparql, and pages to read.

    Read-only, unless with --update.
    """
    from policygraph.server import Limits, read_token
    from policygraph.server import serve as serve_graph

    if update is (token_file is None):
        raise typer.BadParameter("--update and --token-file FILE go together")
    serve_graph(
        graph,
        host=host,
        port=port,
        limits=Limits(timeout=timeout, workers=workers),
        token=read_token(token_file) if token_file else None,
        ready=lambda url: _say(f"serving {graph} at {url} (Ctrl-C stops it)"),
    )


@app.command(epilog="Example: policygraph evaluate corpora/gold/test")
def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(help="Annotated records: .json or .jsonl files, or folders.")
    ],
    format: Annotated[
        TableFormat, typer.Option("--format", help="A table, or JSON.")
    ] = TableFormat.TABLE,
    model: ModelNames = None,
    authority: AuthorityFiles = None,
) -> None:
    """Score the extractor against annotated articles."""
    from policygraph.evaluate import evaluate as score
    from policygraph.pipeline import extract_article

    models = _models(model)
    records = _gold_records(gold)
    found = score((record, extract_article(record.article, models=models)) for record in records)
    if format is TableFormat.JSON:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(scores_table(found))


@app.command(epilog="Example: policygraph stats --format json")
def stats(
    graph: GraphDir = DEFAULT_GRAPH,
    format: Annotated[
        TableFormat, typer.Option("--format", help="A table, or JSON.")
    ] = TableFormat.TABLE,
) -> None:
    """Count the graph's articles, entities and claims."""
    with _open(graph) as opened:
        counts = asdict(opened.stats())
    if format is TableFormat.JSON:
        typer.echo(json.dumps(counts, ensure_ascii=False, indent=2))
    else:
        typer.echo(counts_table(counts))


@app.command(epilog="Example: policygraph validate")
def validate(
    graph: GraphDir = DEFAULT_GRAPH,
    sample: Annotated[
        int | None,
        typer.Option(
            "--sample", min=1, help="Check the shapes of so many articles and matters only."
        ),
    ] = None,
) -> None:
    """Check the graph against the ontology's SHACL shapes."""
    from policygraph.validate import validate as check

    with _open(graph) as opened:
        report = check(opened, sample=sample)
    if report.conforms:
        _say(
            f"{report.articles} articles checked, {report.derived} matters and statements; "
            "the graph conforms to the shapes"
        )
        return
    for violation in report.violations:
        place = " ".join(filter(None, (violation.article, violation.node, violation.path)))
        value = f" ({violation.value})" if violation.value else ""
        typer.echo(f"{place}: {violation.message}{value}")
    raise PolicyGraphError(
        f"{graph}: {len(report.violations)} violations of the shapes, listed above; "
        "remove the articles and ingest them again"
    )


@app.command(epilog="Example: policygraph remove sample/fr/article.html")
def remove(
    articles: Annotated[list[str], typer.Argument(help="Article ids, IRIs, or sources.")],
    graph: GraphDir = DEFAULT_GRAPH,
) -> None:
    """Take articles, and all they claim, out of the graph."""
    from policygraph.graph import ClaimGraph

    missing = []
    with ClaimGraph.open(graph) as target:
        for article in articles:
            if target.remove(article):
                _say(f"removed: {article}")
            else:
                missing.append(article)
        target.settle()
    if missing:
        raise PolicyGraphError(
            f"{graph}: no such article: {', '.join(missing)}; "
            "give an id, IRI or source that `policygraph query --name articles` lists"
        )


@app.command(epilog="Example: policygraph authority my.toml")
def authority(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files of your own, checked with the shipped ones.")
    ] = None,
) -> None:
    """Check the files of known names, and count what they hold."""
    from policygraph.authority import load_authority
    from policygraph.authority.checking import count

    known = load_authority(*files or ())
    problems = known.check()
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise PolicyGraphError(
            f"problems in the files of known names: {len(problems)}, listed above; correct them"
        )
    typer.echo(counts_table(count(known)))


@app.command(epilog="Example: policygraph reextract --jobs 4")
def reextract(
    graph: GraphDir = DEFAULT_GRAPH,
    model: ModelNames = None,
    authority: AuthorityFiles = None,
    jobs: Jobs = 1,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how many articles would be read again.")
    ] = False,
) -> None:
    """Read stored articles again after a change of the program.

    Only those are read that the change of rules, models or code can touch.
    """
    from policygraph.graph import ClaimGraph
    from policygraph.printing import reextraction
    from policygraph.reextraction import reextract as read_again

    with ClaimGraph.open(graph) as target:
        report = read_again(target, models=_models(model), jobs=jobs, dry_run=dry_run, tell=_say)
    _say(f"{reextraction(report, dry_run=dry_run)}; graph: {graph}")
    if report.failed:
        raise typer.Exit(1)


@app.command(epilog="Example: policygraph explain CNIL")
def explain(
    entity: Annotated[str, typer.Argument(help="A name, an IRI, or the end of an IRI of ours.")],
    graph: GraphDir = DEFAULT_GRAPH,
) -> None:
    """Say what one node stands for, and why it is one."""
    from policygraph.graph.explaining import explain as explain_entity
    from policygraph.printing import explanation

    with _open(graph) as opened:
        found = explain_entity(opened, entity)
    if not found:
        raise PolicyGraphError(
            f"{graph}: nothing is called {entity!r}; give a name as articles write it, or an IRI"
        )
    for item in found:
        typer.echo(explanation(item))


@app.command(epilog="Example: policygraph review --limit 20")
def review(
    graph: GraphDir = DEFAULT_GRAPH,
    list_: Annotated[
        bool, typer.Option("--list", help="Only list the pairs that no rule could decide.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="At most so many pairs.")
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", help="Your name, to stand with your answers.")
    ] = None,
) -> None:
    """Go through pairs that may be one thing."""
    from policygraph.graph import ClaimGraph
    from policygraph.graph.explaining import open_questions
    from policygraph.reviewing import review as review_pairs

    if list_:
        with _open(graph) as opened:
            rows = [
                (f"{item.score:.2f}", item.one, item.other, item.reason)
                for item, _, _ in open_questions(opened)[:limit]
            ]
        typer.echo(table(("likeness", "one", "other", "reason"), rows))
        return
    with ClaimGraph.open(graph) as target:
        count = review_pairs(
            target,
            ask=lambda words: str(typer.prompt(words, default="n", show_default=False)),
            tell=typer.echo,
            who=who,
            limit=limit,
        )
    _say(f"judgements kept: {count}; `policygraph undo` takes back the last")


@app.command(epilog="Example: policygraph judge company/acme company/acme-france different")
def judge(
    one: Annotated[str, typer.Argument(help="An IRI, or the end of an IRI of ours.")],
    other: Annotated[str, typer.Argument(help="Another.")],
    verdict: Annotated[VerdictName, typer.Argument(help="same, different or unsure.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the judgement.")] = "",
    who: Annotated[
        str | None, typer.Option("--who", help="Your name, to stand with the judgement.")
    ] = None,
    graph: GraphDir = DEFAULT_GRAPH,
) -> None:
    """Say whether two things are one, for good."""
    from policygraph.graph import ClaimGraph
    from policygraph.ontology import ENTITIES
    from policygraph.resolve.judgements import Verdict, judgement

    first, second = (iri if ":" in iri else ENTITIES + iri for iri in (one, other))
    if first == second:
        raise typer.BadParameter("give two things that are not the same IRI")
    by = f"person:{who}" if who else "person"
    with ClaimGraph.open(graph) as target:
        there = {iri for iri in (first, second) if target.has_entity(iri)}
        if missing := sorted({first, second} - there):
            raise PolicyGraphError(
                f"{graph}: no article has {' or '.join(missing)}; "
                "`policygraph explain NAME` shows the IRIs of what a name means"
            )
        target.judge(judgement(first, second, Verdict(verdict.value), reason, by=by))
    _say(f"kept: {first} and {second}: {verdict.value}")


@app.command(epilog="Example: policygraph undo")
def undo(graph: GraphDir = DEFAULT_GRAPH) -> None:
    """Take back the last judgement of a person."""
    from policygraph.graph import ClaimGraph

    with ClaimGraph.open(graph) as target:
        last = target.undo()
    if last is None:
        raise PolicyGraphError(f"{graph}: no person has judged anything here")
    _say(f"taken back: {last.one} and {last.other}: {last.verdict.value}")


@app.command(epilog="Example: policygraph models --model fr=fr_core_news_lg")
def models(model: ModelNames = None) -> None:
    """Say which language pipelines are in use."""
    from policygraph.nlp import installed_models

    rows = [
        (
            m.lang,
            m.name,
            m.version,
            "shipped" if m.shipped else str(m.path),
            ", ".join(m.components),
        )
        for m in installed_models(_models(model))
    ]
    typer.echo(table(("lang", "pipeline", "version", "from", "components"), rows))


def run() -> None:
    """Run the command line; every expected failure is one line on stderr and exit 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal may lack characters that articles have
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except PolicyGraphError as error:
        _say(f"policygraph: {' '.join(str(error).split())}")
        sys.exit(1)
    except BrokenPipeError:  # the reader has had enough, as in `policygraph query … | head`
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _open(path: Path) -> ClaimGraph:
    from policygraph.graph import ClaimGraph

    return ClaimGraph.open(path, read_only=True)


def _open_settled(path: Path) -> ClaimGraph:
    """The graph for reading, its matters brought up to date first where it can be written."""
    from policygraph.graph import ClaimGraph

    opened = _open(path)
    if opened.matters_are_current():
        return opened
    opened.close()
    with suppress(StoreError), ClaimGraph.open(path) as target:
        target.settle()
    return _open(path)


def _models(options: list[str] | None) -> dict[str, str]:
    return _pairs(options, "--model wants LANG=NAME, as in fr=fr_core_news_lg")


def _columns(options: list[str] | None) -> dict[str, tuple[str, ...]]:
    from policygraph.sources.field_names import FIELDS

    found: dict[str, tuple[str, ...]] = {}
    for option in options or ():
        [(field, column)] = _pairs([option], "--map wants FIELD=COLUMN, as in text=body").items()
        if field not in FIELDS:
            raise typer.BadParameter(f"--map knows the fields {', '.join(FIELDS)}, not {field!r}")
        found[field] = (*found.get(field, ()), column)
    return found


def _pairs(options: list[str] | None, wanted: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in options or ():
        key, equals, value = option.partition("=")
        if not (key and equals):
            raise typer.BadParameter(f"{wanted}: {option!r}")
        found[key] = value
    return found


def _gold_records(gold: list[Path]) -> Iterator[Record]:
    """The records, all of them or none: a score over part of the gold would mislead."""
    from policygraph.records import read_records
    from policygraph.sources import Failure

    for record in read_records(*gold):
        if isinstance(record, Failure):
            raise record.as_error()
        yield record


def _read_query(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(f"{path}: the query cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: the query is not UTF-8 text") from error


def _write(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
