"""The command line: parse, call, report. The only module that prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policygraph.errors import PolicyGraphError

if TYPE_CHECKING:
    from policygraph.evaluate import Evaluation
    from policygraph.graph import ClaimGraph
    from policygraph.model import Record
    from policygraph.sources import Failure

app = typer.Typer(
    name="policygraph",
    help="Read tech-policy news, in French and English, into a graph of who claims what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[
    list[str],
    typer.Argument(help="Files, folders, globs, http(s) URLs, or - for standard input."),
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
DEFAULT_GRAPH = Path("policygraph.db")


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
    sources: Sources, graph: GraphDir = DEFAULT_GRAPH, model: ModelNames = None
) -> None:
    """Read articles into the graph; safe to repeat."""
    from policygraph.graph import ClaimGraph
    from policygraph.pipeline import extract_sources, ingest_into

    models = _models(model)
    with ClaimGraph.open(graph, create=True) as target:
        records = _with_progress(extract_sources(*sources, models=models))
        report = ingest_into(target, records)
    for failure in report.failures:
        _say(f"failed: {failure.source}: {failure.reason}")
    _say(
        f"{report.read} read, {report.added} added, {report.unchanged} unchanged, "
        f"{len(report.failures)} failed → {graph}"
    )
    if report.failures:
        raise typer.Exit(1)


@app.command(epilog="Example: policygraph extract article.html --format table")
def extract(
    sources: Sources,
    format: Annotated[
        RecordFormat, typer.Option("--format", help="One JSON array, JSON lines, or a table.")
    ] = RecordFormat.JSONL,
    model: ModelNames = None,
) -> None:
    """Print what articles say, one record each; touches no graph."""
    from policygraph.pipeline import extract_sources
    from policygraph.sources import Failure

    failed = False
    records: list[dict[str, Any]] = []
    for record in extract_sources(*sources, models=_models(model)):
        if isinstance(record, Failure):
            failed = True
            _say(f"failed: {record.source}: {record.reason}")
        elif format is RecordFormat.JSONL:
            typer.echo(json.dumps(record.to_json(), ensure_ascii=False))
        elif format is RecordFormat.TABLE:
            typer.echo(_claims_table(record))
        else:
            records.append(record.to_json())
    if format is RecordFormat.JSON:
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    if failed:
        raise typer.Exit(1)


@app.command(epilog='Example: policygraph query --name deals --format table')
def query(
    text: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="A SPARQL 1.1 query; prefixes known.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="A file that holds the query.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="A named query; see --list.")
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the named queries and what they answer.")
    ] = False,
    lang: Annotated[
        str, typer.Option("--lang", help="Language of labels and questions: en or fr.")
    ] = "en",
    graph: GraphDir = DEFAULT_GRAPH,
    format: Annotated[
        ResultFormat, typer.Option("--format", help="A table, a W3C result format, or Turtle.")
    ] = ResultFormat.TABLE,
) -> None:
    """Ask the graph a question in SPARQL."""
    from policygraph.queries import load_query, named_queries

    if list_:
        for canned in named_queries():
            typer.echo(f"{canned.name:28} {canned.question(lang)}")
        return
    if sum(value is not None for value in (text, file, name)) != 1:
        raise typer.BadParameter("give a query, or --file FILE, or --name NAME (--list lists them)")
    if name is not None:
        wanted = load_query(name, lang=lang)
    elif file is not None:
        wanted = _read_query(file)
    else:
        wanted = text or ""
    typer.echo(_open(graph).query(wanted).render(format.value), nl=False)


@app.command(epilog="Example: policygraph view -o graph.html --lang fr --status actual")
def view(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The HTML file to write.")
    ] = Path("graph.html"),
    graph: GraphDir = DEFAULT_GRAPH,
    lang: Annotated[str, typer.Option("--lang", help="Language of labels: en or fr.")] = "en",
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
) -> None:
    """Write the graph as one interactive HTML file that needs no network."""
    from policygraph.view import write_view

    summary = write_view(
        _open(graph).to_networkx(),
        output,
        lang=lang,
        statuses=status,
        predicates=predicate,
        types=type,
        around=around,
    )
    _say(f"{summary.nodes} entities and {summary.edges} claims drawn in {output}")


@app.command(epilog="Example: policygraph export -o graph.ttl")
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    format: Annotated[
        str | None,
        typer.Option("--format", help="Turtle, TriG, … when the file's suffix does not tell."),
    ] = None,
    graph: GraphDir = DEFAULT_GRAPH,
) -> None:
    """Write the graph in another format: RDF, GraphML, GEXF, CSV, or JSONL of records."""
    from policygraph.export import export as export_graph

    export_graph(_open(graph), output, format=format)
    _say(f"written to {output}")


@app.command(epilog="Example: policygraph serve --port 8000")
def serve(
    graph: GraphDir = DEFAULT_GRAPH,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8000,
) -> None:
    """Serve SPARQL at /sparql and a page to explore the graph; read-only."""
    from policygraph.server import serve as serve_graph

    _say(f"serving {graph} at http://{host}:{port}/ (Ctrl-C stops it)")
    serve_graph(graph, host=host, port=port)


@app.command(epilog="Example: policygraph evaluate corpora/gold/sample")
def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(help="Annotated records: .json or .jsonl files, or folders.")
    ],
    format: Annotated[
        TableFormat, typer.Option("--format", help="A table, or JSON.")
    ] = TableFormat.TABLE,
    model: ModelNames = None,
) -> None:
    """Score the extractor against annotated articles."""
    from policygraph.evaluate import evaluate as score
    from policygraph.pipeline import extract_article
    from policygraph.sources.records import read_records

    models = _models(model)
    found = score(
        (record, extract_article(record.article, models=models)) for record in read_records(*gold)
    )
    if format is TableFormat.JSON:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(_scores_table(found))


@app.command(epilog="Example: policygraph stats --format json")
def stats(
    graph: GraphDir = DEFAULT_GRAPH,
    format: Annotated[
        TableFormat, typer.Option("--format", help="A table, or JSON.")
    ] = TableFormat.TABLE,
) -> None:
    """Count the graph's articles, entities and claims."""
    counts = _open(graph).stats()
    if format is TableFormat.JSON:
        typer.echo(json.dumps(counts, ensure_ascii=False, indent=2))
    else:
        typer.echo(_table(("what", "count"), _flatten(counts)))


