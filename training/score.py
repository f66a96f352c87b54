"""Scores a shipped pipeline on the test splits, and times it: the figures of its model card.

``python -m training.score LANG --data DATA``: UPOS, lemma, UAS, LAS on the test treebanks
(gold tokens), NER on the test sets, words (tokens without punctuation and space) a second on
one core, megabytes on disk, seconds to load.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from policygraph import nlp as pipelines
from training import corpora, entities, naming
from training.treebanks import read_documents

TREEBANKS = {
    "fr": {
        "Sequoia test": "treebanks/fr_sequoia/fr_sequoia-ud-test.conllu",
        "GSD test": "treebanks/fr_gsd/fr_gsd-ud-test.conllu",
    },
    "en": {
        "EWT test": "treebanks/en_ewt/en_ewt-ud-test.conllu",
        "GUM test": "treebanks/en_gum_open/gum_open_test.conllu",
        "PUD": "treebanks/en_pud/en_pud-ud-test.conllu",
    },
}


def syntax(nlp: Language, path: Path) -> dict[str, float]:
    """Word classes, lemmas and arcs on gold tokens, sentence by sentence grouped in tens."""
    examples = []
    for document in read_documents(path, merge=nlp.lang == "fr"):
        for start in range(0, len(document), 10):
            gold = corpora.make_doc(nlp, document[start : start + 10])
            bare = gold.copy()
            bare = type(gold)(
                nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold]
            )
            for _, pipe in nlp.pipeline:
                bare = pipe(bare)
            examples.append(Example(bare, gold))
    tags = Scorer.score_token_attr(examples, "pos")
    lemmas = Scorer.score_token_attr(examples, "lemma")
    arcs = Scorer.score_deps(
        examples, "dep", getter=lambda t, _: t.dep_, ignore_labels=("p", "punct")
    )
    sentences = Scorer.score_spans(
        examples, "sents", has_annotation=lambda d: d.has_annotation("SENT_START")
    )
    figures = {
        "upos": tags["pos_acc"], "lemma": lemmas["lemma_acc"],
        "uas": arcs["dep_uas"], "las": arcs["dep_las"], "sentences_f": sentences["sents_f"],
    }  # fmt: skip
    return {name: round(float(value), 4) for name, value in figures.items()}


def names(nlp: Language, texts: Iterable[entities.Text], labels: set[str]) -> dict[str, float]:
    """Exact-span, typed F1 over ``labels``."""
    examples = []
    for text in texts:
        gold = naming.make_doc(nlp, text)
        gold.ents = [e for e in gold.ents if e.label_ in labels]
        found = nlp(text.text)
        found.ents = [e for e in found.ents if e.label_ in labels]
        examples.append(Example(found, gold))
    scores = Scorer.score_spans(examples, "ents", getter=lambda doc, _: doc.ents)
    figures = {k: scores[f"ents_{k}"] for k in "prf"}
    figures |= {label: score["f"] for label, score in scores["ents_per_type"].items()}
    return {name: round(float(value or 0), 4) for name, value in figures.items()}


def name_tests(nlp: Language, data: Path, gold: Path) -> dict[str, dict[str, float]]:
    """NER on each test set of the language, with the labels that the set has."""
    own = list(entities.read_gold(gold / "test" / nlp.lang))
    every = {"PERSON", "ORG", "LOC", "PRODUCT", "EVENT", "LAW"}
    if nlp.lang == "fr":
        winer = list(entities.read_winer(data / "ner/fr_winer/fr_ner_winer_test.jsonl"))
        return {
            "WiNER test, all types": names(nlp, winer, {*every, "DATE"} - {"LAW"}),
            "WiNER test, PERSON LOC ORG": names(nlp, winer, {"PERSON", "LOC", "ORG"}),
            "project gold test": names(nlp, own, every),
        }
    uner = entities.read_uner(data / "ner/en_ewt_uner/en_ewt-ud-test.iob2")
    gum = entities.read_gum(data / "treebanks/en_gum_open/gum_open_test.conllu")
    return {
        "Universal NER EWT test": names(nlp, uner, {"PERSON", "LOC", "ORG"}),
        "GUM test, names": names(nlp, gum, {"PERSON", "LOC", "ORG"}),
        "project gold test": names(nlp, own, every),
    }


def speed(lang: str, gold: Path) -> dict[str, float]:
    """Words a second of the whole pipeline on one core, and seconds to load it."""
    start = time.perf_counter()
    nlp = pipelines.load(lang)
    loaded = time.perf_counter() - start
    texts = [
        json.loads(path.read_text(encoding="utf-8"))["text"]
        for path in sorted(gold.glob(f"*/{lang}/*.json"))
    ][:80]
    list(pipelines.analyse_all(nlp, texts[:10]))
    best = 0.0
    for _ in range(3):
        start, tokens = time.process_time(), 0
        for doc in pipelines.analyse_all(nlp, texts):
            tokens += sum(not (t.is_punct or t.is_space) for t in doc)
        best = max(best, tokens / (time.process_time() - start))
    size = sum(p.stat().st_size for p in (pipelines.MODELS / lang).rglob("*") if p.is_file())
    return {
        "words_per_cpu_second": round(best),
        "load_s": round(loaded, 2),
        "megabytes": round(size / 1e6, 1),
    }


def score(lang: str, data: Path, gold: Path) -> dict[str, Any]:
    """All figures of the card."""
    figures: dict[str, Any] = {"speed": speed(lang, gold)}
    nlp = pipelines.load(lang)
    figures["syntax"] = {name: syntax(nlp, data / path) for name, path in TREEBANKS[lang].items()}
    figures["names"] = name_tests(nlp, data, gold)
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.score", description=__doc__.splitlines()[0])
    parser.add_argument("lang", choices=("en", "fr"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=Path("corpora/gold"))
    options = parser.parse_args()
    print(json.dumps(score(options.lang, options.data, options.gold), indent=1))
