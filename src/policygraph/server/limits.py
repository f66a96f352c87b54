"""What one request may cost, and how many may run at a time."""

from __future__ import annotations

from dataclasses import dataclass

SLACK = 5
"""How much longer than its processor time a query may take on a busy machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times are in seconds, sizes in bytes.

    A query may take ``timeout`` while nobody waits. When all ``workers`` are taken and others
    wait, it keeps its worker for ``quick`` seconds of processor time (and at most ``SLACK`` times
    as long), or for ``patience`` when it is one of the ``long`` oldest: so a crowd of endless
    queries cannot shut out those that take a moment.
    ``waiting`` requests may stand in line, each for ``timeout``.
    """

    timeout: float = 30.0
    workers: int = 8
    long: int = 3
    quick: float = 1.0
    patience: float = 10.0
    waiting: int = 256
    answer: int = 64 * 1024**2
    body: int = 1024**2
    update_body: int = 16 * 1024**2

    def __post_init__(self) -> None:
        if self.timeout <= 0 or self.workers < 1 or self.waiting < 0 or self.answer < 1:
            raise ValueError(f"limits must be positive, got {self}")
