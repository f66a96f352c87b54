"""Reads a compressed file: gzip, bzip2 or xz around a file of any other format."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Iterator
from pathlib import PurePosixPath

from policygraph.sources.formats import read
from policygraph.sources.origin import Found, Origin
from policygraph.sources.unpacking import Counted, Packed, unpacked


def read_compressed(origin: Origin) -> Iterator[Found]:
    """Yield the articles of what is compressed, as it comes; it keeps its label."""
    yield from read(uncompressed(origin))


def uncompressed(origin: Origin) -> Origin:
    """What stands in a compressed origin, unpacked as it is read."""
    packed = Counted(origin.stream)
    stream = unpacked(_opened(packed, origin.head), lambda: packed.count)
    name = PurePosixPath(origin.name).stem if origin.name else ""
    return origin.inner(origin.source, stream, name=name)


def _opened(packed: Counted, head: bytes) -> Packed:
    raw: io.RawIOBase = packed
    stream = io.BufferedReader(raw, buffer_size=1 << 16)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    return lzma.LZMAFile(stream) if head.startswith(b"\xfd7zXZ") else gzip.GzipFile(fileobj=stream)
