from __future__ import annotations

import pytest

from policygraph.ontology import ontology_dir, verb_homographs
from policygraph.rules import LANGS

pytest.importorskip("simplemma", reason="simplemma, which the tables come from, is not installed")


@pytest.mark.parametrize("lang", LANGS)
def test_the_tables_of_verb_forms_are_as_training_writes_them(lang: str) -> None:
    from training.verbs import table

    written = (ontology_dir() / "lexicon" / f"verbs.{lang}.txt").read_text(encoding="utf-8")

    assert written == table(lang), "write them anew: python -m training.verbs"


@pytest.mark.parametrize("lang", LANGS)
def test_homographs_stand_in_one_table_only(lang: str) -> None:
    written = (ontology_dir() / "lexicon" / f"verbs.{lang}.txt").read_text(encoding="utf-8")
    forms = {line.partition("\t")[0] for line in written.splitlines()}

    assert verb_homographs(lang).keys().isdisjoint(forms)


def test_verbs_in_er_are_inflected_by_rule() -> None:
    from training.verbs import regular_forms

    forms = regular_forms({"codiriger", "nourrir"})

    assert {"codirigée", "codirigeait", "codirige"} <= forms.keys()
    assert set(forms.values()) == {"codiriger"}
    assert "codirigait" not in forms
