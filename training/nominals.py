"""Learns what nominals stand for, from the gold mentions: ``python -m training.nominals``.

Each gold training article is walked as the extractor walks it, with the gold links in place
of its choices; what a noun may stand for are the options of one choice. The gold dev articles
tell how well it is made. What ships is taught by ``together``, which tells what words mean in their
places too; what this command learns, of one half of the articles, reads the other half
(``unseen``). Needs the ``train`` extra (PyTorch).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from policygraph import nlp as pipelines
from policygraph.extraction.coreference.beside import named_beside
from policygraph.extraction.coreference.coreference import link
from policygraph.extraction.coreference.nominals import KINDS, Nominals
from policygraph.extraction.names.called import load_called, load_seats
from policygraph.extraction.reading import Node
from policygraph.model import Record
from policygraph.models import context
from policygraph.models.meanings import WIDTH, load_meanings
from training.annotated import gold_records, matched
from training.called import calls, seats
from training.unseen import HALVES, some

if TYPE_CHECKING:
    from spacy.tokens import Doc

SEED, MIN_COUNT = 7, 8
ALIKE = 96
"""Numbers of a noun and of an option that are compared."""

EPOCHS, NOUNS, RATE = 16, 256, 2e-3
"""Passes, nouns in a batch, and the highest rate of learning."""


@dataclass(slots=True)
class Walked:
    """The pairings of one article: features, whether they hold, the noun's number and token, and
    the tokens of the mentions that it is compared with.
    """

    features: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    meanings: list[int] = field(default_factory=list)
    noun: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    tokens: list[tuple[int, ...]] = field(default_factory=list)
    linked: int = 0


def walk(doc: Doc, gold: Record, taught: bool) -> Walked:
    """Walk an article with the gold links.

    The tables of what things are called count an article that is ``taught``: it is left out.
    """
    found = matched(doc, gold)
    reading, head_of, node_of = found.reading, found.heads, found.node_of
    called, based = load_called(gold.article.lang), load_seats()
    if taught:
        called, based = called.without(calls(found)), based.without(seats(found, gold))
    result = Walked()
    steps = Nominals(reading, called, based)
    for number, (noun, types) in enumerate(list(steps.nouns())):
        if noun.i in found.inside and noun.i not in head_of:
            continue
        entity = head_of.get(noun.i)
        if entity is not None and entity.type not in KINDS:
            entity = None
        node = named_beside(reading, noun, types)
        if node is not None:
            steps.note(link(reading, noun, node), node)
            continue
        wanted = node_of.get(entity.id) if entity is not None else None
        options = steps.options(noun, types)
        result.linked += entity is not None
        for option in options:
            result.features.append(option.features)
            result.meanings.append(option.meaning)
            result.noun.append(number)
            result.at.append(noun.i)
            result.tokens.append(option.tokens)
            if entity is None:
                result.right.append(False)
            elif wanted is None:
                result.right.append(option.node is None)
            else:
                result.right.append(option.node is wanted)
        if entity is not None:
            if wanted is None:
                wanted = node_of[entity.id] = Node(types[0])
                reading.nodes.append(wanted)
            steps.note(link(reading, noun, wanted), wanted)
    return result


@dataclass(frozen=True, slots=True)
class Choices:
    """All options: ``features`` (options, names), ``meanings`` (options, WIDTH), ``right``
    (options,), ``starts`` (nouns + 1) first options of the nouns; ``wanted`` links in the gold.
    """

    features: Tensor
    meanings: Tensor
    right: Tensor
    starts: Any
    wanted: int

    def some(self, nouns: Iterable[int]) -> tuple[Any, Tensor]:
        """The options of some nouns, and which of these nouns each belongs to."""
        ranges = [range(self.starts[n], self.starts[n + 1]) for n in nouns]
        owner = np.repeat(np.arange(len(ranges)), [len(r) for r in ranges])
        return np.concatenate([np.array(r) for r in ranges]), torch.from_numpy(owner)


def choices(walked: Sequence[Walked], names: Mapping[str, int]) -> Choices:
    """The options of some articles as numbers."""
    rows = [features for w in walked for features in w.features]
    x = np.zeros((len(rows), len(names)), "float32")
    for row, features in zip(x, rows, strict=True):
        for name, value in features.items():
            if name in names:
                row[names[name]] = value
    nouns = [(number, noun) for number, w in enumerate(walked) for noun in w.noun]
    firsts = [i for i, noun in enumerate(nouns) if i == 0 or noun != nouns[i - 1]]
    meanings = load_meanings().vectors[[m for w in walked for m in w.meanings]]
    return Choices(
        features=torch.from_numpy(x),
        meanings=torch.from_numpy(meanings.astype("float32")),
        right=torch.tensor([right for w in walked for right in w.right]),
        starts=np.array([*firsts, len(rows)]),
        wanted=sum(w.linked for w in walked),
    )


class RankerNetwork(nn.Module):
    """See ``policygraph.extraction.ranker``; ``scale`` (names,) makes features alike in size.

    ``blank`` is the share of the features that are left out while it learns; ``heard`` whether it
    is told what a noun and the mentions of its options mean in their places.
    """

    def __init__(
        self, scale: Tensor, blank: float = 0.0, hidden: int = 160, narrow: int = 64,
        heard: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.scale = scale
        self.features = nn.Linear(len(scale), hidden)
        self.meaning = nn.Linear(WIDTH, hidden, bias=False)
        self.hidden = nn.Linear(hidden, narrow)
        self.last = nn.Linear(narrow, 1)
        self.dropout = nn.Dropout(0.3)
        self.blank = nn.Dropout(blank)
        if heard:
            self.noun = nn.Linear(context.WIDTH, hidden, bias=False)
            self.option = nn.Linear(context.WIDTH, hidden, bias=False)
            self.asked = nn.Linear(context.WIDTH, ALIKE)
            self.answer = nn.Linear(context.WIDTH, ALIKE)
            self.alike = nn.Linear(ALIKE, hidden, bias=False)
            for layer in (self.noun, self.option):
                nn.init.normal_(layer.weight, 0, 0.01)

    def forward(
        self, features: Tensor, meanings: Tensor, places: tuple[Tensor, Tensor] | None = None
    ) -> Tensor:
        """Raw scores of options; ``places`` (options, numbers) of their nouns and mentions."""
        x = self.features(self.blank(features) / self.scale) + self.meaning(self.blank(meanings))
        if places is not None:
            nouns, answers = places
            x = x + self.noun(nouns) + self.option(answers)
            x = x + self.alike(self.asked(nouns) * self.answer(answers))
        x = self.dropout(torch.relu(self.hidden(self.dropout(torch.relu(x)))))
        found: Tensor = self.last(x)[:, 0]
        return found


def log_shares(raw: Tensor, owner: Tensor, nouns: int) -> tuple[Tensor, Tensor]:
    """Log-probabilities of each option among those of its noun, and of none, noun by noun."""
    most = torch.zeros(nouns).scatter_reduce(0, owner, raw, "amax")
    sums = torch.exp(-most).index_add(0, owner, torch.exp(raw - most[owner]))
    return raw - most[owner] - sums.log()[owner], -most - sums.log()


def learn(given: Choices) -> tuple[RankerNetwork, Iterator[float]]:
    """A network, and its training: yields the mean loss of a noun, pass by pass."""
    torch.manual_seed(SEED)
    scale = given.features.abs().amax(0).clamp(min=1e-6)
    network = RankerNetwork(scale)
    return network, _passes(network, given)


def _passes(network: RankerNetwork, given: Choices) -> Iterator[float]:
    count = len(given.starts) - 1
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=EPOCHS * (count // NOUNS + 1), pct_start=0.1
    )
    random = np.random.default_rng(SEED)
    for _ in range(EPOCHS):
        network.train()
        order, total = random.permutation(count), 0.0
        for start in range(0, count, NOUNS):
            nouns = order[start : start + NOUNS]
            rows, owner = given.some(nouns)
            raw = network(given.features[rows], given.meanings[rows])
            shares, none = log_shares(raw, owner, len(nouns))
            right = given.right[rows]
            named = torch.zeros(len(nouns)).index_add(0, owner, right.float()) > 0
            loss = -(shares[right].sum() + none[~named].sum()) / len(nouns)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(nouns)
        yield total / count


def figures(network: RankerNetwork, given: Choices) -> dict[float, tuple[float, float]]:
    """Precision and recall of the links made, by threshold."""
    network.eval()
    rows, owner = given.some(range(len(given.starts) - 1))
    with torch.no_grad():
        raw = network(given.features[rows], given.meanings[rows])
        shares = log_shares(raw, owner, len(given.starts) - 1)[0].exp().numpy()
    best = [int(a + shares[a:b].argmax()) for a, b in pairwise(given.starts)]
    right = given.right.numpy()[best]
    table = {}
    for threshold in (t / 20 for t in range(2, 13)):
        made = shares[best] >= threshold
        table[threshold] = (
            float(right[made].mean()) if made.any() else 0.0,
            float(right[made].sum() / max(1, given.wanted)),
        )
    return table


def analysed(folders: Sequence[Path], half: int | None = None) -> Iterable[tuple[Doc, Record]]:
    """The gold articles, or a half of them, parsed."""
    for gold in some(gold_records(*folders), half):
        yield pipelines.analyse(pipelines.load(gold.article.lang), gold.article.text), gold


def save(network: RankerNetwork, names: Mapping[str, int], path: Path, threshold: float) -> None:
    """Write the weights as ``policygraph.extraction.ranker`` reads them, in 16-bit floats."""
    arrays = {
        "features": (network.features.weight / network.scale).T,
        "meaning": network.meaning.weight.T,
        "first": network.features.bias,
        "hidden": network.hidden.weight.T,
        "second": network.hidden.bias,
        "last": network.last.weight[0],
        "bias": network.last.bias[0],
    }
    if hasattr(network, "alike"):
        arrays |= {
            "noun": network.noun.weight.T,
            "option": network.option.weight.T,
            "asked": network.asked.weight.T,
            "asked bias": network.asked.bias,
            "answer": network.answer.weight.T,
            "answer bias": network.answer.bias,
            "alike": network.alike.weight.T,
        }
    np.savez_compressed(
        path,
        names=np.array(list(names)),
        threshold=threshold,
        **{name: array.detach().numpy().astype("float16") for name, array in arrays.items()},
    )


def train(options: argparse.Namespace) -> None:
    """Learn, report figures on held-out articles, and write the weights."""
    walked = [walk(doc, record, True) for doc, record in analysed(options.gold, options.half)]
    counts = Counter(
        name for w in walked for features in w.features for name, value in features.items() if value
    )
    kept = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    names = {name: i for i, name in enumerate(kept)}
    network, passes = learn(choices(walked, names))
    for number, loss in enumerate(passes):
        print(f"pass {number} loss {loss:.3f}", flush=True)
    held_out = choices([walk(doc, record, False) for doc, record in analysed(options.dev)], names)
    for t, (p, r) in figures(network, held_out).items():
        print(f"threshold {t:.2f}  P {p:.3f}  R {r:.3f}  F {2 * p * r / max(1e-9, p + r):.3f}")
    save(network, names, options.output, options.threshold)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.nominals", description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("corpora/gold/train")])
    parser.add_argument("--dev", nargs="*", type=Path, default=[Path("corpora/gold/dev")])
    parser.add_argument("--output", type=Path, default=Path("training/work/nominals.npz"))
    parser.add_argument("--threshold", type=float, default=0.3)
    parser.add_argument("--half", type=int, choices=HALVES, help="learn of this half alone")
    torch.set_num_threads(1)
    train(parser.parse_args())
