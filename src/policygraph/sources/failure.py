"""What could not be read: no article vanishes silently."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.errors import SourceError


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no article, and why, in words for a person.

    ``source`` is written as ``Article.source`` would be; a line number follows it
    (``dump.jsonl:3``) where one line of many failed.
    """

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"

    def as_error(self) -> SourceError:
        """The same as an exception, for callers that stop at the first failure."""
        return SourceError(str(self))
