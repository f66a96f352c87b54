"""Gold articles: written as short notes, kept as article records, and checked.

``python -m training.gold compile NOTES… --into corpora/gold``  notes → records
``python -m training.gold check corpora/gold``                  every offset, id, type, predicate

A note is a text file of four parts, parted by lines of three hyphens::

    id: en-shop-001
    title: Regulator fines Shop
    published: 2021-09-10
    publisher: The Daily
    authors: Ada Low; Bo Lee
    story: shop
    split: train
    register: wire copy
    ---
    Regulator fines Shop

    The text, its title first.
    ---
    e1 Company | Shop | the online retailer
    e2 GovernmentBody | Data Authority | Regulator | the watchdog@2
    d1 Date | 2021-09-09 | Thursday
    ---
    e2 fines e1 | amount=5000000 EUR | date=2021-09-09 | Regulator fines Shop
    e1 violates e3 | status=alleged | by=e2 | The exact words of the text

An entity line holds a local id, a type, the name, then the forms that mention it: every
occurrence counts, whole words only, longer forms first, no two mentions overlap;
``form@2`` takes only the second occurrence of those words that no form before it has taken
(longer forms come first, equally long ones in the order of the lines); ``+form`` may lie
around another mention ("+the iPhone maker").
A claim line ends with its evidence; before it stand ``status=``, ``not``, ``by=``,
``date=``, ``deadline=``, ``amount=`` and ``role=``, all optional.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.authority import KnownEntity, load_authority
from policygraph.errors import PolicyGraphError, RecordError
from policygraph.model import Record
from policygraph.ontology import load_vocabulary
from policygraph.resolve.types import near

_PARTS = re.compile(r"^---\s*$", re.MULTILINE)
_CLAIM = re.compile(r"(\w+) (\w+) (\w+)$")
_QUALIFIERS = ("status", "by", "date", "deadline", "amount", "role")
VALUES = {
    "Date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "Money": re.compile(r"\d+(\.\d+)? [A-Z]{3}"),
}
_AMOUNT = re.compile(r"\d+(\.\d+)?( [A-Z]{3}|%)")
SPLITS = ("train", "dev", "test")


def compile_note(path: Path) -> dict[str, Any]:
    """The record of a note; ``RecordError`` names what is wrong in it."""
    parts = [part.strip("\n") for part in _PARTS.split(path.read_text(encoding="utf-8"))]
    if len(parts) != 4:
        raise RecordError(f"{path}: {len(parts)} parts; expected head, text, entities, claims")
    head = dict(_pairs(parts[0], path))
    text = parts[1].strip()
    record: dict[str, Any] = {
        "id": head["id"],
        "source": head.get("source", head["id"]),
        "title": head["title"],
        "published": head.get("published") or None,
        "publisher": head.get("publisher") or None,
        "authors": [a.strip() for a in head.get("authors", "").split(";") if a.strip()],
        "lang": head.get("lang", head["id"][:2]),
        "text": text,
        "entities": list(_entities(parts[2], text, path)),
    }
    record["claims"] = [_claim(line, text, path) for line in _lines(parts[3])]
    record["comments"] = []
    record |= {key: head[key] for key in ("split", "story", "register")}
    return record


def _lines(part: str) -> Iterator[str]:
    return (line.strip() for line in part.splitlines() if line.strip())


def _pairs(part: str, path: Path) -> Iterator[tuple[str, str]]:
    for line in _lines(part):
        key, colon, value = line.partition(":")
        if not colon:
            raise RecordError(f"{path}: {line!r} in the head is no 'key: value'")
        yield key.strip(), value.strip()


def _entities(part: str, text: str, path: Path) -> Iterator[dict[str, Any]]:
    rows: list[tuple[dict[str, Any], list[str]]] = []
    for line in _lines(part):
        start, *forms = [cell.strip() for cell in line.split("|")]
        id_, _, type_ = start.partition(" ")
        if not forms or type_ not in load_vocabulary().types:
            raise RecordError(f"{path}: {line!r}: expected 'id Type | name | forms…'")
        entity = {"id": id_, "name": re.sub(r"@\d+$", "", forms[0]), "type": type_, "mentions": []}
        rows.append((entity, forms))
    wanted = sorted(
        ((form, number) for number, (_, forms) in enumerate(rows) for form in forms),
        key=lambda item: -len(re.sub(r"@\d+$", "", item[0])),
    )
    taken: list[tuple[int, int]] = []
    for form, number in wanted:
        entity, forms = rows[number]
        words, _, which = form.partition("@") if re.search(r"@\d+$", form) else (form, "", "")
        nested, words = words.startswith("+"), words.removeprefix("+")
        found = [
            m.span()
            for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
            if nested or not any(s < m.end() and m.start() < e for s, e in taken)
        ]
        if which:
            found = found[int(which) - 1 : int(which)]
        if not found and form != forms[0]:
            raise RecordError(f"{path}: {entity['id']}: {form!r} is not (any more) in the text")
        taken += () if nested else found
        entity["mentions"] += [{"start": s, "end": e, "text": text[s:e]} for s, e in found]
    for entity, _ in rows:
        entity["mentions"].sort(key=lambda m: m["start"])
        if not entity["mentions"]:
            raise RecordError(f"{path}: {entity['id']} {entity['name']!r} has no mention")
        yield entity


def _claim(line: str, text: str, path: Path) -> dict[str, Any]:
    start, *cells = [cell.strip() for cell in line.split(" | ")]
    triple = _CLAIM.match(start)
    if not triple or not cells:
        raise RecordError(f"{path}: {line!r}: expected 'e1 predicate e2 | … | evidence'")
    claim: dict[str, Any] = {
        "subject": triple[1], "predicate": triple[2], "object": triple[3],
        "status": "actual", "negated": False, "attributed_to": None, "date": None,
        "deadline": None, "amount": None, "role": None, "confidence": 1.0,
    }  # fmt: skip
    *qualifiers, words = cells
    for cell in qualifiers:
        key, _, value = cell.partition("=")
        if cell == "not":
            claim["negated"] = True
        elif key in _QUALIFIERS and value:
            claim["attributed_to" if key == "by" else key] = value
        else:
            raise RecordError(f"{path}: {line!r}: unknown qualifier {cell!r}")
    at = text.find(words)
    if at < 0:
        raise RecordError(f"{path}: the evidence {words!r} is not in the text")
    claim["evidence"] = {"start": at, "end": at + len(words), "text": words}
    return claim


def check(record: dict[str, Any], where: str) -> Iterator[str]:
    """What is wrong with a gold record, one line each."""
    try:
        Record.from_json(record, where=where)
    except RecordError as error:
        yield str(error)
        return
    vocabulary = load_vocabulary()
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    if len(types) != len(record["entities"]):
        yield f"{where}: two entities have one id"
    for entity in record["entities"]:
        form = VALUES.get(entity["type"])
        if entity["type"] not in vocabulary.types:
            yield f"{where}: {entity['id']}: no such type: {entity['type']}"
        elif form and not form.fullmatch(entity["name"]):
            yield f"{where}: {entity['id']}: {entity['name']!r} is no {entity['type']} value"
        if not entity["mentions"]:
            yield f"{where}: {entity['id']} has no mention"
        yield from _check_qid(entity, where)
    spans = sorted((m["start"], m["end"]) for e in record["entities"] for m in e["mentions"])
    if len(set(spans)) != len(spans):
        yield f"{where}: two mentions at one place"
    triples = set()
    for claim in record["claims"]:
        triple = claim["subject"], claim["predicate"], claim["object"]
        predicate = vocabulary.predicates.get(triple[1])
        if predicate is None:
            yield f"{where}: no such predicate: {triple[1]}"
        if triple in triples:
            yield f"{where}: {' '.join(triple)} stands twice"
        triples.add(triple)
        for end in (triple[0], triple[2]):
            if types[end] in VALUES:
                yield f"{where}: {' '.join(triple)}: {end} is a {types[end]}"
        if triple[0] == triple[2]:
            yield f"{where}: {' '.join(triple)}: subject and object are one"
        for key in ("date", "deadline"):
            if claim[key] and not VALUES["Date"].fullmatch(claim[key]):
                yield f"{where}: {' '.join(triple)}: {key} {claim[key]!r} is not ISO 8601"
        if claim["amount"] and not _AMOUNT.fullmatch(claim["amount"]):
            yield f"{where}: {' '.join(triple)}: amount {claim['amount']!r}"


def _check_qid(entity: dict[str, Any], where: str) -> Iterator[str]:
    """Whether an entity's QID is one that the authority file has, of a thing of a like type."""
    qid = entity.get("wikidata")
    if qid is None:
        return
    known = _by_qid().get(qid)
    name = f"{where}: {entity['id']}: {entity['name']!r}"
    if known is None:
        yield f"{name}: no entry of the authority file has the QID {qid}"
    elif not any(near(entity["type"], type_) for type_ in (known.type, *known.also)):
        yield f"{name} is a {entity['type']}, {qid} is the {known.type} {known.slug}"


