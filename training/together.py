"""Teaches what words mean in their places, and who is told it: ``python -m training.together``.

One network reads each training article, the project's own and public ones (``standoff``); four
others learn from what it says of the words, and teach it in turn: which pairs make which claims
(``claims``), who says them (``speakers``), what nouns stand for (``nominals``) and which types
names have (``names``). That it can tell which words are names, and of what types, is learned beside
them and not kept. What counts is the mean of the weights of the last steps. Writes
``context.onnx``, ``context.model``, ``claims.npz``, ``speakers.npz``, ``nominals.npz`` and
``names.npz`` into a folder, and a checkpoint from which learning can go on (in ``training/work``).
Needs the ``train`` extra (PyTorch).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from policygraph import nlp as pipelines
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.name_types import cues_of, places
from policygraph.extraction.pairs.codes import codes_of
from policygraph.extraction.spot import NAME
from policygraph.model import Record
from policygraph.models import context
from policygraph.models.meanings import load_meanings
from policygraph.ontology import load_vocabulary
from training import claims, names, nominals, shipped, speakers
from training.annotated import article_reading, gold_records
from training.claims import Example
from training.context import (
    UNKNOWN,
    ContextNetwork,
    Cut,
    matrices,
    vocabulary_of,
    write_context,
    write_pieces,
)
from training.encoder import Encoder, Weights, read_weights
from training.meanings import texts
from training.network import ClaimNetwork, batch
from training.passages import read_passages
from training.standoff import public_records
from training.unseen import using

if TYPE_CHECKING:
    from spacy.tokens import Doc

SEED = 7
TOKENS = 1600
"""Tokens in a batch, about."""

RATE, ENCODER_RATE, HEADS_RATE, WARMING = 1e-3, 1e-4, 2e-3, 400
"""Highest rates of learning: of the claim network, of the encoder, of the others; and the steps
until they are reached."""

FOUND = 0.6
"""Share of the articles that a pass reads as found, not as annotated."""

OFTEN = (3.0, 3.0, 3.0, 2.5, 1.5, 0.7, 0.5, 0.4)
"""How often a pass reads an article with 0, 1, 2 … claims in a hundred words, the last with as many
or more: articles that were written to be annotated say more than others do (6.5 and 3.3)."""

OFTEN_PUBLIC = 1.5
"""How much oftener it reads a public text than the project's own of so many claims: what people
publish is rarer here than what was written for the extractor."""

OFTEN_PASSAGE = 0.5
"""How often it reads a passage: these were written for their claims."""

KEPT = 0.998
"""Share of the mean weights that a step leaves as they are."""

OUTSIDE = 0
"""The tag of words that belong to no name."""


@dataclass(slots=True)
class Choices:
    """What an article's nouns may stand for, or who may say its claims; once ``numbered``, features
    are kept as ``cells`` (row, column, value).
    """

    walked: nominals.Walked
    cells: tuple[Tensor, Tensor, Tensor] | None = None


@dataclass(slots=True)
class Lesson:
    """A text, how it is cut, and what is learned of it: ``readings`` with their pairs, as annotated
    and as found; ``nouns`` and ``speakers``; ``names`` as (first token, end, rows of cues, type);
    ``tags`` of its tokens. A pass reads it so ``often``.
    """

    cut: Cut
    readings: list[Example]
    nouns: Choices | None = None
    speakers: Choices | None = None
    names: Sequence[tuple[int, int, Sequence[int], str]] = ()
    tags: Sequence[tuple[int, int, str]] = ()
    often: float = 1.0


def cut_of(encoder: Encoder, number: Mapping[int, int], doc: Doc) -> Cut:
    """A doc as pieces of words, by their numbers in a vocabulary."""
    pieces, starts = encoder.cut(doc.text)
    return Cut(
        numbers=np.array([number.get(piece, UNKNOWN) for piece in pieces], "int32"),
        tokens=context.tokens_at(starts, [token.idx + len(token) for token in doc]),
        count=len(doc),
        sentences=[sentence.start for sentence in doc.sents],
    )


def analysed(text: str, lang: str) -> Doc:
    """A text's doc, of whose words nothing is said yet."""
    return pipelines.analyse(pipelines.load(lang), text)


