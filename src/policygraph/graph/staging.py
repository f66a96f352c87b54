"""A copy of a store to try things on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import pyoxigraph as ox

_FOLDER = "staging"

_WAITS = (0.0, 0.05, 0.2, 1.0)
"""Seconds before each try to remove it; what is left then goes before the next copy."""


@contextmanager
def copied(store: ox.Store, folder: Path | None) -> Iterator[ox.Store]:
    """A store with the same content, for its one writer, that is gone afterwards.

    In a graph's folder it costs about 0.2 s, being made of hard links; in memory it takes as
    much again.

    Raises:
        OSError: the folder cannot be written.
    """
    if folder is None:
        copy = ox.Store()
        copy.extend(store)
        yield copy
        return
    place = folder / _FOLDER
    if place.exists():  # of a writer that was killed
        shutil.rmtree(place)
    try:
        store.backup(str(place))
        yield ox.Store(str(place))
    finally:
        _remove(place)


def _remove(place: Path) -> None:
    """Remove a store's folder, to which threads of the store may still be writing."""
    for wait in _WAITS:
        sleep(wait)
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            return
