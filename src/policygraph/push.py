"""Copies the graph into another SPARQL 1.1 store, over the network: an article, a named graph.

Each article's graph is replaced whole, by the Graph Store HTTP Protocol or by SPARQL Update, so
that a push may be stopped and repeated; a graph that is large goes in several parts.
https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import base64
import http.client
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, groupby, islice
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from policygraph.errors import PolicyGraphError
from policygraph.graph import ClaimGraph
from policygraph.graph.terms import VOCABULARY

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses after which the same request may well succeed."""

_LONGEST = 60.0
"""Seconds to wait at most, whatever the server asks for."""


PART = 20_000
"""Triples that are sent together."""


class Protocol(StrEnum):
    """How the other store takes graphs."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who asks: a user with a password, a bearer token, or nobody in particular."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

    def headers(self) -> Mapping[str, str]:
        """The ``Authorization`` header."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user:
            pair = base64.b64encode(f"{self.user}:{self.password or ''}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        return {}


def push(
    graph: ClaimGraph,
    url: str,
    *,
    protocol: Protocol = Protocol.GRAPH_STORE,
    access: Access | None = None,
    timeout: float = 60.0,
    retries: int = 5,
    pause: float = 0.5,
    pushed: Callable[[str], None] = lambda name: None,
) -> int:
    """Replace each named graph in the store at ``url``, that of the ontology too; count them.

    ``url`` is the store's Graph Store endpoint, or its update endpoint for that ``protocol``.
    ``pushed`` hears the name of each graph that the store has taken. After a refusal that may
    pass (no connection, 429, 5xx) the request is repeated up to ``retries`` times, first after
    ``pause`` seconds, then after twice as many, or as many as the server asks for.

    Raises:
        PolicyGraphError: the URL is none, or the store refuses; what it took before stays there.
    """
    headers = (access or Access()).headers()
    with closing(_Store(url, headers, timeout=timeout, retries=retries, pause=pause)) as store:
        count = 0
        for name, lines in _graphs(graph):
            first = True
            while part := "".join(islice(lines, PART)):
                _send(store, protocol, name, part, anew=first)
                first = False
            pushed(name.value)
            count += 1
        return count


def _send(store: _Store, protocol: Protocol, name: ox.NamedNode, part: str, *, anew: bool) -> None:
    """Have the store take triples into a graph, ``anew`` in place of what it has there."""
    if protocol is Protocol.UPDATE:
        clear = f"DROP SILENT GRAPH {name} ; " if anew else ""
        update = f"{clear}INSERT DATA {{ GRAPH {name} {{ {part} }} }}"
        store.send("POST", "", "application/sparql-update", update)
    else:
        query = f"graph={quote(name.value, safe='')}"
        store.send("PUT" if anew else "POST", query, "application/n-triples", part)


def _graphs(graph: ClaimGraph) -> Iterator[tuple[ox.NamedNode, Iterator[str]]]:
    """Names and N-Triples of all graphs that exports have, and of the ontology."""
    quads = chain(graph.statements(), graph.store.quads_for_pattern(None, None, None, VOCABULARY))
    for name, group in groupby(quads, key=lambda quad: quad.graph_name):
        assert isinstance(name, ox.NamedNode)
        yield name, (f"{quad.triple} .\n" for quad in group)


class _Store:
    """The other store: one connection, kept open and opened again as needed."""

    def __init__(
        self, url: str, headers: Mapping[str, str], *, timeout: float, retries: int, pause: float
    ) -> None:
        parts = urlsplit(url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        if parts.scheme not in kinds or not parts.hostname or parts.username:
            raise PolicyGraphError(
                f"{url!r} is no address to push to; expected one such as "
                "http://localhost:7878/store, without a user name in it"
            )
        self._url = url
        self._target = parts._replace(scheme="", netloc="", fragment="")
        self._headers = headers
        self._retries, self._pause = retries, pause
        self._connection = kinds[parts.scheme](parts.hostname, parts.port, timeout=timeout)

    def send(self, method: str, query: str, kind: str, body: str) -> None:
        """Send a request until the store takes it."""
        query = "&".join(filter(None, (self._target.query, query)))
        target = self._target._replace(path=self._target.path or "/", query=query).geturl()
        headers = {"Content-Type": kind, **self._headers}
        for attempt in range(self._retries + 1):
            wait, reason = self._try(method, target, headers, body.encode())
            if reason is None:
                return
            if wait is None or attempt == self._retries:
                break
            time.sleep(min(_LONGEST, wait or self._pause * 2**attempt))
        raise PolicyGraphError(f"{self._url}: {reason}; what it took before is there: push again")

    def _try(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[float | None, str | None]:
        """Seconds to wait before another try (0 as one likes, None: never), and what went wrong."""
        try:
            self._connection.request(method, target, body, dict(headers))
            response = self._connection.getresponse()
            answer = response.read(100_000)
            if not response.isclosed():
                self._connection.close()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            return 0.0, f"the store cannot be reached ({error or type(error).__name__})"
        if response.status < 300:
            return None, None
        wait = response.headers.get("Retry-After", "")
        if response.status in _AGAIN:
            return float(wait) if wait.isdecimal() else 0.0, self._refusal(response, answer)
        return None, self._refusal(response, answer)

    def _refusal(self, response: http.client.HTTPResponse, answer: bytes) -> str:
        said = " ".join(answer.decode(errors="replace").split())[:160]
        what = f"the store answered {response.status} {response.reason}"
        if response.status in (401, 403):
            return f"{what}; give --user, or set POLICYGRAPH_PASSWORD or POLICYGRAPH_TOKEN"
        if 300 <= response.status < 400:
            return f"{what}; push to {response.headers.get('Location', 'where it points')} itself"
        if response.status in (404, 405, 415):
            return f"{what}; is this its address for the --protocol?"
        return f"{what} ({said})" if said else what

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
