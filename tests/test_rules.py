from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import ontology, rules
from policygraph.errors import OntologyError
from policygraph.rules import load_rules, split_trigger


def test_a_trigger_is_found_by_its_head() -> None:
    found = load_rules().triggered_by("fr", "racheter")

    assert {pattern.predicate for pattern in found} >= {"acquires"}
    assert load_rules().triggered_by("fr", "xyz") == ()


@pytest.mark.parametrize(
    ("words", "lang", "pos", "expected"),
    [
        ("take over", "en", "verb", ("take", ("over",))),
        ("cease and desist order", "en", "noun", ("order", ("cease", "and", "desist"))),
        ("prise de contrôle", "fr", "noun", ("prise", ("de", "contrôle"))),
        ("fine", "en", "verb", ("fine", ())),
    ],
)
def test_the_head_of_an_english_noun_comes_last(
    words: str, lang: str, pos: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert split_trigger(words, lang, pos) == expected


def test_governors_that_need_more_words_come_first() -> None:
    for found in load_rules().governors.values():
        keys = [(-len(g.moods), -len(g.others)) for g in found]
        assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[hugs]\n", "[hugs] is no predicate of policygraph.ttl"),
        ("[[fines.pattern]]\nlang = 'en'\n", "pattern 1: give exactly one of verb, noun, adj"),
        (
            "[[fines.pattern]]\nlang = 'en'\nverb = ['fine']\n"
            "[[fines.pattern]]\nlang = 'en'\nverb = ['fine']\nsubjekt = ['x']\n",
            "pattern 2: unknown key 'subjekt'",
        ),
        ("[[fines.pattern]]\nlang = 'de'\nverb = ['x']\n", "lang is one of en, fr, not 'de'"),
        ("[[fines.pattern]]\nlang = 'en'\nverb = 'fine'\n", "verb must be a list of strings"),
        (
            "[[fines.pattern]]\nlang = 'en'\nverb = ['fine']\nstatus = 'sure'\n",
            "status 'sure' is none of actual, planned",
        ),
        (
            "[[fines.pattern]]\nlang = 'en'\nverb = ['fine']\nobject_types = ['Firm']\n",
            "'Firm' is no entity type",
        ),
        ("[[fines.example]]\nlang = 'en'\n", "example 1: needs a text"),
        (
            "[[fines.example]]\nlang = 'en'\ntext = 'x'\nclaims = [['a']]\n",
            "claims are [subject, object] pairs",
        ),
    ],
)
def test_a_faulty_entry_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    (tmp_path / "relations").mkdir()
    (tmp_path / "relations" / "law.toml").write_text(text, encoding="utf-8")
    ontology.load_vocabulary()
    monkeypatch.setattr(rules, "ontology_dir", lambda: tmp_path)

    with pytest.raises(OntologyError) as caught:
        load_rules.__wrapped__()

    assert "law.toml" in str(caught.value)
    assert complaint in str(caught.value)
