"""Turns a file's bytes into text, and tells what is no text."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_HEAD = 4096
_NULS = 500
"""Bytes among which a text may hold one stray NUL."""

_WESTERN = ["cp1252", "mac_roman", "cp850"]
"""Encodings that French and English texts without UTF-8 come in."""


def looks_binary(data: bytes) -> bool:
    """Whether bytes are no text: a known signature, NUL bytes, or many control characters."""
    if data.startswith(codecs.BOM_UTF8) or utf16_of(data):
        return False
    if data.startswith(_BINARY):
        return True
    head = data[:_HEAD]
    control = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b" for byte in head)
    return head.count(0) > 1 + len(head) // _NULS or control > len(head) // 20


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of bytes that are text, whatever their encoding; never raises.

    Tried in turn: byte-order mark, UTF-16 by its NUL bytes, UTF-8, the charset ``declared``
    (by a server) or in the page's own head, UTF-8 with a few broken bytes, then
    charset_normalizer among Western encodings, cp1252 last.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", errors="replace")
    if wide := utf16_of(data):
        return data.decode(wide, errors="replace")
    data = data.replace(b"\x00", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(data[:_HEAD])
    for name in (declared, match and match[1].decode("ascii")):
        text = _as_declared(data, name) if name else None
        if text is not None:
            return text
    return _mostly_utf8(data) or _western(data)


def decode_line(data: bytes) -> str:
    """The text of one line of a file, which is UTF-8, or cp1252 where it cannot be."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mostly_utf8(data) or data.decode("cp1252", errors="replace")


def utf16_of(data: bytes) -> str | None:
    """The encoding of UTF-16 and UTF-32, by byte-order mark or as every second byte is NUL."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) and odd == 0 else None


def _as_declared(data: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    if codec in {"iso8859-1", "ascii"}:  # as browsers do, https://encoding.spec.whatwg.org/
        codec = "cp1252"
    try:
        text, _ = codecs.getdecoder(codec)(data, "strict")
    except (UnicodeError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with at most one broken place to five sound ones: a cut file, a bad paste."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(ord(char) > 127 for char in text) - broken
    return text if broken * 5 <= sound else None


def _western(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_WESTERN).best()
    return str(best) if best is not None else data.decode("cp1252", errors="replace")
