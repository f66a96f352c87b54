"""Listens on a port and serves until interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from os import PathLike

from policygraph.errors import PolicyGraphError
from policygraph.server.app import make_app
from policygraph.server.limits import Limits


def serve(
    path: str | PathLike[str],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    token: str | None = None,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the graph of a folder; other machines are answered only when ``host`` says so.

    Who has the ``token`` may update the graph, without it nobody may.
    ``ready`` is told the URL once the server listens; port 0 takes a free one.

    Raises:
        StoreError: the folder cannot be read.
        PolicyGraphError: the port is taken.
    """
    import uvicorn

    app = make_app(path, limits=limits, token=token)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PolicyGraphError(
            f"cannot listen on {host}, port {port} ({reason}); choose another --host or --port"
        ) from error
    with listener:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listener.getsockname()[1]}/")
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
