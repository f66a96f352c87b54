"""Claims of public texts keep offsets and labels, and find their texts again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policygraph.errors import RecordError
from training.gold import compile_note
from training.standoff import is_held_out, kept, main, public_records, rows, texts, told
from training.treebanks import HELD_OUT

TREEBANK = """# newdoc id = DOC_one
# newpar
# sent_id = 1
# text = Regulator fines Shop
1\tRegulator\t_\t_\t_\t_\t0\troot\t_\t_
# newpar
# text = The Data Authority fined Shop
# text = 5 million euros on Thursday, it said.
# newdoc id = DOC_two
# text = Another text.
"""
TEXT = "Regulator fines Shop\n\nThe Data Authority fined Shop 5 million euros on Thursday,"
NOTE = """id: en-gum-DOC_one
title: Regulator fines Shop
published: 2021-09-10
story: DOC_one
split: train
register: as found
---
{}
---
e1 Company | Shop
e2 GovernmentBody | Data Authority | Regulator | +The Data Authority
d1 Date | 2021-09-09 | Thursday
m1 Money | 5000000 EUR | 5 million euros
---
e2 fines e1 | amount=5000000 EUR | date=2021-09-09 | role=watchdog | Regulator fines Shop
e1 opposes e2 | status=alleged | not | by=e2 | The Data Authority fined Shop
"""
NUMBERED = """# sent_id = paper_0001
# text = A title
# sent_id = paper_0002
# text = First said.
# sent_id = paper_0004
# text = After a gap.
# sent_id = wiki_0001
# text = Another document.
"""
WINER = [
    {"id": "2016_01_01-001", "text": "Le texte.\n", "flat": []},
    {"id": "2016_01_01-002", "text": "Un autre.", "flat": []},
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    gum = tmp_path / "data/treebanks/en_gum_open/gum_open_train.conllu"
    gum.parent.mkdir(parents=True)
    gum.write_text(TREEBANK, encoding="utf-8")
    sequoia = tmp_path / "data/treebanks/fr_sequoia/fr_sequoia-ud-train.conllu"
    sequoia.parent.mkdir()
    sequoia.write_text(NUMBERED, encoding="utf-8")
    winer = tmp_path / "data/ner/fr_winer"
    winer.mkdir(parents=True)
    for split, row in zip(("train", "dev"), WINER, strict=True):
        (winer / f"fr_ner_winer_{split}.jsonl").write_text(json.dumps(row) + "\n")
    return tmp_path / "data"


def compiled(folder: Path, note: str = NOTE, text: str = TEXT) -> Path:
    path = folder / "note.txt"
    path.write_text(note.format(text), encoding="utf-8")
    record = compile_note(path)
    found = folder / f"{record['id']}.json"
    found.write_text(json.dumps(record), encoding="utf-8")
    return found


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_no_word_of_the_text_is_kept(tmp_path: Path, data: Path) -> None:
    row = kept(read(compiled(tmp_path)), data)
    words = {word.strip(",.") for word in TEXT.split()} - {"on", "5", "fines"}
    line = json.dumps(row)
    assert not [word for word in words if f'"{word}' in line or f" {word}" in line]
    assert '"watchdog"' not in line
    assert row["length"] == len(TEXT)


def test_what_is_kept_tells_the_record_again(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = compiled(tmp_path)
    notes = tmp_path / "annotations"
    assert main(["--data", str(data), "--annotations", str(notes), "keep", str(path)]) == 0
    monkeypatch.setattr("training.standoff.is_held_out", lambda row: False)
    [record] = public_records(data, notes)
    assert (record.article.source, record.article.lang) == ("gum DOC_one", "en")
    assert record.article.text == TEXT
    assert str(record.article.published) == "2021-09-10"
    assert [(e.type, e.name) for e in record.entities] == [
        ("Company", "Shop"),
        ("GovernmentBody", "Data Authority"),
        ("Date", "2021-09-09"),
        ("Money", "5000000 EUR"),
    ]
    assert [[m.text for m in e.mentions] for e in record.entities][:2] == [
        ["Shop", "Shop"],
        ["Regulator", "The Data Authority", "Data Authority"],
    ]
    fined, opposed = record.claims
    assert (fined.subject, fined.predicate, fined.object) == ("e1", "fines", "e0")
    assert (fined.status, fined.negated, fined.attributed_to) == ("actual", False, None)
    assert (fined.role, fined.evidence.text) == (None, "Regulator fines Shop")
    assert (opposed.status, opposed.negated, opposed.attributed_to) == ("alleged", True, "e1")


def test_records_kept_later_stand_beside_and_in_place_of_the_others(
    tmp_path: Path, data: Path
) -> None:
    notes = tmp_path / "annotations"
    options = ["--data", str(data), "--annotations", str(notes), "keep"]
    main([*options, str(compiled(tmp_path))])
    other = NOTE.replace("DOC_one", "DOC_two").split("---\ne1")[0] + "---\n---\n"
    main([*options, str(compiled(tmp_path, other, "Another text."))])
    without = "".join(line for line in NOTE.splitlines(True) if "opposes" not in line)
    main([*options, str(compiled(tmp_path, without))])
    found = [(name, row["id"], len(row["claims"])) for name, row in rows(notes)]
    assert found == [("gum", "DOC_one", 1), ("gum", "DOC_two", 0)]


def test_a_text_may_begin_later(tmp_path: Path, data: Path) -> None:
    text = TEXT[TEXT.index("The Data") :]
    note = NOTE.replace("DOC_one\ntitle", "DOC_one@22\ntitle").replace(
        "| Regulator | +The", "| +The"
    )
    note = note.replace("| Regulator fines Shop", "| The Data Authority fined Shop")
    row = kept(read(compiled(tmp_path, note, text)), data)
    assert (row["id"], row["start"]) == ("DOC_one", 22)
    record = told(row, "gum", data)
    assert (record["id"], record["text"]) == ("en-gum-DOC_one@22", text)


def test_every_fourth_text_is_held_out_for_measuring(tmp_path: Path, data: Path) -> None:
    held = [row["id"] for _, row in rows() if is_held_out(row)]
    assert 0.15 < len(held) / sum(1 for _ in rows()) < 0.35
    notes, folder = tmp_path / "annotations", tmp_path / "records"
    main(["--data", str(data), "--annotations", str(notes), "keep", str(compiled(tmp_path))])
    main(["--data", str(data), "--annotations", str(notes), "write", str(folder)])
    taught = {record.article.source for record in public_records(data, notes)}
    written = {read(path)["source"] for path in folder.iterdir()}
    assert taught ^ written == {"gum DOC_one"}


def test_french_texts_come_from_the_training_and_the_dev_split(tmp_path: Path, data: Path) -> None:
    head = NOTE.replace("en-gum-DOC_one", "fr-winer-{}").split("---\ne1")[0] + "---\n---\n"
    for row in WINER:
        id_, text = str(row["id"]), str(row["text"]).strip()
        record = read(compiled(tmp_path, head.replace("{}", id_, 1), text))
        assert told(kept(record, data), "winer", data)["text"] == text


def test_what_a_treebank_numbers_together_is_a_document(data: Path) -> None:
    assert texts(data, "sequoia") == {
        "paper": "A title First said.\n\nAfter a gap.",
        "wiki": "Another document.",
    }


def test_texts_that_differ_are_refused(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = read(compiled(tmp_path))
    with pytest.raises(RecordError, match="en-gum-DOC_one: no such text"):
        kept(record | {"text": TEXT.replace("Shop", "Stop")}, data)
    with pytest.raises(RecordError, match="no such text in the set 'elsewhere'"):
        kept(record | {"id": "en-elsewhere-DOC_one"}, data)
    with pytest.raises(RecordError, match="DOC_one: expected an id like fr-winer-"):
        kept(record | {"id": "DOC_one"}, data)
    row = kept(record, data)
    with pytest.raises(RecordError, match=r"gum DOC_one: the text .* is not what was annotated"):
        told(row | {"sha256": "0"}, "gum", data)
    notes = tmp_path / "annotations"
    notes.mkdir()
    (notes / "gum.jsonl").write_text(json.dumps(row | {"length": 5}) + "\n")
    assert main(["--data", str(data), "--annotations", str(notes), "check"]) == 1
    assert "is not what was annotated" in capsys.readouterr().err


def test_a_file_that_is_missing_is_told(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "annotations"
    options = ["--data", str(data), "--annotations", str(notes), "keep"]
    main([*options, str(compiled(tmp_path))])
    before = (notes / "gum.jsonl").read_text(encoding="utf-8")
    assert main([*options, str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
    assert (notes / "gum.jsonl").read_text(encoding="utf-8") == before


def test_an_annotation_with_a_fault_is_told(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = kept(read(compiled(tmp_path)), data)
    row["claims"][0]["object"] = row["claims"][0]["subject"]
    notes = tmp_path / "annotations"
    notes.mkdir()
    (notes / "gum.jsonl").write_text(json.dumps(row) + "\n")
    assert main(["--data", str(data), "--annotations", str(notes), "check"]) == 1
    assert "gum DOC_one: e1 fines e1: subject and object are one" in capsys.readouterr().err


def test_annotations_keep_no_text() -> None:
    allowed = {"id", "start", "lang", "published", "length", "sha256", "entities", "claims"}
    for _, row in rows():
        assert set(row) == allowed
        for entity in row["entities"]:
            assert set(entity) <= {"type", "value", "name", "mentions"}
            assert ("value" in entity) == (entity["type"] in ("Date", "Money"))


def test_what_measures_the_project_does_not_teach_it() -> None:
    folder = Path(__file__).parents[2] / "training"
    held_out = set((folder / "held_out_winer.txt").read_text(encoding="utf-8").split())
    assert held_out
    assert not (held_out | HELD_OUT) & {row["id"] for _, row in rows()}
