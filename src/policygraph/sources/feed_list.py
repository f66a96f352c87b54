"""Reads a list of feeds to follow, a TOML file that a user writes.

::

    [[feed]]
    url = "https://www.example.org/rss.xml"
    publisher = "Example"    # optional: in place of the feed's own title
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policygraph.errors import SourceError

_KEYS = ("url", "publisher")


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed to follow; ``publisher`` goes before the feed's own title."""

    url: str
    publisher: str | None = None


def read_feed_list(path: Path) -> tuple[FollowedFeed, ...]:
    """The feeds of a list, each once; ``SourceError`` names what is wrong in it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: the list of feeds cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise SourceError(f"{path}: not a TOML file ({error})") from error
    listed = content.get("feed")
    if content.keys() - {"feed"} or not isinstance(listed, list) or not listed:
        raise SourceError(f'{path}: expected [[feed]] tables, each with a url = "https://…"')
    return tuple({feed.url: feed for feed in _feeds(listed, path)}.values())


def _feeds(listed: list[Any], path: Path) -> Iterator[FollowedFeed]:
    for number, told in enumerate(listed, start=1):
        where = f"{path}: feed {number}"
        if not isinstance(told, dict):
            raise SourceError(f'{where}: expected a [[feed]] table with a url = "https://…"')
        for key, value in told.items():
            if key not in _KEYS:
                raise SourceError(f"{where}: {key!r} is unknown; use {' or '.join(_KEYS)}")
            if not isinstance(value, str) or not value.strip():
                raise SourceError(f"{where}: {key!r} must be a text")
        url = told.get("url", "")
        if not url.startswith(("http://", "https://")):
            raise SourceError(f'{where}: needs a url = "https://…"')
        yield FollowedFeed(url, told.get("publisher"))
