"""Parses plain texts with a large syntax model, for a small one to learn from.

``python -m training.silver LANG TEACHER OUTPUT --data DATA --gold GOLD``: writes CoNLL-U. The
texts are those of the public named-entity and relation sets and of the project's gold
training articles: prose closer to tech-policy news than the treebanks are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span, Token
from thinc.api import NumpyOps, set_current_ops

from training import naming

_LONGEST = 70
"""Words of a sentence beyond which a parse is not trusted."""


def parsed(lang: str, teacher: Path, data: Path, gold: Path) -> Iterator[Doc]:
    """The teacher's analyses of the unlabelled texts, each text once."""
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.load(teacher)
    texts = dict.fromkeys(text.text for text in naming.training_texts(lang, data, gold))
    yield from nlp.pipe((text for text in texts if "http" not in text), batch_size=16)


def write(docs: Iterable[Doc], output: Path) -> int:
    """Write the sentences of the docs as CoNLL-U; returns how many."""
    count = 0
    with output.open("w", encoding="utf-8") as file:
        for number, doc in enumerate(docs, 1):
            file.write(f"# newdoc id = silver-{number}\n")
            for sent in doc.sents:
                words = [token for token in sent if not token.is_space]
                if 2 < len(words) <= _LONGEST and _is_whole(sent, words):
                    file.write("\n".join(_rows(words)) + "\n\n")
                    count += 1
    return count


def _is_whole(sent: Span, words: list[Token]) -> bool:
    return not sent.root.is_space and all(token.head in sent for token in words)


def _rows(words: list[Token]) -> Iterator[str]:
    place = {token.i: number for number, token in enumerate(words, 1)}
    for token in words:
        head = token.head
        while head.is_space:
            head = head.head
        root = head.i == token.i
        yield "\t".join(
            (
                str(place[token.i]),
                token.text,
                token.lemma_ or token.text,
                token.pos_ or "X",
                "_",
                str(token.morph) or "_",
                "0" if root else str(place[head.i]),
                "root" if root else token.dep_,
                "_",
                "_" if token.whitespace_ else "SpaceAfter=No",
            )
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.silver", description=__doc__.splitlines()[0])
    parser.add_argument("lang", choices=("en", "fr"))
    parser.add_argument("teacher", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=Path("corpora/gold"))
    options = parser.parse_args()
    found = parsed(options.lang, options.teacher, options.data, options.gold)
    print(write(found, options.output), "sentences")
