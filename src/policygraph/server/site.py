"""What the handlers of one server share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.server.limits import Limits
from policygraph.server.pictures import Pictures
from policygraph.server.pool import Pool

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The folder served, and the workers that read it.

    ``queries`` answers what people send; ``pages`` what the server's own pages ask, so that
    these stay quick whatever people send; ``pictures`` draws the explorer; ``updates`` does one
    update at a time, for those who have the ``token``, or for nobody.
    """

    folder: Path
    limits: Limits
    queries: Pool
    pages: Pool
    pictures: Pictures
    updates: Pool
    token: str | None


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
