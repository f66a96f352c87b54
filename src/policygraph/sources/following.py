"""Brings what is new in feeds: entries that were not there, or said something else, before.

What was brought is remembered in a small SQLite file, entry by entry, after the entry's article
has gone all the way: a run that is killed brings nothing twice and forgets nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.decoding import decode
from policygraph.sources.failure import Failure
from policygraph.sources.feed_list import FollowedFeed
from policygraph.sources.feeds import Entry, parse_feed, read_entry
from policygraph.sources.web import Web

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (
    feed TEXT, entry TEXT, version TEXT, PRIMARY KEY (feed, entry)
) WITHOUT ROWID
"""


def follow_feeds(
    feeds: Iterable[FollowedFeed], *, memory: Path, web: Web
) -> Iterator[Article | Failure]:
    """Yield the articles of the entries that are new since the last run, oldest first.

    An entry counts as brought once the consumer asks for what comes after it; one that failed
    is tried again at the next run. ``memory`` is the file that remembers.

    Raises:
        SourceError: the file cannot be read or written.
    """
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(memory, isolation_level=None)) as database:
            database.execute(_SCHEMA)
            for feed in feeds:
                yield from _follow(feed, database, web)
    except (OSError, sqlite3.Error) as error:
        raise SourceError(
            f"{memory}: what was read of the feeds cannot be remembered ({error}); "
            "check space and permissions, and delete the file if it is damaged"
        ) from error


def _follow(
    feed: FollowedFeed, database: sqlite3.Connection, web: Web
) -> Iterator[Article | Failure]:
    try:
        page = web.fetch(feed.url)
        found = parse_feed(decode(page.data, page.charset), url=page.url)
    except SourceError as error:
        yield Failure(feed.url, str(error))
        return
    known = dict(database.execute("SELECT entry, version FROM seen WHERE feed = ?", (feed.url,)))
    for entry in reversed(found.entries):
        if known.get(entry.key) == entry.version:
            continue
        failed = False
        for article in _read(entry, feed, found.title, web):
            failed = failed or isinstance(article, Failure)
            yield article
        if not failed:
            database.execute(
                "INSERT OR REPLACE INTO seen VALUES (?, ?, ?)",
                (feed.url, entry.key, entry.version),
            )


def _read(
    entry: Entry, feed: FollowedFeed, title: str | None, web: Web
) -> Iterator[Article | Failure]:
    where = entry.link or f"{feed.url}#{entry.key}"
    yield from read_entry(entry, where, publisher=feed.publisher or title, follow=web.read_page)
