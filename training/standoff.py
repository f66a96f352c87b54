"""Claims in public texts, kept as offsets and labels alone (``annotations/SET.jsonl``).

``python -m training.standoff --data "$DATA" keep RECORDS…``  compiled records → annotations
``python -m training.standoff --data "$DATA" check``          whether texts and annotations agree
``python -m training.standoff --data "$DATA" write FOLDER``   records of those held out, to measure

The texts stay in the public sets. Records are compiled from notes as those of the gold corpus are
(``training.gold``); the id of one is its language, the set, the id of the text in it and the
character that it begins with, unless it is the first, as in ``en-gum-GUM_news_flag@2210``. A line
of a file is an article, ``length`` characters of a text, whose ``sha256`` is told; entities have
their types, values (dates and sums), mentions and which of these names them; claims name them by
their places in that list. Every fourth text is held out: for measuring, not for training. Some of
these were read a second time (``annotations/second``; ``training.agreement``).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

from policygraph.errors import RecordError
from policygraph.model import Record
from training.gold import VALUES, check

ANNOTATIONS = Path(__file__).parent / "annotations"

_WINER = "ner/fr_winer/fr_ner_winer_{}.jsonl"
_TREEBANKS = {
    "ewt": "treebanks/en_ewt/en_ewt-ud-train.conllu",
    "gum": "treebanks/en_gum_open/gum_open_train.conllu",
}
_SEQUOIA = "treebanks/fr_sequoia/fr_sequoia-ud-train.conllu"
SETS = ("winer", *_TREEBANKS, "sequoia")

_ID = re.compile(r"\w\w-(?P<set>\w+)-(?P<id>.+?)(?:@(?P<start>\d+))?")

_PLAIN = ("predicate", "status", "negated", "date", "deadline", "amount")
"""What is kept of a claim as it is; roles are words of the text."""


@cache
def texts(data: Path, name: str) -> Mapping[str, str]:
    """The texts of a public set by their ids."""
    if name == "winer":
        files = [data / _WINER.format(split) for split in ("train", "dev")]
        lines = chain.from_iterable(f.read_text(encoding="utf-8").splitlines() for f in files)
        rows = [json.loads(line) for line in lines]
        return {row["id"]: row["text"].strip() for row in rows}
    found = _numbered(data / _SEQUOIA) if name == "sequoia" else _marked(data / _TREEBANKS[name])
    return {
        id_: "\n\n".join(" ".join(said) for said in paragraphs if said)
        for id_, paragraphs in found.items()
    }


def _marked(path: Path) -> Mapping[str, Sequence[Sequence[str]]]:
    """The documents of a treebank that marks where they and their paragraphs begin."""
    documents = defaultdict[str, list[list[str]]](list)
    paragraphs = list[list[str]]()
    for key, value in _comments(path):
        if key == "# newdoc id":
            paragraphs = documents[value]
        elif key.startswith("# newpar"):
            paragraphs.append([])
        elif key == "# text":
            if not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(value)
    return documents


def _numbered(path: Path) -> Mapping[str, Sequence[Sequence[str]]]:
    """What a treebank numbers together as documents; where a number is missing, paragraphs part."""
    documents = defaultdict[str, list[list[str]]](list)
    document, before = "", 0
    for key, value in _comments(path):
        if key == "# sent_id":
            document, _, number = value.rpartition("_")
            if not documents[document] or int(number) != before + 1:
                documents[document].append([])
            before = int(number)
        elif key == "# text":
            documents[document][-1].append(value)
    return documents


def _comments(path: Path) -> Iterator[tuple[str, str]]:
    """The comments of a CoNLL-U file: what they name, and what they say of it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, _, value = line.partition(" = ")
            yield key, value.strip()


def kept(record: Mapping[str, Any], data: Path) -> dict[str, Any]:
    """A record without its text; ``RecordError`` where the public set has another one."""
    name, id_, start = _place(record)
    text = record["text"]
    if name not in SETS or not texts(data, name).get(id_, "").startswith(text, start):
        raise RecordError(f"{record['id']}: no such text in the set {name!r} under {data}")
    entities = record["entities"]
    row = {entity["id"]: number for number, entity in enumerate(entities)}
    return {
        "id": id_,
        "start": start,
        "lang": record["lang"],
        "published": record["published"],
        "length": len(text),
        "sha256": _sum(text),
        "entities": [
            {"type": e["type"]}
            | ({"value": e["name"]} if e["type"] in VALUES else {"name": _name(e)})
            | {"mentions": [[m["start"], m["end"]] for m in e["mentions"]]}
            for e in entities
        ],
        "claims": [
            {key: claim[key] for key in _PLAIN if claim[key]}
            | {end: row[claim[end]] for end in ("subject", "object")}
            | ({"by": row[claim["attributed_to"]]} if claim["attributed_to"] in row else {})
            | {"evidence": [claim["evidence"]["start"], claim["evidence"]["end"]]}
            for claim in record["claims"]
        ],
    }


