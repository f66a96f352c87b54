from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sample_records import GOLD

from policygraph.errors import RecordError
from policygraph.model import Record
from training.gold import check, check_folder, compile_note, main

HEAD = """id: en-shop-001
title: Regulator fines Shop
published: 2021-09-10
publisher: The Daily
authors: Ada Low; Bo Lee
story: shop
split: train
register: wire copy
"""
TEXT = """Regulator fines Shop

The Data Authority fined Shop 5 million euros on Thursday. The watchdog said that Shop's
rival, Shop Direct, broke no law. A watchdog barked.
"""
ENTITIES = """e1 Company | Shop
e2 GovernmentBody | Data Authority | Regulator | watchdog@1
e3 Company | Shop Direct | +Shop's
d1 Date | 2021-09-09 | Thursday
m1 Money | 5000000 EUR | 5 million euros
"""
CLAIMS = """e2 fines e1 | amount=5000000 EUR | date=2021-09-09 | Regulator fines Shop
e3 competesWith e1 | status=alleged | not | by=e2 | Shop's
"""


def write_note(
    folder: Path,
    *,
    head: str = HEAD,
    text: str = TEXT,
    entities: str = ENTITIES,
    claims: str = CLAIMS,
) -> Path:
    path = folder / "shop.txt"
    path.write_text("---\n".join((head, text, entities, claims)), encoding="utf-8")
    return path


@pytest.fixture
def record(tmp_path: Path) -> dict[str, Any]:
    return compile_note(write_note(tmp_path))


