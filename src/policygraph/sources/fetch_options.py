"""How pages are fetched: what is allowed, and what is enough."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How pages are fetched; times are seconds.

    ``stall`` is how long a server may keep silent, ``total`` how long one request may take,
    ``patience`` the longest wait before another try; ``delay`` lies between two pages of a site,
    more where its robots.txt asks for more. ``largest`` counts bytes, packed and unpacked.
    ``cache`` is the folder that keeps pages; None keeps none. ``agent`` is how we name
    ourselves: keep its first word, which a robots.txt may name, and add who you are.
    """

    agent: str = "policygraph (reads articles for a knowledge graph; obeys robots.txt)"
    allow_private: bool = False
    stall: float = 15.0
    total: float = 60.0
    tries: int = 3
    backoff: float = 1.0
    patience: float = 60.0
    delay: float = 1.0
    redirects: int = 5
    largest: int = 20 * 1024**2
    cache: Path | None = None
