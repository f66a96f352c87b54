"""Yes and no about a token: its form, what the words beside it say of it, whether it is quoted."""

from __future__ import annotations

import numpy as np

from policygraph.extraction.language.syntax import base, is_passive, is_verb
from policygraph.extraction.qualifiers.stance import denied, is_negated
from policygraph.extraction.reading import Reading
from policygraph.model import Status
from policygraph.models.weights import Array
from policygraph.rules import Rules

_STATUS_AT = {status: i for i, status in enumerate(Status)}
_FORMS = 5 + len(_STATUS_AT) + 2
_FUTURE, _CONDITIONAL, _NEGATED, _SUPPOSED, _QUOTED = range(_FORMS, _FORMS + 5)
_MORPHS = (
    "Tense=Fut", "Mood=Cnd", "Tense=Imp", "Tense=Past", "Tense=Pres", "Mood=Sub", "Person=1",
    "Number=Plur", "Gender=Fem", "Definite=Def", "Definite=Ind", "Poss=Yes", "PronType=Dem",
)  # fmt: skip
_MORPHS_AT = _QUOTED + 1
_OF_VERBS = _MORPHS_AT + 6
"""Where tenses and moods end, which an auxiliary has for its verb."""

FLAGS = _MORPHS_AT + len(_MORPHS)
"""Yes and no about a token: see ``token_flags``."""

_VERBLIKE = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
"""Classes of what may be a verb, asked first for speed."""

_QUOTES = frozenset('«»"“”')
_OPENING, _CLOSING = frozenset("«“"), frozenset("»”")
_JOINED = frozenset({"aux", "cop"})
_SURENESS = {Status.PLANNED: _FUTURE, Status.POSSIBLE: _CONDITIONAL}


def token_flags(reading: Reading, rules: Rules) -> Array:
    """Capital, quotation mark, passive, participle, infinitive; then what governors say; whether
    it lies ahead, is conditional, negated, supposed or quoted; then number, tense and the like.

    An auxiliary's tense and mood are its verb's too.
    """
    tokens, lang = reading.tokens, reading.lexicon.lang
    flags = np.zeros((len(tokens), FLAGS), "float32")
    flags[:, 0] = [token.text[:1].isupper() for token in tokens]
    flags[:, 1] = [token.text in _QUOTES for token in tokens]
    flags[:, _QUOTED] = _quoted(reading)
    forms: dict[int, tuple[str, list[int]]] = {}
    told: dict[str, Array | None] = {}
    for i, shape in enumerate(reading.doc.to_array("MORPH").tolist()):
        if shape not in forms:
            forms[shape] = _form(str(tokens[i].morph))
        form, columns = forms[shape]
        if columns:
            flags[i, columns] = 1
        verb = reading.pos[i] in _VERBLIKE and is_verb(tokens[i])
        if form or verb:
            flags[i, 2:5] = verb and is_passive(tokens[i]), form == "Part", form == "Inf"
        for word in {reading.lemmas[i], reading.words[i]}:
            if word not in told:
                told[word] = _governed(word, lang, rules)
            said = told[word]
            if said is not None:
                np.maximum(flags[i, 5:_FORMS], said, out=flags[i, 5:_FORMS])
    _note_verbs(reading, flags)
    return flags


def _form(morph: str) -> tuple[str, list[int]]:
    """The form of a verb, and the columns of what else a token's shape tells."""
    told = dict(part.split("=", 1) for part in morph.split("|") if "=" in part)
    columns = [
        _MORPHS_AT + number
        for number, (name, value) in enumerate(part.split("=") for part in _MORPHS)
        if value in told.get(name, "").split(",")
    ]
    return told.get("VerbForm", ""), columns


def _note_verbs(reading: Reading, flags: Array) -> None:
    """What the words beside a verb tell of it: auxiliaries, negations, conjunctions."""
    lexicon = reading.lexicon
    mood = lexicon.mood
    negations = {*mood["negation"], *mood["negative_determiners"]}
    auxiliaries, supposing = mood["auxiliaries"], mood["conditional_marks"]
    for i, (word, dep) in enumerate(zip(reading.words, reading.deps, strict=True)):
        head = reading.heads[i]
        if base(dep) in _JOINED:
            flags[head, _MORPHS_AT:_OF_VERBS] = np.maximum(
                flags[head, _MORPHS_AT:_OF_VERBS], flags[i, _MORPHS_AT:_OF_VERBS]
            )
            status = auxiliaries.get(word) or auxiliaries.get(reading.lemmas[i])
            if status in _SURENESS:
                flags[head, _SURENESS[status]] = 1
        if dep == "mark" and word in supposing:
            flags[head, _SUPPOSED] = 1
        if word in negations and is_negated(reading.tokens[head], lexicon):
            flags[head, _NEGATED] = 1
        if word in lexicon.denials and (token := denied(reading.doc, i + 1, lexicon)) is not None:
            flags[token.i, _NEGATED] = 1
    future, conditional = flags[:, _MORPHS_AT], flags[:, _MORPHS_AT + 1]
    flags[:, _FUTURE] = np.maximum(flags[:, _FUTURE], future)
    flags[:, _CONDITIONAL] = np.maximum(flags[:, _CONDITIONAL], conditional)


def _quoted(reading: Reading) -> list[bool]:
    """Whether each token stands between quotation marks, which end with their paragraph."""
    found, inside = [], False
    for token in reading.tokens:
        mark = token.text
        if mark in _OPENING:
            inside = True
        elif mark in _CLOSING or "\n" in mark:
            inside = False
        elif mark == '"':
            inside = not inside
        found.append(inside)
    return found


def _governed(word: str, lang: str, rules: Rules) -> Array | None:
    """What a word that needs no other beside it says of what it governs, if anything."""
    found = np.zeros(_FORMS - 5, "float32")
    for governor in rules.governing(lang, word):
        if not governor.others:
            if governor.status is not None:
                found[_STATUS_AT[governor.status]] = 1
            found[-2] = max(found[-2], governor.negates)
            found[-1] = max(found[-1], governor.speech)
    return found if found.any() else None