def without_context(example: Example) -> Example:
    """An example that keeps nothing of what its words mean in their places: that changes."""
    text = replace(example.encoded.text, context=np.zeros((0, context.WIDTH), "float32"))
    return replace(example, encoded=replace(example.encoded, text=text))


def lesson_of(gold: Record, cut: Cut, found: Example, doc: Doc) -> Lesson:
    """What there is to learn of an article, but for its names."""
    reading, _ = article_reading(doc, gold)
    return Lesson(
        cut=cut,
        readings=[without_context(claims.as_annotated(gold)), without_context(found)],
        nouns=Choices(nominals.walk(doc, gold, True)),
        speakers=Choices(speakers.walk(doc, gold)),
        tags=[(s.start, s.end, s.type) for s in reading.spots if s.kind == NAME],
        often=often_of(gold),
    )


def often_of(gold: Record) -> float:
    """How often a pass reads an article, see ``OFTEN``."""
    density = 100 * len(gold.claims) // max(1, len(gold.article.text.split()))
    return OFTEN[min(density, len(OFTEN) - 1)]


def names_of(gold: Record) -> Iterator[tuple[int, int, Sequence[int], str]]:
    """An article's names, see ``Lesson``."""
    lang = gold.article.lang
    doc, lexicon = analysed(gold.article.text, lang), load_lexicon(lang)
    mentions = [(m.start, m.end, e.type) for e in gold.entities for m in e.mentions]
    for spot, type_ in names.typed(doc, lang, mentions):
        yield spot.start, spot.end, places(cues_of(spot, doc, lexicon), names.SIZE), type_


class Listeners(nn.Module):
    """Who is told what words mean in their places, beside the claim network."""

    def __init__(
        self, nouns: Tensor, voices: Tensor, types: Sequence[str], tags: Sequence[str]
    ) -> None:
        """``nouns`` and ``voices`` are the greatest values of features, see ``numbered``."""
        super().__init__()
        self.types = {type_: number for number, type_ in enumerate(types)}
        self.tags_of = {type_: 1 + 2 * number for number, type_ in enumerate(tags)}
        self.nominals = nominals.RankerNetwork(nouns, heard=True)
        self.speakers = nominals.RankerNetwork(voices, BLANK, heard=True)
        self.names = names.NameNetwork(len(types), heard=True)
        self.tags = nn.Linear(context.WIDTH, 1 + 2 * len(tags))
        self.unheard = nn.Dropout(0.1)

    def loss(self, lesson: Lesson, words: Tensor) -> Tensor:
        """The sum of the losses of an article's nouns, names and words, (tokens, numbers)."""
        words = self.unheard(words)
        total = functional.cross_entropy(
            self.tags(words), torch.from_numpy(self._tags(lesson)), reduction="sum"
        )
        total = total + _of_choices(self.nominals, lesson.nouns, words)
        total = total + SPEAKERS * _of_choices(self.speakers, lesson.speakers, words)
        if lesson.names:
            raw = self.names([rows for *_, rows, _ in lesson.names], _of_names(lesson, words))
            wanted = torch.tensor([self.types[type_] for *_, type_ in lesson.names])
            total = total + functional.cross_entropy(raw, wanted, reduction="sum")
        return total

    def _tags(self, lesson: Lesson) -> Any:
        found = np.full(lesson.cut.count, OUTSIDE)
        for start, end, type_ in sorted(lesson.tags, key=lambda tag: tag[0] - tag[1]):
            found[start], found[start + 1 : end] = self.tags_of[type_], self.tags_of[type_] + 1
        return found


