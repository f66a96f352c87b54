"""The colours of statuses, from ``ontology/appearance.toml``, as a style sheet."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from policygraph.view.appearance import load_appearance

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def colours(request: Request) -> Response:
    """``/static/colours.css``."""
    from starlette.responses import Response

    return Response(_style_sheet(), media_type="text/css")


@cache
def _style_sheet() -> str:
    look = load_appearance()
    lines = {**look.statuses, "negated": look.negated}
    light = "".join(f".status-{name} {{ color: {line.line}; }}\n" for name, line in lines.items())
    dark = "".join(f".status-{name} {{ color: {line.dark}; }}\n" for name, line in lines.items())
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
