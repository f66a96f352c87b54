"""The application: which path is answered by what, and the headers on everything."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.graph import ClaimGraph
from policygraph.server.colours import colours
from policygraph.server.context import context
from policygraph.server.dataset import dataset, well_known
from policygraph.server.editor import editor
from policygraph.server.endpoint import sparql
from policygraph.server.explorer import explore, explorer_file, vis_file
from policygraph.server.graph_store import graph_store
from policygraph.server.headers import SafeHeaders
from policygraph.server.limits import Limits
from policygraph.server.linked import resource, thing
from policygraph.server.lists import articles, entities
from policygraph.server.methods import route
from policygraph.server.pictures import Pictures
from policygraph.server.pool import Pool
from policygraph.server.refusals import RefusedError, refuse
from policygraph.server.site import Site
from policygraph.server.vocabulary import vocabulary

if TYPE_CHECKING:
    from starlette.applications import Starlette

DRAWING: Mapping[str, Any] = {
    "workers": 4, "spare": 0, "timeout": 120.0, "quick": 60.0, "waiting": 16,
}  # fmt: skip
"""Limits on drawing the explorer, which takes a while for a large graph but happens once."""


def make_app(
    path: str | os.PathLike[str], *, limits: Limits | None = None, token: str | None = None
) -> Starlette:
    """The application for any ASGI server; who has the ``token`` may update, without it nobody.

    Raises:
        StoreError: the folder cannot be read.
    """
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    ClaimGraph.open(path, read_only=True).close()  # say at once what is wrong with it
    limits = limits or Limits()
    folder = Path(path)
    site = Site(
        folder=folder,
        limits=limits,
        queries=Pool(folder, limits, niceness=5),
        pages=Pool(folder, replace(limits, workers=4, spare=1, timeout=min(10, limits.timeout))),
        pictures=Pictures(folder, Pool(folder, replace(limits, **DRAWING), niceness=5)),
        updates=Pool(folder, replace(limits, workers=1, spare=0, quick=limits.timeout)),
        token=token,
    )
    pools = (site.queries, site.pages, site.updates)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        for pool in pools:
            pool.start()
        yield
        for pool in pools:
            await pool.close()
        await site.pictures.close()

    app = Starlette(
        routes=[
            route("/sparql", sparql, "GET", "HEAD", "POST"),
            route("/data", graph_store, "GET", "HEAD"),
            Route("/", editor),
            Route("/id/{rest:path}", thing),
            Route("/resource", resource),
            Route("/explore", explore),
            Route("/entities", entities),
            Route("/articles", articles),
            Route("/dataset", dataset),
            Route("/dataset.{suffix}", dataset),
            Route("/.well-known/void", well_known),
            Route("/ontology", vocabulary),
            Route("/ontology.{suffix}", vocabulary),
            Route("/context.jsonld", context),
            Route("/static/colours.css", colours),
            Route("/static/explorer.{kind}", explorer_file),
            Route("/static/vis-network.js", vis_file),
            Mount("/static", StaticFiles(packages=[("policygraph.server", "static")])),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["*"],
                expose_headers=["Link", "Content-Location", "Retry-After"],
            ),
            Middleware(SafeHeaders),
        ],
        exception_handlers={RefusedError: refuse, HTTPException: refuse},
        lifespan=lifespan,
    )
    app.state.site = site
    return app
