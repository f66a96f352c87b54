"""Reads pages that a browser saved as one file (``.mhtml``, RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.errors import SourceError
from policygraph.sources.html import read_html
from policygraph.sources.mime import bodies, header, read_message, text_of_part
from policygraph.sources.origin import Found, Origin
from policygraph.sources.places import placed


def read_mhtml(origin: Origin) -> Iterator[Found]:
    """Yield the article of a saved page; its address is the one it was saved from."""
    message = read_message(origin)
    pages = [part for part in bodies(message) if part.get_content_type() == "text/html"]
    if not pages:
        raise SourceError("no page in this MHTML file; expected a part of type text/html")
    address = header(message, "Snapshot-Content-Location") or header(pages[0], "Content-Location")
    url = address if address.startswith(("http://", "https://")) else origin.url
    page = text_of_part(pages[0])
    article = read_html(page, source=origin.source, url=url)
    if article is None:
        raise SourceError("no article text in this page; expected paragraphs of prose")
    yield placed(article, page, markup=True)
