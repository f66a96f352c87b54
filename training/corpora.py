"""Streams of training examples for spaCy, with the variation that news needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from training.treebanks import Sentence, read_documents
from training.variation import vary

Stream = Callable[[Language], Iterator[Example]]


@spacy.registry.readers("policygraph.Treebanks.v1")
def treebanks(paths: list[str], vary_news: bool, seed: int) -> Stream:
    """Documents of one to ten sentences; with ``vary_news`` each pass differs from the last."""
    random = Random(seed)
    loaded: dict[str, list[list[Sentence]]] = {}

    def read(nlp: Language) -> Iterator[Example]:
        if not loaded:
            for path in paths:
                loaded[path] = list(read_documents(Path(path), merge=nlp.lang == "fr"))
        documents = [document for path in paths for document in loaded[path]]
        pieces = list(_pieces(documents, random if vary_news else None))
        if vary_news:
            random.shuffle(pieces)
        for piece in pieces:
            sentences = vary(piece, nlp.lang, random) if vary_news else piece
            yield example(nlp, sentences)

    return read


def example(nlp: Language, sentences: Iterable[Sentence]) -> Example:
    """A gold document beside the tokenizer's own reading of its text."""
    gold = make_doc(nlp, sentences)
    return Example(nlp.make_doc(gold.text), gold)


def make_doc(nlp: Language, sentences: Iterable[Sentence]) -> Doc:
    """One document of the sentences, with all that they annotate."""
    words: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    lemmas: list[str] = []
    pos: list[str] = []
    morphs: list[str] = []
    deps: list[str] = []
    for sentence in sentences:
        offset = len(words)
        words += sentence.words
        spaces += sentence.spaces
        heads += [head + offset for head in sentence.heads]
        lemmas += sentence.lemmas
        pos += sentence.pos
        morphs += sentence.morphs
        deps += sentence.deps
    return Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        heads=heads,
        deps=deps,
        lemmas=lemmas,
        pos=pos,
        morphs=morphs,
    )


def _pieces(documents: Iterable[list[Sentence]], random: Random | None) -> Iterator[list[Sentence]]:
    for document in documents:
        start = 0
        while start < len(document):
            size = random.choice((1, 2, 3, 4, 6, 8, 10)) if random else 10
            yield document[start : start + size]
            start += size
