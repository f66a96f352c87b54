from __future__ import annotations

import pytest
from parsed import parse

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.name_parts import name_spans


def _spans(lang: str, *runs: str) -> list[str]:
    """What is named in runs of words, of which those that begin with "*" the NER took for one."""
    rows = []
    for run in runs:
        label = "ORG" if run.startswith("*") else "-"
        for word in run.removeprefix("*").split():
            pos = "PROPN" if word[0].isupper() else "NOUN"
            rows.append(f"{word} {word} {pos} dep 1 {label}")
            label = label.removesuffix("+") + "+" if label != "-" else label
    return [span.text for span in name_spans(parse(lang, "\n".join(rows)), load_lexicon(lang))]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("*Ligue pour la presse et le collectif Quorne", ["Ligue pour la presse", "Quorne"]),
        ("*Ligue pour la presse et la liberté", ["Ligue pour la presse et la liberté"]),
        (
            "*Ligue pour la presse et la liberté Quorne",
            ["Ligue pour la presse et la liberté Quorne"],
        ),
        ("*Quorne et Zorblax", ["Quorne et Zorblax"]),
    ],
)
def test_a_small_noun_for_a_body_begins_a_second_name(words: str, names: list[str]) -> None:
    assert _spans("fr", words) == names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("*bureau de la Ligue des Auteurs", "Ligue des Auteurs"),
        ("*Ligue des Auteurs", "Ligue des Auteurs"),
        ("*bureau de Quorne", "bureau de Quorne"),
    ],
)
def test_an_acronym_tells_whose_bureau_it_is(words: str, name: str) -> None:
    assert _spans("fr", words, "( LA ) dit") == [name]


@pytest.mark.parametrize(
    ("acronym", "names"),
    [
        ("QDAT", ["Quorne Disputes and Appellate Tribunal"]),
        ("AT", ["Quorne Disputes", "Appellate Tribunal"]),
    ],
)
def test_an_acronym_joins_the_name_whose_initials_it_has(acronym: str, names: list[str]) -> None:
    runs = ["the", "*Quorne Disputes", "and", "*Appellate Tribunal", f"( {acronym} ) ruled"]

    assert _spans("en", *runs) == names
