"""Reads pages that a browser saved as one file (``.mhtml``, RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.errors import SourceError
from policygraph.sources.failure import Failure
from policygraph.sources.html import read_html
from policygraph.sources.mime import bodies, header, read_message, text_of_part
from policygraph.sources.origin import Found, Origin


def read_mhtml(origin: Origin) -> Iterator[Found]:
    """Yield the article of a saved page; its address is the one it was saved from."""
    message = read_message(origin)
    pages = [part for part in bodies(message) if part.get_content_type() == "text/html"]
    if not pages:
        raise SourceError("no page in this MHTML file; expected a part of type text/html")
    address = header(message, "Snapshot-Content-Location") or header(pages[0], "Content-Location")
    url = address if address.startswith(("http://", "https://")) else origin.url
    article = read_html(text_of_part(pages[0]), source=origin.source, url=url)
    yield article or Failure(
        origin.source, "no article text in this page; expected paragraphs of prose"
    )
