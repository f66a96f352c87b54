from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_records import english, gold_records, zephyr

from policygraph.errors import RecordError
from policygraph.model import Article, Claim, Entity, Evidence, Mention, Record, Status, digest


def test_a_record_is_the_same_after_a_trip_through_json() -> None:
    for record in (zephyr(), english(), *gold_records()):
        text = json.dumps(record.to_json(), ensure_ascii=False)

        assert Record.from_json(json.loads(text)) == record


def test_the_keys_of_a_record_are_those_of_the_documented_shape() -> None:
    value = zephyr().to_json()

    documented = "id source title published publisher authors lang text entities claims comments"
    assert list(value)[:11] == documented.split()
    assert list(value["entities"][0]) == ["id", "name", "type", "iri", "wikidata", "mentions"]
    assert list(value["claims"][0])[:12] == [
        "subject", "predicate", "object", "status", "negated", "attributed_to", "date", "deadline",
        "amount", "role", "confidence", "evidence",
    ]  # fmt: skip
    assert value["claims"][0]["evidence"]["text"] == "vouloir racheter Papillon"


@given(
    text=st.text(min_size=2, max_size=40),
    confidence=st.floats(0, 1),
    status=st.sampled_from(Status),
    negated=st.booleans(),
    data=st.data(),
)
def test_any_text_survives_json(
    text: str, confidence: float, status: Status, negated: bool, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    entities = tuple(
        Entity(id=id, name=words, type="Company", mentions=(Mention(start, end, words),))
        for id in ("a", "b")
    )
    claim = Claim(
        subject="a",
        predicate="owns",
        object="b",
        evidence=Evidence(start, end, words),
        confidence=confidence,
        status=status,
        negated=negated,
    )
    record = Record(
        article=Article(source="s", text=text, lang="fr"), entities=entities, claims=(claim,)
    )

    assert Record.from_json(json.loads(json.dumps(record.to_json()))) == record


def test_an_article_has_one_id_wherever_it_was_found() -> None:
    here = Article(source="here.html", text="Un texte.", lang="fr", title="T", published="2020")
    there = Article(
        source="https://there.example", text="Un texte.", lang="fr", title="T", published="2020"
    )
    later = Article(source="here.html", text="Un texte.", lang="fr", title="T", published="2021")

    assert here.id == there.id != later.id


def test_ids_never_change_between_versions() -> None:
    assert digest("fr", None, "é") == "dcd823fb1aa4d195"


def test_an_offset_that_does_not_fit_its_words_is_a_programming_mistake() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Mention(3, 5, "three")
    with pytest.raises(ValueError, match="does not fit"):
        Evidence(-1, 1, "ab")


def _broken(**changes: Any) -> dict[str, Any]:
    value = english().to_json()
    claim = value["claims"][0]
    for key, change in changes.items():
        if key in value:
            value[key] = change
        else:
            claim[key] = change
    return value


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ([], "x.json: expected a JSON object, got list"),
        (_broken(text=None), "x.json: no string under 'text'"),
        (_broken(lang=3), "x.json: no string under 'lang'"),
        (_broken(authors="Ann"), "x.json: 'authors' must be a list"),
        (_broken(title=["T"]), "x.json: 'title' must be a string or null"),
        (_broken(status="sure"), "claims[0]: status 'sure' is unknown; use one of actual, planned"),
        (_broken(subject="e9"), "claims[0]: subject 'e9' is no entity of this record"),
        (
            _broken(evidence={"start": 0, "end": 4, "text": "Arco"}),
            "claims[0]: offsets [0, 4) hold 'ARCO', not 'Arco'",
        ),
        (_broken(evidence={"start": "0"}), "claims[0]: a span needs integer 'start' and 'end'"),
        (_broken(evidence={"start": 2, "end": 2, "text": ""}), "claims[0]: offsets [2, 2)"),
        (_broken(evidence={"start": -3, "end": -1, "text": "on"}), "claims[0]: offsets [-3, -1)"),
        (_broken(confidence="high"), "claims[0]: 'confidence' must be a number between 0 and 1"),
        (_broken(confidence=7), "claims[0]: 'confidence' must be a number between 0 and 1"),
        (_broken(negated="no"), "claims[0]: 'negated' must be true or false"),
    ],
)
def test_a_faulty_record_is_named_with_its_place(value: object, complaint: str) -> None:
    with pytest.raises(RecordError) as caught:
        Record.from_json(value, where="x.json")

    assert complaint in str(caught.value)
