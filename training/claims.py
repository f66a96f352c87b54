"""Which pairs of entities make which claims, as examples to learn from (``together``).

Examples come from the gold training articles, read once as annotated and once as the extractor
finds their entities, and from the annotated passages. A pair is right for a predicate where the
gold has that claim with evidence in that sentence. The gold dev articles, as the extractor reads
them, give calibration and threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch.nn import functional

from policygraph import nlp as pipelines
from policygraph.extraction import read
from policygraph.extraction.claims import survey
from policygraph.extraction.pairs.codes import codes_of
from policygraph.extraction.pairs.encoding import Encoded, encode
from policygraph.extraction.pairs.network import PROMISE
from policygraph.extraction.speech.attribution import find_speech
from policygraph.model import Record, Status
from policygraph.ontology import load_vocabulary
from policygraph.rules import load_rules
from training.annotated import article_reading, found_nodes, gold_records, passage_reading
from training.network import Batch, ClaimNetwork, batch
from training.passages import Passage
from training.unseen import HALVES, other_half, some

if TYPE_CHECKING:
    from policygraph.extraction.reading import Reading

Said = tuple[str, str, str, int, int, Status, bool]
"""A claim: subject, predicate and object by their ids, its evidence in characters, its status
and whether it is negated."""

STANCE = 0.5
"""Weight of the stances' loss beside that of the claims."""

GLANCE, WORTH = 0.2, -3.9
"""Weight of the glance's loss, and log-odds of a pair's likeliest claim from which a closer look is
worth while: about the probability from which claims are weighed at all."""

KEPT, FRESH = 0.5, 0.35
"""Shares of known and of fresh weights from which learning goes on."""

LEFT_OUT = -99.0
"""Log-odds of what types forbid, and of pairs that a glance leaves out."""

UNKNOWN = -1

LESS = 40
"""What sums of losses are divided by."""

PRECISION = 0.4
"""What shown pairs should reach at least, where the threshold for them is chosen."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text's numbers and what is right of them.

    ``labels`` (pairs, predicates): 1 right, 0 wrong, ``UNKNOWN`` where the text says it in
    another sentence; ``claims`` (pairs, predicates): numbers of the gold claims, or -1;
    ``stances`` (claims, 2): code of the status, and 1 for negated.
    """

    lang: str
    encoded: Encoded
    labels: Any
    claims: Any
    stances: Any


def as_found(gold: Record) -> Example:
    """A gold article with the entities that the extractor finds."""
    doc = pipelines.analyse(pipelines.load(gold.article.lang), gold.article.text)
    reading = read(doc, gold.article)
    ids = {id(node): g for g, node in found_nodes(reading, gold).items()}
    return _example(reading, ids, _said(gold))


def as_found_in(records: Sequence[Record], unseen: Path | None) -> list[Example]:
    """Gold articles as found; with a folder ``unseen``, as ``training.unseen`` reads them."""
    if unseen is None:
        return [as_found(record) for record in records]
    found: dict[str, Example] = {}
    for half in HALVES:
        with other_half(unseen, half):
            found |= {record.article.id: as_found(record) for record in some(records, half)}
    return [found[record.article.id] for record in records]


def as_annotated(gold: Record) -> Example:
    """A gold article with its annotated entities."""
    doc = pipelines.analyse(pipelines.load(gold.article.lang), gold.article.text)
    reading, ids = article_reading(doc, gold)
    return _example(reading, ids, _said(gold))


def of_passage(passage: Passage) -> Example:
    """A passage; its claims may stand in any of its sentences."""
    doc = pipelines.analyse(pipelines.load(passage.lang), passage.text)
    reading, ids = passage_reading(doc, passage)
    said = [
        (c.subject, c.predicate, c.object, 0, len(doc.text), c.status, c.negated)
        for c in passage.claims
    ]
    return _example(reading, ids, said)


def _said(gold: Record) -> list[Said]:
    return [
        (
            c.subject,
            c.predicate,
            c.object,
            c.evidence.start,
            c.evidence.end,
            c.status,
            c.negated,
        )
        for c in gold.claims
    ]


