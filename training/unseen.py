"""Reads training articles as the extractor reads articles that it never saw.

Names, their types and nominals are learned from the very articles that then teach claims, and are
found better in them than elsewhere. So a folder may hold what stands in for the shipped weights:
``names0.npz``, ``names1.npz``, ``nominals0.npz`` and ``nominals1.npz``, each learned of one half
of the articles and used on the other, and in ``pipelines/`` those of an earlier round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from policygraph import nlp
from policygraph.extraction import ranker
from policygraph.extraction.names import name_types
from policygraph.model import Record

HALVES = (0, 1)


def half_of(record: Record) -> int:
    """Which half an article belongs to, whatever others there are."""
    return crc32(record.article.id.encode()) % 2


def some(records: Iterable[Record], half: int | None) -> list[Record]:
    """The articles of a half, or all of them."""
    return [record for record in records if half is None or half_of(record) == half]


@contextmanager
def other_half(folder: Path, half: int) -> Iterator[None]:
    """Read the articles of a half by what was learned of the other one."""
    kept = nlp.MODELS, name_types.WEIGHTS, ranker.WEIGHTS
    older = folder / "pipelines"
    _use(
        older if older.is_dir() else nlp.MODELS,
        folder / f"names{1 - half}.npz",
        folder / f"nominals{1 - half}.npz",
    )
    try:
        yield
    finally:
        _use(*kept)


def _use(pipelines: Path, names: Path, nominals: Path) -> None:
    """Load from these files whatever is asked for next."""
    nlp.MODELS, name_types.WEIGHTS, ranker.WEIGHTS = pipelines, names, nominals
    for loader in (
        nlp.load,
        nlp.shipped_languages,
        name_types.load_name_model,
        ranker.load_ranker,
    ):
        loader.cache_clear()
