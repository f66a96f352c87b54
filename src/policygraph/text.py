"""Cleans the characters of a text, never its words."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
# soft hyphen, zero-width space and joiners, word joiner, byte-order mark, direction marks,
# and the control characters that no text needs
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
"""Letters that printers join; in words, œ and æ are letters of their own."""


def clean(text: str) -> str:
    """The same words in NFC, with plain spaces and newline line ends, and no invisible characters.

    Joined letters (ﬁ) are parted. Every kind of space becomes one plain space, blank lines come at
    most one at a time, lines and text carry no space at either end. Quotes, dashes and apostrophes
    stay as written, and a wrongly decoded character stays wrong. Idempotent.
    """
    text = _BREAKS.sub("\n", text)
    text = _INVISIBLE.sub("", text).translate(_LIGATURES)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def paragraphs(text: str) -> list[str]:
    """The parts of a clean text that blank lines separate."""
    return [part for part in text.split("\n\n") if part]