def _example(reading: Reading, ids: Mapping[int, str], said: Sequence[Said]) -> Example:
    rules, vocabulary = load_rules(), load_vocabulary()
    codes = codes_of(vocabulary)
    surveys = survey(reading, rules, vocabulary, find_speech(reading.doc, rules, reading.lexicon))
    lineup, encoded = encode(reading, surveys, codes, rules)
    by_ends: dict[tuple[str, str], list[tuple[int, int, int, int]]] = {}
    for number, (subject, predicate, object_, start, end, *_) in enumerate(said):
        item = codes.predicates[predicate], start, end, number
        by_ends.setdefault((subject, object_), []).append(item)
        if vocabulary.predicates[predicate].symmetric:
            by_ends.setdefault((object_, subject), []).append(item)
    labels = np.zeros(encoded.pairs.allowed.shape, "int8")
    claims = np.full(labels.shape, -1, "int16")
    for row, (place, pair) in enumerate(zip(lineup.sentence, lineup.pairs, strict=True)):
        sent = surveys[place].sent
        ends = [id(end.node) for end in pair.ends]
        key = ids.get(ends[0], ""), ids.get(ends[1], "")
        for column, start, end, number in by_ends.get(key, ()):
            claims[row, column] = number
            if start < sent.end_char and sent.start_char < end:
                labels[row, column] = 1
            elif not labels[row, column]:
                labels[row, column] = UNKNOWN
    return Example(reading.lexicon.lang, encoded, labels, claims, stances_of(said))


def stances_of(said: Sequence[Said]) -> Any:
    """Codes of the claims' statuses, and 1 for those that are negated."""
    codes = {status: code for code, status in enumerate(Status)}
    rows = [(codes[status], negated) for *_, status, negated in said]
    return np.array(rows, "int8").reshape(-1, 2)


def loss_of(network: ClaimNetwork, examples: Sequence[Example], numbers: Batch) -> Any:
    """Cross-entropy over the predicates that the types admit, of the right pairs' stances, and of
    glances, which should tell what the network itself then finds likely.
    """
    labels = torch.from_numpy(np.concatenate([e.labels for e in examples]))
    counted = (numbers.allowed & (labels >= 0)).float()
    raw, stances, promise = network(numbers)
    loss = (
        functional.binary_cross_entropy_with_logits(
            raw, labels.clamp(min=0).float(), reduction="none"
        )
        * counted
    ).sum()
    chances = raw.detach().masked_fill(~numbers.allowed, LEFT_OUT).amax(1)
    loss = loss + GLANCE * functional.binary_cross_entropy_with_logits(
        promise, torch.sigmoid(chances - WORTH), reduction="sum"
    )
    wanted = torch.from_numpy(np.concatenate([stance_labels(e) for e in examples])).long()
    right = wanted[:, 0] >= 0
    if right.any():
        statuses, negated = stances[right, :-1], stances[right, -1]
        loss = loss + STANCE * (
            functional.cross_entropy(statuses, wanted[right, 0], reduction="sum")
            + functional.binary_cross_entropy_with_logits(
                negated, wanted[right, 1].float(), reduction="sum"
            )
        )
    return loss / LESS


def stance_labels(example: Example) -> Any:
    """(pairs, 2): status code and negation of the claim that each pair makes, or -1."""
    found = np.full((len(example.labels), 2), -1, "int8")
    for row, column in np.argwhere(example.labels == 1):
        found[row] = example.stances[example.claims[row, column]]
    return found


def start_from(network: ClaimNetwork, path: Path) -> None:
    """Shrink and perturb (Ash and Adams, 2020): halve shipped weights and mix fresh ones in.

    What was learned from fewer articles otherwise keeps the network from learning as much of all as
    one that begins anew. Norms and what starts from a fixed value are kept.
    """
    shipped = named_weights(path)
    with torch.no_grad():
        for name, weight in network.named():
            known = torch.from_numpy(shipped[name])
            fixed = name.startswith("norm.") or name in ("trigger_weight", "predicates.bias")
            weight.copy_(known if fixed else KEPT * known + FRESH * weight)


