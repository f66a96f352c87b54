"""Tells an article's language."""

from __future__ import annotations

import math
import re
from functools import cache

from policygraph.folding import fold

PREFERRED = ("fr", "en")
"""Languages that a text too short to tell is taken for."""

_SURE = 0.35
"""Probability from which a guess stands. At 40 letters, py3langid gives 0.42 to Spanish and
0.96 to German, where French and English headlines that it mistakes stay below 0.1."""


def code_of(name: str) -> str | None:
    """The ISO 639-1 code of a language written as ``fr-CA``, ``fra``, ``French`` or ``français``.

    None for what is no language, or has no code of two letters.
    """
    words = fold(name)
    return _languages().get(words) or _languages().get(re.split(r"[-_]", words)[0])


@cache
def _languages() -> dict[str, str]:
    """Codes by what a language is called: its codes, its own name, its English and French ones."""
    from babel import Locale
    from babel.core import get_global

    own = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
    english = {code: name for code, name in Locale("en").languages.items() if len(code) == 2}
    aliases = get_global("language_aliases")
    found: dict[str, str] = {alias: code for alias, code in aliases.items() if code in english}
    for locale in ("en", "fr"):
        named = Locale(locale).languages
        found |= {fold(named[code]): code for code in english if code in named}
    found |= {fold(Locale(code).languages[code]): code for code in own}
    return found | {code: code for code in english}


def detect_language(text: str, hint: str | None = None) -> str:
    """The ISO 639-1 code of a text's language.

    ``hint`` is what the page itself says (``<html lang>``); it decides only where the text
    is too short to tell, and then French or English do where there is none.
    """
    from py3langid import rank

    sample = text[:20_000]
    scores: list[tuple[str, float]] = rank(sample)
    ranked = sorted(((lang, float(score)) for lang, score in scores), key=lambda pair: -pair[1])
    best, top = ranked[0]
    # naive Bayes is far too sure of long texts; the root of the length tempers it
    heat = math.sqrt(len(sample.encode()) or 1)
    mass = sum(math.exp((score - top) / heat) for _, score in ranked)
    if 1 / mass >= _SURE:
        return best
    if hint and hint.isalpha() and len(hint) == 2:
        return hint
    return next((lang for lang, _ in ranked if lang in PREFERRED), best)
