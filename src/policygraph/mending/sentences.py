"""Says where sentences begin before the parser does: what ends a line, and what cannot end one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


def part_sentences(doc: Doc) -> Doc:
    """Start a sentence after every line break, so that no parse runs from a title into a text, and
    none after a plain word or a comma, however strange what follows.
    """
    broken, last = False, None
    for token in doc:
        if token.is_space:
            broken = broken or "\n" in token.text
            continue
        if last is not None:
            if broken:
                token.is_sent_start = True
            elif _goes_on(last.text):
                token.is_sent_start = False
        broken, last = False, token
    return doc


def _goes_on(word: str) -> bool:
    """Whether a sentence goes on after a word: "A" and "l'" are of one, "." may end it."""
    return word[-1].isalnum() or word == "," or (len(word) > 1 and word[-1] in "'’")
