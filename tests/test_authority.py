from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.authority import load_authority, using_authority
from policygraph.authority.reading import _entries
from policygraph.errors import OntologyError
from policygraph.ontology import ontology_dir, read_toml

FILES = [
    *sorted((ontology_dir() / "authority").glob("*.toml")),
    ontology_dir() / "geography" / "countries.toml",
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_quick_reader_agrees_with_toml(path: Path) -> None:
    assert _entries(path) == read_toml(path)


def test_a_file_in_freer_toml_is_read_all_the_same(tmp_path: Path) -> None:
    extra = tmp_path / "extra.toml"
    extra.write_text(
        '[zorblax]\ntype = "Company"  # a comment\nnames = [\n  "Zorblax",\n]\n', encoding="utf-8"
    )

    assert load_authority(extra)["zorblax"].names == ("Zorblax",)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    extra = tmp_path / "extra.toml"
    extra.write_text('[zorblax]\ntype = "Company\n', encoding="utf-8")

    with pytest.raises(OntologyError, match=r"extra\.toml"):
        load_authority(extra)


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    extra = tmp_path / "extra.toml"
    extra.write_text('[zorblax]\ntype = "Company"\ntype = "Product"\n', encoding="utf-8")

    with pytest.raises(OntologyError, match=r"extra\.toml"):
        load_authority(extra)


MY_FILE = """
[orange-county]
type = "Place"
en = ["Orange County", "Orange"]
country = "us"
"""


def test_a_name_of_ones_own_beats_the_shipped_one_that_it_shares(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(MY_FILE, encoding="utf-8")

    with using_authority(mine) as known:
        assert known is load_authority()
        assert [e.slug for e in known.find("Orange", "en")][:2] == ["orange-county", "orange-sa"]
        assert known.check() == []
    assert load_authority().get("orange-county") is None


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('type = "Company"\nparent = "nobody"', "parent 'nobody' is no entry"),
        ('type = "Company"\nparent = "zorblax"', "is its own parent"),
        ('type = "Firm"', "type 'Firm' is unknown"),
        ('type = "Company"\ncountry = "zzz"', "not in countries.toml"),
        ('type = "Company"\nstart = "July 2013"', "no ISO 8601 date"),
        ('type = "Company"\nstart = "2013"\nend = "2012-05"', "before its start"),
        ('type = "Company"\ndated = ["Zorb: 2013/.."]', "none of its names"),
        ('type = "Company"\ndated = ["Zorblax: 2013"]', "START/END"),
        ('type = "Company"\noffices = ["CEO of Apple: 2013/.."]', "only people"),
        ('type = "Company"\nstart = "2013"', "need 'dates_source'"),
        ('type = "Company"\nwikidata = "2283"\nwikidata_source = "mine"', "is no QID"),
        ('type = "Company"\nwikidata = "Q2283"\nwikidata_source = "mine"', "QID of companies"),
        ('type = "Company"\nwikidata = "Q99999999"', "needs 'wikidata_source'"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(tmp_path: Path, entry: str, complaint: str) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(f'[zorblax]\nnames = ["Zorblax"]\n{entry}\n', encoding="utf-8")

    with pytest.raises(OntologyError, match=complaint), using_authority(mine):
        pass


def test_two_entries_of_a_file_cannot_share_a_strong_name(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[a]\ntype = "Company"\nnames = ["Zorblax"]\n[b]\ntype = "Product"\nen = ["Zorblax"]\n',
        encoding="utf-8",
    )

    [problem] = load_authority(mine).check()

    assert "'Zorblax' is a en name of mine.toml [a] too" in problem
    assert "list it under 'weak'" in problem


def test_the_shipped_entries_are_in_order() -> None:
    assert load_authority().check() == []
