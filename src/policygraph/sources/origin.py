"""One thing to read: its bytes as a stream, and where they came from."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.decoding import decode, decode_line, utf16_of
from policygraph.sources.failure import Failure
from policygraph.sources.limits import LARGEST, LINE

Stream = io.BufferedReader | io.BytesIO

Found = Article | Failure
Follow = Callable[[str], Iterator[Found]]
"""Loads what stands at an address."""

HEAD = 64 * 1024
"""Bytes by which a format is told."""

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a user wants things read.

    ``columns`` says, by field of an article, which columns of a dump hold it; ``follow`` loads
    the links of a feed and ``visit`` the addresses of a list, where they may be loaded.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    follow: Follow | None = None
    visit: Follow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Bytes to read articles from.

    ``source`` is what articles and failures are labelled with; ``name`` is a file's name, whose
    suffix tells the format; ``charset`` and ``url`` are what a server said. ``head`` holds the
    first bytes, once it has begun; ``depth`` counts the archives around it.
    """

    source: str
    stream: Stream
    name: str = ""
    charset: str | None = None
    url: str | None = None
    manner: Manner = field(default_factory=Manner)
    head: bytes = b""
    depth: int = 0

    def begun(self) -> Origin:
        """The origin with its head known, and none of its bytes read."""
        head = self._first_bytes()
        if self.stream.seekable():
            self.stream.seek(0)
            return replace(self, head=head)
        rest: io.RawIOBase = _Rejoined(head, self.stream)
        return replace(self, head=head, stream=io.BufferedReader(rest))

    def _first_bytes(self) -> bytes:
        """As much of the head as can be read; a fault behind it shows when the rest is read."""
        head = b""
        with suppress(SourceError):
            while len(head) < HEAD and (more := self.stream.read1(HEAD - len(head))):
                head += more
        if not head:
            self.stream.read(1)
        return head

    def data(self) -> bytes:
        """All bytes; ``SourceError`` where they are too many to read at once."""
        pieces, size = [], 0
        while piece := self.stream.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise SourceError(f"larger than {LARGEST // 1024 // 1024} MiB")
        return b"".join(pieces)

    def text(self) -> str:
        """All of it as text."""
        return decode(self.data(), self.charset)

    def lines(self) -> Iterator[tuple[int, str | None]]:
        """Yield each line's number, from 1, and its text with its line end, one at a time.

        The text is None where the line has more than ``LINE`` bytes: it is passed over, not kept.
        """
        lines = self._lines()
        number, first = 1, next(lines, "")
        yield number, first and first.removeprefix("\ufeff")
        for number, line in enumerate(lines, start=2):
            yield number, line

    def _lines(self) -> Iterator[str | None]:
        if encoding := utf16_of(self.head):
            wrapper = io.TextIOWrapper(self.stream, encoding, errors="replace", newline="\n")
            yield from wrapper
            wrapper.detach()  # the stream is closed by who opened it
            return
        while line := self.stream.readline(LINE + 1):
            if len(line) <= LINE:
                yield decode_line(line)
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(LINE)
            yield None

    def inner(self, label: str, stream: Stream, *, name: str) -> Origin:
        """What stands in this archive, under that label."""
        return replace(self, source=label, stream=stream, name=name, head=b"", depth=self.depth + 1)


class _Rejoined(io.RawIOBase):
    """A stream that cannot go back, with the head that was read from it before it again."""

    def __init__(self, head: bytes, rest: Stream) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read1(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
