"""Runs SPARQL 1.1 queries over a store, with the project's prefixes, reading only.

Oxigraph fetches what SERVICE names, from any address this machine can reach; nothing here
ever calls another server, so such queries are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.rows import Rows
from policygraph.graph.terms import PREFIXES

MAX_QUERY = 200_000
"""Code points; far above any query that a person or program has reason to write."""

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_UPDATES = re.compile(
    r"\s*((prefix|base)\b[^>]*>\s*)*(insert|delete|load|clear|drop|create|add|move|copy|with)\b",
    re.IGNORECASE,
)


def evaluate(
    store: ox.Store,
    text: str,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Results:
    """Start a query; its results come as they are read.

    The default graph is the store's own, which ``ClaimGraph`` keeps as the union of all
    graphs, unless ``default_graphs`` or ``named_graphs`` (or FROM in the query) name others.
    Oxigraph's union on the fly would give a triple of two articles twice.

    Raises:
        QueryError: not SPARQL, an update, too long, or a call to another server.
    """
    if len(text) > MAX_QUERY:
        raise QueryError(f"the query has {len(text)} characters; at most {MAX_QUERY} are read")
    dataset = bool(default_graphs or named_graphs)
    try:
        return store.query(
            without_calls(text),
            prefixes=dict(PREFIXES),
            default_graph=[_graph(name) for name in default_graphs] if dataset else None,
            named_graphs=[_graph(name) for name in named_graphs] if dataset else None,
        )
    except SyntaxError as error:
        raise _syntax_error(text, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {_first_line(str(error))}") from error


def answer(
    store: ox.Store,
    text: str,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Rows:
    """The complete answer to a query; raises ``QueryError`` as ``evaluate`` does."""
    results = evaluate(store, text, default_graphs=default_graphs, named_graphs=named_graphs)
    try:
        if isinstance(results, ox.QueryTriples):
            triples = results.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
            return Rows("construct", b"".join(sorted(set(triples.splitlines(True)))))
        content = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        return Rows("ask" if isinstance(results, ox.QueryBoolean) else "select", content)
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {_first_line(str(error))}") from error


def without_calls(text: str) -> str:
    r"""The text with SERVICE and LOAD written so that only strings and IRIs can hold them.

    Inside these ``serv\u0069ce`` means the same as before; as a keyword it is a syntax
    error. No tokenizer of ours has to agree with the engine's about where strings end. LOAD
    begins an operation, so that no name goes before it.
    """
    return re.sub(
        r"(serv|(?<![\w?$:.%-])l)([io])(ce|ad)",
        lambda m: f"{m[1]}\\u00{ord(m[2]):x}{m[3]}",
        text,
        flags=re.IGNORECASE | re.ASCII,
    )


def _graph(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise QueryError(f"the graph name {name!r} is no IRI") from error


def _syntax_error(text: str, message: str) -> QueryError:
    if _UPDATES.match(text):
        return QueryError("this is an update, and queries only read; use SELECT, ASK or CONSTRUCT")
    if re.search("service", text, re.IGNORECASE | re.ASCII):
        return QueryError(
            "queries that call other servers (SERVICE) are refused; in names of variables "
            f"avoid the word too ({_first_line(message)})"
        )
    if prefix := _unknown_prefix(text, message):
        return QueryError(
            f"the prefix {prefix}: is not known; declare it with PREFIX, or use one of "
            f"{', '.join(PREFIXES)}"
        )
    found = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", message)
    if not found:
        return QueryError(f"not a SPARQL query: {_first_line(message)}")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = text.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"at {rest[:30]!r}" if rest else "at its end"
    return QueryError(
        f"the query is not SPARQL: line {line}, column {column}, {near}: expected {expected[:160]}"
    )


def _unknown_prefix(text: str, message: str) -> str | None:
    if "Prefix not found" not in message:
        return None
    declared = {p.lower() for p in re.findall(r"prefix\s+([\w.-]*):", text, re.IGNORECASE)}
    for prefix in re.findall(r"(?<![\w<\"'?$:/])([A-Za-z][\w.-]*):(?!//)", text):
        if prefix not in PREFIXES and prefix.lower() not in declared:
            return str(prefix)
    return None


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0][:200] if message.strip() else "no reason given"
