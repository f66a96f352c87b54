"""Pages about one thing, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.graph.reading import read_article
from policygraph.server.asking import construct, names_of, node, select
from policygraph.server.claims import claims_of
from policygraph.server.entity import PAGE, show_entity
from policygraph.server.interface import interface_of
from policygraph.server.marking import mark
from policygraph.server.pages import html_response
from policygraph.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LINES = 200
"""Statements on a page about a thing that is neither entity, claim nor article."""


async def show(request: Request, iri: str, kind: str, formats: dict[str, str]) -> Response:
    """The page about a thing of that kind; ``formats`` are the same for programs."""
    pages = {"entity": _entity, "claim": _claim, "article": _article, "other": _other}
    return await pages[kind](request, iri, formats)


async def _entity(request: Request, iri: str, formats: dict[str, str]) -> Response:
    params = request.query_params
    names = ("role", "predicate", "year", "status")
    choice = {name: params[name] for name in names if name in params}
    page = page_number(request)
    shown = await show_entity(site_of(request), iri, interface_of(request).lang, choice, page)
    return html_response(
        request,
        "entity.html.j2",
        formats=formats,
        entity=shown,
        choice=choice,
        page=page,
        pages=-(-shown.total // PAGE),
    )


async def _claim(request: Request, iri: str, formats: dict[str, str]) -> Response:
    site = site_of(request)
    [claim] = await claims_of(site, [iri])
    names = await names_of(site, claim.entities, interface_of(request).lang)
    return html_response(request, "claim.html.j2", formats=formats, claim=claim, names=names)


async def _article(request: Request, iri: str, formats: dict[str, str]) -> Response:
    site, lang = site_of(request), interface_of(request).lang
    triples = await construct(
        site, f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {node(iri)} {{ ?s ?p ?o }} }}"
    )
    stored = read_article(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return html_response(
        request,
        "article.html.j2",
        formats=formats,
        stored=stored,
        record=stored.record,
        paragraphs=mark(stored.record),
        claims=await claims_of(site, stored.claims),
        names=await names_of(site, stored.entities.values(), lang),
    )


async def _other(request: Request, iri: str, formats: dict[str, str]) -> Response:
    rows = await select(
        site_of(request),
        f"SELECT ?p ?v {{ {node(iri)} ?p ?v }} ORDER BY ?p ?v LIMIT {LINES}",
    )
    lines = [
        (str(row["p"]), str(row["v"]), isinstance(row.term("v"), ox.NamedNode)) for row in rows
    ]
    return html_response(request, "resource.html.j2", formats=formats, iri=iri, lines=lines)


def page_number(request: Request) -> int:
    """The page of a list that a request asks for, from 1."""
    asked = request.query_params.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 8 else 1
