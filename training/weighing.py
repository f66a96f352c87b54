"""Learns to weigh an article's likely claims: ``python -m training.weighing``.

The claim network is too sure of the articles that it was taught, so two more like it, with encoders
of their own, are taught on one half of them each, and what they say of the other halves are the
examples. The gold dev articles, as the extractor reads them and the shipped network judges them,
give calibration and threshold; with ``--calibrate`` nothing else is learned anew. Writes
``src/policygraph/models/weighing.npz``; needs the ``train`` extra (PyTorch).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from policygraph.extraction.pairs.codes import codes_of
from policygraph.extraction.pairs.encoding import Encoded
from policygraph.extraction.pairs.network import Network, load_network
from policygraph.extraction.pairs.pair_numbers import PairNumbers
from policygraph.extraction.pairs.weighing import WEIGHTS, likely
from policygraph.model import Record
from policygraph.models.weights import Array, probability
from policygraph.ontology import load_vocabulary
from training.annotated import gold_records
from training.claims import (
    LEFT_OUT,
    Example,
    as_found,
    as_found_in,
    calibrate,
    platt,
    raw_scores,
)
from training.together import often_of, parser, teach
from training.unseen import using

SEED, EPOCHS, RATE, CLAIMS, HIDDEN = 7, 15, 5e-3, 512, 64
"""Passes, highest rate of learning, claims in a batch, and width of the hidden layer."""

ALIKE = 0.002
"""F1 by which thresholds may differ and count as alike: the one in their middle is chosen."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An article's likely claims: ``features``, and ``numbers`` of the gold claims or -1; it counts
    so ``often``.
    """

    features: Any
    numbers: Any
    wanted: int
    often: float = 1.0


def weighed(example: Example, scores: Array) -> Weighed:
    """What there is to weigh in an article by the network's probabilities."""
    codes = codes_of(load_vocabulary())
    claims = likely(example.encoded, scores, codes, example.lang)
    numbers: dict[tuple[int, int, int], int] = {}
    for row, column in np.argwhere(example.claims >= 0):
        subject, object_ = example.encoded.pairs.nodes[row].tolist()
        number = int(example.claims[row, column])
        numbers[subject, int(column), object_] = number
        if codes.vocabulary[column].symmetric:
            numbers[object_, int(column), subject] = number
    keys = zip(claims.ends[:, 0], claims.columns, claims.ends[:, 1], strict=True)
    return Weighed(
        features=claims.features,
        numbers=np.array([numbers.get((int(s), int(p), int(o)), -1) for s, p, o in keys]),
        wanted=len(example.stances),
    )


def as_run(network: Network, example: Example) -> Example:
    """An example with the pairs alone that the network judges after a glance."""
    text, pairs = example.encoded.text, example.encoded.pairs
    rows = network.promising(text, network.read(text), pairs.ends)
    on_way = np.isin(pairs.path_of, rows)
    kept = PairNumbers(
        sentence=pairs.sentence[rows],
        ends=pairs.ends[rows],
        nodes=pairs.nodes[rows],
        extras=pairs.extras[rows],
        allowed=pairs.allowed[rows],
        often=pairs.often[rows],
        path=pairs.path[on_way],
        path_of=np.searchsorted(rows, pairs.path_of[on_way]),
    )
    labels, claims = example.labels[rows], example.claims[rows]
    return replace(example, encoded=Encoded(text, kept), labels=labels, claims=claims)


