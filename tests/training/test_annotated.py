from __future__ import annotations

import json
from pathlib import Path

import pytest

from policygraph.extraction.reading import Reading
from policygraph.extraction.spot import DEMONYM, NAME, NOMINAL, VALUE
from policygraph.model import Article, Entity, Mention, Record
from policygraph.nlp import analyse, load
from training.annotated import article_reading, gold_records, passage_reading
from training.passages import Passage, parse


def record(text: str, *entities: tuple[str, str, tuple[str, ...]], lang: str = "en") -> Record:
    """An article whose entities are given by name, type and mentions, each found once."""
    return Record(
        article=Article(source="test", text=text, lang=lang),
        entities=tuple(
            Entity(
                id=f"e{number}",
                name=name,
                type=type_,
                mentions=tuple(
                    Mention(text.index(words), text.index(words) + len(words), words)
                    for words in mentions
                ),
            )
            for number, (name, type_, mentions) in enumerate(entities, 1)
        ),
    )


def annotated(gold: Record) -> tuple[Reading, dict[str, str]]:
    """The reading, and the kinds of its mentions by their words."""
    doc = analyse(load(gold.article.lang), gold.article.text)
    reading, _ = article_reading(doc, gold)
    return reading, kinds(reading)


def kinds(reading: Reading) -> dict[str, str]:
    return {reading.doc[s.start : s.end].text: s.kind for s in reading.spots}


def passage(words: str) -> Passage:
    [found] = parse(f"{words}\n-", "en", "test")
    return found


def test_nodes_are_the_annotated_entities_whatever_the_extractor_finds() -> None:
    gold = record(
        "The firm Zorblax praised a rival, and the rain fell on Google.",
        ("Zorblax", "Company", ("The firm", "Zorblax")),
        ("a rival", "Company", ("a rival",)),
    )
    doc = analyse(load("en"), gold.article.text)

    reading, ids = article_reading(doc, gold)

    assert [(n.name, n.type, len(n.spots)) for n in reading.nodes[:2]] == [
        ("Zorblax", "Company", 2),
        ("a rival", "Company", 1),
    ]
    assert [ids[id(node)] for node in reading.nodes if id(node) in ids] == ["e1", "e2"]


def test_mentions_are_names_nominals_or_values() -> None:
    gold = record(
        "On 3 May 2021 the startup Zorblax said that a rival of Quornet paid 5 million euros.",
        ("Zorblax", "Company", ("the startup", "Zorblax")),
        ("a rival", "Company", ("a rival of Quornet",)),
        ("Quornet", "Company", ("Quornet",)),
        ("2021-05-03", "Date", ("3 May 2021",)),
        ("5000000 EUR", "Money", ("5 million euros",)),
    )

    reading, found = annotated(gold)

    assert found["Zorblax"] == found["Quornet"] == NAME
    assert found["the startup"] == NOMINAL
    assert found["3 May 2021"] == found["5 million euros"] == VALUE
    assert "2021-05-03" in {spot.value for spot in reading.spots}


def test_a_name_in_first_place_is_a_name_and_a_noun_there_is_none() -> None:
    gold = record(
        "Google bought Fitbit. Regulators objected.",
        ("Google", "Company", ("Google",)),
        ("Fitbit", "Company", ("Fitbit",)),
        ("regulators", "GovernmentBody", ("Regulators",)),
    )

    _, found = annotated(gold)

    assert found == {"Google": NAME, "Fitbit": NAME, "Regulators": NOMINAL}


def test_a_token_within_two_mentions_stands_for_the_shorter() -> None:
    gold = record(
        "It met the chief executive of Zorblax on Monday.",
        ("the chief executive of Zorblax", "Person", ("the chief executive of Zorblax",)),
        ("Zorblax", "Company", ("Zorblax",)),
    )

    reading, _ = annotated(gold)

    executive, zorblax = (
        next(t for t in reading.doc if t.text == words) for words in ("executive", "Zorblax")
    )
    assert reading.node_at(executive) is reading.nodes[0]
    assert reading.node_at(zorblax) is reading.nodes[1]


def test_what_the_authority_knows_of_a_name_is_kept() -> None:
    gold = record("The firm Google grew.", ("Google", "Company", ("Google",)))

    reading, _ = annotated(gold)

    assert reading.nodes[0].known is not None
    assert reading.nodes[0].known.slug == "google"


def test_demonyms_stand_for_an_annotated_country_and_for_no_other() -> None:
    gold = record(
        "France welcomed the French firm and a German firm.",
        ("France", "Country", ("France",)),
    )

    reading, found = annotated(gold)

    french = next(t for t in reading.doc if t.text == "French")
    assert found["French"] == DEMONYM
    assert reading.node_at(french) is reading.nodes[0]
    assert "German" not in found


def test_pronouns_of_a_passage_stand_for_what_is_annotated() -> None:
    text = "[1:Company Google] sued [2:Company Meta]. Then [2 it] sold [3:Product Quornet]."
    found = passage(text)
    doc = analyse(load("en"), found.text)

    reading, ids = passage_reading(doc, found)

    it = next(t for t in doc if t.text == "it")
    assert [ids[id(node)] for node, _ in reading.pronouns[it.i]] == ["2"]
    assert sorted(ids.values()) == ["1", "2", "3"]
    assert kinds(reading) == {"Google": NAME, "Meta": NAME, "Quornet": NAME}
    assert [s.start for s in reading.spots] == sorted(s.start for s in reading.spots)


def test_an_entity_that_a_passage_names_by_pronouns_alone_has_no_mention() -> None:
    found = passage("[1:Company It] sued [2:Company Meta].")
    doc = analyse(load("en"), found.text)

    reading, ids = passage_reading(doc, found)

    [(node, _)] = reading.pronouns[0]
    assert (ids[id(node)], node.type, node.spots) == ("1", "Company", [])


@pytest.mark.parametrize("folders", [("train",), ("train", "dev")])
def test_gold_records_come_in_the_order_of_their_paths(
    folders: tuple[str, ...], tmp_path: Path
) -> None:
    for name in ("train/fr/b.json", "train/en/c.json", "dev/en/a.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written = record(f"Text {name}.").to_json()
        path.write_text(json.dumps(written), encoding="utf-8")

    found = gold_records(*(tmp_path / folder for folder in folders))

    expected = ["Text train/en/c.json.", "Text train/fr/b.json.", "Text dev/en/a.json."]
    assert [r.article.text for r in found] == expected[: len(folders) + 1]
