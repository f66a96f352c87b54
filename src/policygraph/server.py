"""A read-only SPARQL 1.1 Protocol endpoint at ``/sparql``, and a page to explore the graph.

Queries run in worker processes that can be stopped; updates, SERVICE and LOAD are refused.
See https://www.w3.org/TR/sparql11-protocol/.
"""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from policygraph.errors import PolicyGraphError, QueryError
from policygraph.graph import ClaimGraph, named_queries
from policygraph.worker import NotAcceptableError, TooSlowError, Workers

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

BODY = 1024 * 1024
"""Bytes that the body of a request may have."""

SOLUTION_TYPES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "text/plain": "nt",
}

DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

<> a sd:Service ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML,
    formats:SPARQL_Results_CSV, formats:SPARQL_Results_TSV,
    formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD .
"""


class _RefusedError(Exception):
    """A request that gets no answer: the HTTP status and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def serve(
    path: str | PathLike[str],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 30.0,
    workers: int = 2,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the graph of a folder until interrupted; other machines only when ``host`` says so.

    ``ready`` is told the URL once the server listens; port 0 takes a free one.

    Raises:
        StoreError: the folder cannot be read.
        PolicyGraphError: the port is taken.
    """
    import uvicorn

    app = make_app(path, timeout=timeout, workers=workers)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PolicyGraphError(
            f"cannot listen on {host}, port {port} ({reason}); choose another --host or --port"
        ) from error
    with listener:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listener.getsockname()[1]}/")
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


def make_app(path: str | PathLike[str], *, timeout: float = 30.0, workers: int = 2) -> Starlette:
    """The application for any ASGI server; ``timeout`` is in seconds, for each query."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.routing import Route

    ClaimGraph.open(path, read_only=True).close()  # say at once what is wrong with it
    pool = Workers(Path(path), count=workers, timeout=timeout)

    async def sparql(request: Request) -> Response:
        return await _sparql(request, pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        pool.close()

    return Starlette(
        routes=[
            Route("/", _page, methods=["GET"]),
            Route("/sparql", sparql, methods=["GET", "POST"]),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
            )
        ],
        lifespan=lifespan,
    )


async def _sparql(request: Request, pool: Workers) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response

    try:
        params = await _params(request)
        if params is None:
            return Response(DESCRIPTION, media_type="text/turtle")
        accept = request.headers.get("accept", "")
        solutions, graph = _choose(accept, SOLUTION_TYPES), _choose(accept, GRAPH_TYPES)
        if solutions is None and graph is None:
            offered = ", ".join([*SOLUTION_TYPES, *GRAPH_TYPES])
            raise _RefusedError(406, f"none of the accepted types is offered; these are {offered}")
        answer = await run_in_threadpool(
            pool.run,
            _only(params, "query"),
            solutions=SOLUTION_TYPES[solutions] if solutions else None,
            graph=GRAPH_TYPES[graph] if graph else None,
            default_graphs=_all(params, "default-graph-uri"),
            named_graphs=_all(params, "named-graph-uri"),
        )
    except _RefusedError as error:
        return _refusal(error.status, str(error))
    except TooSlowError as error:
        return _refusal(503, str(error))
    except NotAcceptableError as error:
        return _refusal(406, str(error))
    except QueryError as error:
        return _refusal(400, str(error))
    media_type = solutions if answer.kind == "solutions" else graph
    return Response(
        answer.content,
        media_type=media_type,
        headers={"Vary": "Accept", "X-Content-Type-Options": "nosniff"},
    )


async def _params(request: Request) -> list[tuple[str, str]] | None:
    """The parameters of a query operation (SPARQL 1.1 Protocol, 2.1); None where there are none."""
    url_params = _pairs(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        _refuse_updates(url_params)
        return url_params or None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await _body(request)
    if media_type == "application/x-www-form-urlencoded":
        params = _pairs(body)
    elif media_type == "application/sparql-query":
        params = [*url_params, ("query", _text(body))]
    elif media_type == "application/sparql-update":
        raise _RefusedError(403, "this endpoint is read-only: updates are refused")
    else:
        raise _RefusedError(
            415, "POST application/sparql-query, or a form with the query under 'query'"
        )
    _refuse_updates(params)
    return params


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY:
            raise _RefusedError(413, f"the request has more than {BODY} bytes")
    return bytes(body)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except ValueError as error:
        raise _RefusedError(400, "the parameters are not percent-encoded UTF-8") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _RefusedError(400, "the query is not UTF-8") from error


def _refuse_updates(params: Sequence[tuple[str, str]]) -> None:
    if _all(params, "update"):
        raise _RefusedError(403, "this endpoint is read-only: updates are refused")


def _all(params: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in params if key == name]


def _only(params: Sequence[tuple[str, str]], name: str) -> str:
    values = _all(params, name)
    if len(values) != 1:
        raise _RefusedError(
            400, f"expected the parameter {name!r} once, found it {len(values)} times"
        )
    return values[0]


def _choose(accept: str, offered: Mapping[str, str]) -> str | None:
    """The offered media type that an Accept header likes best (RFC 9110, 12.5.1); None for none.

    Of equals the first offered; without a header the first.
    """
    ranges = [part for part in accept.split(",") if part.strip()]
    if not ranges:
        return next(iter(offered))
    qualities: dict[str, tuple[int, float]] = {}
    for part in ranges:
        wanted, *options = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for option in options:
            if option.startswith("q="):
                try:
                    quality = float(option[2:])
                except ValueError:
                    quality = 0.0
        for media_type in offered:
            group = media_type.partition("/")[0] + "/*"
            precision = {media_type: 3, group: 2, "*/*": 1}.get(wanted, 0)
            if precision > qualities.get(media_type, (0, 0.0))[0]:
                qualities[media_type] = (precision, quality)
    best = max(offered, key=lambda media_type: qualities.get(media_type, (0, 0.0))[1])
    return best if qualities.get(best, (0, 0.0))[1] > 0 else None


def _refusal(status: int, reason: str) -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(reason + "\n", status_code=status)


async def _page(request: Request) -> Response:
    """The page, which loads nothing but itself and asks nobody but this server."""
    from starlette.responses import HTMLResponse

    nonce = secrets.token_urlsafe(16)
    queries = [
        {"name": q.name, "questions": dict(q.questions), "params": dict(q.params), "text": q.text}
        for q in named_queries().values()
    ]
    page = (Path(__file__).with_name("server_page.html")).read_text(encoding="utf-8")
    # "<" cannot end the script element from within a JSON string
    data = json.dumps(queries, ensure_ascii=False).replace("<", "\\u003c")
    page = page.replace("{{nonce}}", nonce).replace("{{queries}}", data)
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
        "img-src data:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    return HTMLResponse(
        page,
        headers={
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        },
    )
