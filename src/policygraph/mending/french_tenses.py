"""Tells the French conditional and the future, which small taggers take for the imperfect or the
present: "contesterait" has the whole infinitive before its ending, "retirait" does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_FORM = re.compile(r"(\w*r)(?:(ais|ait|ions|iez|aient)|(?:ai|as|a|ons|ez|ont))")
_STEM = -2
"""What the imperfect and the past keep of an infinitive: "préparer", "prépar-ait"."""


def _has_infinitive(stem: str, lemma: str) -> bool:
    """Whether a form is long enough to have the infinitive in it: "parierait", not "pariait"."""
    return len(stem) >= len(lemma) + _STEM or lemma == "aller"


def mend_tense(verb: Token) -> None:
    """Give a verb whose lemma is right the mood and the tense that its ending tells."""
    form = _FORM.fullmatch(verb.lower_)
    if form is None or form[1] == verb.lemma_[:_STEM] or not _has_infinitive(form[1], verb.lemma_):
        return
    told = {"Mood": "Cnd", "Tense": "Pres"} if form[2] else {"Mood": "Ind", "Tense": "Fut"}
    features = verb.morph.to_dict()
    if any(features.get(name) != value for name, value in told.items()):
        verb.set_morph({**features, **told, "VerbForm": "Fin"})  # type: ignore[attr-defined]
