"""The explorer as a server shows it: the live graph, or the part that the reader asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from policygraph.errors import QueryError
from policygraph.graph.excerpt import (
    Excerpt,
    around,
    ends_of,
    everything,
    is_article,
    of_article,
)
from policygraph.graph.naming import find_entities
from policygraph.view.page import render_page
from policygraph.view.selection import Selection, ordered

if TYPE_CHECKING:
    import pyoxigraph as ox

T = TypeVar("T")

LIMIT = 30_000
"""Claims in one page."""

DEPTH = 3
"""Claims at most between an entity and what is shown of its surroundings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a page is to show: at most one of an entity, an article and a claim, or everything.

    ``entity`` is a name, a QID or an IRI, ``depth`` counts claims from it; ``article`` and
    ``claim`` are IRIs. ``lang`` is the language that the page opens in.
    """

    entity: str = ""
    depth: int = 1
    article: str = ""
    claim: str = ""
    lang: str = "en"


def serve_page(store: ox.Store, wanted: Wanted, *, limit: int = LIMIT) -> str:
    """The page, whose scripts and style are files of the server.

    Raises:
        QueryError: the graph has no such thing.
    """
    found, site = _find(store, wanted, limit)
    site["claims"] = found.claims
    selection = Selection(
        graph=ordered(found.network),
        entities=len(found.network),
        claims=found.claims,
        unclaimed=0,
        filtered=0,
        beyond=found.beyond,
    )
    return render_page(selection, lang=wanted.lang, title="policygraph", site=site)


def _find(store: ox.Store, wanted: Wanted, limit: int) -> tuple[Excerpt, dict[str, Any]]:
    """The part to show, and what the page needs to know of it."""
    if wanted.entity:
        centres = [entity.value for entity in find_entities(store, wanted.entity)]
        found = around(store, centres, depth=wanted.depth, limit=limit)
        return found, {"part": "entity", "centres": centres, "depth": wanted.depth}
    if wanted.claim:
        ends = _known(ends_of, store, wanted.claim)
        if not ends:
            raise QueryError(f"the graph has no claim {wanted.claim}")
        found = around(store, ends, depth=1, limit=limit)
        return found, {"part": "claim", "select": wanted.claim}
    if wanted.article:
        if not _known(is_article, store, wanted.article):
            raise QueryError(f"the graph has no article {wanted.article}")
        return of_article(store, wanted.article, limit=limit), {"part": "article"}
    return everything(store, limit=limit), {}


def _known(look: Callable[[ox.Store, str], T], store: ox.Store, iri: str) -> T:
    try:
        return look(store, iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is no IRI") from error
