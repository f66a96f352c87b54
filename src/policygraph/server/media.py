"""The formats that the server speaks, by media type, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SOLUTION_TYPES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""For SELECT and ASK."""

GRAPH_TYPES: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "text/plain": "nt",
}
"""For CONSTRUCT, DESCRIBE and whole graphs."""

UNICODE = frozenset({"text/turtle", "text/csv", "text/tab-separated-values", "text/plain"})
"""Textual types, for which a client that sees no charset may think of another than UTF-8."""


def content_type(media_type: str) -> str:
    """The ``Content-Type`` header for UTF-8 content of a media type."""
    return f"{media_type}; charset=utf-8" if media_type in UNICODE else media_type


def choose(accept: str, offered: Iterable[str]) -> str | None:
    """The offered media type that an Accept header likes best (RFC 9110, 12.5.1); None for none.

    Of equals the first offered; without a header the first.
    """
    types = [*offered]
    ranges = [part for part in accept.split(",") if part.strip()]
    if not ranges:
        return types[0]
    qualities: dict[str, tuple[int, float]] = {}
    for part in ranges:
        wanted, *options = (piece.strip().lower() for piece in part.split(";"))
        quality = _quality(options)
        for media_type in types:
            group = media_type.partition("/")[0] + "/*"
            precision = {media_type: 3, group: 2, "*/*": 1}.get(wanted, 0)
            if precision > qualities.get(media_type, (0, 0.0))[0]:
                qualities[media_type] = (precision, quality)
    best = max(types, key=lambda media_type: qualities.get(media_type, (0, 0.0))[1])
    return best if qualities.get(best, (0, 0.0))[1] > 0 else None


def _quality(options: Iterable[str]) -> float:
    for option in options:
        if option.startswith("q="):
            try:
                return float(option[2:])
            except ValueError:
                return 0.0
    return 1.0
