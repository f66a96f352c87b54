"""Reads articles: one module per format, one door, :func:`load`.

``finding`` finds files, ``fetching`` pages; ``formats`` chooses among ``html``, ``plain``,
``capture``, ``feeds`` and ``records``. What gave no article comes out as a :class:`Failure`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.failure import Failure

__all__ = ["Failure", "load"]

_LARGEST = 100 * 1024 * 1024
"""Bytes of a file that is read at once."""


def load(*sources: str | Path, allow_private: bool = False) -> Iterator[Article | Failure]:
    """Yield every article of every source, in order, and a failure for each that has none.

    A source is a file, a folder (read recursively), a glob, an http(s) URL of a page or a feed,
    or ``-`` for standard input. ``allow_private`` lets URLs lead into private networks.
    """
    for source in sources:
        if source == "-":
            yield from _load_stdin()
        elif isinstance(source, str) and _is_url(source):
            yield from _load_url(source, allow_private)
        else:
            yield from _load_files(source)


def _is_url(source: str) -> bool:
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme.isalpha()


def _load_stdin() -> Iterator[Article | Failure]:
    from policygraph.sources.formats import read_bytes

    yield from read_bytes(sys.stdin.buffer.read(), source="-")


def _load_url(url: str, allow_private: bool) -> Iterator[Article | Failure]:
    def follow(link: str) -> Iterator[Article | Failure]:
        yield from _fetch(link, allow_private, None)

    yield from _fetch(url, allow_private, follow)


def _fetch(
    url: str, allow_private: bool, follow: Callable[[str], Iterator[Article | Failure]] | None
) -> Iterator[Article | Failure]:
    from policygraph.sources.fetching import fetch
    from policygraph.sources.formats import read_bytes

    try:
        page = fetch(url, allow_private=allow_private)
    except SourceError as error:
        yield Failure(url, str(error))
        return
    yield from read_bytes(page.data, source=url, charset=page.charset, url=page.url, follow=follow)


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
