"""A site on loopback for tests: each page is a function that answers one request."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from policygraph.sources import FetchOptions

NEARBY = FetchOptions(
    allow_private=True, stall=0.3, total=1.0, backoff=0.01, delay=0.0, largest=200_000
)
"""How to fetch from a site on this machine, without long waits."""

Answer = Callable[[BaseHTTPRequestHandler], None]


class _Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up: they may, and it would stand among their words."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@dataclass
class Website:
    """Where the site is, its pages, the requests it got, and an event set when it closes."""

    url: str
    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, robots.txt aside."""
        return [path for path, _ in self.requests if path != "/robots.txt"]


def send(request: BaseHTTPRequestHandler, data: bytes, status: int = 200, **headers: str) -> None:
    """Answer a request; ``Content_Type`` stands for ``Content-Type``."""
    request.send_response(status)
    for name, value in {"Content_Length": str(len(data)), **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(data)


def page(
    text: str,
    *,
    type: str = "text/html",
    encoding: str = "utf-8",
    status: int = 200,
    **headers: str,
) -> Answer:
    """A page with that text."""
    kind = f"{type}; charset={encoding}"
    return lambda request: send(
        request, text.encode(encoding), status, Content_Type=kind, **headers
    )


def redirect(location: str) -> Answer:
    """A page that has moved."""
    return lambda request: send(request, b"", 302, Location=location)


@contextmanager
def open_website() -> Iterator[Website]:
    """Serve a site until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            answer = site.pages.get(self.path)
            try:
                if answer:
                    answer(self)
                else:
                    send(self, b"not here", 404)
            except OSError:  # the client had enough
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Website(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
