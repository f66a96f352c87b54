"""Chooses the reader for a source's bytes: by the name's suffix, else by how the text begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.decoding import decode, looks_binary
from policygraph.sources.failure import Failure
from policygraph.sources.limits import LONGEST, too_long

Found = Article | Failure
Follow = Callable[[str], Iterator[Found]]
"""Loads what stands at an address."""

Reader = Callable[[str, str, str | None], Iterator[Found]]

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<[!?][^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE
)


def _html(text: str, source: str, url: str | None) -> Iterator[Found]:
    from policygraph.sources.html import read_html

    article = read_html(text, source=source, url=url)
    yield article or Failure(source, "no article text in this page; expected paragraphs of prose")


def _plain(text: str, source: str, url: str | None) -> Iterator[Found]:
    from policygraph.sources.plain import read_plain

    article = read_plain(text, source=source)
    yield article or Failure(source, "no words in this text")


def _xml(text: str, source: str, url: str | None) -> Iterator[Found]:
    yield Failure(source, "XML, but no feed; expected RSS or Atom")


def _followed(text: str, source: str, url: str | None, *, follow: Follow | None) -> Iterator[Found]:
    from policygraph.sources.feeds import read_feed

    yield from read_feed(text, source=source, url=url, follow=follow)


def _json(text: str, source: str, url: str | None) -> Iterator[Found]:
    from policygraph.sources.records import read_json

    yield from read_json(text, source=source)


def _json_lines(text: str, source: str, url: str | None) -> Iterator[Found]:
    from policygraph.sources.records import read_json_lines

    yield from read_json_lines(text, source=source)


FORMATS: tuple[tuple[str, tuple[str, ...], Reader], ...] = (
    ("HTML page", (".html", ".htm", ".xhtml"), _html),
    ("plain text or captured page", (".txt", ".text", ".md", ".markdown"), _plain),
    ("RSS or Atom feed", (".rss", ".atom", ".xml"), _xml),
    ("JSON records", (".json",), _json),
    ("JSON Lines records", (".jsonl", ".ndjson"), _json_lines),
)
"""Every format that is read: what it is, its suffixes, its reader."""


def known_formats() -> str:
    """The formats in words, for messages."""
    return ", ".join(f"{name} ({' '.join(suffixes)})" for name, suffixes, _ in FORMATS)


def read_bytes(
    data: bytes,
    *,
    source: str,
    name: str = "",
    charset: str | None = None,
    url: str | None = None,
    follow: Follow | None = None,
) -> Iterator[Found]:
    """Yield the articles in a source's bytes, or why there are none.

    ``name`` is the file's name, whose suffix chooses the reader; where it has none that is
    known, a text that begins as HTML or JSON does is read as such, and a text without any
    suffix as plain text. ``charset`` is what a server declared; ``follow`` loads the links of a
    feed.
    """
    if not data.strip():
        yield Failure(source, "empty; expected an article")
        return
    suffix = PurePosixPath(name.lower()).suffix
    reader = next((reader for _, suffixes, reader in FORMATS if suffix in suffixes), None)
    if looks_binary(data):
        about = (
            "looks binary"
            if reader
            else f"looks binary, in no known format ({suffix or 'no suffix'})"
        )
        yield Failure(source, f"{about}; known formats: {known_formats()}")
        return
    text = decode(data, charset)
    if _HTML.match(text):
        reader = _html
    elif _FEED.match(text):
        reader = partial(_followed, follow=follow)
    elif reader is None and (not suffix or not name):
        reader = _guess(text)
    if reader is None:
        yield Failure(source, f"{suffix} is no known format; known: {known_formats()}")
        return
    try:
        for found in reader(text, source, url):
            if isinstance(found, Article) and len(found.text) > LONGEST:
                raise too_long(len(found.text))
            yield found
    except SourceError as error:
        yield Failure(source, str(error))


def _guess(text: str) -> Reader:
    begin = text.lstrip("\ufeff \t\r\n")
    if begin.startswith("[") and begin.rstrip().endswith("]"):
        return _json
    if begin.startswith("{"):
        first_line_whole = begin.split("\n", 1)[0].rstrip().endswith("}")
        return _json_lines if first_line_whole and "\n{" in begin else _json
    return _html if re.match(r"<\w+[\s>]", begin) else _plain
