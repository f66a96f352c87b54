"""What nouns known things are called by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph.authority import load_authority
from policygraph.errors import OntologyError
from policygraph.extraction.names import called
from policygraph.extraction.names.called import Called, load_called, load_seats
from policygraph.rules import LANGS

COUNTS = Called({"tiktok": {"network": 8, "app": 2}, "cnil": {"watchdog": 1}})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(called, "ontology_dir", lambda: tmp_path)
    load_called.cache_clear()
    (tmp_path / "lexicon").mkdir()
    yield tmp_path / "lexicon"
    load_called.cache_clear()


def test_a_thing_is_called_by_its_usual_noun_rather_than_by_another() -> None:
    usual, rare = COUNTS.features("tiktok", "network"), COUNTS.features("tiktok", "app")

    assert usual["called so"] == pytest.approx(8 / 11)
    assert usual["called so"] > rare["called so"] > 0
    assert usual["called"] == rare["called"] > 0


def test_a_noun_that_never_stands_for_a_thing_tells_more_the_more_often_it_is_called() -> None:
    often, once = COUNTS.features("tiktok", "bank"), COUNTS.features("cnil", "bank")

    assert often["called so ever"] == once["called so ever"] == 0
    assert often["called so never"] > once["called so never"] > 0


def test_nothing_is_told_of_what_no_article_calls_by_a_noun() -> None:
    assert COUNTS.features("nvidia", "chipmaker") == {}


def test_an_article_tells_nothing_of_itself() -> None:
    others = COUNTS.without({("tiktok", "network"), ("tiktok", "app"), ("cnil", "watchdog")})

    assert others.features("cnil", "watchdog") == {}
    assert others.features("tiktok", "network")["called so"] == pytest.approx(7 / 9)
    assert others.features("tiktok", "bank")["called"] < COUNTS.features("tiktok", "bank")["called"]


def test_the_tables_name_entries_of_the_authority_file() -> None:
    for lang in LANGS:
        counts = load_called(lang).counts
        assert len(counts) > 500
        assert all(load_authority().get(slug) is not None for slug in counts)


def test_known_things_are_based_in_places_of_the_authority_file() -> None:
    places = {slug for based in load_seats().counts.values() for slug in based}

    assert {getattr(load_authority().get(slug), "type", None) for slug in places} == {"Place"}
    told = load_seats().features("google", "mountain-view", "based")
    assert told["based so"] > 0.3
    assert told["based so ever"] == 1.0
    assert load_seats().features("google", "redmond", "based")["based so ever"] == 0.0


def test_without_a_table_nothing_is_told(folder: Path) -> None:
    assert load_called("fr").features("tiktok", "réseau") == {}


def test_a_broken_table_is_named_with_its_line(folder: Path) -> None:
    (folder / "called.fr.txt").write_text("tiktok\tréseau\t8\ntiktok réseau 8\n", encoding="utf-8")

    with pytest.raises(
        OntologyError, match=r"called\.fr\.txt:2: expected a slug, a noun or place and a"
    ):
        load_called("fr")
