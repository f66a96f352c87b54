"""The SPARQL endpoint, ``/sparql``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.server.connection import while_connected
from policygraph.server.description import describe_service
from policygraph.server.media import GRAPH_TYPES, SOLUTION_TYPES, choose, content_type
from policygraph.server.permission import check_permission, is_permitted
from policygraph.server.protocol import Query, Update, read_operation
from policygraph.server.refusals import RefusedError
from policygraph.server.site import Site, site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def sparql(request: Request) -> Response:
    """Answer a query, run an update, or describe the service where there is neither."""
    from starlette.responses import RedirectResponse

    site = site_of(request)
    operation = await read_operation(request, site.limits, updates=is_permitted(request))
    if operation is None:
        accept = request.headers.get("accept", "")
        if choose(accept, ["text/turtle", *GRAPH_TYPES, "text/html"]) == "text/html":
            return RedirectResponse("/", status_code=303, headers={"Vary": "Accept"})
        return describe_service(request)
    if isinstance(operation, Update):
        return await _update(request, operation, site)
    return await _answer(request, operation, site)


async def _answer(request: Request, query: Query, site: Site) -> Response:
    from starlette.responses import Response

    accept = request.headers.get("accept", "")
    solutions, graph = choose(accept, SOLUTION_TYPES), choose(accept, GRAPH_TYPES)
    if solutions is None and graph is None:
        offered = ", ".join([*SOLUTION_TYPES, *GRAPH_TYPES])
        raise RefusedError(406, f"none of the accepted types is offered; these are {offered}")
    answer = await while_connected(
        request,
        site.queries.run(
            query.text,
            solutions=SOLUTION_TYPES[solutions] if solutions else None,
            graph=GRAPH_TYPES[graph] if graph else None,
            default_graphs=query.default_graphs,
            named_graphs=query.named_graphs,
        ),
    )
    media_type = solutions if answer.kind == "solutions" else graph
    assert media_type is not None
    headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
    return Response(answer.content, headers=headers)


async def _update(request: Request, update: Update, site: Site) -> Response:
    from starlette.responses import Response

    check_permission(request)
    await while_connected(
        request,
        site.updates.ask(
            {"update": update.text, "using": update.using, "using_named": update.using_named}
        ),
    )
    return Response(status_code=204)
