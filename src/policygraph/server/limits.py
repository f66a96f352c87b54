"""What one request may cost, and how many may run at a time."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = 3
"""Of queries: quick ones, those that take seconds, and those that may be endless."""

SLACK = 20
"""How much longer than its processor time a query may take on a busy machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times are in seconds, sizes in bytes.

    A query may run for ``timeout``, of which it need not have all at once. One that has taken
    ``quick`` seconds of processor time (or ``SLACK`` times as long by the clock) goes up a level,
    and yields to others from then on; one that has taken ten times as many, another. Of
    ``workers`` queries that run at a time, half may be of the first level or above, and a
    quarter of the second. Where these places are taken and another waits, it makes room, and
    stands in line to begin anew: so a crowd of endless queries can shut out neither those that
    take a moment nor those that take a second or two. ``waiting`` requests may stand in line,
    each for four times the ``timeout``. ``spare`` workers are started ahead.
    """

    timeout: float = 30.0
    workers: int = 8
    spare: int = 2
    quick: float = 0.25
    waiting: int = 256
    answer: int = 64 * 1024**2
    body: int = 1024**2
    update_body: int = 16 * 1024**2

    def __post_init__(self) -> None:
        if self.timeout <= 0 or self.workers < 1 or self.waiting < 0 or self.answer < 1:
            raise ValueError(f"limits must be positive, got {self}")

    def places(self, level: int) -> int:
        """How many queries of that level and above may run at a time."""
        return max(1, self.workers >> level)

    @property
    def quick_places(self) -> int:
        """How many queries of the lowest level may run at a time: they leave one to the others."""
        return max(1, self.workers - 1)

    def patience(self, level: int) -> float:
        """Seconds of processor time after which a query goes up from a level."""
        return self.quick * 10.0**level

    @property
    def in_line(self) -> float:
        """Seconds for which a request may stand in line."""
        return 4 * self.timeout
