"""The language classes of the shipped pipelines."""

from __future__ import annotations

from spacy.language import Language


class French(Language):  # type: ignore[no-untyped-call]
    """French without ``spacy.lang.fr``, whose regular expression takes two seconds to compile.

    The shipped pipeline carries its own tokenizer rules, so nothing of spaCy's class is missed.
    """

    lang = "fr"