def _of_choices(network: nominals.RankerNetwork, choices: Choices | None, words: Tensor) -> Any:
    """The sum of the losses of an article's choices."""
    if choices is None or choices.cells is None or not choices.walked.right:
        return 0.0
    walked, count = choices.walked, len(choices.walked.right)
    rows, columns, values = choices.cells
    features = torch.zeros(count, len(network.scale))
    features[rows, columns] = values
    meanings = load_meanings().vectors[walked.meanings].astype("float32")
    answers = torch.zeros(count, context.WIDTH)
    owners = [row for row, tokens in enumerate(walked.tokens) for _ in tokens]
    tokens = [token for tokens in walked.tokens for token in tokens]
    of = torch.tensor(owners, dtype=torch.long)
    often = torch.bincount(of, minlength=count).clamp(min=1)
    answers = answers.index_add(0, of, words[tokens])
    raw = network(
        features, torch.from_numpy(meanings), (words[walked.at], answers / often[:, None])
    )
    asked, owner = np.unique(walked.noun, return_inverse=True)
    owner, right = torch.from_numpy(owner), torch.tensor(walked.right)
    shares, none = nominals.log_shares(raw, owner, len(asked))
    named = torch.zeros(len(asked)).index_add(0, owner, right.float()) > 0
    return -(shares[right].sum() + none[~named].sum())


def _of_names(lesson: Lesson, words: Tensor) -> Tensor:
    """(names, 2 numbers): see ``name_types.context_of_name``."""
    return torch.stack(
        [
            torch.cat([words[start:end].mean(0), words[start]])
            for start, end, *_ in lesson.names
        ]
    )  # fmt: skip


def numbered(choices: Sequence[Choices]) -> tuple[dict[str, int], Tensor]:
    """Columns of the features of some choices, by name, and their greatest values."""
    counts = Counter(
        name
        for each in choices
        for features in each.walked.features
        for name, value in features.items()
        if value
    )
    kept = sorted(name for name, count in counts.items() if count >= nominals.MIN_COUNT)
    columns = {name: column for column, name in enumerate(kept)}
    scale = torch.full((len(columns),), 1e-6)
    for each in choices:
        cells = [
            (row, columns[name], value)
            for row, features in enumerate(each.walked.features)
            for name, value in features.items()
            if value and name in columns
        ]
        each.walked.features.clear()  # as cells they take far less
        rows, at, values = np.array(cells, "float32").reshape(-1, 3).T
        each.cells = (
            torch.from_numpy(rows.astype("int64")),
            torch.from_numpy(at.astype("int64")),
            torch.from_numpy(values.copy()),
        )
        scale = scale.scatter_reduce(0, each.cells[1], each.cells[2].abs(), "amax")
    return columns, scale


def batches(
    lessons: Sequence[Lesson], random: np.random.Generator
) -> Iterator[list[tuple[Lesson, Example]]]:
    """A pass: the lessons, shuffled, each by one of its readings as often as it should be read, in
    batches of about ``TOKENS`` tokens.
    """
    chosen: list[tuple[Lesson, Example]] = []
    size = 0
    often = [int(lesson.often + random.random()) for lesson in lessons]
    for i in random.permutation(np.repeat(np.arange(len(lessons)), often)):
        lesson = lessons[i]
        reading = lesson.readings[-1 if random.random() < FOUND else 0]
        if not len(reading.labels):
            continue
        chosen.append((lesson, reading))
        size += lesson.cut.count
        if size >= TOKENS:
            yield chosen
            chosen, size = [], 0
    if chosen:
        yield chosen


@dataclass(frozen=True, slots=True)
class Taught:
    """All that learns together."""

    context: ContextNetwork
    claims: ClaimNetwork
    listeners: Listeners

    def modules(self) -> tuple[nn.Module, nn.Module, nn.Module]:
        """The claim network, the encoder, and the others."""
        return self.claims, self.context, self.listeners

    def loss(self, chosen: Sequence[tuple[Lesson, Example]]) -> Tensor:
        """The loss of a batch."""
        words = self.context([lesson.cut for lesson, _ in chosen])
        readings = [reading for _, reading in chosen]
        numbers = batch([reading.encoded for reading in readings], words)
        loss: Tensor = claims.loss_of(self.claims, readings, numbers)
        parts = words.split([lesson.cut.count for lesson, _ in chosen])
        for (lesson, _), of_lesson in zip(chosen, parts, strict=True):
            if lesson.nouns is not None:
                loss = loss + self.listeners.loss(lesson, of_lesson) / claims.LESS
        return loss

    def keep(self, path: Path) -> None:
        """Write a checkpoint."""
        torch.save([matrices(module.state_dict()) for module in self.modules()], path)

    def go_on(self, paths: Sequence[Path]) -> None:
        """Take up a checkpoint, or the mean of several of one course."""
        states = zip(*(torch.load(path) for path in paths), strict=True)
        for module, several in zip(self.modules(), states, strict=True):
            mean = {name: sum(s[name] for s in several) / len(several) for name in several[0]}
            module.load_state_dict(mean, strict=False)

    def take_up(self, folder: Path, nouns: Mapping[str, int], voices: Mapping[str, int]) -> None:
        """Take up shipped weights; for ``nouns`` and ``voices`` see ``numbered``."""
        listeners = self.listeners
        shipped.take_up_context(self.context, folder)
        shipped.take_up_claims(self.claims, folder)
        shipped.take_up_ranker(listeners.nominals, nouns, folder / "nominals.npz")
        shipped.take_up_ranker(listeners.speakers, voices, folder / "speakers.npz")
        shipped.take_up_names(listeners.names, list(listeners.types), folder)


