from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from grimp import build_graph

from policygraph import software as naming
from policygraph.authority import using_authority
from policygraph.software import is_current, software, software_of


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the ontology that a test may change."""
    copy = tmp_path / "ontology"
    shutil.copytree(naming.ontology_dir(), copy)
    monkeypatch.setattr(naming, "ontology_dir", lambda: copy)
    monkeypatch.setattr(naming, "_name", naming._name.__wrapped__)
    return copy


def names() -> list[str]:
    return [naming.software("fr"), naming.software("en")]


def test_a_name_has_version_language_and_hash() -> None:
    assert re.fullmatch(r"policygraph \S+ \(fr [0-9a-f]{12}\)", software("fr"))
    assert software("fr")[-13:] != software("en")[-13:]


def test_the_name_of_several_names_each_and_is_current_while_all_are(data: Path) -> None:
    name = software_of(["fr", "en"], {})

    assert re.fullmatch(r"policygraph \S+ \(fr [0-9a-f]{12}, en [0-9a-f]{12}\)", name)
    assert is_current(name, {})
    assert is_current(software("fr"), {})
    assert not is_current("policygraph 0.0.1", {})
    rules = data / "relations" / "law.en.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert not is_current(name, {})


def test_a_rule_of_one_language_changes_that_language_alone(data: Path) -> None:
    before = names()
    rules = data / "relations" / "law.fr.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")

    fr, en = names()

    assert fr != before[0]
    assert en == before[1]


def test_all_that_extraction_imports_counts() -> None:
    graph = build_graph("policygraph")
    imported = set()
    for name in ("extraction", "nlp", "passages", "resolve"):
        module = f"policygraph.{name}"
        imported |= graph.find_upstream_modules(module, as_package=True)
    counted = [f"policygraph.{name.replace('/', '.')}" for name in (*naming._MODULES, "models")]
    # what values such as records open when they are shown, and no extraction does
    doors = ["policygraph.errors", "policygraph.graph", "policygraph.view"]

    rest = {
        module
        for module in imported
        if not any(f"{module}.".startswith(f"{name}.") for name in (*counted, *doors))
    }

    assert rest <= {"policygraph.sources"}  # the package of sources.language


def test_rules_that_keep_claims_apart_change_both(data: Path) -> None:
    before = names()
    rules = data / "consistency.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")

    assert all(now != then for now, then in zip(names(), before, strict=True))


def test_shared_data_change_both_and_line_ends_none(data: Path) -> None:
    before = names()
    money = data / "lexicon" / "money.toml"
    money.write_bytes(money.read_bytes().replace(b"\n", b"\r\n"))
    assert names() == before

    money.write_bytes(money.read_bytes() + b"# more\n")
    assert all(old != new for old, new in zip(before, names(), strict=True))


def test_another_pipeline_has_another_name() -> None:
    other, newer = software("fr", "spacy"), software("fr", "numpy")

    assert len({software("fr"), other, newer}) == 3


def test_further_names_have_another_name(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text('[zephyr-labs]\ntype = "Company"\nnames = ["Zephyr Labs"]\n')

    with using_authority(tmp_path / "my.toml"):
        other = software("fr")

    assert other != software("fr")
