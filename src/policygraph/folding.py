"""Compares names as a reader does: without case, accents, or the shape of an apostrophe."""

from __future__ import annotations

import re
import unicodedata


def fold(name: str) -> str:
    """Case-folded, accents off, apostrophes and dashes plain, single spaces; idempotent."""
    if name.isascii():
        return " ".join(name.casefold().split())
    # a compatibility form may hide a capital, and a capital's fold an accent: both, twice
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = unicodedata.normalize("NFKD", plain.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("‐", "-").replace("‑", "-").replace("–", "-")
    return re.sub(r"\s+", " ", plain).strip()
