"""What a site's robots.txt lets us read (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from policygraph.errors import SourceError
from policygraph.sources.connecting import RefusedError

NAME = "policygraph"
"""The product token that a robots.txt may name us by."""

_LONGEST_DELAY = 30.0
"""Seconds between two pages that a site is granted when it asks for more."""

Read = Callable[[str], tuple[int, bytes]]
"""Fetches an address: the status and the body."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site asks for: ``rules`` when it has a robots.txt, ``closed`` when it is unsure."""

    rules: Protego | None = None
    closed: str | None = None

    def check(self, url: str) -> None:
        """``SourceError`` where the site does not want this address to be read."""
        if self.closed:
            raise SourceError(f"the site's robots.txt could not be read: {self.closed}")
        if self.rules and not self.rules.can_fetch(url, NAME):
            raise SourceError("the site's robots.txt does not let programs read this page")

    @property
    def delay(self) -> float:
        """Seconds between two pages that the site asks for."""
        asked = self.rules.crawl_delay(NAME) if self.rules else None
        return min(float(asked or 0), _LONGEST_DELAY)


def read_rules(origin: str, read: Read) -> Rules:
    """The rules of a site such as ``https://example.org``.

    As RFC 9309 (2.3.1) has it: a site without a robots.txt is open, one whose robots.txt
    cannot be had for now is closed.
    """
    try:
        status, data = read(f"{origin}/robots.txt")
    except RefusedError:
        raise
    except SourceError as error:
        return Rules(closed=str(error))
    if 400 <= status < 500:
        return Rules()
    if status != 200:
        return Rules(closed=f"the server answered {status}")
    return Rules(rules=Protego.parse(data.decode("utf-8-sig", errors="replace")))
