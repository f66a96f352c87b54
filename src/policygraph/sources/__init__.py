"""Reads articles: one module per format, one door, :func:`load`.

``finding`` finds files, ``web`` pages, ``following`` what is new in feeds; ``formats`` chooses
among ``html``, ``plain``, ``capture``, ``feeds`` and ``records``. What gave no article comes out
as a :class:`Failure`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from policygraph.model import Article
from policygraph.sources.failure import Failure
from policygraph.sources.fetch_options import FetchOptions
from policygraph.sources.page_cache import user_cache
from policygraph.sources.web import Web

__all__ = ["Failure", "FetchOptions", "Web", "load", "user_cache"]

_LARGEST = 100 * 1024 * 1024
"""Bytes of a file that is read at once."""


def load(*sources: str | Path, fetch: FetchOptions | None = None) -> Iterator[Article | Failure]:
    """Yield every article of every source, in order, and a failure for each that has none.

    A source is a file, a folder (read recursively), a glob, an http(s) URL of a page or a feed,
    or ``-`` for standard input. ``fetch`` says how URLs are fetched.
    """
    with Web(fetch) as web:
        for source in sources:
            if source == "-":
                yield from _load_stdin()
            elif isinstance(source, str) and _is_url(source):
                yield from web.read(source)
            else:
                yield from _load_files(source)


def _is_url(source: str) -> bool:
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme.isalpha()


def _load_stdin() -> Iterator[Article | Failure]:
    from policygraph.sources.formats import read_bytes

    yield from read_bytes(sys.stdin.buffer.read(), source="-")


def _load_files(source: str | Path) -> Iterator[Article | Failure]:
    from policygraph.sources.finding import find_files
    from policygraph.sources.formats import read_bytes

    for file in find_files(source):
        if isinstance(file, Failure):
            yield file
            continue
        try:
            if file.path.stat().st_size > _LARGEST:
                yield Failure(file.label, f"larger than {_LARGEST // 1024 // 1024} MiB")
                continue
            data = file.path.read_bytes()
        except OSError as error:
            yield Failure(file.label, f"cannot be read ({error.strerror})")
            continue
        yield from read_bytes(data, source=file.label, name=file.path.name)
