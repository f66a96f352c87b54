"""Tokenizers as the treebanks part words; the built pipeline carries its own rules.

French does without ``spacy.lang.fr``, whose regular expression takes two seconds to
compile: the rules come from ``tokenizers/fr.toml``. English is spaCy's, with typographic
apostrophes parted as typewritten ones.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    CURRENCY,
    LIST_ELLIPSES,
    LIST_ICONS,
    LIST_PUNCT,
    LIST_QUOTES,
)
from spacy.lang.punctuation import TOKENIZER_PREFIXES
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

RULES = Path(__file__).parent / "tokenizers"
APOSTROPHES = "'’"
HYPHENS = "-‐‑"
ENDS = [r"(?<=[a-zà-öø-ÿ0-9][A-ZÀ-ÖØ-Þ])\.", r"(?<=\bX)\."]
"""Full stops behind names like "DeepL", "F-35B" and X: other capitals are initials or the like."""


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer of ``nlp.lang``: ``fr`` or ``en``."""
    if nlp.lang == "fr":
        return _french(nlp)
    return _english(nlp)


def _french(nlp: Language) -> Tokenizer:
    rules = tomllib.loads((RULES / "fr.toml").read_text(encoding="utf-8"))
    elisions = "|".join(sorted(rules["elisions"], key=len, reverse=True))
    clitics = "|".join(sorted(rules["clitics"], key=len, reverse=True))
    prefixes = [
        rf"(?i:{elisions})[{APOSTROPHES}](?=[{ALPHA}0-9«\"“‘])",
        *TOKENIZER_PREFIXES,
        r"-(?=[^\W\d])",
    ]
    suffixes = [
        *LIST_PUNCT,
        *LIST_ELLIPSES,
        *LIST_QUOTES,
        *LIST_ICONS,
        "—",
        "–",
        r"(?<=[0-9])\+",
        r"(?<=[0-9])%",
        rf"(?<=[0-9])(?:{CURRENCY})",
        rf"(?<=[0-9{ALPHA_LOWER}%²\-\+(?:{CONCAT_QUOTES})])\.",
        rf"(?<=[{ALPHA_UPPER}][{ALPHA_UPPER}])\.",
        *ENDS,
        rf"(?<=[{ALPHA}])[{HYPHENS}](?i:{clitics})",
    ]
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        rf"(?<=[{ALPHA_LOWER}])\.(?=[{ALPHA_UPPER}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9)])[:<>=/—–](?=[{ALPHA}0-9(])",
        rf"(?<=[{ALPHA}]);(?=[{ALPHA}])",
        r"--+",
        rf"(?<=[{ALPHA}])[«»“”\"](?=[{ALPHA}])",
    ]
    words = {
        form
        for word in (*rules["whole"], *rules["abbreviations"])
        for cased in (word, word[0].upper() + word[1:])
        for form in (cased, cased.replace("'", "’"))
    }
    special = dict(BASE_EXCEPTIONS) | {word: [{ORTH: word}] for word in words}
    return Tokenizer(
        nlp.vocab,
        rules=special,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        url_match=_url_match(),
    )


def _english(nlp: Language) -> Tokenizer:
    from spacy.lang.en import English

    defaults = English.Defaults
    return Tokenizer(
        nlp.vocab,
        rules=dict(defaults.tokenizer_exceptions),
        prefix_search=compile_prefix_regex(defaults.prefixes).search,
        suffix_search=compile_suffix_regex([*defaults.suffixes, *ENDS]).search,
        infix_finditer=compile_infix_regex(defaults.infixes).finditer,
        url_match=_url_match(),
    )


def _url_match() -> object:
    from spacy.lang.tokenizer_exceptions import URL_MATCH

    return URL_MATCH