def _place(record: Mapping[str, Any]) -> tuple[str, str, int]:
    """The set of a record, the id of its text in it, and the character that it begins with."""
    found = _ID.fullmatch(record["id"])
    if found is None:
        raise RecordError(f"{record['id']}: expected an id like fr-winer-2016_01_01-001")
    return found["set"], found["id"], int(found["start"] or 0)


def _name(entity: Mapping[str, Any]) -> int:
    """Which mention names an entity: the first with the words of its name, or the longest."""
    words = [mention["text"] for mention in entity["mentions"]]
    return words.index(entity["name"] if entity["name"] in words else max(words, key=len))


def told(row: Mapping[str, Any], name: str, data: Path) -> dict[str, Any]:
    """The record of an annotation, with its text; ``RecordError`` where that is another one."""
    first = row["start"]
    text = texts(data, name).get(row["id"], "")[first : first + row["length"]]
    if _sum(text) != row["sha256"]:
        raise RecordError(f"{name} {row['id']}: the text under {data} is not what was annotated")

    def words(start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": text[start:end]}

    entities = []
    for number, entity in enumerate(row["entities"]):
        mentions = [words(*mention) for mention in entity["mentions"]]
        called = entity["value"] if "value" in entity else mentions[entity["name"]]["text"]
        entities.append(
            {"id": f"e{number}", "name": called, "type": entity["type"], "mentions": mentions}
        )
    place = row["id"] + (f"@{first}" if first else "")
    unsaid = dict.fromkeys(("attributed_to", "date", "deadline", "amount", "role"))
    return {
        "id": f"{row['lang']}-{name}-{place}",
        "source": f"{name} {place}",
        "title": text.partition("\n")[0],
        "published": row["published"],
        "publisher": None,
        "authors": [],
        "lang": row["lang"],
        "text": text,
        "entities": entities,
        "claims": [
            unsaid
            | {"negated": False, "confidence": 1.0}
            | {key: claim[key] for key in _PLAIN if key in claim}
            | {end: f"e{claim[end]}" for end in ("subject", "object")}
            | ({"attributed_to": f"e{claim['by']}"} if "by" in claim else {})
            | {"evidence": words(*claim["evidence"])}
            for claim in row["claims"]
        ],
        "comments": [],
    }


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def rows(folder: Path = ANNOTATIONS) -> Iterator[tuple[str, dict[str, Any]]]:
    """The annotations, each with its set."""
    for name in SETS:
        path = folder / f"{name}.jsonl"
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                yield name, json.loads(line)


def is_held_out(row: Mapping[str, Any]) -> bool:
    """Whether a text is for measuring."""
    return crc32(row["id"].encode()) % 4 == 0


def public_records(data: Path, folder: Path = ANNOTATIONS) -> Iterator[Record]:
    """The public texts that teach, as gold records; ``data`` is the folder of public sets."""
    for name, row in rows(folder):
        if not is_held_out(row):
            yield Record.from_json(told(row, name, data), where=f"{name} {row['id']}")


def write(data: Path, annotations: Path, folder: Path) -> None:
    """Write the records of the texts that are held out, for ``policygraph evaluate``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, row in rows(annotations):
        if is_held_out(row):
            record = told(row, name, data)
            path = folder / f"{record['id']}.json"
            path.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def keep(paths: Iterable[Path], data: Path, folder: Path) -> None:
    """Write the annotations of some compiled records, beside or in place of those that stand."""
    found = {(name, row["id"], row["start"]): row for name, row in rows(folder)}
    for path in paths:
        record = json.loads(path.read_text(encoding="utf-8"))
        found[_place(record)] = kept(record, data)
    folder.mkdir(parents=True, exist_ok=True)
    for name in {name for name, *_ in found}:
        lines = [json.dumps(row) for (of, *_), row in sorted(found.items()) if of == name]
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))


def main(arguments: Iterable[str] | None = None) -> int:
    """Keep or check annotations; 1 where something is wrong."""
    parser = argparse.ArgumentParser(
        prog="training.standoff", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of public sets")
    parser.add_argument("--annotations", type=Path, default=ANNOTATIONS)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check")
    commands.add_parser("write").add_argument("folder", type=Path)
    commands.add_parser("keep").add_argument("records", nargs="+", type=Path)
    options = parser.parse_args(arguments if arguments is None else list(arguments))
    wrong: list[str] = []
    try:
        if options.command == "write":
            write(options.data, options.annotations, options.folder)
            return 0
        if options.command == "keep":
            keep(options.records, options.data, options.annotations)
        for name, row in rows(options.annotations):
            wrong += check(told(row, name, options.data), f"{name} {row['id']}")
    except (RecordError, OSError) as error:
        wrong.append(str(error))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
