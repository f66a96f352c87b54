"""Fetches a page over http(s), carefully: time limit, size limit, no private addresses."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from policygraph.errors import SourceError

_TIMEOUT = 20.0
"""Seconds that a connection, or one read from it, may take."""

_LARGEST = 20 * 1024 * 1024
"""Bytes; an article's page is rarely above one million."""

_AGENT = "policygraph (reads articles for a knowledge graph)"


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: ``url`` after redirects, ``charset`` as it declared it."""

    data: bytes
    url: str
    charset: str | None


def fetch(url: str, *, allow_private: bool = False) -> Page:
    """Fetch one page; ``SourceError`` says why it could not be had.

    Addresses of private networks and of this machine are refused, also behind redirects,
    unless ``allow_private``.
    """
    _check(url, allow_private)
    opener = build_opener(_Redirects(allow_private))
    request = Request(url, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5"})
    try:
        with opener.open(request, timeout=_TIMEOUT) as response:
            data = response.read(_LARGEST + 1)
            final = response.geturl()
            charset = response.headers.get_content_charset()
    except HTTPError as error:
        error.close()
        raise SourceError(f"the server answered {error.code} {error.reason}") from error
    except (URLError, OSError, HTTPException, ValueError) as error:
        if isinstance(error, URLError) and isinstance(error.reason, Exception):
            raise SourceError(f"could not be fetched: {error.reason}") from error
        raise SourceError(f"could not be fetched: {error}") from error
    if len(data) > _LARGEST:
        raise SourceError(f"larger than {_LARGEST // 1024 // 1024} MiB; expected an article's page")
    return Page(data, final, charset)


class _Redirects(HTTPRedirectHandler):
    """Follows redirects only to where a first request may go."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> Request | None:
        _check(newurl, self._allow_private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _check(url: str, allow_private: bool) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SourceError(f"no valid address ({error})") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise SourceError("only http and https addresses are fetched")
    if allow_private:
        return
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"no such host: {host}") from error
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            raise SourceError(
                f"{host} is a private address ({address[0]}); allow private addresses to fetch it"
            )
