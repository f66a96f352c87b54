"""The folder that holds a graph: a marker that says what it is, the store, and its snapshots.

::

    policygraph.db/
    ├── policygraph.json    the marker: which format the store has
    ├── policygraph.lock    held by the one process that writes
    ├── policygraph.changed there while the store holds more than the newest snapshot
    ├── store/              Oxigraph's files, for the writer alone
    ├── snapshots/          what readers read (``snapshots.py``)
    ├── pages/              pages as they were fetched, which may be deleted
    └── feeds.sqlite        what was read of followed feeds
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph import locks
from policygraph.graph.locks import try_lock, wait_for_lock
from policygraph.graph.snapshots import Publisher, newest, open_snapshot

FORMAT = 1
"""Of the store; grows when a program that knows only older ones would read it wrongly."""

_MARKER, _LOCK, _STORE = "policygraph.json", "policygraph.lock", "store"
_CHANGED = "policygraph.changed"

T = TypeVar("T")


class Writer:
    """The store of a folder for the one process that writes; close it to let others write.

    Raises:
        StoreError: the folder is missing (and ``create`` is not set), is not a graph folder,
            is written by another process, cannot be written, or has another format.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self._path = path
        with _readable(path):
            if not create:
                _check_exists(path)
            _prepare(path)
            _check_marker(path)
        self._lock = _lock(path)
        try:
            self.store = _open(path, lambda: ox.Store(str(path / _STORE)))
        except BaseException:
            self._lock.close()
            raise
        self._publisher = Publisher(path, self.store)

    def changing(self) -> None:
        """To be called before a change, so that none is forgotten if the process dies.

        Raises:
            OSError: the folder cannot be written.
        """
        (self._path / _CHANGED).touch()

    def changed(self) -> None:
        """To be called after a change: readers see it at once, or a little later.

        Raises:
            OSError: the folder cannot be written.
        """
        if self._publisher.due:
            self.publish()

    def publish(self) -> None:
        """Let readers see all that is in the store.

        Raises:
            OSError: the folder cannot be written.
        """
        if _is_behind(self._path):
            _publish(self._path, self._publisher)

    def close(self) -> None:
        """Let others write."""
        self._lock.close()


class Reader:
    """A finished state of a folder's store, beside a writer or not.

    Raises:
        StoreError: the folder is missing, is not a graph folder, cannot be read, or has
            another format; or a writer has only just begun it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with _readable(path):
            _check_exists(path)
            _check_marker(path)
        self.store, self._lock, self._number = self._find()

    def refresh(self) -> ox.Store:
        """The store as it is now, which may be another than before."""
        with suppress(OSError):
            _catch_up(self._path)
        if newest(self._path) != self._number:
            self._lock.close()
            self.store, self._lock, self._number = self._find()
        return self.store

    def close(self) -> None:
        """Let the writer take away what was read."""
        self._lock.close()

    def _find(self) -> tuple[ox.Store, IO[bytes], int | None]:
        until = time.monotonic() + locks.WAIT
        while True:
            found = _open(self._path, lambda: _find(self._path))
            if found is not None:
                return found
            if time.monotonic() > until:
                raise _in_use(self._path)
            time.sleep(0.05)


def _find(path: Path) -> tuple[ox.Store, IO[bytes], int | None] | None:
    """The state to read, its lock, and its number; None when a writer is about to make one."""
    try:
        _catch_up(path)
    except OSError:  # we may not write, so the store itself must do
        lock = try_lock(path / _LOCK, shared=True)
        if lock is not None:
            return _read_in_place(path / _STORE), lock, newest(path)
    number = newest(path)
    found = None if number is None else open_snapshot(path, number)
    return (*found, number) if found else None


def _read_in_place(store: Path) -> ox.Store:
    if not (store / "CURRENT").exists():
        return ox.Store()  # prepared, but nothing was ever written
    return ox.Store.read_only(str(store))


def _catch_up(path: Path) -> None:
    """Publish what a writer left unpublished when it died.

    Raises:
        OSError: the folder cannot be written.
    """
    if not _is_behind(path):
        return
    lock = try_lock(path / _LOCK)
    if lock is None:
        return  # the writer lives, and will publish
    with lock:
        if not _is_behind(path):
            return
        try:
            store = ox.Store(str(path / _STORE))
        except OSError as error:
            if _is_locked(error):
                return
            raise
        _publish(path, Publisher(path, store))


def _is_locked(error: BaseException) -> bool:
    """Whether RocksDB's own lock is held, which matters where there is none of ours."""
    return re.search(r"\bLOCK\b", str(error)) is not None


