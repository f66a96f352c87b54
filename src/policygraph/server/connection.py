"""Work that ends when the client goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, TypeVar

from policygraph.server.refusals import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request

T = TypeVar("T")


async def while_connected(request: Request, work: Coroutine[object, object, T]) -> T:
    """The result of ``work``, which is cancelled when the client hangs up.

    For requests whose body has been read. Raises ``RefusedError`` then, for the log: nobody
    is left to be told.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_hang_up(request))
    try:
        await asyncio.wait([task, gone], return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise RefusedError(408, "the client went away")
        return await task
    finally:
        for part in (gone, task):
            part.cancel()


async def _hang_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
