"""Rewrites a parse from Universal Dependencies to the labels that English spaCy pipelines use.

textacy, and relatio for English, look for ``dobj``, ``nsubjpass``, ``agent`` and ``pobj`` (the
labels of ClearNLP); the shipped pipelines say ``obj``, ``nsubj:pass`` and ``obl:agent``, and
hang a preposition below its noun. Without this the two would find little or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABELS = {
    "obj": "dobj",
    "obj:lvc": "dobj",
    "iobj": "dative",
    "nsubj:pass": "nsubjpass",
    "nsubj:outer": "nsubj",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "aux:tense": "aux",
    "aux:caus": "aux",
    "acl:relcl": "relcl",
    "nmod:poss": "poss",
    "compound:prt": "prt",
    "flat": "compound",
    "flat:name": "compound",
    "flat:foreign": "compound",
}
_OBLIQUE = ("obl", "nmod")


def to_clearnlp(doc: Doc) -> Doc:
    """A copy of the doc, token for token, with ClearNLP's labels and prepositional phrases."""
    from spacy.tokens import Doc as Copy

    heads = [token.head.i for token in doc]
    labels = [_label(token) for token in doc]
    for noun in doc:
        if noun.dep_.partition(":")[0] not in _OBLIQUE or noun.dep_ == "nmod:poss":
            continue
        preposition = next((child for child in noun.lefts if child.dep_ == "case"), None)
        if preposition is not None:
            heads[preposition.i] = noun.head.i
            labels[preposition.i] = "agent" if noun.dep_ == "obl:agent" else "prep"
            heads[noun.i] = preposition.i
            labels[noun.i] = "pobj"
    return Copy(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=heads,
        deps=labels,
    )


def _label(token: Token) -> str:
    if token.dep_ == "advmod" and "Neg" in token.morph.get("Polarity", []):
        return "neg"
    return _LABELS.get(token.dep_, token.dep_)
