"""How large things may be."""

from __future__ import annotations

from policygraph.errors import SourceError

LONGEST = 1_000_000
"""Characters of an article's text; spaCy reads no more at once (``Language.max_length``)."""

LARGEST = 100 * 1024 * 1024
"""Bytes of what is read at once: a page, a PDF; dumps and archives are read bit by bit."""

LINE = 16 * 1024 * 1024
"""Bytes of one line of a dump."""


def too_long(length: int) -> SourceError:
    """The error for a text of that many characters."""
    return SourceError(
        f"a text of {length} characters; an article may have {LONGEST}: split it into files"
    )
