from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import OntologyError
from policygraph.ontology import load_vocabulary, ontology_dir, read_toml
from policygraph.rules import load_rules

TYPES = set(
    "Person Company GovernmentBody IntergovernmentalOrganization AdvocacyGroup MediaOutlet "
    "ResearchOrganization Country Place Product LegalInstrument Technology Event Group Date "
    "Money".split()
)
SYMMETRIC = {"mergesWith", "partnersWith", "negotiatesWith", "competesWith", "meetsWith"}
PREDICATES = set(
    "owns holdsStakeIn develops basedIn holdsPositionAt founded memberOf acquires divests "
    "mergesWith investsIn partnersWith negotiatesWith supplies competesWith launches bans "
    "restricts investigates fines sues rulesAgainst rulesFor orders approves blocks reviews "
    "regulates proposes enacts repeals violates compliesWith appeals setsDeadlineFor "
    "awardsContractTo appoints leaves accuses criticizes supports opposes lobbies meetsWith "
    "testifiesBefore warns collectsDataFrom transfersDataTo attacks".split()
)


def test_the_vocabulary_is_that_of_the_annotation_guide() -> None:
    vocabulary = load_vocabulary()

    assert set(vocabulary.types) == TYPES
    assert set(vocabulary.predicates) == PREDICATES
    assert {p.name for p in vocabulary.predicates.values() if p.symmetric} == SYMMETRIC


def test_every_type_and_predicate_has_both_labels() -> None:
    vocabulary = load_vocabulary()

    for name, labels in vocabulary.types.items():
        assert set(labels) == {"en", "fr"}, name
    for predicate in vocabulary.predicates.values():
        assert set(predicate.labels) == {"en", "fr"}, predicate.name


def test_every_predicate_links_things_and_no_values() -> None:
    for predicate in load_vocabulary().predicates.values():
        for types in (predicate.domain, predicate.range):
            assert types, predicate.name
            assert types <= TYPES - {"Date", "Money"}, predicate.name


def test_symmetric_predicates_take_the_same_at_both_ends() -> None:
    predicates = load_vocabulary().predicates

    for name in SYMMETRIC:
        assert predicates[name].domain == predicates[name].range, name


def test_every_predicate_has_patterns_in_both_languages_and_examples() -> None:
    rules = load_rules()

    patterns = {(p.predicate, p.lang) for found in rules.patterns.values() for p in found}
    for predicate in PREDICATES:
        assert {lang for name, lang in patterns if name == predicate} == {"en", "fr"}, predicate
    assert {example.predicate for example in rules.examples} == PREDICATES


def test_every_query_and_every_data_file_is_utf8_text() -> None:
    for path in ontology_dir().rglob("*"):
        if path.is_file():
            path.read_text(encoding="utf-8")


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    with pytest.raises(OntologyError, match=r"broken\.toml: cannot be read"):
        read_toml(path)

    path.write_text("a = 1\nb = \n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.toml: not valid TOML: .*line 2"):
        read_toml(path)

    path.write_bytes(b"a = '\xff'")
    with pytest.raises(OntologyError, match=r"broken\.toml: not valid TOML"):
        read_toml(path)


def test_a_word_list_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mood.toml"
    path.write_text(
        '[fr]\nnegation = ["ne"]\n[fr.auxiliaries]\nva = "planned"\n[[cue]]\n[[cue]]\n',
        encoding="utf-8",
    )
    lists = read_toml(path)

    assert lists["fr"]["auxiliaries"] == {"va": "planned"}
    with pytest.raises(OntologyError, match=r"mood\.toml: no entry 'en'"):
        lists["en"]
    with pytest.raises(OntologyError, match=r"mood\.toml: \[fr\]: no entry 'denials'"):
        lists["fr"]["denials"]
    with pytest.raises(OntologyError, match=r"mood\.toml: \[cue 2\]: no entry 'words'"):
        lists["cue"][1]["words"]
