"""RDF: formats for triples hold the union of all articles, those for quads keep them apart."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO

import pyoxigraph as ox

from policygraph.export.sorting import LineStream, sort_lines
from policygraph.export.xml import xml_text
from policygraph.graph import ClaimGraph
from policygraph.graph.terms import PREFIXES

Write = Callable[[ClaimGraph, Sequence[IO[bytes]]], None]


def write_nquads(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """N-Quads in the order of code points."""
    files[0].writelines(sort_lines(f"{quad} .\n".encode() for quad in graph.statements()))


def write_ntriples(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """N-Triples in the order of code points, each triple once."""
    files[0].writelines(_triple_lines(graph))


def quads_writer(format: ox.RdfFormat) -> Write:
    """A writer of quads, article by article."""

    def write(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
        ox.serialize(graph.statements(), files[0], format=format, prefixes=dict(PREFIXES))

    return write


def write_turtle(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """Turtle, subject by subject."""
    _serialize(_triples(graph), files[0], ox.RdfFormat.TURTLE)


def write_rdfxml(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """RDF/XML, subject by subject, without the characters that XML cannot hold."""
    output: IO[bytes] = _ReturnsEscaped(files[0])  # type: ignore[assignment]
    _serialize(map(_xml_triple, _triples(graph)), output, ox.RdfFormat.RDF_XML)


def _serialize(triples: Iterable[ox.Triple], output: IO[bytes], format: ox.RdfFormat) -> None:
    ox.serialize(triples, output, format=format, prefixes=dict(PREFIXES))


def _triple_lines(graph: ClaimGraph) -> Iterator[bytes]:
    return sort_lines(f"{quad.triple} .\n".encode() for quad in graph.statements())


def _triples(graph: ClaimGraph) -> Iterator[ox.Triple]:
    """All triples in order, by way of N-Triples, which sort in any number."""
    lines = io.BufferedReader(LineStream(_triple_lines(graph)))
    return (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))


def _xml_triple(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or value.value == xml_text(value.value):
        return triple
    text = xml_text(value.value)
    kind = {"language": value.language} if value.language else {"datatype": value.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(text, **kind))


class _ReturnsEscaped(io.RawIOBase):
    """Writes a carriage return as a reference, since a parser would read a bare one as LF."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._file.write(bytes(data).replace(b"\r", b"&#13;"))
        return len(data)
