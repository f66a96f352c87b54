"""The explorer's pages, each drawn once for each state of the graph."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path

from policygraph.graph.snapshots import newest
from policygraph.server.pool import Pool
from policygraph.version import __version__
from policygraph.view.served import Wanted

KEPT = 128 * 1024**2
"""Bytes of pages that are kept for the next reader."""

_Key = tuple[int | None, Wanted]


class Pictures:
    """Draws pages of a graph's folder in other processes, and keeps the last ones."""

    def __init__(self, folder: Path, pool: Pool) -> None:
        self._folder = folder
        self._pool = pool
        self._pages: OrderedDict[_Key, bytes] = OrderedDict()
        self._drawing: dict[_Key, asyncio.Task[bytes]] = {}

    def tag(self, wanted: Wanted) -> str:
        """An entity tag (RFC 9110) of the page as it is now; changes with the graph."""
        text = f"{__version__} {newest(self._folder)} {wanted}"
        return f'W/"{sha256(text.encode()).hexdigest()[:16]}"'

    async def get(self, wanted: Wanted, *, patience: float) -> bytes | None:
        """The page; None when it takes longer than ``patience`` seconds, while it is drawn on.

        Raises:
            RefusedError: as ``Pool.draw`` does.
        """
        key = newest(self._folder), wanted
        if key in self._pages:
            self._pages.move_to_end(key)
            return self._pages[key]
        if key not in self._drawing:
            self._drawing[key] = asyncio.create_task(self._draw(key))
        task = self._drawing[key]
        done, _ = await asyncio.wait([task], timeout=patience)
        if not done:
            return None
        self._drawing.pop(key, None)  # what has failed is told once, and tried again when asked
        return task.result()

    async def close(self) -> None:
        """Stop all processes."""
        tasks = list(self._drawing.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._pool.close()

    async def _draw(self, key: _Key) -> bytes:
        page = await self._pool.draw(key[1])
        self._drawing.pop(key, None)
        # of an older state of the graph nobody will ask again
        for old in [old for old in self._pages if old[0] != key[0]]:
            del self._pages[old]
        self._pages[key] = page
        while sum(map(len, self._pages.values())) > KEPT:
            self._pages.popitem(last=False)
        return page
