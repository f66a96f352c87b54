"""Tables of nodes and of edges: CSV for spreadsheets, CSV for Neo4j, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from policygraph.errors import PolicyGraphError
from policygraph.export.rows import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Row,
    edge_rows,
    gather_nodes,
    node_rows,
)
from policygraph.graph import ClaimGraph

_GROUP = 20_000
"""Rows of a Parquet row group."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NEO4J_TYPES = {str: "", bool: ":boolean", int: ":int", float: ":double"}


def write_csv(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """CSV as in RFC 4180, in which no spreadsheet finds a formula."""
    nodes = gather_nodes(graph)
    _write_csv(files[0], NODE_COLUMNS, NODE_COLUMNS, node_rows(nodes), _safe_cell)
    _write_csv(files[1], EDGE_COLUMNS, EDGE_COLUMNS, edge_rows(graph, nodes), _safe_cell)


def write_neo4j(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """CSV with the headers of ``neo4j-admin database import``, values as they are.

    Nodes have the label ``Entity`` and one for their type; a relationship's type is its
    predicate as Neo4j writes types: ``HOLDS_STAKE_IN``.
    """
    nodes = gather_nodes(graph)
    columns = [f"{name}{_NEO4J_TYPES[kind]}" for name, kind in NODE_COLUMNS.items()]
    header = ["iri:ID", *columns[1:], ":LABEL"]
    rows = ({**row, "labels": f"Entity;{row['type']}"} for row in node_rows(nodes))
    _write_csv(files[0], header, [*NODE_COLUMNS, "labels"], rows, _cell)
    columns = [f"{name}{_NEO4J_TYPES[kind]}" for name, kind in EDGE_COLUMNS.items()]
    header = [":START_ID", ":END_ID", *columns[2:], ":TYPE"]
    edges = (
        {**row, "kind": re.sub("(?=[A-Z])", "_", row["predicate"]).upper()}
        for row in edge_rows(graph, nodes)
    )
    _write_csv(files[1], header, [*EDGE_COLUMNS, "kind"], edges, _cell)


def write_parquet(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """Parquet with typed columns; raises ``PolicyGraphError`` where pyarrow is missing."""
    nodes = gather_nodes(graph)
    with _parquet(files[0], NODE_COLUMNS) as write:
        write(node_rows(nodes))
    with _parquet(files[1], EDGE_COLUMNS) as write:
        write(edge_rows(graph, nodes))


def _write_csv(
    file: IO[bytes],
    header: Iterable[str],
    columns: Iterable[str],
    rows: Iterable[Row],
    cell: Callable[[object], str],
) -> None:
    names = [*columns]
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(row[name]) for name in names] for row in rows)
    text.detach()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: OWASP's rule, an apostrophe before it."""
    text = _cell(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


@contextmanager
def _parquet(
    file: IO[bytes], columns: Mapping[str, type]
) -> Iterator[Callable[[Iterator[Row]], None]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise PolicyGraphError(
            "Parquet needs pyarrow: pip install 'policygraph[parquet]', or write csv"
        ) from error
    types: dict[type, Any] = {
        str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(),
    }  # fmt: skip
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:

        def write(rows: Iterator[Row]) -> None:
            while group := [*islice(rows, _GROUP)]:
                writer.write_table(pa.Table.from_pylist(group, schema=schema))

        yield write
