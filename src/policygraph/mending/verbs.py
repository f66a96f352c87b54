"""Gives verbs the lemma that the tables know, and French ones their tense."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from policygraph.mending.french_tenses import mend_tense
from policygraph.ontology import verb_forms, verb_homographs

if TYPE_CHECKING:
    from spacy.tokens import Doc


def mend_verbs(doc: Doc) -> Doc:
    """Give verbs the lemma that the tables know, whatever the lemmatizer invented, and French ones
    their tense.
    """
    table, french = _verb_lemmas(doc.lang_), doc.lang_ == "fr"
    for token in doc:
        if token.pos_ in ("VERB", "AUX"):
            lemma = table.get(token.lower_)
            if lemma is not None:
                token.lemma_ = lemma
                if french:
                    mend_tense(token)
    return doc


@cache
def _verb_lemmas(lang: str) -> Mapping[str, str]:
    known = verb_forms(lang)
    participles = _participles(set(known.values())) if lang == "fr" else {}
    return {**participles, **known, **verb_homographs(lang)}


def _participles(verbs: Iterable[str]) -> dict[str, str]:
    """Participles of French verbs in "-er", most of which dictionaries have as adjectives."""
    stems = {verb.removesuffix("er"): verb for verb in verbs if verb.endswith("er")}
    return {stem + end: stems[stem] for stem in stems for end in ("é", "ée", "és", "ées")}
