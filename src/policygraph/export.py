"""Writes the graph in the formats that other programs read; same graph, same bytes.

Files hold the articles, not the vocabulary, which is ``ontology/policygraph.ttl``. Formats
for triples hold the union of all articles, those for quads keep them apart.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from policygraph.errors import PolicyGraphError
from policygraph.graph import ClaimGraph
from policygraph.graph.terms import PREFIXES

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name, the suffixes it is known by, and what writes it.

    ``write`` gives the content of each file by what is put before its suffix ("" for the
    file itself).
    """

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[ClaimGraph], Mapping[str, bytes]]


def export_graph(
    graph: ClaimGraph, path: str | os.PathLike[str], *, format: str | None = None
) -> tuple[Path, ...]:
    """Write a graph to a file, and give the files written.

    The format is that of the suffix unless ``format`` names one. CSV makes two files,
    ``graph-nodes.csv`` and ``graph-edges.csv`` for ``graph.csv``. A file that is there is
    replaced when the new one is complete, never half.

    Raises:
        PolicyGraphError: the format is unknown, or the file cannot be written.
    """
    target = Path(path)
    chosen = find_format(format, target)
    contents = chosen.write(graph)
    written = []
    for part, content in contents.items():
        file = target.with_name(f"{target.stem}-{part}{target.suffix}") if part else target
        _replace(file, content)
        written.append(file)
    return tuple(written)


def serialize(graph: ClaimGraph, format: str) -> bytes:
    """The content of the one file of a format; raises ``PolicyGraphError`` where it has two."""
    contents = find_format(format).write(graph)
    if len(contents) > 1:
        parts = " and ".join(contents)
        raise PolicyGraphError(f"{format} makes {len(contents)} files ({parts}); name a file")
    return contents[""]


def find_format(name: str | None, path: Path | None = None) -> Format:
    """The format of that name or suffix, or of the file's suffix."""
    wanted = (name or (path.suffix if path else "")).lower().lstrip(".")
    for format in FORMATS:
        if wanted == format.name or wanted in format.suffixes:
            return format
    known = ", ".join(f"{f.name} (.{', .'.join(f.suffixes)})" for f in FORMATS)
    if name:
        raise PolicyGraphError(f"there is no format {name!r}; use one of {known}")
    raise PolicyGraphError(f"{path}: the suffix tells no format; use one of {known}")


def _quads(format: ox.RdfFormat) -> Callable[[ClaimGraph], Mapping[str, bytes]]:
    def write(graph: ClaimGraph) -> Mapping[str, bytes]:
        quads = graph.quads()
        if format is ox.RdfFormat.N_QUADS:
            return {"": _lines(quads)}
        quads.sort(key=lambda quad: (str(quad.graph_name), str(quad)))
        return {"": ox.serialize(quads, format=format, prefixes=dict(PREFIXES)) or b""}

    return write


def _triples(format: ox.RdfFormat) -> Callable[[ClaimGraph], Mapping[str, bytes]]:
    def write(graph: ClaimGraph) -> Mapping[str, bytes]:
        triples = sorted({quad.triple for quad in graph.quads()}, key=str)
        if format is ox.RdfFormat.N_TRIPLES:
            return {"": _lines(triples)}
        if format is ox.RdfFormat.RDF_XML:
            triples = [_xml_triple(triple) for triple in triples]
        content = ox.serialize(triples, format=format, prefixes=dict(PREFIXES)) or b""
        if format is ox.RdfFormat.RDF_XML:  # a parser would read a bare CR as LF
            content = content.replace(b"\r", b"&#13;")
        return {"": content}

    return write


def _lines(statements: Iterable[ox.Quad | ox.Triple]) -> bytes:
    """N-Quads or N-Triples, in the order of code points."""
    return "".join(f"{statement} .\n" for statement in statements).encode()


def _graphml(graph: ClaimGraph) -> Mapping[str, bytes]:
    from networkx.readwrite.graphml import write_graphml_xml  # not lxml: one writer everywhere

    content = io.BytesIO()
    write_graphml_xml(_without_gaps(graph.to_networkx()), content)
    return {"": content.getvalue()}


