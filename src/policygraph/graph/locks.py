"""Locks on files between processes; the system drops them when a process dies."""

from __future__ import annotations

import time
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: only RocksDB's own lock, between writers
    fcntl = None  # type: ignore[assignment]

WAIT = 0.8
"""Seconds to wait for another process before giving up."""

_PAUSE = 0.05


def try_lock(path: Path, *, shared: bool = False) -> IO[bytes] | None:
    """Lock a file and give the handle that holds the lock; None when another process has it.

    The file is made when missing, unless the lock is ``shared``, which needs no right to write.

    Raises:
        OSError: the file cannot be opened.
    """
    handle = path.open("rb" if shared else "ab")
    if fcntl is None:
        return handle
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


def wait_for_lock(path: Path) -> IO[bytes] | None:
    """Lock a file for this process alone; None when it is not free within ``WAIT``."""
    until = time.monotonic() + WAIT
    while (handle := try_lock(path)) is None:
        if time.monotonic() > until:
            return None
        time.sleep(_PAUSE)
    return handle
