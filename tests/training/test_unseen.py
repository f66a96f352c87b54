from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest

from policygraph import nlp
from policygraph.errors import OntologyError
from policygraph.extraction import ranker
from policygraph.extraction.names import name_types
from policygraph.extraction.names.name_types import load_name_model
from policygraph.extraction.ranker import load_ranker
from training.annotated import gold_records
from training.unseen import HALVES, half_of, other_half, some

DEV = Path("corpora/gold/dev")


def test_every_article_belongs_to_one_half() -> None:
    records = list(gold_records(DEV))

    halves = [some(records, half) for half in HALVES]

    assert sum(map(len, halves)) == len(records) == len(some(records, None))
    assert all(half_of(record) == half for half in HALVES for record in halves[half])
    assert min(map(len, halves)) > len(records) / 4


def test_a_half_is_read_by_what_was_learned_of_the_other(tmp_path: Path) -> None:
    shipped = load_name_model(), load_ranker()
    copy(name_types.WEIGHTS, tmp_path / "names1.npz")
    copy(ranker.WEIGHTS, tmp_path / "nominals1.npz")
    (tmp_path / "names0.npz").write_text("of the same half: never to be opened", encoding="utf-8")

    with other_half(tmp_path, 0):
        inside = load_name_model(), load_ranker()
    with other_half(tmp_path, 1), pytest.raises(OntologyError, match="names0"):
        load_name_model()

    assert None not in inside
    assert inside[0] is not shipped[0]
    assert inside[1] is not shipped[1]
    assert load_name_model() is not None


def test_older_pipelines_are_used_where_the_folder_has_some(tmp_path: Path) -> None:
    shipped = nlp.MODELS
    (tmp_path / "pipelines").mkdir()

    with other_half(tmp_path, 0):
        assert tmp_path / "pipelines" == nlp.MODELS
        assert nlp.shipped_languages() == ()
    assert shipped == nlp.MODELS
    assert nlp.shipped_languages() == ("en", "fr")
