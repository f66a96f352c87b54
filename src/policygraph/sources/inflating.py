"""Unpacks gzip and deflate as it comes, and stops when it grows too large."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from policygraph.errors import SourceError

ACCEPTED = "gzip, deflate"
"""What is asked for; other codings can hide more bytes than could be stopped in time."""

_AUTOMATIC, _BARE = 47, -15
"""zlib's ``wbits`` for gzip or zlib headers, whichever comes, and for deflate without one."""


def inflate(chunks: Iterable[bytes], coding: str | None, *, largest: int) -> Iterator[bytes]:
    """Yield what ``Content-Encoding`` packed; ``SourceError`` beyond ``largest`` bytes of it.

    No more than that is ever held, whatever the bytes would unpack to.
    """
    name = (coding or "").strip().lower() or "identity"
    if name == "identity":
        yield from _counted(chunks, largest)
    elif name in {"gzip", "x-gzip", "deflate"}:
        yield from _unpacked(chunks, largest)
    else:
        raise SourceError(f"packed as {name!r}, which was not asked for; expected {ACCEPTED}")


def too_large(largest: int) -> SourceError:
    """The error for more bytes than a page may have."""
    return SourceError(f"larger than {largest / 1024**2:.3g} MiB; expected an article's page")


def _counted(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise too_large(largest)
        yield chunk


def _unpacked(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    left = largest
    unpacker, begun, whole = zlib.decompressobj(_AUTOMATIC), False, True
    try:
        for chunk in _counted(chunks, largest):
            rest = chunk
            while rest:
                if unpacker.eof:  # gzip may be several files, one after the other
                    unpacker = zlib.decompressobj(_AUTOMATIC)
                try:
                    data = unpacker.decompress(rest, left + 1)
                except zlib.error:
                    if begun:
                        raise
                    unpacker = zlib.decompressobj(_BARE)
                    data = unpacker.decompress(rest, left + 1)
                begun, whole = True, unpacker.eof
                left -= len(data)
                if left < 0:
                    raise too_large(largest)
                yield data
                rest = unpacker.unused_data
    except zlib.error as error:
        raise SourceError(f"its packing is broken ({error})") from error
    if not whole:
        raise SourceError("its packing breaks off before its end")
