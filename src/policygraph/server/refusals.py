"""Requests that get no answer: what is raised, and the response that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policygraph.errors import PolicyGraphError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class RefusedError(PolicyGraphError):
    """A request that is refused: the HTTP status, why, and headers that help."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = dict(headers or {})


class TooSlowError(RefusedError):
    """A query was stopped because of the time or memory it took."""

    def __init__(self, reason: str) -> None:
        super().__init__(503, reason)


class BusyError(RefusedError):
    """No worker was free in time, or the query made place for others."""

    def __init__(self, reason: str) -> None:
        super().__init__(503, reason, {"Retry-After": "5"})


async def refuse(request: Request, error: Exception) -> Response:
    """The response to a refused request: why in one line of text, or as a page for people."""
    from starlette.responses import PlainTextResponse

    from policygraph.server.pages import html_response

    if isinstance(error, RefusedError):
        status, reason, headers = error.status, " ".join(str(error).split()), error.headers
    else:  # Starlette's own: no such path, or no such method for it
        status, reason = getattr(error, "status_code", 500), getattr(error, "detail", "")
        headers = getattr(error, "headers", None) or {}
    if "text/html" in request.headers.get("accept", ""):
        response = html_response(request, "error.html.j2", status=status, reason=reason)
        response.headers.update(headers)
        return response
    return PlainTextResponse(f"{reason}\n", status_code=status, headers=headers)
