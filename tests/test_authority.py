from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.authority import _entries, load_authority
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


def test_the_shipped_entries_are_in_order() -> None:
    assert load_authority().check() == []
