"""The texts that teach names, language by language, and how they vary from pass to pass.

Silver and foreign sets lack what tech-policy news is full of, so the texts are mixed:
articles of named public sets, the project's gold training articles, and template sentences.
A part of the organisations and products is renamed on every pass, so that the model learns
the words around a name rather than the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from training import entities
from training.entities import Text
from training.passages import read_passages
from training.templates import Writer
from training.treebanks import HELD_OUT

Stream = Callable[[Language], Iterator[Example]]

# articles that the project measures itself on (shared/dev): never to be trained on
HELD_OUT_WINER = frozenset(
    (Path(__file__).parent / "held_out_winer.txt").read_text(encoding="utf-8").split()
)

RENAMED = 0.25
CURLY = 0.5
UPPER = 0.02
WRITTEN = {"fr": 0.5, "en": 0.5}
"""Template sentences for each natural text."""

GOLD_COPIES = 2


@spacy.registry.readers("policygraph.Names.v1")
def names(data: str, gold: str, passages: str, seed: int) -> Stream:
    """Training texts of ``nlp.lang``; each pass differs from the last."""
    random = Random(seed)
    cache: dict[str, list[Text]] = {}

    def read(nlp: Language) -> Iterator[Example]:
        lang = nlp.lang
        if lang not in cache:
            cache[lang] = training_texts(lang, Path(data), Path(gold), Path(passages))
        writer = Writer(lang, random, Path(data))
        texts = [piece for text in cache[lang] for piece in pieces(text)]
        written = int(WRITTEN[lang] * len(texts))
        texts += [
            entities.join((writer.sentence() for _ in range(random.choice((1, 2, 3, 5)))), space)
            for space in random.choices((" ", "\n\n"), k=written)
        ]
        random.shuffle(texts)
        for text in texts:
            yield example(nlp, vary(text, writer, random))

    return read


@spacy.registry.readers("policygraph.NamesDev.v1")
def dev_names(data: str, gold: str) -> Stream:
    """Texts to choose the best weights by: the public dev set and the gold dev articles."""

    def read(nlp: Language) -> Iterator[Example]:
        for text in dev_texts(nlp.lang, Path(data), Path(gold)):
            yield example(nlp, text)

    return read


def training_texts(lang: str, data: Path, gold: Path, passages: Path) -> list[Text]:
    """Every natural training text of a language, gold articles several times."""
    own = list(entities.read_gold(gold / "train" / lang)) * GOLD_COPIES
    own += map(entities.read_passage, read_passages(passages / lang))
    ner = data / "ner"
    if lang == "fr":
        winer = ner / "fr_winer" / "fr_ner_winer_train.jsonl"
        return [*own, *entities.read_winer(winer, without=HELD_OUT_WINER)]
    wikigold = ner / "en_wikigold/CONLL-format/data/wikigold.conll.txt"
    return [
        *own,
        *entities.read_gum(data / "treebanks/en_gum_open/gum_open_train.conllu", without=HELD_OUT),
        *entities.grouped(entities.read_columns(wikigold), 4),
        *entities.read_columns(ner / "en_wnut17/CONLL-format/data/train/wnut17train.conll"),
        *entities.grouped(
            entities.read_uner(
                ner / "en_ewt_uner/en_ewt-ud-dev.iob2",
                data / "treebanks/en_ewt/en_ewt-ud-dev.conllu",
            ),
            4,
        ),
        *entities.read_core(data / "relations/core/train.json"),
        *entities.read_knowledgenet(data / "relations/knowledgenet/knowledgenet_folds1-3.jsonl"),
    ]


def dev_texts(lang: str, data: Path, gold: Path) -> list[Text]:
    """Texts for choosing among checkpoints."""
    own = list(entities.read_gold(gold / "dev" / lang))
    if lang == "fr":
        winer = data / "ner/fr_winer/fr_ner_winer_dev.jsonl"
        return [*own, *entities.read_winer(winer, without=HELD_OUT_WINER)]
    return [*own, *entities.read_gum(data / "treebanks/en_gum_open/gum_open_dev.conllu")]


def pieces(text: Text, longest: int = 900) -> Iterator[Text]:
    """A long text cut at line ends between names, so that batches stay even."""
    start = 0
    while len(text.text) - start > longest:
        cut = text.text.rfind("\n", start + 200, start + longest)
        if cut < 0 or any(s < cut < e for s, e, _ in text.spans):
            cut = text.text.find("\n", start + longest)
        if cut < 0 or any(s < cut < e for s, e, _ in text.spans):
            break
        yield part(text, start, cut)
        start = cut
        while start < len(text.text) and text.text[start] == "\n":
            start += 1
    yield part(text, start, len(text.text))


def part(text: Text, start: int, end: int) -> Text:
    """The stretch ``[start, end)`` with its spans."""
    return Text(
        text.text[start:end],
        [(s - start, e - start, label) for s, e, label in text.spans if start <= s and e <= end],
        [(s - start, e - start) for s, e in text.unknown if start <= s and e <= end],
    )


def vary(text: Text, writer: Writer, random: Random) -> Text:
    """The text with some names changed, and its typography."""
    if random.random() < RENAMED:
        text = rename(text, writer, random)
    if random.random() < CURLY:
        text = Text(text.text.replace("'", "’"), text.spans, text.unknown)
    if len(text.text) < 160 and random.random() < UPPER:
        upper = text.text.upper()
        if len(upper) == len(text.text):
            text = Text(upper, text.spans, text.unknown)
    return text


def rename(text: Text, writer: Writer, random: Random) -> Text:
    """Organisations and products replaced by others, one name for one name."""
    chosen: dict[str, str] = {}
    result, at = Text("", []), 0
    moves: list[tuple[int, int]] = []
    for start, end, label in text.spans:
        result.text += text.text[at:start]
        name = text.text[start:end]
        if label in ("ORG", "PRODUCT") and " " not in name and name.isalpha():
            if name not in chosen and random.random() < 0.6:
                chosen[name] = writer.firm() if label == "ORG" else writer.product()
            name = chosen.get(name, name)
        begin = len(result.text)
        result.text += name
        result.spans.append((begin, len(result.text), label))
        at = end
        moves.append((end, len(result.text) - end))
    result.text += text.text[at:]
    for start, end in text.unknown:
        shift = next((s for place, s in reversed(moves) if place <= start), 0)
        result.unknown.append((start + shift, end + shift))
    return result


def example(nlp: Language, text: Text) -> Example:
    """A gold document beside the tokenizer's own reading; unknown stretches teach nothing."""
    gold = make_doc(nlp, text)
    return Example(nlp.make_doc(text.text), gold)


def make_doc(nlp: Language, text: Text) -> Doc:
    """The text with its entities; spans that cut a token grow to its edge."""
    doc = nlp.make_doc(text.text)
    taken: set[int] = set()
    spans = []
    for start, end, label in text.spans:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None and taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            spans.append(span)
    missing = []
    for start, end in text.unknown:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            missing.append(span)
    doc.set_ents(spans, missing=missing, default="outside")
    return doc
