"""Connects to public addresses only, to the very address that was checked, and not for ever.

A host name is looked up once, here; what was found is checked and then connected to. So a name
that answers differently the second time (DNS rebinding) leads nowhere else.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2 as httpcore

from policygraph.errors import SourceError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses whose last 32 bits are an IPv4 address (RFC 6052)."""


class RefusedError(SourceError):
    """An address that may not be connected to."""


class Connections(httpcore.NetworkBackend):
    """Makes the connections of an HTTP client; ``within`` sets when all of them must be done.

    Private, loopback, link-local and otherwise special addresses are refused with a
    ``RefusedError``, unless ``allow_private``.
    """

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        self._backend = httpcore.SyncBackend()
        self._until = float("inf")

    def within(self, seconds: float) -> None:
        """Let everything from now on take that many seconds in all."""
        self._until = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Seconds that a step may take; ``SourceError`` when there are none left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise SourceError("too slow: it was not all there in time")
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers."""
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                stream = self._backend.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _Stream(stream, self)
        raise problem

    def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host, all of which may be connected to."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise httpcore.ConnectError(f"{host} cannot be looked up now") from error
            raise SourceError(f"no such host: {host}") from error
        except (OSError, UnicodeError) as error:
            raise SourceError(f"no such host: {host}") from error
        addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise RefusedError(
                        f"{host} is a private address ({address}); "
                        "--allow-private lets it be fetched"
                    )
        return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends when all the time is used."""

    def __init__(self, stream: httpcore.NetworkStream, connections: Connections) -> None:
        self._stream = stream
        self._connections = connections

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._connections.left(timeout))
        except httpcore.ReadTimeout:
            self._connections.left(timeout)  # says so if all time is used
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._connections.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._connections.left(timeout)
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._connections
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
