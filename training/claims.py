"""Learns which candidates are claims, from the gold articles: ``python -m training.claims``.

Every candidate of the extractor (a trigger with two entities of fitting types) in the gold
training articles is an example; it is right where the gold has that claim with evidence in
that sentence. Scores on held-out articles (cross-validation by article) give the
calibration and the threshold. Writes ``src/policygraph/models/claims.npz``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from policygraph import nlp as pipelines
from policygraph.evaluate import pair_entities
from policygraph.extraction import entity_of, read
from policygraph.extraction.attribution import find_speech
from policygraph.extraction.claims import propose
from policygraph.extraction.scorer import CUES, WEIGHTS, place
from policygraph.model import Record
from policygraph.ontology import load_vocabulary
from policygraph.rules import load_rules

SEED = 7
FOLDS = 4
WRONG_KEPT = 0.2
CUE_SIZE = 1 << 16
MIN_COUNT = 80
"""Features seen less often are left out."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A candidate of an article, whether it is right, and the gold claim it would give."""

    features: dict[str, float]
    cues: list[str]
    right: bool
    triple: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The examples of one article, and how many claims its gold has."""

    lang: str
    examples: list[Pairing]
    wanted: int


def gold_records(*folders: Path) -> Iterator[Record]:
    """The gold records under some folders, in order of their paths."""
    for folder in folders:
        for path in sorted(folder.rglob("*.json")):
            yield Record.from_json(json.loads(path.read_text(encoding="utf-8")), where=path.name)


def case(gold: Record) -> Case:
    """Examples from one gold article, read as the extractor reads it."""
    lang = gold.article.lang
    nlp = pipelines.load(lang)
    doc = pipelines.analyse(nlp, gold.article.text)
    reading = read(doc, gold.article)
    rules, vocabulary = load_rules(), load_vocabulary()
    candidates = list(propose(reading, rules, vocabulary, find_speech(doc, rules, reading.lexicon)))
    nodes = [node for node in reading.nodes if node.spots]
    found = Record(
        article=gold.article,
        entities=tuple(entity_of(doc, node, str(i)) for i, node in enumerate(nodes)),
    )
    of_node = {id(nodes[int(f)]): g for g, f in pair_entities(gold, found).items()}
    spans: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for claim in gold.claims:
        ends = [(claim.subject, claim.object)]
        if vocabulary.predicates[claim.predicate].symmetric:
            ends.append((claim.object, claim.subject))
        for one, other in ends:
            spans.setdefault((one, claim.predicate, other), []).append(
                (claim.evidence.start, claim.evidence.end)
            )
    examples = []
    for candidate in candidates:
        subject, object_ = candidate.pair.subject, candidate.pair.object
        triple = of_node.get(id(subject.node)), candidate.predicate, of_node.get(id(object_.node))
        token = subject.token or object_.token
        if token is None:
            continue
        sent = token.sent
        evidence = spans.get(triple)  # type: ignore[arg-type]
        right = any(s < sent.end_char and sent.start_char < e for s, e in evidence or ())
        if evidence and not right:
            continue  # the claim stands elsewhere: this sentence may say it too
        key = (id(subject.node), candidate.predicate, id(object_.node))
        if vocabulary.predicates[candidate.predicate].symmetric:
            key = (min(key[0], key[2]), candidate.predicate, max(key[0], key[2]))
        examples.append(Pairing(candidate.features, candidate.cues, right, key))
    return Case(lang, examples, len(gold.claims))


def vocabulary_of(cases: Iterable[Case]) -> list[str]:
    """Names of the features that occur often enough, sorted."""
    counts = Counter(name for c in cases for e in c.examples for name in e.features)
    return sorted(name for name, count in counts.items() if count >= MIN_COUNT)


def matrix(cases: Sequence[Case], names: Sequence[str]) -> tuple[Any, Any, Any]:
    """Features, labels and article numbers of all examples."""
    column = {name: i for i, name in enumerate(names)}
    rows = [(e, number) for number, c in enumerate(cases) for e in c.examples]
    x = np.zeros((len(rows), len(names)), dtype="float32")
    for i, (example, _) in enumerate(rows):
        for name, value in example.features.items():
            if name in column:
                x[i, column[name]] = value
    y = np.array([example.right for example, _ in rows], dtype=int)
    return x, y, np.array([number for _, number in rows])


def cue_matrix(cases: Sequence[Case]) -> Any:
    """Hashed cues of all examples, sparse, of shape (examples, ``CUE_SIZE``)."""
    columns = [[place(cue, CUE_SIZE) for cue in e.cues] for c in cases for e in c.examples]
    ends = np.cumsum([0, *map(len, columns)])
    flat_ = np.array([c for row in columns for c in row], dtype="int32")
    return csr_matrix((np.ones(len(flat_), "float32"), flat_, ends), (len(columns), CUE_SIZE))


def weigher() -> LogisticRegression:
    """The linear part."""
    return LogisticRegression(C=0.5, max_iter=200)


def classifier() -> HistGradientBoostingClassifier:
    """Small trees, many of them, slowly: the right ones are few."""
    return HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=20,
        l2_regularization=10.0, max_bins=64, random_state=SEED,
    )  # fmt: skip


def sample(y: Any, rows: Any, seed: int) -> tuple[Any, Any]:
    """All right examples and a share of the wrong ones, with weights that make up for it."""
    chance = np.random.default_rng(seed).random(len(rows))
    kept = rows[(y[rows] == 1) | (chance < WRONG_KEPT)]
    return kept, np.where(y[kept] == 1, 1.0, 1.0 / WRONG_KEPT)


def fit_trees(x: Any, y: Any, rows: Any) -> HistGradientBoostingClassifier:
    """The trees, learned from the examples ``rows``."""
    kept, weights = sample(y, rows, SEED)
    return classifier().fit(x[kept], y[kept], sample_weight=weights)


def held_out_scores(fit: Callable[[Any], Any], x: Any, y: Any, groups: Any) -> Any:
    """Raw scores of every example by a model that has not seen its article."""
    raw = np.zeros(len(y))
    for seen, unseen in GroupKFold(FOLDS).split(x, y, groups):
        raw[unseen] = fit(seen).decision_function(x[unseen])
    return raw


def figures(cases: Sequence[Case], scores: Any, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of claims at a threshold, one claim a triple and article."""
    right = found = 0
    wanted = sum(c.wanted for c in cases)
    at = 0
    for c in cases:
        triples: dict[tuple[Any, ...], bool] = {}
        for example, score in zip(c.examples, scores[at : at + len(c.examples)], strict=True):
            if score >= threshold:
                triples[example.triple] = triples.get(example.triple, False) or example.right
        at += len(c.examples)
        right += sum(triples.values())
        found += len(triples)
    precision, recall = right / max(1, found), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def flat(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as arrays of shape (trees, nodes); a leaf is its own child."""
    trees = [predictor[0].nodes for predictor in model._predictors]
    size = max(len(nodes) for nodes in trees)
    arrays = {
        "feature": np.zeros((len(trees), size), dtype="int16"),
        "split": np.zeros((len(trees), size), dtype="float32"),
        "left": np.zeros((len(trees), size), dtype="int16"),
        "right": np.zeros((len(trees), size), dtype="int16"),
        "value": np.zeros((len(trees), size), dtype="float32"),
    }
    for number, nodes in enumerate(trees):
        for at, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            arrays["feature"][number, at] = 0 if leaf else node["feature_idx"]
            arrays["split"][number, at] = 0 if leaf else node["num_threshold"]
            arrays["left"][number, at] = at if leaf else node["left"]
            arrays["right"][number, at] = at if leaf else node["right"]
            arrays["value"][number, at] = node["value"] if leaf else 0
    depth = max(int(nodes["depth"].max()) for nodes in trees)
    return arrays | {"depth": depth, "bias": float(np.ravel(model._baseline_prediction)[0])}


def train(folders: Sequence[Path], output: Path, precision: float) -> None:
    """Learn from the gold articles under ``folders`` and write the weights."""
    cases = [case(record) for record in gold_records(*folders)]
    names = [CUES, *vocabulary_of(cases)]
    x, y, groups = matrix(cases, names)
    reachable = sum(len({e.triple for e in c.examples if e.right}) for c in cases)
    print(
        f"{len(cases)} articles, {len(y)} candidates, {y.sum()} right, {len(names)} features; "
        f"{reachable} of {sum(c.wanted for c in cases)} claims have a candidate"
    )
    cues = cue_matrix(cases)
    x[:, names.index(CUES)] = held_out_scores(
        lambda rows: weigher().fit(cues[rows], y[rows]), cues, y, groups
    )
    raw = held_out_scores(lambda rows: fit_trees(x, y, rows), x, y, groups)
    platt = LogisticRegression(C=1e6).fit(raw[:, None], y)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    scores = 1 / (1 + np.exp(-(slope * raw + offset)))
    table = {t / 100: figures(cases, scores, t / 100) for t in range(10, 90, 2)}
    for t, (p, r, f) in table.items():
        print(f"  threshold {t:.2f}  P {p:.3f}  R {r:.3f}  F {f:.3f}")
    good = {t: f for t, (p, _, f) in table.items() if p >= precision}
    threshold = max(good, key=lambda t: good[t]) if good else max(table, key=lambda t: table[t][0])
    print("threshold", threshold)
    for low in range(0, 10):
        inside = (scores >= low / 10) & (scores < (low + 1) / 10)
        if inside.any():
            print(
                f"  said {scores[inside].mean():.2f}  is {y[inside].mean():.2f}  n {inside.sum()}"
            )
    model = fit_trees(x, y, np.arange(len(y)))
    linear = weigher().fit(cues, y)
    np.savez_compressed(
        output,
        names=np.array(names),
        cues=linear.coef_[0].astype("float16"),
        cues_bias=float(linear.intercept_[0]),
        slope=slope,
        offset=offset,
        threshold=threshold,
        **flat(model),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.claims", description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("corpora/gold/train")])
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    parser.add_argument("--precision", type=float, default=0.35, help="least precision to aim at")
    options = parser.parse_args()
    train(options.gold, options.output, options.precision)
