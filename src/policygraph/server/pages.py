"""HTML from templates that escape whatever comes from articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from policygraph.graph.terms import compact
from policygraph.server.identifiers import page_address, web
from policygraph.server.interface import interface_of
from policygraph.view.appearance import LANGUAGES

if TYPE_CHECKING:
    import jinja2
    from starlette.requests import Request
    from starlette.responses import Response


def html_response(
    request: Request,
    template: str,
    *,
    status: int = 200,
    formats: dict[str, str] | None = None,
    **values: object,
) -> Response:
    """A page in the language that the request asks for.

    ``formats`` are the addresses of the same content for programs, by media type.
    """
    from starlette.responses import Response

    ui = interface_of(request)
    page = (
        _environment()
        .get_template(template)
        .render(
            ui=ui,
            href=_keep_language(request),
            languages={lang: _with(request, lang=lang) for lang in LANGUAGES if lang != ui.lang},
            with_params=lambda **changes: _with(request, **changes),
            formats=formats or {},
            status=status,
            **values,
        )
    )
    links = [f'<{path}>; rel="alternate"; type="{kind}"' for kind, path in (formats or {}).items()]
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Vary": "Accept, Accept-Language",
        "Content-Language": ui.lang,
        **({"Link": ", ".join(links)} if links else {}),
    }
    # lone surrogates, which a broken page can hold, have no UTF-8
    content = page.encode("utf-8", errors="replace")
    return Response(content, status_code=status, headers=headers)


@cache
def _environment() -> jinja2.Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("policygraph.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "page_address": page_address,
        "web": web,
        "compact": compact,
        "hash": lambda iri: iri.rpartition("/")[2],
    }
    return environment


def _keep_language(request: Request) -> Callable[[str], str]:
    """Give a path of this server the language that the reader chose, if any."""
    chosen = request.query_params.get("lang")

    def href(path: str) -> str:
        if chosen not in LANGUAGES:
            return path
        path, hash_, fragment = path.partition("#")
        return f"{path}{'&' if '?' in path else '?'}lang={chosen}{hash_}{fragment}"

    return href


def _with(request: Request, **changes: object) -> str:
    """The address of this page with some parameters changed; None takes one away."""
    params = {**request.query_params, **changes}
    kept = {name: value for name, value in params.items() if value is not None}
    path = quote(request.url.path, safe="/%")
    return f"{path}?{urlencode(kept)}" if kept else path