@app.command(epilog="Example: policygraph validate")
def validate(graph: GraphDir = DEFAULT_GRAPH) -> None:
    """Check the graph against the ontology's SHACL shapes."""
    from policygraph.validate import validate as check

    report = check(_open(graph))
    if report.conforms:
        _say("the graph conforms to the shapes")
        return
    typer.echo(report.text)
    raise PolicyGraphError(f"{graph}: does not conform to the shapes; the report is above")


@app.command(epilog="Example: policygraph remove corpora/sample/fr/article.html")
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
    if missing:
        raise PolicyGraphError(
            f"{graph}: no such article: {', '.join(missing)}; "
            "give an id, IRI or source that `policygraph query --name articles` lists"
        )


@app.command(epilog="Example: policygraph models --model fr=fr_core_news_lg")
def models(model: ModelNames = None) -> None:
    """Say which language pipelines are in use."""
    from policygraph.nlp import installed_models

    rows = [
        (m.lang, m.name, m.version, "shipped" if m.shipped else str(m.path), ", ".join(m.components))
        for m in installed_models(_models(model))
    ]
    typer.echo(_table(("lang", "pipeline", "version", "from", "components"), rows))


def run() -> None:
    """Run the command line; every expected failure is one line on stderr and exit 1."""
    try:
        app()
    except PolicyGraphError as error:
        _say(f"policygraph: {error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        _say("policygraph: stopped")
        sys.exit(130)


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _open(path: Path) -> ClaimGraph:
    from policygraph.graph import ClaimGraph

    return ClaimGraph.open(path, read_only=True)


def _models(options: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in options or ():
        lang, equals, name = option.partition("=")
        if not (lang and equals and name):
            raise typer.BadParameter(f"--model wants LANG=NAME, as in fr=fr_core_news_lg: {option!r}")
        found[lang] = name
    return found


def _read_query(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyGraphError(f"{path}: cannot read the query: {error}") from error


def _with_progress(records: Iterable[Record | Failure]) -> Iterator[Record | Failure]:
    """Count articles on stderr as they pass, where a person is watching."""
    if not sys.stderr.isatty():
        yield from records
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)
        for record in records:
            progress.update(task, advance=1, description=_source(record))
            yield record


def _source(record: Record | Failure) -> str:
    article = getattr(record, "article", record)
    return str(article.source)[-60:]


def _claims_table(record: Record) -> str:
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
            " ".join(claim.evidence.text.split()),
        )
        for claim in record.claims
    ]
    head = ("subject", "predicate", "object", "status", "says", "date", "deadline", "what", "words")
    title = record.article.title or record.article.source
    published = record.article.published or "no date"
    return f"{title} ({published})\n{_table(head, rows)}\n"


def _scores_table(found: Evaluation) -> str:
    rows = [
        (scope, measure, *_figures(score))
        for scope, table in found.scores.items()
        for measure, score in table.items()
    ]
    rows += [
        ("predicate", name, *_figures(score)) for name, score in sorted(found.predicates.items())
    ]
    head = ("scope", "measure", "precision", "recall", "F1", "right", "found", "wanted")
    return f"{found.articles} articles\n{_table(head, rows)}"


def _figures(score: Any) -> tuple[str, ...]:
    shares = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
    return (*shares, str(score.right), str(score.found), str(score.wanted))


def _flatten(counts: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in counts.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{key}: ")
        else:
            rows.append((f"{prefix}{key}", str(value)))
    return rows


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Columns padded to their widest cell, the last one as it is."""
    cells = [head, *rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