class WeigherNetwork(nn.Module):
    """See ``policygraph.extraction.pairs.weighing``."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.features = nn.Linear(features, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)
        self.plain = nn.Linear(features, 1, bias=False)
        self.dropout = nn.Dropout(0.3)

    def forward(self, features: Tensor) -> Tensor:
        """Log-odds of claims."""
        hidden = self.dropout(torch.relu(self.features(features)))
        found: Tensor = (self.last(hidden) + self.plain(features))[:, 0]
        return found


def learn(articles: Sequence[Weighed]) -> WeigherNetwork:
    """A network taught on some articles' likely claims."""
    torch.manual_seed(SEED)
    x = torch.from_numpy(np.concatenate([a.features for a in articles if len(a.features)]))
    right = np.concatenate([a.numbers >= 0 for a in articles if len(a.features)])
    y = torch.from_numpy(right.astype("float32"))
    network = WeigherNetwork(x.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=EPOCHS * (len(x) // CLAIMS + 1), pct_start=0.1
    )
    for _ in range(EPOCHS):
        network.train()
        for rows in torch.randperm(len(x)).split(CLAIMS):
            loss = functional.binary_cross_entropy_with_logits(network(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    network.eval()
    return network


def taken_up(path: Path) -> WeigherNetwork:
    """A network with the weights in a file that ``save`` wrote."""
    with np.load(path) as data:
        given = {name: torch.from_numpy(data[name].astype("float32")) for name in data.files}
    network = WeigherNetwork(len(given["features"]))
    network.load_state_dict(
        {
            "features.weight": given["features"].T,
            "features.bias": given["first"],
            "last.weight": given["last"][None],
            "last.bias": given["bias"][None],
            "plain.weight": given["plain"][None],
        }
    )
    return network.eval()


def raw(network: WeigherNetwork, article: Weighed) -> Array:
    """Log-odds of an article's likely claims."""
    if not len(article.features):
        return np.zeros(0, "float32")
    with torch.no_grad():
        found: Array = network(torch.from_numpy(article.features)).numpy()
    return found


def figures(
    articles: Sequence[Weighed], scores: Sequence[Array], threshold: float
) -> tuple[float, float, float]:
    """Precision, recall and F1 of the claims from a threshold up."""
    right = shown = 0.0
    for article, score in zip(articles, scores, strict=True):
        numbers = article.numbers[score >= threshold]
        right += article.often * len(set(numbers[numbers >= 0].tolist()))
        shown += article.often * len(numbers)
    precision = right / max(1, shown)
    recall = right / max(1, sum(a.often * a.wanted for a in articles))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def save(
    network: WeigherNetwork, path: Path, *, threshold: float, slope: float, offset: float
) -> None:
    """Write the weights, in 16-bit floats, for ``policygraph.extraction.pairs.weighing``."""
    arrays = {
        "features": network.features.weight.T,
        "first": network.features.bias,
        "last": network.last.weight[0] * slope,
        "plain": network.plain.weight[0] * slope,
        "bias": network.last.bias[0] * slope + offset,
    }
    np.savez_compressed(
        path,
        threshold=threshold,
        **{name: array.detach().numpy().astype("float16") for name, array in arrays.items()},
    )


def judged(
    options: argparse.Namespace, taught: Sequence[Record], rest: Sequence[Record]
) -> Iterator[Weighed]:
    """Some articles as judged by networks that were taught on others, public texts and passages."""
    course = teach(options, taught)
    with TemporaryDirectory() as folder:
        course.write(Path(folder), options.dev)
        with using(words=Path(folder)):
            found = as_found_in(rest, options.unseen)
    scores = raw_scores(course.taught.claims, found)
    slope, offset = calibrate(found, scores)
    for example, score in zip(found, scores, strict=True):
        yield weighed(example, probability(slope * score + offset) * (score > LEFT_OUT))


def train(options: argparse.Namespace) -> None:
    """Learn, choose the threshold, and write the weights."""
    if options.calibrate:
        network = taken_up(WEIGHTS)
    else:
        records = list(gold_records(*options.gold))
        halves = records[0::2], records[1::2]
        network = learn([*judged(options, *halves), *judged(options, *halves[::-1])])
    finish(network, options)


def finish(network: WeigherNetwork, options: argparse.Namespace) -> None:
    """Calibrate on dev, whose articles count as often as a pass would read them, choose the
    threshold, and write the weights.
    """
    judge = load_network()
    if judge is None:
        raise SystemExit("no claim network yet: run python -m training.claims first")
    held_out = []
    for record in gold_records(options.dev):
        example = as_run(judge, as_found(record))
        article = weighed(example, judge.judge(example.encoded).scores)
        held_out.append(replace(article, often=often_of(record)))
    scores = [raw(network, article) for article in held_out]
    right = np.concatenate([a.numbers >= 0 for a in held_out])
    often = np.concatenate([np.full(len(a.numbers), a.often) for a in held_out])
    slope, offset = platt(np.concatenate(scores), right, often)
    chances = [probability(slope * s + offset) for s in scores]
    table = {t / 100: figures(held_out, chances, t / 100) for t in range(6, 80, 2)}
    for t, (p, r, f) in table.items():
        print(f"  threshold {t:.2f}  P {p:.3f}  R {r:.3f}  F {f:.3f}")
    best = max(f for _, _, f in table.values())
    alike = [t for t, (_, _, f) in table.items() if f >= best - ALIKE]
    threshold = alike[len(alike) // 2]
    print("threshold", threshold)
    save(network, options.output, threshold=threshold, slope=slope, offset=offset)


if __name__ == "__main__":
    commands = parser("weighing", __doc__)
    commands.add_argument("--output", type=Path, default=WEIGHTS)
    commands.add_argument("--calibrate", action="store_true", help="keep what was learned")
    train(commands.parse_args())