def named_weights(path: Path) -> dict[str, Any]:
    """The weights in a file that ``save`` wrote, by name."""
    with np.load(path) as data:
        names = [name for name in data.files if name.startswith("w:")]
        return {name.removeprefix("w:"): data[name].astype("float32") for name in names}


def raw_scores(network: ClaimNetwork, examples: Iterable[Example]) -> list[Any]:
    """Log-odds of every pair and predicate, example by example, or ``LEFT_OUT``."""
    network.eval()
    found = []
    with torch.no_grad():
        for example in examples:
            if len(example.labels):
                raw, _, promise = network(batch([example.encoded]))
                judged = (promise >= PROMISE)[:, None].numpy() & example.encoded.pairs.allowed
                found.append(np.where(judged, raw.numpy(), LEFT_OUT))
            else:
                found.append(np.zeros(example.labels.shape))
    return found


def figures(
    examples: Sequence[Example], scores: Sequence[Any], threshold: float
) -> tuple[float, float, float]:
    """Precision, recall and F1 of claims at a threshold, one claim a triple and text."""
    predicates = codes_of(load_vocabulary()).vocabulary
    right = found = 0
    for example, score in zip(examples, scores, strict=True):
        triples: dict[tuple[int, int, int], int] = {}
        for row, column in np.argwhere(score >= threshold):
            one, other = example.encoded.pairs.nodes[row]
            if predicates[column].symmetric and one > other:
                one, other = other, one
            key = int(one), int(column), int(other)
            triples[key] = max(triples.get(key, -1), int(example.claims[row, column]))
        found += len(triples)
        right += len({number for number in triples.values() if number >= 0})
    precision = right / max(1, found)
    recall = right / max(1, sum(len(e.stances) for e in examples))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def calibrate(examples: Sequence[Example], raw: Sequence[Any]) -> tuple[float, float]:
    """Slope and offset that make probabilities of what the network says of pairs."""
    inside = [(r > LEFT_OUT) & (e.labels >= 0) for e, r in zip(examples, raw, strict=True)]
    x = np.concatenate([r[i] for r, i in zip(raw, inside, strict=True)])
    y = np.concatenate([e.labels[i] for e, i in zip(examples, inside, strict=True)])
    return platt(x, y)


def platt(raw: Any, right: Any, often: Any = None) -> tuple[float, float]:
    """Slope and offset that make probabilities of log-odds (Platt, 1999), each of which counts so
    ``often``.
    """
    model = LogisticRegression(C=1e6).fit(raw[:, None], right, often)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def save(
    network: ClaimNetwork,
    path: Path,
    *,
    threshold: float,
    calibration: tuple[float, float],
) -> None:
    """Write the weights, in 16-bit floats, for ``policygraph.extraction.pairs.network``."""
    slope, offset = calibration
    arrays: dict[str, Any] = {
        f"w:{name}": weight.detach().numpy().astype("float16") for name, weight in network.named()
    }
    arrays |= {"layers": network.layers, "heads": network.heads, "threshold": threshold}
    np.savez_compressed(path, **arrays, slope=slope, offset=offset)


def finish(network: ClaimNetwork, dev: Path, output: Path) -> None:
    """Calibrate a network on the dev articles, choose the threshold, and write the weights."""
    examples = [as_found(record) for record in gold_records(dev)]
    raw = raw_scores(network, examples)
    slope, offset = calibrate(examples, raw)
    scores = [1 / (1 + np.exp(-(slope * r + offset))) for r in raw]
    table = {t / 100: figures(examples, scores, t / 100) for t in range(6, 80, 2)}
    for t, (p, r, f) in table.items():
        print(f"  threshold {t:.2f}  P {p:.3f}  R {r:.3f}  F {f:.3f}")
    good = {t: f for t, (p, _, f) in table.items() if p >= PRECISION}
    threshold = max(good or {t: p for t, (p, _, _) in table.items()}, key=lambda t: table[t][2])
    print("threshold", threshold)
    save(network, output, threshold=threshold, calibration=(slope, offset))
