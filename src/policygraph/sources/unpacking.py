"""Guards the bytes that come out of archives: damage is an error, and a bomb is stopped."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from policygraph.errors import SourceError
from policygraph.sources.origin import Stream

FREE = 16 * 1024 * 1024
"""Bytes that may come out of anything."""

STEEPEST = 200
"""Times by which a text may shrink when packed; prose shrinks 3 to 5 times, dumps up to 30."""


class Packed(Protocol):
    """What unpacks as it is read: the files of gzip, bz2, lzma and zipfile."""

    def read1(self, size: int, /) -> bytes:
        """At most so many bytes, as many as are at hand."""


class Unpacked(io.RawIOBase):
    """A stream that unpacks another one; ``SourceError`` says what is wrong with it.

    ``packed`` gives the packed bytes that were read so far, or all that there are.
    """

    def __init__(self, stream: Packed, packed: Callable[[], int]) -> None:
        self._stream, self._packed, self._size = stream, packed, 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer, and say how far."""
        try:
            data = self._stream.read1(
                min(len(buffer), FREE)
            )  # what is whole before a fault comes too
        except (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
            raise SourceError(f"a damaged archive ({error})") from error
        self._size += len(data)
        if self._size > FREE and self._size > STEEPEST * max(self._packed(), 1):
            raise SourceError(
                f"it unpacks to more than {STEEPEST} times its size, as a bomb does; "
                "unpack it yourself if you trust it"
            )
        buffer[: len(data)] = data
        return len(data)


def unpacked(stream: Packed, packed: Callable[[], int]) -> Stream:
    """A buffered stream over :class:`Unpacked`."""
    raw: io.RawIOBase = Unpacked(stream, packed)
    return io.BufferedReader(raw)


class Counted(io.RawIOBase):
    """A stream that counts the bytes that are read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer, and say how far."""
        data = self._stream.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)
