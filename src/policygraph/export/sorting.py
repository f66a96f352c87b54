"""Sorts lines without holding them all: what fills the memory goes to temporary files."""

from __future__ import annotations

import heapq
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice

HELD = 400_000
"""Lines that are held at once: about 150 MB of N-Quads."""


def sort_lines(lines: Iterable[bytes], *, held: int = HELD) -> Iterator[bytes]:
    """Lines in the order of their bytes, which for UTF-8 is that of code points, each once."""
    source = iter(lines)
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        while run := sorted({*islice(source, held)}):
            if not runs and len(run) < held:
                runs.append(run)
                break
            file = files.enter_context(tempfile.TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        for line, _ in groupby(heapq.merge(*runs)):
            yield line


class LineStream(io.RawIOBase):
    """Lines as a file to read from, for parsers."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer as far as one line goes."""
        if not self._rest:
            self._rest = next(self._lines, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
