"""Runs one spaCy training: ``python -m training.train CONFIG OUTPUT [--section.key value …]``.

``--start PIPELINE`` takes the frozen components of the configuration, or all of them if none is
frozen, from an earlier run instead of beginning them anew. Needs OMP_NUM_THREADS=1 and
OPENBLAS_NUM_THREADS=1 in the environment for one core's speed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
from spacy.cli._util import parse_config_overrides
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops

from policygraph.word_vectors import take_word_vectors
from training import corpora, naming

READERS = (corpora.treebanks, naming.names, naming.dev_names)
"""What the configurations read texts with; importing them registers them."""

spacy.registry.callbacks("policygraph.WordVectors.v1", func=take_word_vectors)


def run(config: Path, output: Path, overrides: list[str]) -> None:
    """Train by ``config`` and leave ``model-best`` and ``model-last`` in ``output``."""
    set_current_ops(NumpyOps(use_blis=False))
    start = _taken(overrides, "--start")
    settings = load_config(config, overrides=parse_config_overrides(overrides), interpolate=False)
    if start is not None:
        taken = settings["training"]["frozen_components"] or settings["nlp"]["pipeline"]
        settings["components"] = {
            name: {"source": start} if name in taken else settings["components"][name]
            for name in settings["nlp"]["pipeline"]
        }
    output.mkdir(parents=True, exist_ok=True)
    # labels and lemma trees come from all examples, not from the first hundred of a stream …
    settings["training"]["max_epochs"] = 0
    nlp = init_nlp(settings, use_gpu=-1)
    # … but the examples vary from pass to pass, so training streams them
    nlp.config["training"]["max_epochs"] = -1
    train(nlp, output, use_gpu=-1)


def _taken(options: list[str], name: str) -> str | None:
    """The value of an option, taken out of the list."""
    if name not in options:
        return None
    at = options.index(name)
    _, value = options.pop(at), options.pop(at)
    return value


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
