"""Reads requests as the SPARQL 1.1 Protocol writes them (https://www.w3.org/TR/sparql11-protocol/).

An operation comes in one of three ways: in the URL, as a form, or as the body itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from policygraph.server.limits import Limits
from policygraph.server.refusals import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Params = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query operation (2.1), with the dataset that the request names, if any."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An update operation (2.2), with the dataset of its WHERE clauses, if the request names it."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


async def read_operation(
    request: Request, limits: Limits, *, updates: bool
) -> Query | Update | None:
    """The operation of a request; None where a GET has no parameters.

    Updates may be longer than queries where ``updates`` are permitted.

    Raises:
        RefusedError: the request is not as the protocol says.
    """
    params = pairs(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        if all_of(params, "update"):
            raise RefusedError(405, "an update must be sent by POST", {"Allow": "POST, OPTIONS"})
        return _query(params) if params else None
    media_type, charset = _content_type(request)
    if media_type not in (FORM, QUERY, UPDATE):
        raise RefusedError(415, f"POST {QUERY} or {UPDATE}, or a form with 'query' or 'update'")
    if charset not in ("", "utf-8", "utf8"):
        raise RefusedError(415, f"send UTF-8, not {charset}")
    longest = limits.update_body if updates and media_type != QUERY else limits.body
    body = await read_body(request, longest)
    if media_type == QUERY:
        _refuse_in_url(params, "query")
        return _query([*params, ("query", _text(body))])
    if media_type == UPDATE:
        _refuse_in_url(params, "update")
        return _update([*params, ("update", _text(body))])
    form = pairs(body)
    if all_of(form, "update") and all_of(form, "query"):
        raise RefusedError(400, "send 'query' or 'update', not both")
    if not all_of(form, "update") and len(body) > limits.body:
        raise _too_long(limits.body)
    return _update(form) if all_of(form, "update") else _query(form)


async def read_body(request: Request, limit: int) -> bytes:
    """The body of a request; refused when it has more than ``limit`` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _too_long(limit)
    return bytes(body)


def pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Names and values of a URL's query or a form."""
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except ValueError as error:
        raise RefusedError(400, "the parameters are not percent-encoded UTF-8") from error


def all_of(params: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    """Every value of a parameter, in order."""
    return tuple(value for key, value in params if key == name)


def _query(params: Params) -> Query:
    return Query(
        text=_only(params, "query"),
        default_graphs=all_of(params, "default-graph-uri"),
        named_graphs=all_of(params, "named-graph-uri"),
    )


def _update(params: Params) -> Update:
    return Update(
        text=_only(params, "update"),
        using=all_of(params, "using-graph-uri"),
        using_named=all_of(params, "using-named-graph-uri"),
    )


def _only(params: Params, name: str) -> str:
    values = all_of(params, name)
    if len(values) != 1:
        raise RefusedError(
            400, f"expected the parameter {name!r} once, found it {len(values)} times"
        )
    return values[0]


def _refuse_in_url(params: Params, name: str) -> None:
    if all_of(params, name):
        raise RefusedError(400, f"the {name} stands in the body; leave {name!r} out of the URL")


def _content_type(request: Request) -> tuple[str, str]:
    media_type, *options = request.headers.get("content-type", "").lower().split(";")
    for option in options:
        name, _, value = option.partition("=")
        if name.strip() == "charset":
            return media_type.strip(), value.strip(" \"'")
    return media_type.strip(), ""


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the text of the operation is not UTF-8") from error


def _too_long(limit: int) -> RefusedError:
    return RefusedError(413, f"the request has more than {limit} bytes")
