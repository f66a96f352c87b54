"""A store that is open, in memory or in a folder, for reading or for writing."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from policygraph.closing import Closing
from policygraph.errors import StoreError
from policygraph.graph.folder import Reader, Writer


class OpenStore(Closing):
    """An Oxigraph store, in memory until ``_open`` names a folder."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._writer: Writer | None = None
        self._unlock: Callable[[], object] = lambda: None
        self._store: ox.Store | None = ox.Store()
        self.read_only = False

    def _open(self, path: Path, *, read_only: bool, create: bool) -> None:
        self._path = path
        self.read_only = read_only
        self._writer = None if read_only else Writer(path, create=create)
        opened = self._writer or Reader(path)
        self._store = opened.store
        # one that nobody closes lets go of its folder when it is forgotten
        self._unlock = weakref.finalize(self, opened.close)

    @property
    def path(self) -> Path | None:
        """The folder, or None in memory."""
        return self._path

    @property
    def store(self) -> ox.Store:
        """The Oxigraph store itself, for what this class does not offer."""
        if self._store is None:
            raise StoreError(f"{self._path or 'graph'}: already closed; open it again")
        return self._store

    def close(self) -> None:
        """Write everything, let readers see it, and let go of the folder; harmless when done twice.

        Raises:
            StoreError: the disk is full; what was added stays, and the next to open the
                folder publishes it.
        """
        try:
            if self._store is not None:
                self._publish()
        finally:
            self._store = self._writer = None
            self._unlock()

    # within ----------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[ox.Store]:
        """Gives the store to change; turns what the disk refuses into a ``StoreError``."""
        self._check_writable()
        store = self.store
        with self._refusals():
            if self._writer is not None:
                self._writer.changing()
            yield store
            if self._writer is not None:
                self._writer.changed()

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError(f"{self._path}: opened for reading only; open it without read_only")

    def _publish(self) -> None:
        with self._refusals():
            if self._writer is not None:
                self._writer.publish()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error).splitlines()[0]
            raise StoreError(
                f"{self._path}: cannot be written ({reason}); check space and permissions, then "
                "do it again: what was added before is there"
            ) from error
