"""Distils what words mean from a sentence encoder: ``python -m training.meanings --data DATA``.

The encoder reads the project's training texts and the public sets; what it says of a word (by
its lemma, in each language) is averaged over its places. Each language is centred on its own
mean, so that the two meet; the main directions are kept, damped by the square root of their
strength, in eight bits. Names are left out. Writes ``src/policygraph/models/meanings.npz``;
needs the ``train`` extra.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import torch

from policygraph import nlp as pipelines
from policygraph.models.meanings import WEIGHTS, WIDTH
from training import entities
from training.annotated import gold_records
from training.encoder import KEPT, Encoder, read_weights
from training.passages import read_passages

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")

LONGEST, BATCH, TEXTS = 126, 24, 256
"""Pieces in a stretch of text, stretches at a time, and texts to sort them in."""

LEAST = 2
"""Places that a word needs to be kept."""


_SAID = "# text = "


def texts(data: Path, gold: Sequence[Path], passages: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Language and words of all that is read, once each."""
    yield from dict.fromkeys(chain(_own(gold, passages), _public(data)))


def _own(gold: Sequence[Path], passages: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for record in gold_records(*gold):
        yield record.article.lang, record.article.text
    for passage in read_passages(*passages):
        yield passage.lang, passage.text


def _public(data: Path) -> Iterator[tuple[str, str]]:
    for text in entities.read_winer(data / "ner/fr_winer/fr_ner_winer_train.jsonl"):
        yield "fr", text.text
    wikigold = data / "ner/en_wikigold/CONLL-format/data/wikigold.conll.txt"
    for text in entities.grouped(entities.read_columns(wikigold), 4):
        yield "en", text.text
    for text in entities.read_core(data / "relations/core/train.json"):
        yield "en", text.text
    for text in entities.read_knowledgenet(
        data / "relations/knowledgenet/knowledgenet_folds1-3.jsonl"
    ):
        yield "en", text.text
    for lang in pipelines.shipped_languages():
        for path in sorted((data / "treebanks").glob(f"{lang}_*/*train*.conllu")):
            lines = path.read_text(encoding="utf-8").splitlines()
            said = [
                line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")
            ]
            for group in batched(said, 5):
                yield lang, " ".join(group)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of so many items, the last of what remains."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


class Places:
    """Sums over the places of each word."""

    def __init__(self, size: int) -> None:
        self.rows: dict[str, int] = {}
        self.sums = np.zeros((1 << 17, size), "float32")
        self.counts: Counter[int] = Counter()

    def add(self, words: Sequence[str], vectors: Any) -> None:
        """Vectors of as many words."""
        rows = [self.rows.setdefault(word, len(self.rows)) for word in words]
        np.add.at(self.sums, rows, vectors)
        self.counts.update(rows)

    def means(self, least: int) -> tuple[list[str], Any]:
        """The words with so many places, in alphabetical order, and (words, size) their means."""
        words = sorted(word for word, row in self.rows.items() if self.counts[row] >= least)
        rows = [self.rows[word] for word in words]
        return words, self.sums[rows] / np.array([self.counts[row] for row in rows])[:, None]


def observed(found: Iterable[tuple[str, str]], encoder: Encoder) -> Places:
    """What the encoder says of the words of some texts."""
    places = Places(len(KEPT) * encoder.weights.size)
    for number, group in enumerate(batched(found, TEXTS)):
        stretches = [
            stretch
            for lang, text in group
            for stretch in _stretches(encoder, lang, pipelines.analyse(pipelines.load(lang), text))
        ]
        stretches.sort(key=lambda stretch: len(stretch[0]))
        for some in batched(stretches, BATCH):
            vectors = encoder([pieces for pieces, _ in some])
            words = [word for _, owners in some for word in owners]
            named = [i for i, word in enumerate(words) if word]
            places.add([words[i] for i in named], vectors[named])
        print(f"{(number + 1) * TEXTS} texts, {len(places.rows)} words", flush=True)
    return places


def _stretches(encoder: Encoder, lang: str, doc: Doc) -> Iterator[tuple[list[int], list[str]]]:
    """Pieces of the text, and the word that each one belongs to; "" for names and signs."""
    words = [""] * len(doc.text)
    for token in doc:
        if token.is_alpha and token.pos_ != "PROPN" and not token.ent_type_:
            words[token.idx : token.idx + len(token)] = [f"{lang}:{token.lemma_.lower()}"] * len(
                token
            )
    pieces, starts = encoder.cut(doc.text)
    for start in range(0, len(pieces), LONGEST):
        place = slice(start, start + LONGEST)
        yield pieces[place], [words[at] for at in starts[place]]


def condensed(words: Sequence[str], vectors: Any) -> Any:
    """(words, ``WIDTH``) of unit variance: the main directions, shared by the languages."""
    langs = np.array([word[:2] for word in words])
    parts = np.split(vectors, len(KEPT), axis=1)
    for part in parts:
        for lang in set(langs):
            part[langs == lang] -= part[langs == lang].mean(axis=0)
        part /= np.linalg.norm(part, axis=1, keepdims=True) + 1e-9
    both = np.concatenate(parts, axis=1)
    strengths, directions = np.linalg.eigh(both.T @ both / len(both))
    strengths, directions = strengths[::-1][:WIDTH], directions[:, ::-1][:, :WIDTH]
    found = both @ directions / strengths**0.25
    return found / found.std()


def save(words: Sequence[str], vectors: Any, path: Path) -> None:
    """Write the vectors as ``policygraph.models.meanings`` reads them."""
    scales = np.abs(vectors).max(axis=0) / 127
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(words).encode(), "uint8"),
        vectors=np.round(vectors / scales).astype("int8"),
        scales=scales.astype("float32"),
    )


def distil(options: argparse.Namespace) -> None:
    """Let the encoder read, and write what it says of the words."""
    torch.set_num_threads(options.threads)
    encoder = Encoder(read_weights()).eval()
    found = texts(options.data, options.gold, options.passages)
    words, means = observed(found, encoder).means(LEAST)
    save(words, condensed(words, means), options.output)
    print(f"{len(words)} words, {options.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.meanings", description=__doc__.splitlines()[0])
    corpora = Path("corpora")
    parser.add_argument("--data", type=Path, required=True, help="folder of public sets")
    parser.add_argument("--gold", nargs="*", type=Path, default=[corpora / "gold/train"])
    parser.add_argument("--passages", nargs="*", type=Path, default=[corpora / "passages"])
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    parser.add_argument("--threads", type=int, default=2)
    distil(parser.parse_args())
