"""Learns the types of names: ``python -m training.names``.

Every name that the extractor finds in the gold training articles and the passages is an
example: it has the type of the annotated mention it covers, or none. Writes
``src/policygraph/models/names.npz``. ``--pipelines`` names a folder with other pipelines than
the shipped ones: those that have not been trained on all of the texts make more mistakes in
them, as in texts unseen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from policygraph import nlp as pipelines
from policygraph.extraction import name_types
from policygraph.extraction.lexicon import load_lexicon
from policygraph.extraction.name_types import NO_NAME, WEIGHTS, cues_of, place
from policygraph.extraction.spots import NAME, Spot, find_spots
from training.annotated import gold_records
from training.passages import read_passages

if TYPE_CHECKING:
    from spacy.tokens import Doc

SIZE = 1 << 15

Typed = tuple[int, int, str]
"""Characters ``[start, end)`` of a mention and its type."""


def texts(gold: Iterable[Path], passages: Iterable[Path]) -> Iterator[tuple[str, str, list[Typed]]]:
    """Language, words and mentions of every annotated text."""
    for record in gold_records(*gold):
        yield (
            record.article.lang,
            record.article.text,
            [(m.start, m.end, e.type) for e in record.entities for m in e.mentions],
        )
    for passage in read_passages(*passages):
        yield (
            passage.lang,
            passage.text,
            [(m.start, m.end, passage.types[m.entity]) for m in passage.mentions],
        )


def examples(lang: str, text: str, mentions: Sequence[Typed]) -> Iterator[tuple[list[str], str]]:
    """Cues and type of each name that the extractor finds and the authority does not know."""
    doc = pipelines.analyse(pipelines.load(lang), text)
    lexicon = load_lexicon(lang)
    for spot in find_spots(doc, lexicon, None):
        if spot.kind == NAME and spot.known is None:
            yield list(cues_of(spot, doc, lexicon)), _type_of(spot, doc, mentions)


def _type_of(spot: Spot, doc: Doc, mentions: Sequence[Typed]) -> str:
    """The type of the shortest mention that a spot shares most of its words with."""
    span = doc[spot.start : spot.end]
    start, end = span.start_char, span.end_char
    shared = [
        (min(e, end) - max(s, start) - 0.6 * max(e - s, end - start), type_)
        for s, e, type_ in mentions
        if s < end and start < e
    ]
    if not shared:
        return NO_NAME
    best, type_ = max(shared)
    return type_ if best > 0 else NO_NAME


def matrix(rows: Sequence[Sequence[str]]) -> Any:
    """Hashed cues, sparse, of shape (rows, ``SIZE``)."""
    columns = [[place(cue, SIZE) for cue in cues] for cues in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for row in columns for column in row], dtype="int32")
    return csr_matrix((np.ones(len(flat), "float32"), flat, ends), (len(columns), SIZE))


def train(options: argparse.Namespace) -> None:
    """Learn from the training texts, say how well on the dev articles, write the weights."""
    if options.pipelines is not None:
        pipelines.MODELS = options.pipelines
    name_types.WEIGHTS = Path("none")  # names as the NER and the rules type them
    seen = [e for text in texts(options.gold, options.passages) for e in examples(*text)]
    unseen = [e for text in texts([options.dev], []) for e in examples(*text)]
    x, y = matrix([cues for cues, _ in seen]), [type_ for _, type_ in seen]
    model = LogisticRegression(C=options.c, max_iter=300).fit(x, y)
    found = model.predict(matrix([cues for cues, _ in unseen]))
    right = np.mean([f == t for f, (_, t) in zip(found, unseen, strict=True)])
    print(f"{len(seen)} names; of {len(unseen)} in dev articles {right:.3f} are typed right")
    np.savez_compressed(
        options.output,
        types=np.array(model.classes_),
        weights=model.coef_.T.astype("float16"),
        bias=model.intercept_.astype("float32"),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.names", description=__doc__.splitlines()[0])
    corpora = Path("corpora")
    parser.add_argument("--gold", nargs="*", type=Path, default=[corpora / "gold/train"])
    parser.add_argument("--passages", nargs="*", type=Path, default=[corpora / "passages"])
    parser.add_argument("--dev", type=Path, default=corpora / "gold/dev")
    parser.add_argument("--pipelines", type=Path)
    parser.add_argument("--c", type=float, default=0.3, help="inverse of the regularization")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    train(parser.parse_args())
