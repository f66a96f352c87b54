"""Reads articles: one module per format, one door, :func:`load`.

``finding`` finds files, ``web`` pages, ``following`` what is new in feeds; ``formats`` chooses
among the readers that it lists. What gave no article comes out as a :class:`Failure`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from policygraph.model import Article
from policygraph.sources.failure import Failure
from policygraph.sources.fetch_options import FetchOptions
from policygraph.sources.page_cache import user_cache
from policygraph.sources.web import Web

if TYPE_CHECKING:
    from policygraph.sources.origin import Manner, Stream

__all__ = ["Failure", "FetchOptions", "Web", "load", "user_cache"]


def load(
    *sources: str | Path,
    columns: Mapping[str, tuple[str, ...]] | None = None,
    fetch: FetchOptions | None = None,
) -> Iterator[Article | Failure]:
    """Yield every article of every source, in order, and a failure for each that has none.

    A source is a file, a folder (read recursively), a glob, an http(s) URL of a page or a feed,
    or ``-`` for standard input. ``columns`` says, by field of an article, which columns of dumps
    hold it, where they do not have one of the usual names; several are joined. ``fetch`` says
    how URLs are fetched.
    """
    from policygraph.sources.origin import Manner

    with Web(fetch) as web:
        manner = Manner(columns=columns or {}, visit=web.read)
        for source in sources:
            if source == "-":
                yield from _load_stdin(manner)
            elif isinstance(source, str) and _is_url(source):
                yield from web.read(source, columns=columns)
            else:
                yield from _load_files(source, manner)


def _is_url(source: str) -> bool:
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme.isalpha()


def _load_stdin(manner: Manner) -> Iterator[Article | Failure]:
    from policygraph.sources.formats import read
    from policygraph.sources.origin import Origin

    stream = cast("Stream", sys.stdin.buffer)
    yield from read(Origin(source="-", stream=stream, manner=manner))


def _load_files(source: str | Path, manner: Manner) -> Iterator[Article | Failure]:
    from policygraph.sources.finding import find_files
    from policygraph.sources.formats import read
    from policygraph.sources.origin import Origin

    for file in find_files(source):
        if isinstance(file, Failure):
            yield file
            continue
        try:
            stream = file.path.open("rb")
        except OSError as error:
            yield Failure(file.label, f"cannot be read ({error.strerror})")
            continue
        with stream:
            name = file.path.name
            yield from read(Origin(source=file.label, stream=stream, name=name, manner=manner))
