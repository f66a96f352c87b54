"""Routes that say which methods they take."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

Handler = Callable[["Request"], Awaitable["Response"]]


def route(path: str, handler: Handler, *methods: str) -> Route:
    """A route for these methods, and for OPTIONS, which is told them."""
    from starlette.responses import Response
    from starlette.routing import Route

    allowed = [*methods, "OPTIONS"]

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(allowed)})
        return await handler(request)

    return Route(path, answer, methods=allowed)
