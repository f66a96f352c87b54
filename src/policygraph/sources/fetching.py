"""Fetches pages over http(s), with manners and with care.

It says who it is, obeys robots.txt, leaves a site time between two pages, asks only for what
has changed, and tries again later where a server is busy. It stops what takes too long or is
too large, and goes nowhere but to public addresses.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore2 as httpcore
import httpx2 as httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential, wait_random

from policygraph.closing import Closing
from policygraph.errors import SourceError
from policygraph.sources.connecting import Connections
from policygraph.sources.fetch_options import FetchOptions
from policygraph.sources.inflating import ACCEPTED, inflate, too_large
from policygraph.sources.page_cache import CachedPage, PageCache
from policygraph.sources.robots import Rules, read_rules

_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": ACCEPTED,
}
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may be answered later."""

_ROBOTS = 512 * 1024
"""Bytes of a robots.txt; RFC 9309 asks for no more to be read."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: ``url`` after redirects, ``charset`` as it declared it."""

    data: bytes
    url: str
    charset: str | None


class _BusyError(SourceError):
    """The server may answer later: after so many seconds, where it says so."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Fetcher(Closing):
    """Fetches pages one after the other, and remembers what their sites ask for.

    Use it as a context manager, or ``close`` it.
    """

    def __init__(self, options: FetchOptions | None = None) -> None:
        self._options = options or FetchOptions()
        self._connections = Connections(allow_private=self._options.allow_private)
        self._client = httpx.Client(
            transport=_Transport(self._connections),
            timeout=self._options.stall,
            headers={**_HEADERS, "User-Agent": self._options.agent},
        )
        self._cache = PageCache(self._options.cache) if self._options.cache else None
        self._rules: dict[str, Rules] = {}
        self._last: dict[str, float] = {}

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()
        if self._cache:
            self._cache.prune()

    def fetch(self, url: str) -> Page:
        """Fetch one page, or take it from the cache where the server says it has not changed.

        Raises:
            SourceError: why it could not be had.
        """
        address = _address(url)
        for _ in range(self._options.redirects + 1):
            self._ask_leave(address)
            found = self._patiently(address)
            if isinstance(found, Page):
                return found
            address = found
        raise SourceError(f"more than {self._options.redirects} redirects, the last to {address}")

    def _ask_leave(self, address: httpx.URL) -> None:
        """Check robots.txt, and wait until it is polite to ask for another page."""
        origin = _origin(address)
        if origin not in self._rules:
            self._rules[origin] = read_rules(origin, self._read_robots)
        rules = self._rules[origin]
        rules.check(str(address))
        next_turn = self._last.get(origin, float("-inf")) + max(self._options.delay, rules.delay)
        time.sleep(max(0.0, next_turn - time.monotonic()))
        self._last[origin] = time.monotonic()

    def _read_robots(self, url: str) -> tuple[int, bytes]:
        address = _address(url)
        for _ in range(self._options.redirects + 1):
            for attempt in self._attempts():
                with attempt, self._send(address) as response:
                    target = _redirection(response)
                    if target is None:
                        content = b""
                        if response.status_code == HTTPStatus.OK:
                            content = self._body(response, min(_ROBOTS, self._options.largest))
                        return response.status_code, content
            assert target is not None
            address = target
        return HTTPStatus.NOT_FOUND, b""  # too many redirects: as if there were none (RFC 9309)

    def _patiently(self, address: httpx.URL) -> Page | httpx.URL:
        """The page, or the address it has moved to, at the first try that gives either."""
        for attempt in self._attempts():
            with attempt:
                return self._try(address)
        raise AssertionError("the last try raises what went wrong")

    def _attempts(self) -> Retrying:
        return Retrying(
            stop=stop_after_attempt(self._options.tries),
            retry=retry_if_exception_type(_BusyError),
            wait=self._wait,
            reraise=True,
        )

    def _wait(self, state: RetryCallState) -> float:
        """Seconds until the next try: what the server asked for, else ever more."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _BusyError) and error.after is not None:
            return error.after
        backoff = self._options.backoff
        more = wait_exponential(multiplier=backoff, max=self._options.patience)
        return more(state) + wait_random(0, backoff)(state)

    def _try(self, address: httpx.URL) -> Page | httpx.URL:
        kept = self._cache.get(str(address)) if self._cache else None
        with self._send(address, kept.conditions() if kept else {}) as response:
            if kept and response.status_code == HTTPStatus.NOT_MODIFIED:
                return Page(kept.data, str(address), kept.charset)
            target = _redirection(response)
            if target is not None:
                return target
            if response.status_code != HTTPStatus.OK:
                raise SourceError(f"the server answered {_status(response)}")
            data = self._body(response, self._options.largest)
            self._keep(str(address), data, response)
            return Page(data, str(address), response.charset_encoding)

    def _keep(self, url: str, data: bytes, response: httpx.Response) -> None:
        if self._cache is None:
            return
        etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
        if not (etag or modified) or "no-store" in response.headers.get("cache-control", ""):
            self._cache.forget(url)
            return
        self._cache.put(
            url,
            CachedPage(data=data, charset=response.charset_encoding, etag=etag, modified=modified),
        )

    @contextmanager
    def _send(
        self, address: httpx.URL, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """Ask once; what goes wrong on the way is a ``SourceError``, a busy server one too."""
        self._connections.within(self._options.total)
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                if response.status_code in _BUSY:
                    raise self._busy(response)
                yield response
        except httpcore.TimeoutException as error:
            raise _BusyError(
                f"could not be fetched: no answer in time ({_reason(error)})"
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _BusyError(f"could not be fetched: {_reason(error)}") from error
        except (httpcore.UnsupportedProtocol, httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError(f"could not be fetched: {_reason(error)}") from error

    def _busy(self, response: httpx.Response) -> SourceError:
        after = _retry_after(response)
        if after is not None and after > self._options.patience:
            return SourceError(
                f"the server answered {_status(response)} and asks to come back in {after:.0f} s"
            )
        return _BusyError(f"the server answered {_status(response)}", after)

    def _body(self, response: httpx.Response, largest: int) -> bytes:
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length) > largest:
            raise too_large(largest)
        coding = response.headers.get("content-encoding")
        return b"".join(inflate(response.iter_raw(), coding, largest=largest))


class _Transport(httpx.BaseTransport):
    """Sends httpx's requests through connections of our own."""

    def __init__(self, connections: Connections) -> None:
        self._pool = httpcore.ConnectionPool(
            max_keepalive_connections=8, keepalive_expiry=15.0, network_backend=connections
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status, headers=response.headers, stream=_Body(response)
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _address(url: str) -> httpx.URL:
    """An address that may be fetched, without its fragment."""
    try:
        address = httpx.URL(url)
        host = address.host
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(f"no valid address ({error})") from error
    if address.scheme not in {"http", "https"} or not host:
        raise SourceError("only http and https addresses are fetched")
    if address.userinfo:
        raise SourceError("an address with a user name is not fetched; give it without")
    return address.copy_with(fragment=None)


def _origin(address: httpx.URL) -> str:
    return f"{address.scheme}://{address.netloc.decode('ascii')}"


def _redirection(response: httpx.Response) -> httpx.URL | None:
    """Where a response says that the page has moved."""
    if not response.has_redirect_location:
        return None
    try:
        return _address(str(response.url.join(response.headers["location"])))
    except httpx.InvalidURL as error:
        raise SourceError(f"moved to no valid address ({error})") from error


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that a server asks us to wait (RFC 9110, 10.2.3)."""
    told = response.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        when = parsedate_to_datetime(told)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _status(response: httpx.Response) -> str:
    return f"{response.status_code} {response.reason_phrase}".strip()


def _reason(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
