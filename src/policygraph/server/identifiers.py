"""From the IRIs of the graph to addresses on this server, and back."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from policygraph.ontology import IDS, NAMESPACE

ID_PATH = "/id/"


def address(iri: str) -> str:
    """The path at which this server tells about an IRI of the graph."""
    local = iri.removeprefix(IDS)
    if local != iri and "#" not in local and "?" not in local:
        return ID_PATH + local
    if iri.startswith(NAMESPACE):
        return f"/ontology#{iri.removeprefix(NAMESPACE)}"
    return f"/resource?iri={quote(iri, safe='')}"


def page_address(iri: str) -> str:
    """The path of the HTML page about an IRI."""
    path = address(iri)
    return f"{path}.html" if path.startswith(ID_PATH) else path


def web(url: str | None) -> str | None:
    """A URL that a page may link to: http or https with a host; None for any other."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
