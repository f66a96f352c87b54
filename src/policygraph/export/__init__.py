"""Writes the graph in the formats that other programs read; same graph, same bytes.

Files hold the articles, not the vocabulary, which is ``ontology/policygraph.ttl``. Formats
for triples hold the union of all articles, those for quads keep them apart. All are written as
the graph is read: claims in any number need no memory, and entities little.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from policygraph.errors import PolicyGraphError
from policygraph.export.formats import FORMATS, Format, find_format
from policygraph.graph import ClaimGraph

__all__ = ["FORMATS", "Format", "export_graph", "export_to", "find_format", "serialize"]


def export_graph(
    graph: ClaimGraph, path: str | os.PathLike[str], *, format: str | None = None
) -> tuple[Path, ...]:
    """Write a graph to a file, and give the files written.

    The format is that of the suffix unless ``format`` names one. Tables make two files,
    ``graph-nodes.csv`` and ``graph-edges.csv`` for ``graph.csv``. A file that is there is
    replaced when the new one is complete, never half.

    Raises:
        PolicyGraphError: the format is unknown, or the file cannot be written.
    """
    target = Path(path)
    chosen = find_format(format, target)
    paths = tuple(
        target.with_name(f"{target.stem}-{part}{target.suffix}") if part else target
        for part in chosen.parts
    )
    try:
        with ExitStack() as files:
            chosen.write(graph, [files.enter_context(_replacing(path)) for path in paths])
    except OSError as error:
        raise PolicyGraphError(
            f"{target}: cannot be written ({error.strerror or error}); choose another file"
        ) from error
    return paths


def export_to(graph: ClaimGraph, file: IO[bytes], format: str) -> None:
    """Write the one file of a format; raises ``PolicyGraphError`` where it has two."""
    chosen = find_format(format)
    if len(chosen.parts) > 1:
        parts = " and ".join(chosen.parts)
        raise PolicyGraphError(f"{format} makes {len(chosen.parts)} files ({parts}); name a file")
    chosen.write(graph, [file])


def serialize(graph: ClaimGraph, format: str) -> bytes:
    """The content of the one file of a format, as ``export_to`` writes it."""
    content = io.BytesIO()
    export_to(graph, content, format)
    return content.getvalue()


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of another once all is written."""
    with NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent, delete=False) as file:
        new = Path(file.name)
        try:
            yield file
            file.close()
            new.chmod(0o666 & ~_umask())
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
