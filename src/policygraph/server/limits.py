"""What one request may cost, and how many may run at a time."""

from __future__ import annotations

from dataclasses import dataclass

SLACK = 20
"""How much longer than its processor time a query may take on a busy machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times are in seconds, sizes in bytes.

    A query may take ``timeout``. Of ``workers`` queries that run at a time, half may be long:
    one that has taken ``quick`` seconds of processor time (or ``SLACK`` times as long by the
    clock) becomes so, and yields to the others from then on. Where all those places are taken
    too, it is stopped as soon as another query waits: so a crowd of endless queries cannot shut
    out those that take a moment. ``waiting`` requests may stand in line, each for ``timeout``.
    ``spare`` workers are started ahead.
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

    @property
    def long(self) -> int:
        """How many queries may be long at a time; one at least may always be quick."""
        return self.workers // 2
