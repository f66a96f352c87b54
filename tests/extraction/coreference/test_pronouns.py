from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from parsed import parse, read_names

from policygraph.errors import OntologyError
from policygraph.extraction.coreference import pronouns
from policygraph.extraction.coreference.pronouns import (
    candidates,
    described,
    is_anaphoric,
    load_worth,
)

TWICE = """
    Velteks Velteks PROPN nsubj 2 ORG
    grew grow VERB ROOT 0

    Velteks Velteks PROPN nsubj 2 ORG
    met meet VERB ROOT 0
    Quorne Quorne PROPN obj 2 ORG

    {} {} PRON nsubj 2 - Person={}|PronType=Prs
    left leave VERB ROOT 0
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(pronouns, "ontology_dir", lambda: tmp_path)
    load_worth.cache_clear()
    (tmp_path / "lexicon").mkdir()
    yield tmp_path / "lexicon"
    load_worth.cache_clear()


def test_a_pronoun_takes_up_whom_the_article_is_most_about() -> None:
    reading = read_names(parse("en", TWICE.format("It", "it", 3)))

    assert [node.name for node, _ in candidates(reading, reading.tokens[5])] == [
        "Velteks",
        "Quorne",
    ]


def test_those_whom_it_may_stand_for_share_it() -> None:
    reading = read_names(parse("en", TWICE.format("It", "it", 3)))

    first, second = (share for _, share in candidates(reading, reading.tokens[5]))

    assert first > second > 0
    assert first + second == pytest.approx(1)


def test_mentions_are_described_from_the_nearest_on() -> None:
    reading = read_names(parse("en", TWICE.format("It", "it", 3)))

    told = [(node.name, features) for node, _, features in described(reading, reading.tokens[5])]

    assert [name for name, _ in told] == ["Quorne", "Velteks", "Velteks"]
    assert [f"back {back}" in features for (_, features), back in zip(told, (1, 1, 2), strict=True)]
    assert "both subjects" in told[1][1] and "both subjects" not in told[0][1]


@pytest.mark.parametrize(("person", "points"), [(3, True), (1, False)])
def test_who_speaks_is_not_looked_for_among_the_mentions(person: int, points: bool) -> None:
    doc = parse("en", TWICE.format("It" if points else "I", "x", person))

    assert is_anaphoric(doc[5]) == points


def test_what_counts_is_what_the_table_says(folder: Path) -> None:
    (folder / "pronouns.toml").write_text('[worth]\n"as obj" = 9\n', encoding="utf-8")
    reading = read_names(parse("en", TWICE.format("It", "it", 3)))

    assert [node.name for node, _ in candidates(reading, reading.tokens[5])] == [
        "Quorne",
        "Velteks",
    ]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ('[worth]\n"as obj" = "much"', "worth of 'as obj': expected a number, not 'much'"),
        ('"as obj" = 9', r"expected a table \[worth\] of numbers"),
    ],
)
def test_a_broken_table_is_named(folder: Path, table: str, reason: str) -> None:
    (folder / "pronouns.toml").write_text(table, encoding="utf-8")

    with pytest.raises(OntologyError, match=rf"pronouns\.toml: {reason}"):
        load_worth()
