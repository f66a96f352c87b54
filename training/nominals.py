"""Learns what nominals stand for, from the gold mentions: ``python -m training.nominals``.

Each gold training article is walked as the extractor walks it, with the gold links in place
of its choices; every pairing of a noun with an entity is an example. Writes
``src/policygraph/models/nominals.npz``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from policygraph import nlp as pipelines
from policygraph.evaluate import pair_entities
from policygraph.extraction import entity_of
from policygraph.extraction.coreference import link, named_beside
from policygraph.extraction.entities import gather
from policygraph.extraction.lexicon import load_lexicon
from policygraph.extraction.nominals import KINDS, Nominals
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spots import find_spots
from policygraph.extraction.trees import RANKER, Trees
from policygraph.model import Record
from training.annotated import gold_records

if TYPE_CHECKING:
    from spacy.tokens import Doc

SEED, FOLDS, MIN_COUNT = 7, 5, 12


@dataclass(slots=True)
class Walked:
    """The pairings of one article: features, whether they hold, and the noun's number."""

    features: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    noun: list[int] = field(default_factory=list)
    linked: int = 0


def walk(doc: Doc, gold: Record) -> Walked:
    """Walk an article with the gold links."""
    lexicon = load_lexicon(gold.article.lang)
    spots = find_spots(doc, lexicon, gold.article.published)
    reading = Reading(doc=doc, lexicon=lexicon, published=gold.article.published, spots=spots)
    gather(reading)
    nodes = [node for node in reading.nodes if node.spots]
    found = Record(
        article=gold.article,
        entities=tuple(entity_of(doc, node, str(i)) for i, node in enumerate(nodes)),
    )
    kinds = {entity.id: KINDS.get(entity.type) for entity in gold.entities}
    node_of: dict[str, Node] = {
        g: nodes[int(f)]
        for g, f in pair_entities(gold, found).items()
        if KINDS.get(nodes[int(f)].type) == kinds[g]  # "a court in Seattle" is not Seattle
    }
    head_of, inside = gold_heads(doc, gold)
    result = Walked()
    steps = Nominals(reading)
    for number, (noun, types) in enumerate(list(steps.nouns())):
        if noun.i in inside and noun.i not in head_of:
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
            result.noun.append(number)
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


def gold_heads(doc: Doc, gold: Record) -> tuple[dict[int, Any], set[int]]:
    """The gold entity that each head token of a mention names, and every token of a mention."""
    heads: dict[int, Any] = {}
    inside: set[int] = set()
    for entity in gold.entities:
        for mention in entity.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                heads[span.root.i] = entity
                inside.update(range(span.start, span.end))
    return heads, inside


def learn(walked: Sequence[Walked], threshold: float) -> Trees:
    """The trees that tell which pairings of these articles hold."""
    counts = Counter(name for w in walked for features in w.features for name in features)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    column = {name: i for i, name in enumerate(names)}
    rows = [features for w in walked for features in w.features]
    x = np.zeros((len(rows), len(names)), dtype="float32")
    for row, features in zip(x, rows, strict=True):
        for name, value in features.items():
            if name in column:
                row[column[name]] = value
    y = np.array([right for w in walked for right in w.right], dtype=int)
    model = HistGradientBoostingClassifier(
        max_iter=130, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=12,
        l2_regularization=3.0, max_features=0.4, random_state=SEED, early_stopping=False,
    ).fit(x, y)  # fmt: skip
    return Trees(names=column, threshold=threshold, **flat(model))


def figures(
    walked: Iterable[Walked], trees: Callable[[int], Trees]
) -> dict[float, tuple[int, int, int]]:
    """Links right, made and wanted by threshold; ``trees`` gives those for an article's number."""
    table = {t / 20: [0, 0, 0] for t in range(4, 15)}
    for number, w in enumerate(walked):
        if not w.features:
            continue
        scores = trees(number).score(w.features)
        best: dict[int, tuple[float, bool]] = {}
        for score, right, noun in zip(scores, w.right, w.noun, strict=True):
            if score > best.get(noun, (-1.0, False))[0]:
                best[noun] = (float(score), right)
        for threshold, cell in table.items():
            chosen = [right for score, right in best.values() if score >= threshold]
            cell[0] += sum(chosen)
            cell[1] += len(chosen)
            cell[2] += w.linked
    return {t: (a, b, c) for t, (a, b, c) in table.items()}


def analysed(folders: Sequence[Path]) -> Iterable[tuple[Doc, Record]]:
    """The gold articles, parsed."""
    for gold in gold_records(*folders):
        yield pipelines.analyse(pipelines.load(gold.article.lang), gold.article.text), gold


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


def train(pairs: Iterable[tuple[Doc, Record]], output: Path, threshold: float) -> None:
    """Report cross-validated figures, then learn from everything and write the weights."""
    walked = [walk(doc, gold) for doc, gold in pairs]
    folds = [
        learn([w for i, w in enumerate(walked) if i % FOLDS != fold], threshold)
        for fold in range(FOLDS)
    ]
    for t, (right, made, wanted) in figures(walked, lambda n: folds[n % FOLDS]).items():
        p, r = right / max(1, made), right / max(1, wanted)
        print(f"threshold {t:.2f}  P {p:.3f}  R {r:.3f}  F {2 * p * r / max(1e-9, p + r):.3f}")
    trees = learn(walked, threshold)
    np.savez_compressed(
        output, names=np.array(list(trees.names)), feature=trees.feature, split=trees.split,
        left=trees.left, right=trees.right, value=trees.value, depth=trees.depth,
        bias=trees.bias, threshold=threshold,
    )  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.nominals", description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("corpora/gold/train")])
    parser.add_argument("--output", type=Path, default=RANKER)
    parser.add_argument("--threshold", type=float, default=0.25)
    options = parser.parse_args()
    with threadpool_limits(1):  # on a busy machine the trees' threads wait for one another
        train(analysed(options.gold), options.output, options.threshold)
