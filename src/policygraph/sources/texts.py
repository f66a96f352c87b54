"""Reads what is one text: a page, a plain text, a feed, a list of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.errors import SourceError
from policygraph.sources.addresses import read_addresses
from policygraph.sources.failure import Failure
from policygraph.sources.origin import Found, Origin
from policygraph.sources.places import placed

PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a web page begins."""

FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<[!?][^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE
)
"""How a feed begins."""


def read_page(origin: Origin) -> Iterator[Found]:
    """Yield the article of a web page."""
    from policygraph.sources.html import read_html

    page = origin.text()
    article = read_html(page, source=origin.source, url=origin.url)
    if article is None:
        raise SourceError("no article text in this page; expected paragraphs of prose")
    yield placed(article, page, markup=True)


def read_text(origin: Origin) -> Iterator[Found]:
    """Yield the article of a plain text, or the articles at the addresses that it lists."""
    from policygraph.sources.plain import read_plain

    text = origin.text()
    addresses = read_addresses(text)
    if addresses:
        for number, address in addresses:
            if origin.manner.visit:
                yield from origin.manner.visit(address)
            else:
                yield Failure(f"{origin.source}:{number}", f"{address} is not fetched from here")
        return
    article = read_plain(text, source=origin.source)
    if article is None:
        raise SourceError("no words in this text")
    yield placed(article, text, markup=False)


def read_feed_file(origin: Origin) -> Iterator[Found]:
    """Yield the articles of a feed; other XML is none."""
    from policygraph.sources.feeds import read_feed

    text = origin.text()
    if not FEED.match(text):
        yield Failure(origin.source, "XML, but no feed; expected RSS or Atom")
        return
    yield from read_feed(text, source=origin.source, url=origin.url, follow=origin.manner.follow)
