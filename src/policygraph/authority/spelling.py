"""How strictly two spellings of a name are compared."""

from __future__ import annotations

from unicodedata import combining, normalize

from policygraph.folding import fold


def straight(name: str) -> str:
    """Apostrophes plain."""
    return name.replace("’", "'")


def bare(name: str) -> str:
    """Accents off and apostrophes plain, case kept."""
    if name.isascii():
        return name
    return "".join(c for c in normalize("NFKD", straight(name)) if not combining(c))


def loose(name: str) -> str | None:
    """Folded, for names of several words; None for one word, which must match in case."""
    folded = fold(name)
    return folded if " " in folded else None


def demonym_key(form: str, lang: str) -> str:
    """French ignores case; English keeps it, so that "polish" and "turkey" are not countries."""
    return fold(form) if lang == "fr" else form
