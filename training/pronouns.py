"""Learns what speaks for a pronoun's referent: ``python -m training.pronouns``.

No pronoun is annotated, but claims are: where a sentence with one pronoun makes a claim of an
entity that it does not mention, that is whom the pronoun most likely stands for. A conditional
logit weighs the mentions before it, as ``policygraph.extraction.coreference.pronouns`` does, each
entity by its nearest, those of the sentence itself left out, since they are never right here.
Prints how often the order of ``ontology/lexicon/pronouns.toml`` is right, and what is learned, for
the hand to put there; needs the ``train`` extra (PyTorch).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from policygraph import nlp as pipelines
from policygraph.extraction.coreference.pronouns import described, load_worth
from policygraph.model import Record
from training.annotated import article_reading, gold_records

MIN_COUNT, PENALTY = 25, 0.01
"""Mentions that a feature must have to be learned, and the weight of the squares."""

Asked = tuple[list[dict[str, float]], int]
"""What is known of a pronoun's candidates, and the number of the right one."""


def asked(gold: Record) -> Iterator[Asked]:
    """The pronouns of an article whose referents its claims tell."""
    doc = pipelines.analyse(pipelines.load(gold.article.lang), gold.article.text)
    reading, ids = article_reading(doc, gold)
    node_of = {ids[id(node)]: node for node in reading.nodes if id(node) in ids}
    present: dict[int, set[int]] = {}
    for spot in reading.spots:
        node = reading.node_of.get(id(spot))
        if node is not None:
            present.setdefault(reading.sentence_of[spot.start], set()).add(id(node))
    pronouns: dict[int, list[int]] = {}
    for i in reading.pronouns:
        pronouns.setdefault(reading.sentence_of[i], []).append(i)
    for number, sent in enumerate(reading.sentences):
        missing = {
            id(node_of[end])
            for claim in gold.claims
            if sent.start_char <= claim.evidence.start < sent.end_char
            for end in (claim.subject, claim.object)
        } - present.get(number, set())
        if len(missing) != 1 or len(pronouns.get(number, ())) != 1:
            continue
        nearest: dict[int, dict[str, float]] = {}
        for node, _, features in described(reading, reading.tokens[pronouns[number][0]]):
            if "back 0" not in features:
                nearest.setdefault(id(node), features)
        [right] = missing
        if right in nearest:
            yield list(nearest.values()), list(nearest).index(right)


def numbers(questions: Sequence[Asked], names: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
    """Features (candidates, names), the question of each candidate, and which are right."""
    rows = [[f.get(name, 0.0) for name in names] for features, _ in questions for f in features]
    owner = [number for number, (features, _) in enumerate(questions) for _ in features]
    right = [n == r for features, r in questions for n in range(len(features))]
    return torch.tensor(rows), torch.tensor(owner), torch.tensor(right)


def shares(raw: Tensor, owner: Tensor, questions: int) -> Tensor:
    """Log-probabilities of each candidate among those of its question."""
    most = torch.full((questions,), -1e9).scatter_reduce(0, owner, raw, "amax")
    sums = torch.zeros(questions).index_add(0, owner, torch.exp(raw - most[owner]))
    return raw - most[owner] - sums.log()[owner]


def learn(questions: Sequence[Asked]) -> dict[str, float]:
    """What each feature is worth."""
    counts = Counter(name for features, _ in questions for f in features for name in f)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    x, owner, right = numbers(questions, names)
    scale = x.abs().amax(0)
    worth = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([worth], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        found = -shares(x / scale @ worth, owner, len(questions))[right].mean()
        found = found + PENALTY * (worth**2).sum()
        found.backward()
        return found

    optimizer.step(loss)
    return dict(zip(names, (worth / scale).tolist(), strict=True))


def accuracy(questions: Sequence[Asked], worth: Mapping[str, float]) -> float:
    """Share of the questions whose right candidate comes first."""
    first = 0
    for features, right in questions:
        scores = [sum(worth.get(name, 0.0) * v for name, v in f.items()) for f in features]
        first += scores.index(max(scores)) == right
    return first / max(1, len(questions))


def train(options: argparse.Namespace) -> None:
    """Learn from the training articles, try on the dev articles, print."""
    seen = [question for gold in gold_records(*options.gold) for question in asked(gold)]
    unseen = [question for gold in gold_records(options.dev) for question in asked(gold)]
    worth = learn(seen)
    print(f"{len(seen)} pronouns; of {len(unseen)} in dev articles right: ", end="")
    print(f"{accuracy(unseen, load_worth()):.3f} as ordered now, ", end="")
    print(f"{accuracy(unseen, worth):.3f} as learned")
    for name, value in sorted(worth.items(), key=lambda item: -abs(item[1])):
        print(f'"{name}" = {value:.3f}')


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.pronouns", description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("corpora/gold/train")])
    parser.add_argument("--dev", type=Path, default=Path("corpora/gold/dev"))
    train(parser.parse_args())
