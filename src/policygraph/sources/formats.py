"""Chooses the reader for an origin: by what it begins with, else by its name's suffix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import PurePosixPath

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.decoding import decode, looks_binary
from policygraph.sources.failure import Failure
from policygraph.sources.limits import LONGEST, too_long
from policygraph.sources.origin import HEAD, Found, Manner, Origin
from policygraph.sources.texts import FEED, PAGE

Reader = Callable[[Origin], Iterator[Found]]

_DEEPEST = 3
"""Archives within archives."""

_HEADER = re.compile(r"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
_MAIL = re.compile(r"^(?:received|return-path|mime-version|message-id):", re.I | re.M)
_SUFFIX = re.compile(r"\.[a-z]\w{0,7}")


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: what it is, its suffixes, its reader as ``module:function``.

    ``magic`` is how its files begin, for those that are no text.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    magic: bytes | None = None

    def read(self, origin: Origin) -> Iterator[Found]:
        """Yield what its reader finds; the reader's module is imported when first used."""
        module, _, function = self.reader.partition(":")
        reader: Reader = getattr(import_module(f"policygraph.sources.{module}"), function)
        yield from reader(origin)


FORMATS = (
    Format("HTML page", (".html", ".htm", ".xhtml"), "texts:read_page"),
    Format(
        "plain text, captured page, Markdown or list of addresses",
        (".txt", ".text", ".md", ".markdown", ".urls"),
        "texts:read_text",
    ),
    Format("RSS or Atom feed", (".rss", ".atom", ".xml"), "texts:read_feed_file"),
    Format("JSON", (".json",), "records:read_json"),
    Format("JSON Lines", (".jsonl", ".ndjson"), "records:read_json_lines"),
    Format("table of articles", (".csv", ".tsv"), "delimited:read_table"),
    Format("PDF", (".pdf",), "pdf:read_pdf", magic=b"%PDF-"),
    Format("saved page", (".mhtml", ".mht"), "mhtml:read_mhtml"),
    Format("mail", (".eml",), "mail:read_mail"),
    Format("web archive", (".warc",), "warc:read_warc", magic=b"WARC/"),
    Format("zip archive", (".zip",), "zipped:read_zip", magic=b"PK\x03\x04"),
    Format("web archive in a zip", (".wacz",), "wacz:read_wacz", magic=b"PK\x03\x04"),
    Format("gzip", (".gz", ".gzip"), "compressed:read_compressed", magic=b"\x1f\x8b"),
    Format("bzip2", (".bz2",), "compressed:read_compressed", magic=b"BZh"),
    Format("xz", (".xz",), "compressed:read_compressed", magic=b"\xfd7zXZ"),
)
"""Every format that is read."""


def known_formats() -> str:
    """The formats in words, for messages."""
    return ", ".join(f"{format.name} ({' '.join(format.suffixes)})" for format in FORMATS)


def read_bytes(
    data: bytes,
    *,
    source: str,
    name: str = "",
    charset: str | None = None,
    url: str | None = None,
    manner: Manner | None = None,
) -> Iterator[Found]:
    """Yield the articles in bytes; the arguments are those of :class:`Origin`."""
    yield from read(
        Origin(
            source=source,
            stream=BytesIO(data),
            name=name,
            charset=charset,
            url=url,
            manner=manner or Manner(),
        )
    )


def read(origin: Origin) -> Iterator[Found]:
    """Yield the articles in an origin, or why there are none.

    A text that begins as HTML, a feed or a mail does is read as such whatever its name; one
    without a suffix is told by how it begins.
    """
    try:
        origin = origin.begun()
        if len(origin.head) < HEAD and not origin.head.strip():
            raise SourceError("empty; expected an article")
        if origin.depth > _DEEPEST:
            raise SourceError(f"more than {_DEEPEST} archives around it; unpack them first")
        for found in _choose(origin).read(origin):
            if isinstance(found, Article) and len(found.text) > LONGEST:
                found = Failure(found.source, str(too_long(len(found.text))))
            yield found
    except SourceError as error:
        yield Failure(origin.source, str(error))
    except OSError as error:
        yield Failure(origin.source, f"cannot be read ({error.strerror or error})")


def _choose(origin: Origin) -> Format:
    """The format of an origin; ``SourceError`` where nobody knows it."""
    suffix = PurePosixPath(origin.name.lower()).suffix
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
    by_suffix = next((format for format in FORMATS if suffix in format.suffixes), None)
    by_magic = next((f for f in FORMATS if f.magic and origin.head.startswith(f.magic)), None)
    if by_magic and (by_suffix or not suffix):
        return by_suffix if by_suffix and by_suffix.magic == by_magic.magic else by_magic
    binary = looks_binary(origin.head)
    begin = decode(origin.head[: HEAD // 4], origin.charset)
    if by_suffix and by_suffix.magic and (binary or not PAGE.match(begin)):
        return by_suffix
    if binary:
        unknown = "" if by_suffix else f", in no known format ({suffix or 'no suffix'})"
        raise SourceError(f"looks binary{unknown}; known formats: {known_formats()}")
    found = by_suffix or (_guess(origin.head) if not suffix else None)
    for pattern, reader in ((PAGE, "texts:read_page"), (FEED, "texts:read_feed_file")):
        if pattern.match(begin):
            found = _reading_with(reader)
    if found is None:
        raise SourceError(f"{suffix} is no known format; known formats: {known_formats()}")
    return found


def _guess(head: bytes) -> Format:
    """The format of a text without a suffix."""
    begin = decode(head).lstrip("\ufeff \t\r\n")
    if re.match(r"\[\s*[\[{\]]", begin):
        return _reading_with("records:read_json")
    if begin.startswith("{"):
        first_line_whole = begin.split("\n", 1)[0].rstrip().endswith("}")
        lines = first_line_whole and "\n{" in begin
        return _reading_with("records:read_json_lines" if lines else "records:read_json")
    if re.match(r"<\w+[\s>]", begin):
        return _reading_with("texts:read_page")
    header = _HEADER.match(begin.replace("\r\n", "\n"))
    if header and _MAIL.search(header[0]):
        saved = "multipart/related" in header[0] and "snapshot" in header[0].lower()
        return _reading_with("mhtml:read_mhtml" if saved else "mail:read_mail")
    return _reading_with("texts:read_text")


def _reading_with(reader: str) -> Format:
    return next(format for format in FORMATS if format.reader == reader)
