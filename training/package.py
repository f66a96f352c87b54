"""Puts a trained syntax pipeline and a trained NER together and ships them.

``python -m training.package LANG SYNTAX NAMES [LEMMAS]``: writes
``src/policygraph/models/LANG``, weights as 16-bit floats, with the tokenizer's rules inside and a
meta file that names data, licences and scores (``training/cards/LANG.toml``).
"""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.vectors import Vectors

from policygraph.nlp import MODELS

CARDS = Path(__file__).parent / "cards"


def package(lang: str, syntax: Path, names: Path, lemmas: Path | None, folder: Path) -> None:
    """Write the shipped pipeline of a language into ``folder``."""
    nlp = assemble(syntax, names, lemmas)
    card = tomllib.loads((CARDS / f"{lang}.toml").read_text(encoding="utf-8"))
    nlp.meta.update(card["meta"])
    nlp.meta["sources"] = card["data"]
    narrow(nlp)
    nlp.vocab.vectors = Vectors()  # the table comes from the meanings, when it is loaded
    if folder.exists():
        shutil.rmtree(folder)
    nlp.to_disk(folder)
    _tidy(folder)


def assemble(syntax: Path, names: Path, lemmas: Path | None = None) -> Language:
    """One pipeline: the syntax model's components, then the NER with its own tok2vec.

    ``lemmas`` is a pipeline whose lemmatizer was trained on the syntax model's tok2vec.
    """
    nlp = spacy.load(syntax)
    if lemmas is not None:
        nlp.add_pipe("lemmatizer", source=spacy.load(lemmas), before="parser")
    nlp.add_pipe("ner", source=spacy.load(names))
    return nlp


def narrow(nlp: Language) -> None:
    """Store weights as 16-bit floats: half the size, the same scores."""
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, node.get_param(name).astype("float16"))


def _tidy(folder: Path) -> None:
    """Leave out what only training needs, and name spaCy's own tokenizer."""
    config = spacy.util.load_config(folder / "config.cfg", interpolate=True)
    config["nlp"]["tokenizer"] = {"@tokenizers": "spacy.Tokenizer.v1"}
    for section in ("training", "corpora", "paths", "pretraining"):
        config.pop(section, None)
    config["initialize"] = {"components": {}, "tokenizer": {}}
    config.to_disk(folder / "config.cfg")
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    meta.pop("performance", None)
    (folder / "meta.json").write_text(
        json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    lang, *folders = sys.argv[1:]
    syntax, names, lemmas = (*map(Path, folders), None)[:3]
    if syntax is None or names is None:
        sys.exit(__doc__)
    package(lang, syntax, names, lemmas, MODELS / lang)
