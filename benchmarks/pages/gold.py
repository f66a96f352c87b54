"""The pages and what a careful reader takes from each.

``NAME.html`` or ``NAME.txt`` is a page or the text of one; ``NAME.json`` is an article record
without claims, with the page's ``layout``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SPLITS = ("dev", "test")
"""``dev`` is for looking at, ``test`` only for reporting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A page and its record, as plain JSON values."""

    path: Path
    split: str
    layout: str
    record: dict[str, Any]


def read_pages(split: str) -> Iterator[GoldPage]:
    """Yield the pages of a split, by name."""
    for path in sorted((HERE / split).iterdir()):
        if path.suffix != ".json":
            record = json.loads(path.with_suffix(".json").read_text("utf-8"))
            yield GoldPage(path=path, split=split, layout=record.pop("layout"), record=record)
