"""Who may send updates: those who have the token that the server was started with."""

from __future__ import annotations

import re
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import PolicyGraphError
from policygraph.server.refusals import RefusedError
from policygraph.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request

SHORTEST = 20
"""Characters of a token that cannot be guessed."""


def read_token(path: Path) -> str:
    """The token that a file holds; ``PolicyGraphError`` says what is wrong with it."""
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not ASCII"
        raise PolicyGraphError(f"{path}: the token cannot be read ({reason})") from error
    if not re.fullmatch(rf"[\w.~+/=-]{{{SHORTEST},}}", token):
        raise PolicyGraphError(
            f"{path}: expected a token of at least {SHORTEST} letters, digits or -._~+/=; make one "
            "with `openssl rand -hex 32`"
        )
    return token


def check_permission(request: Request) -> None:
    """Refuse a request that may not update: 403 where nobody may, 401 without the right token."""
    token = site_of(request).token
    if token is None:
        raise RefusedError(403, "this endpoint is read-only: updates are refused")
    given = request.headers.get("authorization")
    scheme, _, value = (given or "").partition(" ")
    if scheme.lower() == "bearer" and compare_digest(value.strip().encode(), token.encode()):
        return
    error = ', error="invalid_token"' if given else ""
    raise RefusedError(
        401,
        "updates need the server's token: Authorization: Bearer TOKEN",
        {"WWW-Authenticate": f'Bearer realm="policygraph"{error}'},
    )


def is_permitted(request: Request) -> bool:
    """Whether a request may update."""
    try:
        check_permission(request)
    except RefusedError:
        return False
    return True
