"""Makes treebank sentences look like news: quotation marks, headlines, paragraph breaks.

Each function returns a changed copy; words keep their arcs.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.treebanks import Sentence

# chances, for a document or a sentence
TYPOGRAPHIC = 0.5
UPPER = 0.015
TITLE = {"en": 0.05, "fr": 0.0}
LOWER_FIRST = 0.01
BARE = 0.06
BREAK = 0.12
LINE = 0.03


def vary(sentences: list[Sentence], lang: str, random: Random) -> list[Sentence]:
    """A document with its typography, capitals and breaks changed at random."""
    typographic = random.random() < TYPOGRAPHIC
    result = []
    for index, sentence in enumerate(sentences):
        changed = _capitals(sentence, lang, random)
        if typographic:
            changed = typeset(changed, lang)
        bare = len(changed) > 4 and random.random() < BARE
        if bare and changed.pos[-1] == "PUNCT" and changed.words[-1] == ".":
            changed = _without_last(changed)
            changed = with_break(changed, "\n\n")
        elif index + 1 < len(sentences):
            chance = random.random()
            if chance < BREAK:
                changed = with_break(changed, "\n\n")
            elif chance < BREAK + LINE:
                changed = with_break(changed, "\n")
        result.append(changed)
    return result


def typeset(sentence: Sentence, lang: str) -> Sentence:
    """Curly apostrophes; straight double quotes become “ ” or « », opening and closing in turn."""
    opening, closing = ("« ", " »") if lang == "fr" else ("“", "”")
    words, closes = [], False
    for word in sentence.words:
        if word == '"':
            word = (closing if closes else opening).strip()
            closes = not closes
        words.append(word.replace("'", "’"))
    return replace(sentence, words=words)


def with_break(sentence: Sentence, space: str) -> Sentence:
    """The sentence followed by a token of white space, as the tokenizer makes of line ends."""
    last = len(sentence)
    return Sentence(
        words=[*sentence.words, space],
        spaces=[*sentence.spaces[:-1], False, False],
        lemmas=[*sentence.lemmas, space],
        pos=[*sentence.pos, "SPACE"],
        morphs=[*sentence.morphs, ""],
        heads=[*sentence.heads, last - 1],
        deps=[*sentence.deps, "dep"],
        entities=[*sentence.entities, "O"] if sentence.entities else [],
    )


def _capitals(sentence: Sentence, lang: str, random: Random) -> Sentence:
    chance = random.random()
    if chance < UPPER:
        # no lemmas: those of capitals would teach trees that only undo capitals
        return replace(
            sentence, words=[w.upper() for w in sentence.words], lemmas=[""] * len(sentence)
        )
    if chance < UPPER + TITLE[lang] and len(sentence) < 25:
        return replace(
            sentence,
            words=[
                w[0].upper() + w[1:] if len(w) > 3 or pos in _OPEN else w
                for w, pos in zip(sentence.words, sentence.pos, strict=True)
            ],
        )
    if chance > 1 - LOWER_FIRST and sentence.pos[0] != "PROPN":
        return replace(sentence, words=[sentence.words[0].lower(), *sentence.words[1:]])
    return sentence


_OPEN = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV", "PRON"})


def _without_last(sentence: Sentence) -> Sentence:
    last = len(sentence) - 1
    if last in sentence.heads[:-1]:
        return sentence
    return Sentence(
        words=sentence.words[:-1],
        spaces=sentence.spaces[:-1],
        lemmas=sentence.lemmas[:-1],
        pos=sentence.pos[:-1],
        morphs=sentence.morphs[:-1],
        heads=sentence.heads[:-1],
        deps=sentence.deps[:-1],
        entities=sentence.entities[:-1],
    )
