"""The graph as a picture: one HTML file with everything in it, or a figure for print.

Small graphs are drawn with pyvis, whose own page calls servers for bootstrap and runs
article text as HTML: only its network data and its copy of vis-network are used here. The
page around it, and the canvas that draws larger graphs, are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import PolicyGraphError
from policygraph.view.notebook import Inline
from policygraph.view.page import render_page
from policygraph.view.selection import Selection, select
from policygraph.view.static import FORMATS, write_figure

if TYPE_CHECKING:
    import networkx

__all__ = [
    "Inline",
    "Selection",
    "ViewSummary",
    "render_page",
    "select",
    "show_view",
    "write_view",
]


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
    **options: Any,
) -> ViewSummary:
    """Write an interactive page that needs no network; same graph and options, same bytes.

    ``graph`` is what ``ClaimGraph.to_networkx()`` gives. ``lang`` is the language that the
    page opens in, ``"en"`` or ``"fr"``. A path that ends in .svg, .pdf or .png gets a
    figure for print instead. The other options choose claims: see ``selection.select``.

    Raises:
        QueryError: a filter names what the graph does not have.
        PolicyGraphError: the file cannot be written, or matplotlib is not installed.
    """
    chosen = select(graph, **options)
    if path.suffix.lower() in FORMATS:
        write_figure(chosen, path, lang=lang, title=title)
    else:
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


def show_view(
    graph: networkx.MultiDiGraph[str],
    *,
    lang: str = "en",
    title: str | None = None,
    height: int = 640,
    **options: Any,
) -> Inline:
    """Give the page as a notebook shows it, ``height`` pixels high; options as above."""
    page = render_page(select(graph, **options), lang=lang, title=title)
    return Inline(page.encode("utf-8", errors="replace").decode(), height=height)
