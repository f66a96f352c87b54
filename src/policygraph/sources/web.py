"""Reads what stands at an address: a page, or a feed with the pages it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policygraph.closing import Closing
from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.failure import Failure
from policygraph.sources.fetch_options import FetchOptions

if TYPE_CHECKING:
    from policygraph.sources.fetching import Fetcher, Page
    from policygraph.sources.origin import Manner


class Web(Closing):
    """The web, with manners. Nothing is loaded or opened before the first address is read.

    Use it as a context manager, or ``close`` it.
    """

    def __init__(self, options: FetchOptions | None = None) -> None:
        self._options = options
        self._fetcher: Fetcher | None = None

    def close(self) -> None:
        """Let go of all connections."""
        if self._fetcher:
            self._fetcher.close()
            self._fetcher = None

    def fetch(self, url: str) -> Page:
        """The page of an address; ``SourceError`` says why it could not be had."""
        if self._fetcher is None:
            from policygraph.sources.fetching import Fetcher

            self._fetcher = Fetcher(self._options)
        return self._fetcher.fetch(url)

    def read(
        self, url: str, *, columns: Mapping[str, tuple[str, ...]] | None = None
    ) -> Iterator[Article | Failure]:
        """Yield the article of a page, or those of a feed and of the pages behind its teasers.

        ``columns`` are those of a dump, as :func:`policygraph.sources.load` takes them.
        """
        from policygraph.sources.origin import Manner

        yield from self._read(url, Manner(columns=columns or {}, follow=self.read_page))

    def read_page(self, url: str) -> Iterator[Article | Failure]:
        """Yield what stands at an address itself, and follow nothing."""
        from policygraph.sources.origin import Manner

        yield from self._read(url, Manner())

    def _read(self, url: str, manner: Manner) -> Iterator[Article | Failure]:
        from policygraph.sources.formats import read_bytes

        try:
            page = self.fetch(url)
        except SourceError as error:
            yield Failure(url, str(error))
            return
        yield from read_bytes(
            page.data, source=url, charset=page.charset, url=page.url, manner=manner
        )