def _is_behind(path: Path) -> bool:
    return (path / _CHANGED).exists() or newest(path) is None


def _publish(path: Path, publisher: Publisher) -> None:
    publisher.publish()
    (path / _CHANGED).unlink(missing_ok=True)


def _open(path: Path, opened: Callable[[], T]) -> T:
    try:
        return opened()
    except (OSError, ValueError, RuntimeError) as error:
        if _is_locked(error):
            raise _in_use(path) from error
        raise StoreError(
            f"{path}: the store cannot be opened ({_short(error)}); if its files are damaged, "
            "delete the folder and ingest the articles again"
        ) from error


def _check_exists(path: Path) -> None:
    if not path.exists():
        raise StoreError(
            f"{path}: no graph here; make one with `policygraph ingest SOURCE --graph {path}`"
        )


def _prepare(path: Path) -> None:
    """Make the folder and its marker, unless it holds something else."""
    marker = path / _MARKER
    try:
        if (
            path.is_dir()
            and not marker.exists()
            and any(entry.name not in (_LOCK, _MARKER + ".new") for entry in path.iterdir())
        ):
            raise _not_ours(path)
        path.mkdir(parents=True, exist_ok=True)
        if not marker.exists():
            new = path / (_MARKER + ".new")
            new.write_text(json.dumps({"policygraph graph": FORMAT}) + "\n", encoding="utf-8")
            new.replace(marker)
    except OSError as error:
        raise StoreError(
            f"{path}: the graph folder cannot be made or written ({_short(error)}); "
            "choose another with --graph, or check its permissions"
        ) from error


def _check_marker(path: Path) -> None:
    if not path.is_dir():
        raise _not_ours(path)
    try:
        content = json.loads((path / _MARKER).read_text(encoding="utf-8"))
        version = content["policygraph graph"]
    except FileNotFoundError as error:
        raise _not_ours(path) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f'{path / _MARKER}: damaged; expected {{"policygraph graph": {FORMAT}}}'
        ) from error
    if version != FORMAT:
        newer = isinstance(version, int) and version > FORMAT
        advice = (
            "upgrade policygraph"
            if newer
            else "export its records with the policygraph that made it, and ingest them anew"
        )
        raise StoreError(
            f"{path}: a graph of format {version}, and this policygraph reads {FORMAT}; {advice}"
        )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # what stands above the folder may be closed to us
        raise StoreError(
            f"{path}: cannot be read ({_short(error)}); check its permissions"
        ) from error


def _lock(path: Path) -> IO[bytes]:
    try:
        lock = wait_for_lock(path / _LOCK)
    except OSError as error:
        raise StoreError(
            f"{path}: the graph cannot be written ({_short(error)}); check its permissions"
        ) from error
    if lock is None:
        raise _in_use(path)
    return lock


def _in_use(path: Path) -> StoreError:
    return StoreError(
        f"{path}: another policygraph is writing this graph; wait until it has finished, or stop it"
    )


def _not_ours(path: Path) -> StoreError:
    return StoreError(
        f"{path}: not a policygraph graph folder; choose another with --graph, or an empty one"
    )


def _short(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).splitlines()[0][:160] if str(error) else type(error).__name__
