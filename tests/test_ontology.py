from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from policygraph import ontology
from policygraph.errors import OntologyError
from policygraph.extraction.language import lexicon
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.qualifiers import qualifiers
from policygraph.extraction.qualifiers.qualifiers import qualifying_words
from policygraph.extraction.values import date_grammar as grammar
from policygraph.extraction.values.date_grammar import date_grammar
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


def test_predicates_say_what_their_claims_take() -> None:
    predicates = load_vocabulary().predicates

    assert predicates["fines"].takes == {"date", "amount"}
    assert predicates["holdsStakeIn"].takes == {"since", "amount", "share"}
    assert predicates["setsDeadlineFor"].takes == {"date", "deadline", "term"}
    assert predicates["enacts"].takes == predicates["proposes"].takes == {"date", "made"}
    assert predicates["basedIn"].takes == {"nothing"}
    assert predicates["basedIn"].state and not predicates["fines"].state
    for predicate in predicates.values():
        assert not {"date", "since"} <= predicate.takes, predicate.name
        assert "date" in predicate.takes or "made" not in predicate.takes, predicate.name
        assert "amount" in predicate.takes or "share" not in predicate.takes, predicate.name
        assert "deadline" in predicate.takes or "term" not in predicate.takes, predicate.name


SMALL = """
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
pg:Firm rdfs:subClassOf pg:Entity .
pg:hugs a owl:ObjectProperty ; rdfs:domain pg:Firm ; rdfs:range pg:Firm {takes} .
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an ontology of one's own."""
    monkeypatch.setattr(ontology, "ontology_dir", lambda: tmp_path)
    monkeypatch.setattr(ontology, "load_vocabulary", load_vocabulary.__wrapped__)
    return tmp_path / "policygraph.ttl"


def test_a_predicate_of_which_nothing_is_told_takes_a_date(small: Path) -> None:
    small.write_text(SMALL.format(takes=""), encoding="utf-8")

    predicate = ontology.load_vocabulary().predicates["hugs"]

    assert predicate.takes == {"date"}
    assert not predicate.state


def test_what_no_claim_can_take_is_named(small: Path) -> None:
    small.write_text(SMALL.format(takes='; pg:takes "datum"'), encoding="utf-8")

    with pytest.raises(OntologyError, match=r"pg:hugs takes 'datum'; expected some of date"):
        ontology.load_vocabulary()


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


@pytest.mark.parametrize(
    ("file", "old", "new", "told", "read"),
    [
        (
            "mood.toml",
            '[en.reported]\nwould = "planned"',
            '[en.reported]\nwould = "surely"',
            r"mood\.toml: \[en\.reported\] would: status 'surely'",
            lambda: load_lexicon.__wrapped__("en"),
        ),
        (
            "dates.toml",
            '"next week" = 1',
            '"next week" = "one"',
            r"dates\.toml: \[en\.weeks\] 'next week': not a number: 'one'",
            lambda: date_grammar.__wrapped__("en"),
        ),
        (
            "qualifiers.toml",
            "units",
            "unit",
            r"qualifiers\.toml: \[en\]: no entry 'units'",
            lambda: qualifying_words.__wrapped__("en"),
        ),
    ],
)
def test_a_word_list_with_a_wrong_value_is_named(
    file: str,
    old: str,
    new: str,
    told: str,
    read: Callable[[], object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(ontology.ontology_dir() / "lexicon", tmp_path / "lexicon")
    words = (tmp_path / "lexicon" / file).read_text(encoding="utf-8")
    assert old in words
    (tmp_path / "lexicon" / file).write_text(words.replace(old, new), encoding="utf-8")
    for module in (lexicon, grammar, qualifiers):
        monkeypatch.setattr(module, "ontology_dir", lambda: tmp_path)

    with pytest.raises(OntologyError, match=told):
        read()
