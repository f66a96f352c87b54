"""The adapters, with docs and answers made by hand; no compared tool needs to be installed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from parsed import parse
from sample_records import make_record, said, zephyr
from spacy.tokens import Doc

from benchmarks.claims.answers import Relation
from benchmarks.claims.clearnlp import to_clearnlp
from benchmarks.claims.matching import Mentions, Words
from benchmarks.claims.systems.cooccurrence import Habits, relate
from benchmarks.claims.systems.relatio_rules import mark_chunks
from benchmarks.claims.systems.relatio_rules import relations as relatio_relations
from benchmarks.claims.systems.semantica_patterns import relations as semantica_relations
from benchmarks.claims.systems.textacy_svo import relations as textacy_relations
from benchmarks.claims.table import markdown, run

PASSIVE = """
    TikTok TikTok PROPN nsubj:pass 3
    was be AUX aux:pass 3
    banned ban VERB ROOT 0
    by by ADP case 5
    India India PROPN obl:agent 3
"""
PLAN = """
    Microsoft Microsoft PROPN nsubj 2
    plans plan VERB ROOT 0
    to to PART mark 4
    acquire acquire VERB xcomp 2
    TikTok TikTok PROPN obj 4
"""
TYPES = {"TikTok": "Product", "India": "Country", "Microsoft": "Company"}


def mentions(doc: Doc) -> Mentions:
    names = {name: type_ for name, type_ in TYPES.items() if name in doc.text}
    return Mentions(make_record(doc.text, names).entities)


def said_of(relation: Relation, found: Mentions) -> set[tuple[str, str, str]]:
    names = {entity.id: entity.name for entity in found.entities}
    return {(names[s], p, names[o]) for s, p, o in relation.readings}


def triple(doc: Doc, subject: str, verb: str, object_: str) -> Any:
    def tokens(words: str) -> list[Any]:
        return [t for t in doc if t.text in words.split()]

    return SimpleNamespace(subject=tokens(subject), verb=tokens(verb), object=tokens(object_))


def test_a_parse_is_rewritten_with_agents_and_prepositions_above_their_nouns() -> None:
    doc = to_clearnlp(parse("en", PASSIVE))

    assert [t.dep_ for t in doc] == ["nsubjpass", "auxpass", "ROOT", "agent", "pobj"]
    assert [t.head.text for t in doc] == ["banned", "banned", "banned", "banned", "by"]
    assert doc.text == parse("en", PASSIVE).text


def test_a_passive_triple_is_read_the_right_way_round() -> None:
    doc = parse("en", PASSIVE)
    found = mentions(doc)

    [relation] = textacy_relations(
        triple(to_clearnlp(doc), "TikTok", "was banned", "India"), doc, found
    )

    assert ("India", "bans", "TikTok") in said_of(relation, found)
    assert not [s for s, _, _ in said_of(relation, found) if s == "TikTok"]


def test_a_clause_as_object_gives_its_entity_and_its_verb() -> None:
    doc = parse("en", PLAN)
    found = mentions(doc)

    [relation] = textacy_relations(
        triple(to_clearnlp(doc), "Microsoft", "plans", "to acquire TikTok"), doc, found
    )

    assert ("Microsoft", "acquires", "TikTok") in said_of(relation, found)


def test_the_words_of_relatio_are_found_in_the_text_and_its_verb_in_the_lexicon() -> None:
    doc = parse("en", PASSIVE)
    found = mentions(doc)
    mark_chunks(doc, {})
    subject, object_ = doc[4]._.noun_chunk.text, doc[0]._.noun_chunk.text

    [relation] = relatio_relations(
        lambda sent: [(subject, False, "banned", object_)], next(doc.sents), doc, found
    )

    assert ("India", "bans", "TikTok") in said_of(relation, found)


@pytest.mark.parametrize(
    ("predicate", "type_", "expected"),
    [
        ("acquired_by", "Company", {("e2", "acquires", "e1"), ("e2", "owns", "e1")}),
        ("located_in", "Country", {("e1", "basedIn", "e2")}),
        ("located_in", "Person", set()),
        ("related_to", "Company", set()),
    ],
)
def test_semantica_is_read_from_the_other_end_where_ours_looks_so(
    predicate: str, type_: str, expected: set[tuple[str, str, str]]
) -> None:
    ends = [SimpleNamespace(start_char=0, end_char=1), SimpleNamespace(start_char=2, end_char=3)]
    answer = SimpleNamespace(subject=ends[0], predicate=predicate, object=ends[1])

    ids, types = {(0, 1): "e1", (2, 3): "e2"}, {"e1": "Company", "e2": type_}

    [relation] = semantica_relations([answer], ids, types)

    assert relation.readings == expected


def test_the_shortest_mention_over_a_head_is_meant_and_other_words_only_without_one() -> None:
    record = make_record("the Apple board sued", {"the Apple board": "Group", "Apple": "Company"})
    found = Mentions(record.entities)
    board, apple = (10, 15), (4, 9)

    assert found.at(Words((apple,), (apple, board))) == ["e2"]
    assert found.at(Words((board,), (apple, board))) == ["e1"]
    assert found.at(Words(((16, 20),), (apple, (16, 20)))) == ["e2"]
    assert found.at(Words(((16, 20),), ())) == []


def test_co_occurrence_takes_the_habit_of_the_types_and_its_direction() -> None:
    text = "ARCO, Zephyr."
    types = {"ARCO": "GovernmentBody", "Zephyr": "Company"}
    train = make_record(
        text,
        types,
        (
            said("ARCO", "fines", "Zephyr", text),
            said("ARCO", "fines", "Zephyr", text),
            said("Zephyr", "sues", "ARCO", text),
        ),
    )
    habits = Habits.learn([train])
    found = Mentions(train.entities)

    [typed] = relate(["e2", "e1"], found, habits, typed=True)
    [untyped] = relate(["e2", "e1"], found, habits, typed=False)

    assert typed.readings == {("e1", "fines", "e2")}
    assert untyped.readings == {("e2", "fines", "e1")}


def test_types_never_seen_together_are_not_related() -> None:
    record = make_record("A, B.", {"A": "Person", "B": "Event"})
    habits = Habits.learn([zephyr()])

    assert not [*relate(["e1", "e2"], Mentions(record.entities), habits, typed=True)]


def test_the_table_has_a_row_a_language_and_hides_the_speed_on_demand() -> None:
    from benchmarks.claims.answers import Answer

    rows = run("x", [zephyr()], "none", lambda _, given: Answer(given, ()), lambda r: r.entities)

    table = markdown(rows, speed=False)

    assert table.splitlines()[2] == (
        "| x | fr | 1 | none | 0.00 / 0.00 / 0.00 | 0.00 / 0.00 / 0.00 | – |"
    )


def test_no_compared_tool_is_needed_to_import_the_adapters() -> None:
    folder = Path(__file__).parents[2] / "benchmarks" / "claims" / "systems"

    for path in folder.glob("*.py"):
        top = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] in "fi"]
        assert not [line for line in top if line.split()[1:2] in (["textacy"], ["semantica"])]
