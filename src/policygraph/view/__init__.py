"""The graph as a picture: one HTML file with everything in it, made with pyvis.

pyvis's own page calls servers for bootstrap and runs article text as HTML. Only its
network data and its copy of vis-network are used here; the page is ours.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import PolicyGraphError
from policygraph.view.page import render_page
from policygraph.view.selection import Selection, select

if TYPE_CHECKING:
    import networkx

__all__ = ["Selection", "ViewSummary", "render_page", "select", "write_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSummary:
    """What a written page shows and what it leaves out; the page says the same.

    ``unclaimed`` counts entities that take part in no claim, ``filtered`` the claims that
    the filters refuse, ``beyond`` entities and claims above the limit.
    """

    path: Path
    entities: int
    claims: int
    unclaimed: int
    filtered: int
    beyond: tuple[int, int]


def write_view(
    graph: networkx.MultiDiGraph[str],
    path: Path,
    *,
    lang: str = "en",
    title: str | None = None,
    statuses: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
    types: Collection[str] | None = None,
    around: str | None = None,
    depth: int = 1,
    limit: int = 400,
) -> ViewSummary:
    """Write an interactive page that needs no network; same graph and options, same bytes.

    ``graph`` is what ``ClaimGraph.to_networkx()`` gives. ``lang`` is the reader's language,
    ``"en"`` or ``"fr"``. The other options choose claims: see ``selection.select``.

    Raises:
        QueryError: a filter names what the graph does not have.
        PolicyGraphError: the file cannot be written.
    """
    chosen = select(
        graph,
        statuses=statuses,
        predicates=predicates,
        types=types,
        around=around,
        depth=depth,
        limit=limit,
    )
    page = render_page(chosen, lang=lang, title=title)
    try:
        # lone surrogates, which a broken page can hold, have no UTF-8
        path.write_bytes(page.encode("utf-8", errors="replace"))
    except OSError as error:
        raise PolicyGraphError(
            f"{path}: the picture cannot be written ({error.strerror}); choose another file"
        ) from error
    return ViewSummary(
        path=path,
        entities=len(chosen.graph),
        claims=chosen.graph.number_of_edges(),
        unclaimed=chosen.unclaimed,
        filtered=chosen.filtered,
        beyond=chosen.beyond,
    )
