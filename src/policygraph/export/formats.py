"""The formats, by name and suffix."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from policygraph.errors import PolicyGraphError
from policygraph.export.followthemoney import write_followthemoney
from policygraph.export.networks import write_cytoscape, write_gexf, write_graphml
from policygraph.export.rdf import (
    quads_writer,
    write_nquads,
    write_ntriples,
    write_rdfxml,
    write_turtle,
)
from policygraph.export.tables import write_csv, write_neo4j, write_parquet
from policygraph.graph import ClaimGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name, the suffixes it is known by, and what writes it.

    ``parts`` are put before the suffix of each of its files, which ``write`` gets in that order,
    open for writing; the one file of most formats has none.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ("",)
    write: Callable[[ClaimGraph, Sequence[IO[bytes]]], None]


def _jsonl(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    for record in graph.records():
        files[0].write(f"{json.dumps(record.to_json(), ensure_ascii=False)}\n".encode())


_TABLES = ("nodes", "edges")

FORMATS: tuple[Format, ...] = (
    Format(name="turtle", suffixes=("ttl",), write=write_turtle),
    Format(name="trig", suffixes=("trig",), write=quads_writer(ox.RdfFormat.TRIG)),
    Format(name="nquads", suffixes=("nq",), write=write_nquads),
    Format(name="ntriples", suffixes=("nt",), write=write_ntriples),
    Format(name="json-ld", suffixes=("jsonld",), write=quads_writer(ox.RdfFormat.JSON_LD)),
    Format(name="rdfxml", suffixes=("rdf", "xml", "owl"), write=write_rdfxml),
    Format(name="graphml", suffixes=("graphml",), write=write_graphml),
    Format(name="gexf", suffixes=("gexf",), write=write_gexf),
    Format(name="cytoscape", suffixes=("cyjs",), write=write_cytoscape),
    Format(name="csv", suffixes=("csv",), parts=_TABLES, write=write_csv),
    Format(name="neo4j", parts=_TABLES, write=write_neo4j),
    Format(name="parquet", suffixes=("parquet",), parts=_TABLES, write=write_parquet),
    Format(name="followthemoney", suffixes=("ftm",), write=write_followthemoney),
    Format(name="jsonl", suffixes=("jsonl", "ndjson"), write=_jsonl),
)


def find_format(name: str | None, path: Path | None = None) -> Format:
    """The format of that name or suffix, or of the file's suffix."""
    wanted = (name or (path.suffix if path else "")).lower().lstrip(".")
    for format in FORMATS:
        if wanted == format.name or wanted in format.suffixes:
            return format
    known = ", ".join(
        f"{f.name} (.{', .'.join(f.suffixes)})" if f.suffixes else f.name for f in FORMATS
    )
    if name:
        raise PolicyGraphError(f"there is no format {name!r}; use one of {known}")
    raise PolicyGraphError(f"{path}: the suffix tells no format; use one of {known}")
