"""Reads the annotated passages of ``corpora/passages``: ``python -m training.passages check``.

A passage is two lines of a text file, its words and its claims; blank lines part passages and
lines that begin with ``#`` are remarks::

    [1:Company System1] became the majority shareholder of [2:Company Startpage]. [2 It] …
    1 owns 2

``[n:Type words]`` is one mention of entity n, ``[n words]`` every other one, pronouns too. A
claim may end with ``/planned`` ``/threatened`` ``/possible`` ``/alleged``, ``/not`` and
``/by=n`` for the speaker; ``-`` stands for no claims.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import PolicyGraphError, RecordError
from policygraph.model import Status
from policygraph.ontology import Vocabulary, load_vocabulary

_MENTION = re.compile(r"\[(\d+)(?::(\w+))? ([^\[\]]+)\]")
_BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class PassageMention:
    """Characters ``[start, end)`` that mention an entity, given by its number."""

    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PassageClaim:
    """A claim between entities of a passage, given by their numbers."""

    subject: str
    predicate: str
    object: str
    status: Status = Status.ACTUAL
    negated: bool = False
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences with every entity and claim in them; ``types`` by entity number."""

    lang: str
    text: str
    types: Mapping[str, str]
    mentions: tuple[PassageMention, ...]
    claims: tuple[PassageClaim, ...]


def read_passages(*folders: Path) -> Iterator[Passage]:
    """The passages under folders named by language, in order of their paths."""
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            yield from parse(path.read_text(encoding="utf-8"), path.parent.name, str(path))


def parse(content: str, lang: str, where: str) -> Iterator[Passage]:
    """The passages of a file; ``RecordError`` names the one that is broken."""
    for number, block in enumerate(_BLANK.split(content), 1):
        lines = [line for line in block.splitlines() if line.strip() and line[0] != "#"]
        if not lines:
            continue
        place = f"{where}: passage {number}"
        if len(lines) != 2:
            raise RecordError(f"{place}: {len(lines)} lines; expected its words and its claims")
        yield _passage(lang, lines[0], lines[1], place)


def _passage(lang: str, marked: str, claims: str, where: str) -> Passage:
    text, at = "", 0
    mentions = []
    vocabulary = load_vocabulary()
    types = _types(marked, vocabulary, where)
    for match in _MENTION.finditer(marked):
        entity, _, words = match.groups()
        text += marked[at : match.start()]
        at = match.end()
        if entity not in types:
            raise RecordError(f"{where}: {match.group(0)}: entity {entity} has no type")
        mentions.append(PassageMention(entity, len(text), len(text) + len(words)))
        text += words
    text += marked[at:]
    if "[" in text or "]" in text:
        raise RecordError(f"{where}: a stray bracket in {text!r}")
    found = [
        _claim(words, types, vocabulary, where) for words in claims.split(";") if words.strip(" -")
    ]
    return Passage(lang, text, types, tuple(mentions), tuple(found))


def _types(marked: str, vocabulary: Vocabulary, where: str) -> dict[str, str]:
    """Entity number → type; a pronoun may stand before the mention that gives it."""
    types: dict[str, str] = {}
    for entity, type_, _ in _MENTION.findall(marked):
        if type_ and (type_ not in vocabulary.types or entity in types):
            raise RecordError(f"{where}: [{entity}:{type_} …]: no such type, or its second")
        if type_:
            types[entity] = type_
    return types


def _claim(
    words: str, types: Mapping[str, str], vocabulary: Vocabulary, where: str
) -> PassageClaim:
    parts = words.split()
    if len(parts) < 3 or not {parts[0], parts[2]} <= types.keys() or parts[0] == parts[2]:
        raise RecordError(f"{where}: {words.strip()!r}: expected two entities and a predicate")
    subject, name, object_, *options = parts
    predicate = vocabulary.predicates.get(name)
    if predicate is None:
        raise RecordError(f"{where}: {name!r} is no predicate")
    if types[subject] not in predicate.domain or types[object_] not in predicate.range:
        raise RecordError(f"{where}: {name} joins no {types[subject]} to a {types[object_]}")
    status, negated, speaker = Status.ACTUAL, False, None
    for option in options:
        match option.removeprefix("/").partition("="):
            case ("not", _, _):
                negated = True
            case ("by", _, entity) if entity in types:
                speaker = entity
            case (value, "", "") if value in set(Status):
                status = Status(value)
            case _:
                raise RecordError(f"{where}: {option!r} is no option of a claim")
    return PassageClaim(subject, name, object_, status, negated, speaker)


def _check(folders: Iterable[Path]) -> None:
    passages = list(read_passages(*folders))
    claims = Counter(claim.predicate for passage in passages for claim in passage.claims)
    print(f"{len(passages)} passages, {claims.total()} claims")
    for name, count in claims.most_common():
        print(f"  {name:18} {count}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.passages")
    parser.add_argument("command", choices=["check"])
    parser.add_argument("folders", nargs="*", type=Path, default=[Path("corpora/passages")])
    try:
        _check(parser.parse_args().folders)
    except PolicyGraphError as error:
        sys.exit(str(error))
