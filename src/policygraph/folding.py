"""Compares names as a reader does, and shows them without marks that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
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


def visible(text: str, *, most: int) -> str:
    """The first ``most`` characters, without control and direction marks, "…" where cut."""
    shown = "".join(
        " " if char.isspace() else char
        for char in text[:most]
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return f"{shown}…" if len(text) > most else shown
