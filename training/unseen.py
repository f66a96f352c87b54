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
from policygraph.models import context

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
    older = folder / "pipelines"
    kept = nlp.MODELS
    try:
        _pipelines(older if older.is_dir() else nlp.MODELS)
        with using(folder / f"names{1 - half}.npz", folder / f"nominals{1 - half}.npz"):
            yield
    finally:
        _pipelines(kept)


@contextmanager
def using(
    names: Path | None = None, nominals: Path | None = None, words: Path | None = None
) -> Iterator[None]:
    """Read articles by other weights than the shipped ones: of names' types, of nominals, and, in
    a folder, of what words mean in their places.
    """
    kept = name_types.WEIGHTS, ranker.WEIGHTS, context.WEIGHTS, context.PIECES
    name_types.WEIGHTS, ranker.WEIGHTS = names or kept[0], nominals or kept[1]
    if words is not None:
        context.WEIGHTS, context.PIECES = words / kept[2].name, words / kept[3].name
    _forget()
    try:
        yield
    finally:
        name_types.WEIGHTS, ranker.WEIGHTS, context.WEIGHTS, context.PIECES = kept
        _forget()


def _forget() -> None:
    for loader in (name_types.load_name_model, ranker.load_ranker, context.load_context):
        loader.cache_clear()


def _pipelines(folder: Path) -> None:
    nlp.MODELS = folder
    for loader in (nlp.load, nlp.shipped_languages):
        loader.cache_clear()