@cache
def _by_qid() -> dict[str, KnownEntity]:
    return {known.wikidata: known for known in load_authority() if known.wikidata}


def check_folder(folder: Path) -> list[str]:
    """What is wrong with the records under a folder, and with its splits by story."""
    wrong: list[str] = []
    homes: dict[tuple[str, str], set[str]] = {}
    for path in sorted(folder.rglob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        wrong += check(record, path.name)
        split = next((part for part in path.parts if part in SPLITS), None)
        if split and record.get("split") != split:
            wrong.append(f"{path.name}: stands under {split}, says {record.get('split')}")
        if split:
            homes.setdefault((record["lang"], record["story"]), set()).add(split)
    wrong += [
        f"story {story} ({lang}) is in {', '.join(sorted(splits))}"
        for (lang, story), splits in sorted(homes.items())
        if len(splits) > 1
    ]
    return wrong


def write(record: dict[str, Any], folder: Path) -> Path:
    """Write a record where its split and language say."""
    path = folder / record["split"] / record["lang"] / f"{record['id']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def main(arguments: Iterable[str] | None = None) -> int:
    """Compile notes or check records; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="training.gold", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    compiling = commands.add_parser("compile")
    compiling.add_argument("notes", nargs="+", type=Path)
    compiling.add_argument("--into", type=Path, default=Path("corpora/gold"))
    checking = commands.add_parser("check")
    checking.add_argument("folder", nargs="?", type=Path, default=Path("corpora/gold"))
    options = parser.parse_args(arguments if arguments is None else list(arguments))
    wrong: list[str] = []
    if options.command == "check":
        wrong = check_folder(options.folder)
    else:
        for path in options.notes:
            try:
                record = compile_note(path)
            except (PolicyGraphError, KeyError) as error:
                wrong.append(f"{path}: {error}" if isinstance(error, KeyError) else str(error))
                continue
            faults = list(check(record, path.name))
            wrong += faults
            if not faults:
                print(write(record, options.into))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
