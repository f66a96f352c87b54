"""The explorer over the live graph, ``/explore``: the page of ``policygraph view``, served.

``?entity=`` (a name, a QID or an IRI, with ``depth=``), ``?claim=`` and ``?article=`` (IRIs)
show a part, in full however large the graph is. The page of a large graph takes a while to
draw, and says so meanwhile.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from policygraph.server.interface import interface_of
from policygraph.server.pages import html_response
from policygraph.server.refusals import RefusedError
from policygraph.server.site import site_of
from policygraph.view.page import page_script, page_style, vis_network
from policygraph.view.served import DEPTH, Wanted

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

PATIENCE = 4.0
"""Seconds after which a reader is told that the page is being drawn."""


async def explore(request: Request) -> Response:
    """The page, or while it is being drawn one that comes back for it."""
    from starlette.responses import Response

    wanted = _wanted(request)
    pictures = site_of(request).pictures
    headers = {
        "ETag": pictures.tag(wanted),
        "Cache-Control": "no-cache",
        "Content-Language": wanted.lang,
        "Vary": "Accept-Language",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    try:
        page = await pictures.get(wanted, patience=PATIENCE)
    except RefusedError as error:  # the only thing that can be wrong is the thing asked for
        raise RefusedError(404 if error.status == 400 else error.status, str(error)) from error
    if page is None:
        response = html_response(request, "drawing.html.j2", status=202)
        response.headers["Refresh"] = "2"
        return response
    return Response(page, media_type="text/html", headers=headers)


def _wanted(request: Request) -> Wanted:
    params = request.query_params
    named = [name for name in ("entity", "article", "claim") if params.get(name)]
    if len(named) > 1:
        raise RefusedError(400, f"ask for one of {', '.join(named)}")
    depth = params.get("depth", "1")
    if not depth.isdecimal() or not 1 <= int(depth) <= DEPTH:
        raise RefusedError(400, f"depth must be a number from 1 to {DEPTH}, not {depth!r}")
    return Wanted(
        **{name: params[name] for name in named},
        depth=int(depth) if named == ["entity"] else 1,
        lang=interface_of(request).lang,
    )


async def explorer_file(request: Request) -> Response:
    """The explorer's script or style sheet, ``/static/explorer.js`` and ``.css``."""
    kind = request.path_params["kind"]
    if kind == "js":
        return _file(request, page_script(), "text/javascript")
    if kind == "css":
        return _file(request, page_style(), "text/css")
    raise RefusedError(404, f"the explorer has no file of the kind {kind}")


async def vis_file(request: Request) -> Response:
    """vis-network, as pyvis ships it, ``/static/vis-network.js``."""
    return _file(request, vis_network(), "text/javascript")


def _file(request: Request, content: str, media_type: str) -> Response:
    from starlette.responses import Response

    tag = f'"{sha256(content.encode()).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
