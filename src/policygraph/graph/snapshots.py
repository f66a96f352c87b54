"""What readers read: finished states of the store, made of hard links to its files.

RocksDB lets one read a store beside its writer, but what such a reader sees is undefined.
So the writer publishes a snapshot now and then and at its end, and a reader keeps the one
that it opened::

    snapshots/
    ├── 12/         being read: its lock is held
    │   ├── lock    held shared by readers, alone by the writer that takes it away
    │   └── store/  Oxigraph's files
    └── 13/         the newest

A snapshot costs about 0.2 s, and no space but that of files that the store has since replaced.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from policygraph.graph.locks import try_lock

EVERY = 2.0
"""Seconds at least between snapshots while one process writes."""

_SHARE = 20
"""A writer spends at most one part in so many of its time on snapshots."""

_FOLDER, _NEW, _OLD, _LOCK, _STORE = "snapshots", ".new", ".old-", "lock", "store"


class Publisher:
    """Makes snapshots of a writer's store, and takes away those that nobody reads."""

    def __init__(self, graph: Path, store: ox.Store) -> None:
        self._graph = graph
        self._store = store
        self._next = 0.0

    @property
    def due(self) -> bool:
        """Whether the last snapshot is so old that readers should get another."""
        return time.monotonic() >= self._next

    def publish(self) -> None:
        """Make a snapshot of all that is in the store.

        Raises:
            OSError: the disk is full, or the folder cannot be written.
        """
        began = time.monotonic()
        folder = self._graph / _FOLDER
        folder.mkdir(exist_ok=True)
        new = folder / _NEW
        if new.exists():  # of a writer that was killed
            shutil.rmtree(new)
        new.mkdir()
        (new / _LOCK).touch()
        self._store.backup(str(new / _STORE))
        new.rename(folder / str(1 + max(_numbers(self._graph), default=0)))
        self._prune(folder)
        took = time.monotonic() - began
        self._next = time.monotonic() + max(EVERY, _SHARE * took)

    def _prune(self, folder: Path) -> None:
        for number in sorted(_numbers(self._graph))[:-1]:
            lock = try_lock(folder / str(number) / _LOCK)
            if lock is None:
                continue  # somebody reads it
            with lock:
                (folder / str(number)).rename(folder / f"{_OLD}{number}")
        for old in folder.glob(_OLD + "*"):
            shutil.rmtree(old, ignore_errors=True)


def newest(graph: Path) -> int | None:
    """The number of the newest snapshot of a graph's folder; None when there is none."""
    return max(_numbers(graph), default=None)


def open_snapshot(graph: Path, number: int) -> tuple[ox.Store, IO[bytes]] | None:
    """A snapshot and the lock that keeps it; None when a writer has just taken it away.

    Raises:
        OSError: it cannot be read.
    """
    folder = graph / _FOLDER / str(number)
    try:
        lock = try_lock(folder / _LOCK, shared=True)
    except FileNotFoundError:
        return None
    if lock is None:
        return None
    if not folder.exists():  # taken away before the lock was ours
        lock.close()
        return None
    try:
        return ox.Store.read_only(str(folder / _STORE)), lock
    except BaseException:
        lock.close()
        raise


def _numbers(graph: Path) -> list[int]:
    folder = graph / _FOLDER
    if not folder.is_dir():
        return []
    return [int(entry.name) for entry in folder.iterdir() if entry.name.isdecimal()]