def mentions(record: dict[str, Any], id_: str) -> list[str]:
    """Mentions of an entity, each with the words around it."""
    [entity] = [e for e in record["entities"] if e["id"] == id_]
    text = record["text"]
    for mention in entity["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
    return [text[max(0, m["start"] - 4) : m["end"]] for m in entity["mentions"]]


def test_a_note_becomes_a_sound_record(record: dict[str, Any]) -> None:
    parsed = Record.from_json(record, where="shop.txt")

    assert list(check(record, "shop.txt")) == []
    assert (parsed.article.title, parsed.article.lang) == ("Regulator fines Shop", "en")
    assert parsed.article.authors == ("Ada Low", "Bo Lee")
    assert (record["story"], record["split"], record["register"]) == ("shop", "train", "wire copy")


def test_every_occurrence_of_a_form_is_a_mention_longer_forms_first(
    record: dict[str, Any],
) -> None:
    assert mentions(record, "e1") == ["nes Shop", "ned Shop", "hat Shop"]
    assert [m[4:] for m in mentions(record, "e3")] == ["Shop's", "Shop Direct"]


def test_a_numbered_form_takes_one_occurrence(record: dict[str, Any]) -> None:
    assert mentions(record, "e2") == ["Regulator", "The Data Authority", "The watchdog"]


def test_a_nested_form_may_lie_around_another_mention(record: dict[str, Any]) -> None:
    spans = {e["id"]: [(m["start"], m["end"]) for m in e["mentions"]] for e in record["entities"]}

    outer, inner = spans["e3"][0], spans["e1"][2]
    assert outer[0] == inner[0] and inner[1] < outer[1]


def test_a_claim_carries_its_qualifiers_and_evidence(record: dict[str, Any]) -> None:
    fine, rival = record["claims"]

    assert (fine["amount"], fine["date"], fine["status"]) == ("5000000 EUR", "2021-09-09", "actual")
    assert fine["evidence"] == {"start": 0, "end": 20, "text": "Regulator fines Shop"}
    assert (rival["status"], rival["negated"], rival["attributed_to"]) == ("alleged", True, "e2")


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"claims": "e2 fines e1 | x\n---\n"}, "5 parts; expected head, text, entities, claims"),
        ({"head": "id en-shop-001\n"}, "'id en-shop-001' in the head is no 'key: value'"),
        ({"entities": "e1 Firm | Shop\n"}, "expected 'id Type | name | forms…'"),
        ({"entities": "e1 Company\n"}, "expected 'id Type | name | forms…'"),
        ({"entities": "e1 Company | Shop | the shop\n"}, "e1: 'the shop' is not (any more) in"),
        ({"entities": "e1 Company | Shop | watchdog@3\n"}, "e1: 'watchdog@3' is not (any more)"),
        ({"entities": "e1 Company | Acme\n"}, "e1 'Acme' has no mention"),
        ({"claims": "e2 fines | Shop\n"}, "expected 'e1 predicate e2 | … | evidence'"),
        ({"claims": "e2 fines e1\n"}, "expected 'e1 predicate e2 | … | evidence'"),
        ({"claims": "e2 fines e1 | sure=1 | Shop\n"}, "unknown qualifier 'sure=1'"),
        ({"claims": "e2 fines e1 | Shop fined\n"}, "the evidence 'Shop fined' is not in the text"),
    ],
)
def test_a_faulty_note_names_its_file_and_the_cause(
    tmp_path: Path, changed: dict[str, str], cause: str
) -> None:
    path = write_note(tmp_path, **changed)

    with pytest.raises(RecordError) as caught:
        compile_note(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert cause in str(caught.value)


@pytest.mark.parametrize(
    ("place", "value", "cause"),
    [
        (("claims", 0, "subject"), "e9", "e9"),
        (("claims", 0, "attributed_to"), "e9", "e9"),
        (("claims", 0, "predicate"), "hugs", "no such predicate: hugs"),
        (("claims", 0, "subject"), "d1", "d1 is a Date"),
        (("claims", 0, "subject"), "e1", "subject and object are one"),
        (("claims", 0, "date"), "Thursday", "date 'Thursday' is not ISO 8601"),
        (("claims", 0, "amount"), "5 million", "amount '5 million'"),
        (("claims", 0, "evidence", "end"), 9, "shop.txt"),
        (("entities", 0, "type"), "Firm", "no such type: Firm"),
        (("entities", 3, "name"), "Thursday", "'Thursday' is no Date value"),
        (("entities", 4, "name"), "5 million", "'5 million' is no Money value"),
        (("entities", 1, "mentions"), [], "e2 has no mention"),
        (("entities", 3, "id"), "e1", "two entities have one id"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_record_is_said(
    record: dict[str, Any], place: tuple[str | int, ...], value: object, cause: str
) -> None:
    *way, last = place
    inner: Any = record
    for key in way:
        inner = inner[key]
    inner[last] = value

    faults = list(check(record, "shop.txt"))

    assert faults
    assert any(cause in fault for fault in faults), faults
    assert all("shop.txt" in fault for fault in faults)


def test_a_triple_stands_once(record: dict[str, Any]) -> None:
    record["claims"].append(dict(record["claims"][0], status="alleged"))

    assert list(check(record, "shop.txt")) == ["shop.txt: e2 fines e1 stands twice"]


def test_two_mentions_do_not_share_a_place(record: dict[str, Any]) -> None:
    record["entities"][1]["mentions"].append(record["entities"][0]["mentions"][0])

    assert list(check(record, "shop.txt")) == ["shop.txt: two mentions at one place"]


def test_a_story_stands_in_one_split(tmp_path: Path, record: dict[str, Any]) -> None:
    for split in ("train", "test"):
        path = tmp_path / split / "en" / f"{split}.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(record | {"split": "train"}), encoding="utf-8")

    assert check_folder(tmp_path) == [
        "test.json: stands under test, says train",
        "story shop (en) is in test, train",
    ]


def test_the_command_writes_sound_records_and_reports_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write_note(tmp_path)
    bad = tmp_path / "bad.txt"
    bad.write_text(good.read_text(encoding="utf-8").replace("fines e1", "hugs e1"), "utf-8")

    code = main(["compile", str(good), str(bad), "--into", str(tmp_path / "gold")])

    assert code == 1
    assert capsys.readouterr().err == "bad.txt: no such predicate: hugs\n"
    [written] = (tmp_path / "gold").rglob("*.json")
    assert written == tmp_path / "gold" / "train" / "en" / "en-shop-001.json"
    assert main(["check", str(tmp_path / "gold")]) == 0


def test_the_gold_corpus_is_sound() -> None:
    assert check_folder(GOLD) == []


@pytest.mark.parametrize(
    ("name", "type_", "qid", "complaint"),
    [
        ("Microsoft", "Company", "Q2283", None),
        ("Microsoft", "Company", "Q99999999", "no entry of the authority file has the QID"),
        ("Microsoft", "Person", "Q2283", "Q2283 is the Company microsoft"),
    ],
)
def test_a_qid_is_one_that_was_checked(
    record: dict[str, Any], name: str, type_: str, qid: str, complaint: str | None
) -> None:
    record["entities"][0] |= {"name": name, "type": type_, "wikidata": qid}

    found = [line for line in check(record, "shop.json") if qid in line]

    assert len(found) == (complaint is not None)
    assert complaint is None or complaint in found[0]
