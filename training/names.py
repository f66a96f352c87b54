"""Learns the types of names: ``python -m training.names``.

Every name that the extractor finds in the gold training articles and the passages is an
example: it has the type of the annotated mention it covers, or none. What ships is taught by
``together``, which tells a name's place too; what this command learns, of cues alone and of one
half of the articles, reads the other half (``unseen``). ``--pipelines`` names a folder with other
pipelines than the shipped ones: those that have not been trained on all of the texts make more
mistakes in them, as in texts unseen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from policygraph import nlp as pipelines
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.name_types import NO_NAME, cues_of, places
from policygraph.extraction.names.spots import find_spots
from policygraph.extraction.spot import NAME, Spot
from policygraph.models import context
from training.annotated import gold_records
from training.passages import read_passages
from training.unseen import HALVES, some, using

if TYPE_CHECKING:
    from spacy.tokens import Doc

SIZE, HIDDEN = 1 << 15, 64
SEED, RATE, BATCH, DROPOUT = 7, 2e-3, 256, 0.3

FORGOTTEN = 0.15
"""Share of the cues that are hidden in training."""

Typed = tuple[int, int, str]
"""Characters ``[start, end)`` of a mention and its type."""


def texts(
    gold: Iterable[Path], passages: Iterable[Path], half: int | None = None
) -> Iterator[tuple[str, str, list[Typed]]]:
    """Language, words and mentions of every annotated text; of one half of the articles alone
    where ``half`` says so.
    """
    for record in some(gold_records(*gold), half):
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
    for spot, type_ in typed(doc, lang, mentions):
        yield list(cues_of(spot, doc, load_lexicon(lang))), type_


def typed(doc: Doc, lang: str, mentions: Sequence[Typed]) -> Iterator[tuple[Spot, str]]:
    """Each name that the extractor finds and the authority does not know, and its type."""
    for spot in find_spots(doc, load_lexicon(lang), None):
        if spot.kind == NAME and spot.known is None:
            yield spot, _type_of(spot, doc, mentions)


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


class NameNetwork(nn.Module):
    """The network of ``policygraph.extraction.names.name_types`` in PyTorch, for training it."""

    def __init__(self, classes: int, *, heard: bool = False) -> None:
        super().__init__()
        self.cues = nn.Embedding(SIZE, HIDDEN)
        self.context = nn.Linear(2 * context.WIDTH, HIDDEN, bias=False) if heard else None
        self.first = nn.Parameter(torch.zeros(HIDDEN))
        self.last = nn.Linear(HIDDEN, classes)
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.normal_(self.cues.weight, 0, 0.05)

    def forward(self, rows: Sequence[Sequence[int]], places: Tensor | None = None) -> Tensor:
        """Log-odds (names, classes) of names that show these cues, in ``places`` (names, 2
        numbers).
        """
        flat = torch.tensor([row for found in rows for row in found])
        starts = torch.tensor(np.cumsum([0, *(len(found) for found in rows[:-1])]))
        shown = torch.ones(len(flat))
        if self.training:
            shown = (torch.rand(len(flat)) >= FORGOTTEN).float()
        summed = functional.embedding_bag(
            flat, self.cues.weight, starts, mode="sum", per_sample_weights=shown
        )
        if self.context is not None:
            summed = summed + self.context(places)
        raw: Tensor = self.last(self.dropout(torch.relu(summed + self.first)))
        return raw


def fit(rows: Sequence[Sequence[int]], classes: Any, count: int, epochs: int) -> NameNetwork:
    """A network that has learned the classes of names from their cues."""
    random = np.random.default_rng(SEED)
    network = NameNetwork(count)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    steps = epochs * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=steps, pct_start=0.1
    )
    for _ in range(epochs):
        order = random.permutation(len(rows))
        for start in range(0, len(rows), BATCH):
            chosen = order[start : start + BATCH]
            raw = network([rows[i] for i in chosen])
            loss = functional.cross_entropy(raw, torch.from_numpy(classes[chosen]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return network.eval()


def train(options: argparse.Namespace) -> None:
    """Learn from the training texts, say how well on the dev articles, write the weights."""
    torch.manual_seed(SEED)
    if options.pipelines is not None:
        pipelines.MODELS = options.pipelines
    with using(names=Path("none")):  # names as the NER and the rules type them
        seen = [
            e
            for text in texts(options.gold, options.passages, options.half)
            for e in examples(*text)
        ]
        unseen = [e for text in texts([options.dev], []) for e in examples(*text)]
    types = sorted({type_ for _, type_ in seen})
    number = {type_: n for n, type_ in enumerate(types)}
    rows = [places(cues, SIZE) for cues, _ in seen]
    classes = np.array([number[type_] for _, type_ in seen])
    network = fit(rows, classes, len(types), options.epochs)
    with torch.no_grad():
        found = network([places(cues, SIZE) for cues, _ in unseen]).argmax(1).tolist()
    right = np.mean([types[f] == type_ for f, (_, type_) in zip(found, unseen, strict=True)])
    print(f"{len(seen)} names; of {len(unseen)} in dev articles {right:.3f} are typed right")
    save(network, types, options.output)


def save(network: NameNetwork, types: Sequence[str], path: Path) -> None:
    """Write the weights, in 16-bit floats, as ``name_types`` reads them."""
    weights = {
        "cues": network.cues.weight,
        "first": network.first,
        "last": network.last.weight.T,
        "bias": network.last.bias,
    }
    if network.context is not None:
        weights["context"] = network.context.weight.T
    arrays: dict[str, Any] = {
        name: weight.detach().numpy().astype("float16") for name, weight in weights.items()
    }
    np.savez_compressed(path, types=np.array(types), **arrays)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.names", description=__doc__.splitlines()[0])
    corpora = Path("corpora")
    parser.add_argument("--gold", nargs="*", type=Path, default=[corpora / "gold/train"])
    parser.add_argument("--passages", nargs="*", type=Path, default=[corpora / "passages"])
    parser.add_argument("--dev", type=Path, default=corpora / "gold/dev")
    parser.add_argument("--pipelines", type=Path)
    parser.add_argument("--half", type=int, choices=HALVES, help="learn of this half alone")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--output", type=Path, default=Path("training/work/names.npz"))
    train(parser.parse_args())