def fit(taught: Taught, lessons: Sequence[Lesson], epochs: int, seed: int) -> Iterator[float]:
    """Train; yields the mean loss of each pass, and leaves the mean of the last weights."""
    random = np.random.default_rng(seed)
    rates = RATE, ENCODER_RATE, HEADS_RATE
    groups = [
        {"params": module.parameters(), "lr": rate}
        for module, rate in zip(taught.modules(), rates, strict=True)
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    tokens = sum(lesson.often * lesson.cut.count for lesson in lessons)
    steps = max(1, epochs) * (int(tokens) // TOKENS + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARMING) * max(0.01, 1 - step / steps)
    )
    modules = nn.ModuleList(taught.modules())
    mean = AveragedModel(modules, multi_avg_fn=get_ema_multi_avg_fn(KEPT))
    for _ in range(epochs):
        modules.train()
        losses = []
        for chosen in batches(lessons, random):
            loss = taught.loss(chosen)
            optimizer.zero_grad()
            loss.backward()
            for part in taught.claims.parts():
                nn.utils.clip_grad_norm_(part, 5.0)
            nn.utils.clip_grad_norm_(taught.context.parameters(), 1.0)
            nn.utils.clip_grad_norm_(taught.listeners.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            mean.update_parameters(modules)
            losses.append(loss.item())
        yield float(np.mean(losses))
    modules.load_state_dict(mean.module.state_dict())


@dataclass(frozen=True, slots=True)
class Course:
    """What a training needs and leaves: columns of the features of ``nouns`` and ``voices``,
    ``vocabulary`` of the pieces of words, by their numbers in the encoder's ``weights``.
    """

    taught: Taught
    nouns: Mapping[str, int]
    voices: Mapping[str, int]
    weights: Weights
    vocabulary: Sequence[int]

    def write(self, output: Path, dev: Path) -> None:
        """Write all weights into a folder; the dev articles, read by them, calibrate claims."""
        listeners = self.taught.listeners.eval()
        write_context(self.taught.context, output / context.WEIGHTS.name)
        write_pieces(self.weights, self.vocabulary, output / context.PIECES.name)
        nominals.save(listeners.nominals, self.nouns, output / "nominals.npz", NOMINALS)
        nominals.save(listeners.speakers, self.voices, output / "speakers.npz", VOICES)
        names.save(listeners.names, list(listeners.types), output / "names.npz")
        with using(output / "names.npz", output / "nominals.npz", output):
            claims.finish(self.taught.claims, dev, output / "claims.npz")


NOMINALS, VOICES = 0.3, 0.5
"""Probabilities from which a noun stands for an entity, and from which somebody says a claim."""

BLANK, SPEAKERS = 0.2, 0.5
"""Share of the features of speakers that are left out while these are learned, and the weight of
their loss: attributed claims are few.
"""


def teach(options: argparse.Namespace, records: Sequence[Record]) -> Course:
    """Teach some articles, and the passages."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    weights = read_weights()
    encoder = Encoder(weights, 0)
    if options.shipped:
        vocabulary = shipped.vocabulary_in(options.shipped, weights)
    else:
        read = texts(options.data, options.gold, options.passages)
        vocabulary = vocabulary_of(weights, (encoder.cut(text)[0] for _, text in read))
    lessons = lessons_of(options, records, encoder, vocabulary)
    nouns, most_of_nouns = numbered([each.nouns for each in lessons if each.nouns])
    voices, most_of_voices = numbered([each.speakers for each in lessons if each.speakers])
    kinds = sorted({type_ for lesson in lessons for *_, type_ in lesson.names})
    tags = sorted({type_ for lesson in lessons for *_, type_ in lesson.tags})
    network = ClaimNetwork(codes_of(load_vocabulary()))
    if options.start:
        claims.start_from(network, options.start)
    listeners = Listeners(most_of_nouns, most_of_voices, kinds, tags)
    taught = Taught(ContextNetwork(weights, vocabulary), network, listeners)
    if options.shipped:
        taught.take_up(options.shipped, nouns, voices)
    if options.go_on:
        taught.go_on(options.go_on)
    print(f"{len(lessons)} texts, {len(vocabulary)} pieces, {len(nouns)} features")
    began = monotonic()
    for epoch, loss in enumerate(fit(taught, lessons, options.epochs, options.seed)):
        print(f"epoch {epoch} loss {loss:.3f} {monotonic() - began:.0f} s", flush=True)
        taught.keep(options.checkpoint)
    taught.keep(options.checkpoint)  # the mean that is left in the end
    return Course(taught, nouns, voices, weights, vocabulary)


def lessons_of(
    options: argparse.Namespace,
    records: Sequence[Record],
    encoder: Encoder,
    vocabulary: Sequence[int],
) -> list[Lesson]:
    """Some articles, the public ones, and all passages."""
    number = {piece: place for place, piece in enumerate(vocabulary)}
    own = len(records)
    records = [*records, *public_records(options.data)]
    found = claims.as_found_in(records, options.unseen)
    lessons = []
    for record, example in zip(records, found, strict=True):
        doc = analysed(record.article.text, record.article.lang)
        lessons.append(lesson_of(record, cut_of(encoder, number, doc), example, doc))
    for lesson in lessons[own:]:
        lesson.often *= OFTEN_PUBLIC
    with using(names=Path("none")):  # names as the NER and the rules type them
        for record, lesson in zip(records, lessons, strict=True):
            lesson.names = list(names_of(record))
    for passage in read_passages(*options.passages):
        cut = cut_of(encoder, number, analysed(passage.text, passage.lang))
        example = without_context(claims.of_passage(passage))
        lessons.append(Lesson(cut, [example], often=OFTEN_PASSAGE))
    return lessons


def parser(name: str, told: str) -> argparse.ArgumentParser:
    """The options of a training; ``told`` is the module's docstring."""
    found = argparse.ArgumentParser(prog=f"training.{name}", description=told.splitlines()[0])
    corpora = Path("corpora")
    found.add_argument("--data", type=Path, required=True, help="folder of public sets")
    found.add_argument("--gold", nargs="*", type=Path, default=[corpora / "gold/train"])
    found.add_argument("--passages", nargs="*", type=Path, default=[corpora / "passages"])
    found.add_argument("--dev", type=Path, default=corpora / "gold/dev")
    found.add_argument("--unseen", type=Path, help="folder of training.unseen")
    found.add_argument("--start", type=Path, help="claims.npz to go on from, shrunk and perturbed")
    found.add_argument("--shipped", type=Path, help="a folder of shipped weights to go on from")
    found.add_argument(
        "--go-on",
        nargs="*",
        type=Path,
        help="a checkpoint to go on from, or several for their mean",
    )
    found.add_argument("--checkpoint", type=Path, default=Path(f"training/work/{name}.pt"))
    found.add_argument("--epochs", type=int, default=5)
    found.add_argument("--seed", type=int, default=SEED)
    found.add_argument("--threads", type=int, default=2)
    return found


if __name__ == "__main__":
    commands = parser("together", __doc__)
    commands.add_argument("--output", type=Path, default=context.WEIGHTS.parent)
    given = commands.parse_args()
    teach(given, list(gold_records(*given.gold))).write(given.output, given.dev)