def _gexf(graph: ClaimGraph) -> Mapping[str, bytes]:
    import networkx

    content = io.BytesIO()
    network = _without_gaps(graph.to_networkx())
    for _, _, key, data in network.edges(keys=True, data=True):
        data["id"] = key
        data["label"] = data["label_en"]
    networkx.write_gexf(network, content)
    text = re.sub(rb' lastmodifieddate="[^"]*"', b"", content.getvalue(), count=1)
    return {"": re.sub(rb"<creator>[^<]*</creator>", b"<creator>policygraph</creator>", text)}


def _csv(graph: ClaimGraph) -> Mapping[str, bytes]:
    network = graph.to_networkx()
    nodes = [{"id": node, **data} for node, data in network.nodes(data=True)]
    edges = [
        {**data, "article_source": data["source"], "source": source, "target": target, "id": key}
        for source, target, key, data in network.edges(keys=True, data=True)
    ]
    return {"nodes": _table(_NODE_COLUMNS, nodes), "edges": _table(_EDGE_COLUMNS, edges)}


_NODE_COLUMNS = ("id", "label", "label_en", "label_fr", "type", "wikidata", "mentions", "articles")
_EDGE_COLUMNS = (
    "source", "target", "id", "predicate", "label_en", "label_fr", "status", "negated",
    "confidence", "date", "deadline", "amount", "role", "speaker", "speaker_iri", "evidence",
    "start", "end", "article", "article_title", "publisher", "published", "article_source", "lang",
)  # fmt: skip


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV as in RFC 4180."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return content.getvalue().encode()


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: OWASP's rule, an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _jsonl(graph: ClaimGraph) -> Mapping[str, bytes]:
    lines = (json.dumps(record.to_json(), ensure_ascii=False) for record in graph.records())
    return {"": "".join(f"{line}\n" for line in lines).encode()}


FORMATS: tuple[Format, ...] = (
    Format(name="turtle", suffixes=("ttl",), write=_triples(ox.RdfFormat.TURTLE)),
    Format(name="trig", suffixes=("trig",), write=_quads(ox.RdfFormat.TRIG)),
    Format(name="nquads", suffixes=("nq",), write=_quads(ox.RdfFormat.N_QUADS)),
    Format(name="ntriples", suffixes=("nt",), write=_triples(ox.RdfFormat.N_TRIPLES)),
    Format(name="json-ld", suffixes=("jsonld",), write=_quads(ox.RdfFormat.JSON_LD)),
    Format(name="rdfxml", suffixes=("rdf", "xml", "owl"), write=_triples(ox.RdfFormat.RDF_XML)),
    Format(name="graphml", suffixes=("graphml",), write=_graphml),
    Format(name="gexf", suffixes=("gexf",), write=_gexf),
    Format(name="csv", suffixes=("csv",), write=_csv),
    Format(name="jsonl", suffixes=("jsonl", "ndjson"), write=_jsonl),
)


def _without_gaps(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """Without attributes that are None and characters that XML 1.0 cannot hold."""
    for node in network:
        _fit_xml(network.nodes[node])
    for edge in network.edges(keys=True):
        _fit_xml(network.edges[edge])
    return network


def _fit_xml(data: dict[str, Any]) -> None:
    for key, value in [*data.items()]:
        if value is None:
            del data[key]
        elif isinstance(value, str):
            data[key] = _xml_text(value)


def _xml_triple(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or value.value == _xml_text(value.value):
        return triple
    text = _xml_text(value.value)
    kind = {"language": value.language} if value.language else {"datatype": value.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(text, **kind))


def _xml_text(text: str) -> str:
    """XML 1.0, section 2.2: what is no character of it becomes U+FFFD."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def _replace(path: Path, content: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PolicyGraphError(
            f"{path}: cannot be written ({error.strerror}); choose another file"
        ) from error


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
