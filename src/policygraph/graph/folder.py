"""The folder that holds a graph: a marker that says what it is, a lock, and the store.

::

    policygraph.db/
    ├── policygraph.json    the marker: which format the store has
    ├── policygraph.lock    held shared by readers, alone by a writer
    └── store/              Oxigraph's files

RocksDB keeps two writers apart by itself, but lets one read beside a writer, and what such a
reader sees is undefined; hence a lock of our own, which the system drops when a process dies.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from policygraph.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows: only RocksDB's own lock, between writers
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
"""Of the store; grows when a program that knows only older ones would read it wrongly."""

WAIT = 0.8
"""Seconds to wait for another process before giving up."""

_MARKER, _LOCK, _STORE = "policygraph.json", "policygraph.lock", "store"


def open_store(path: Path, *, read_only: bool, create: bool) -> tuple[ox.Store, IO[bytes] | None]:
    """The store of a folder and the lock to hold while it is in use.

    Raises:
        StoreError: the folder is missing (and ``create`` is not set), is not a graph folder,
            is in use, cannot be read or written, or has another format.
    """
    try:
        if read_only or not create:
            _check_exists(path)
        if not read_only:
            _prepare(path)
        _check_marker(path)
    except OSError as error:  # what stands above the folder may be closed to us
        raise StoreError(
            f"{path}: cannot be read ({_short(error)}); check its permissions"
        ) from error
    lock = _lock(path, shared=read_only)
    try:
        if read_only:
            return _read_only(path), lock
        return ox.Store(str(path / _STORE)), lock
    except (OSError, ValueError, RuntimeError) as error:
        if lock:
            lock.close()
        if "lock" in str(error).lower():
            raise _in_use(path) from error
        raise StoreError(
            f"{path}: the store cannot be opened ({_short(error)}); if its files are damaged, "
            "delete the folder and ingest the articles again"
        ) from error


def _read_only(path: Path) -> ox.Store:
    if not (path / _STORE / "CURRENT").exists():
        return ox.Store()  # prepared, but nothing was ever written
    return ox.Store.read_only(str(path / _STORE))


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


def _lock(path: Path, *, shared: bool) -> IO[bytes] | None:
    if fcntl is None:
        return None
    try:
        handle = (path / _LOCK).open("rb" if (path / _LOCK).exists() and shared else "ab")
    except OSError as error:
        if shared:  # a graph on a read-only disk, where nobody can write
            return None
        raise StoreError(
            f"{path}: the graph cannot be written ({_short(error)}); check its permissions"
        ) from error
    until = time.monotonic() + WAIT
    while True:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            return handle
        except OSError as error:
            if time.monotonic() > until:
                handle.close()
                raise _in_use(path) from error
            time.sleep(0.05)


def _in_use(path: Path) -> StoreError:
    return StoreError(
        f"{path}: another policygraph is using this graph; wait until it has finished, or stop it"
    )


def _not_ours(path: Path) -> StoreError:
    return StoreError(
        f"{path}: not a policygraph graph folder; choose another with --graph, or an empty one"
    )


def _short(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).splitlines()[0][:160] if str(error) else type(error).__name__
