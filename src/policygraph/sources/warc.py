"""Reads web archives (WARC, ISO 28500): the pages and PDFs that were answered with success."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from policygraph.errors import SourceError
from policygraph.sources.failure import Failure
from policygraph.sources.formats import read_bytes
from policygraph.sources.limits import LARGEST
from policygraph.sources.origin import Found, Manner, Origin, Stream

_READ = frozenset(("text/html", "application/xhtml+xml", "application/pdf", "text/plain"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MACHINES = re.compile(r"/(?:robots\.txt|ads\.txt|\.well-known/.*)$")


def read_warc(origin: Origin) -> Iterator[Found]:
    """Yield the articles of an archive, one record at a time; their source is their address.

    Pictures, scripts, redirects and answers such as "not found" hold no article and are passed
    over.
    """
    yield from read_pages(origin.stream, origin.source, lambda url: True)


def read_pages(stream: Stream, label: str, wanted: Callable[[str], bool]) -> Iterator[Found]:
    """Yield the articles at the wanted addresses of a WARC stream."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count = 0
    try:
        for record in ArchiveIterator(_AtHand(stream)):
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            url = url.strip("<>")
            if not _is_page(record, url) or not wanted(url):
                continue
            count += 1
            data = record.content_stream().read(LARGEST + 1)
            if len(data) > LARGEST:
                yield Failure(url, f"larger than {LARGEST // 1024**2} MiB, in {label}")
                continue
            if getattr(record.raw_stream, "limit", 0) > 0:
                raise SourceError(f"a damaged web archive: it breaks off within {url}")
            yield from read_bytes(
                data, source=url, charset=_charset(record), url=url, manner=Manner()
            )
    except (ArchiveLoadFailed, ValueError, EOFError, AttributeError) as error:
        reason = " ".join(str(error).split())[:160]
        if isinstance(error, AttributeError):  # warcio asks the address that is not there
            reason = "a record without an address"
        raise SourceError(f"a damaged web archive ({reason}); {count} pages were read") from error
    if not count:
        raise SourceError("a web archive without pages; expected responses of type text/html")


class _AtHand:
    """A stream that gives what is whole before a fault, where ``read`` would give nothing."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        return self._stream.read1(size)


def _is_page(record: Any, url: str) -> bool:
    if record.rec_type not in {"response", "resource"} or not url.startswith(("http:", "https:")):
        return False
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif record.http_headers is None or not record.http_headers.get_statuscode().startswith("2"):
        return False
    else:
        kind = record.http_headers.get_header("Content-Type") or "text/html"
    return _kind(kind) in _READ and not _MACHINES.search(urlsplit(url).path)


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _charset(record: Any) -> str | None:
    headers = record.http_headers or record.rec_headers
    match = _CHARSET.search(headers.get_header("Content-Type") or "")
    return match[1] if match else None
