"""Reads the named-entity sets into texts with character spans, under one set of labels."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import spacy

from training.passages import Passage

LABELS = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
WORDS = {name: frozenset(words) for name, words in LABELS["words"].items()}

Span = tuple[int, int, str]


@dataclass(slots=True)
class Text:
    """A text with entities, and ``unknown`` stretches that may or may not be names."""

    text: str
    spans: list[Span]
    unknown: list[tuple[int, int]] = field(default_factory=list)


def read_winer(path: Path, *, without: frozenset[str] = frozenset()) -> Iterator[Text]:
    """WiNER-fr articles, flat entities; hours are left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] not in without:
            spans = [
                (start, end, LABELS["winer"][label])
                for start, end, label in row["flat"]
                if label in LABELS["winer"]
            ]
            yield Text(row["text"], spans)


def read_columns(path: Path, *, column: int = -1) -> Iterator[Text]:
    """A CoNLL file of one token and one label a line; other labels than ours become unknown."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split()
        if len(cells) >= 2:
            words.append(cells[0])
            tags.append(cells[column])
        elif words:
            yield _join(words, tags)
            words, tags = [], []


def read_uner(path: Path, treebank: Path | None = None) -> Iterator[Text]:
    """Universal NER; proper nouns of ``treebank`` that carry no label there become unknown.

    UNER marks persons, places and organisations only, so that its other names (products,
    laws, events) say nothing.
    """
    proper = _proper_nouns(treebank) if treebank else {}
    words: list[str] = []
    tags: list[str] = []
    name = text = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# sent_id"):
            name = line.partition("=")[2].strip()
        elif line.startswith("# text"):
            text = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            words.append(cells[1])
            tags.append(cells[2])
        elif not line and words:
            kinds = proper.get(name, [])
            if len(kinds) == len(tags):
                tags = [
                    "?" if tag == "O" and kind == "PROPN" else tag
                    for tag, kind in zip(tags, kinds, strict=True)
                ]
            yield _align(text, words, tags)
            words, tags = [], []


def _proper_nouns(path: Path) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    name, kinds = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id"):
            name, kinds = line.partition("=")[2].strip(), []
            result[name] = kinds
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                kinds.append(cells[3])
    return result


def read_gum(path: Path, *, without: frozenset[str] = frozenset()) -> Iterator[Text]:
    """GUM documents, those of its entity mentions that are proper names."""
    rows: list[list[str]] = []
    texts: list[Text] = []
    wanted = True
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc"):
            yield from grouped(texts)
            texts = []
            wanted = line.partition("=")[2].strip() not in without
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            if wanted:
                texts.append(_gum_sentence(rows))
            rows = []
    yield from grouped(texts)


def grouped(items: Iterable[Text], size: int = 6) -> Iterator[Text]:
    """Texts joined by so many, for sentences that stand alone."""
    texts = list(items)
    for start in range(0, len(texts), size):
        yield join(texts[start : start + size])


def join(texts: Iterable[Text], space: str = " ") -> Text:
    """One text of several, spans shifted."""
    result = Text("", [])
    for text in texts:
        if result.text:
            result.text += space
        shift = len(result.text)
        result.text += text.text
        result.spans += [(start + shift, end + shift, label) for start, end, label in text.spans]
        result.unknown += [(start + shift, end + shift) for start, end in text.unknown]
    return result


def _gum_sentence(rows: list[list[str]]) -> Text:
    text, places = "", []
    for cells in rows:
        places.append((len(text), len(text) + len(cells[1])))
        text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
    taken = [False] * len(rows)
    spans: list[Span] = []
    for first, last, kind in sorted(_gum_mentions(rows), key=lambda m: m[0] - m[1]):
        name = _gum_name(rows, first, last, kind)
        if name is None or any(taken[name[0] : name[1] + 1]):
            continue
        taken[name[0] : name[1] + 1] = [True] * (name[1] + 1 - name[0])
        if kind in LABELS["gum"]:
            spans.append((places[name[0]][0], places[name[1]][1], LABELS["gum"][kind]))
    unknown = [
        place
        for place, cells, done in zip(places, rows, taken, strict=True)
        if cells[3] == "PROPN" and not any(s <= place[0] < e for s, e, _ in spans)
    ]
    return Text(text.rstrip(), sorted(spans), unknown)


def _gum_mentions(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """First and last token and entity type of every mention; discontinuous ones are skipped."""
    open_: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, cells in enumerate(rows):
        value = next((m[7:] for m in cells[9].split("|") if m.startswith("Entity=")), "")
        for opening, body, closing in re.findall(r"(\()?([^()]+)(\))?", value):
            parts = body.split("-")
            if opening:
                open_[parts[0]].append((index, parts[1] if len(parts) > 1 else ""))
            if closing and open_[parts[0]]:
                start, kind = open_[parts[0]].pop()
                yield start, index, kind


def _gum_name(rows: list[list[str]], first: int, last: int, kind: str) -> tuple[int, int] | None:
    """The proper name within a mention, or None where its head is no proper noun."""
    ids = {rows[i][0] for i in range(first, last + 1)}
    heads = [i for i in range(first, last + 1) if rows[i][6] not in ids]
    if len(heads) != 1 or rows[heads[0]][3] != "PROPN":
        return None
    start = end = heads[0]
    while start > first and _in_name(rows, start - 1):
        start -= 1
    while end < last and (
        _in_name(rows, end + 1)
        or (
            end + 2 <= last
            and rows[end + 1][2] in {"of", "for", "and", "&", "on"}
            and kind != "person"
            and rows[end + 2][3] == "PROPN"
        )
        or (
            end + 3 <= last
            and rows[end + 1][2] in {"of", "for"}
            and rows[end + 2][2] == "the"
            and kind != "person"
            and rows[end + 3][3] == "PROPN"
        )
    ):
        end += 1
    while end > start and rows[end][2] in {"of", "for", "and", "&", "the", "on"}:
        end -= 1
    while kind == "person" and start < end and rows[start][1] in WORDS["titles"]:
        start += 1
    return start, end


def _in_name(rows: list[list[str]], index: int) -> bool:
    word, kind = rows[index][1], rows[index][3]
    return kind == "PROPN" or (word[0].isupper() and kind in {"NOUN", "ADJ", "NUM"}) or word == "-"


def read_core(path: Path) -> Iterator[Text]:
    """CORE sentences: two companies each, the other capitalised words unknown."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        words = row["context"]
        tags = ["?" if word[:1].isupper() else "O" for word in words]
        for arg in ("e1", "e2"):
            first, last = row[f"{arg}_start"], row[f"{arg}_end"]
            names = words[first : last + 1]
            product = row["relation"] == "product_or_service_of"
            if names and names[0][:1].isupper() and names[-1][:1].isupper() and not product:
                tags[first : last + 1] = ["B-ORG", *["I-ORG"] * (last - first)]
        if any(tag == "B-ORG" for tag in tags):
            yield _join(words, tags)


def read_knowledgenet(path: Path) -> Iterator[Text]:
    """KnowledgeNet passages: the names in their facts, the other capitalised words unknown."""
    found: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = LABELS["knowledgenet"].get(row["property"])
        if not labels:
            continue
        shift = int(row["pstart"])
        for key, label in zip(("subj", "obj"), labels, strict=True):
            if not all(n.isdigit() for n in row[key]):
                continue
            start, end = (int(n) - shift for n in row[key])
            name = row["passage"][start:end]
            if label and name[:1].isupper() and name not in WORDS["pronouns"] and len(name) < 50:
                found[row["passage"]][start, end] = label
    for passage, names in found.items():
        spans = sorted((start, end, label) for (start, end), label in names.items())
        if all(a[1] <= b[0] for a, b in pairwise(spans)):
            unknown = [
                m.span()
                for m in re.finditer(r"\b[A-ZÀ-Þ]\S*", passage)
                if not any(s < m.end() and m.start() < e for s, e, _ in spans)
            ]
            yield Text(passage, spans, unknown)


def read_gold(folder: Path) -> Iterator[Text]:
    """The project's annotated articles: their mentions that begin with a capital."""
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        records = row if isinstance(row, list) else [row]
        for record in records:
            yield read_record(record)


def read_record(record: dict[str, object]) -> Text:
    """One article record; nested or overlapping mentions yield to the longest.

    Dates become unknown: the sets do not agree on what a date's name is.
    """
    text = str(record["text"])
    spans: list[Span] = []
    unknown: list[tuple[int, int]] = []
    for entity in record["entities"]:  # type: ignore[attr-defined]
        label = LABELS["gold"].get(entity["type"])
        for mention in entity["mentions"]:
            start, end = _without_article(text, mention["start"], mention["end"])
            if entity["type"] == "Date":
                unknown.append((start, end))
            elif label and start < end and _is_name(text[start:end], entity):
                spans.append((start, end, label))
    spans.sort(key=lambda s: (s[0] - s[1], s[0]))
    kept: list[Span] = []
    for span in spans:
        if all(span[1] <= k[0] or k[1] <= span[0] for k in kept):
            kept.append(span)
    return Text(text, sorted(kept), unknown)


def read_passage(passage: Passage) -> Text:
    """An annotated passage: its mentions that are names, not nouns or pronouns."""
    common = spacy.util.get_lang_class(passage.lang).Defaults.stop_words
    spans: list[Span] = []
    for mention in passage.mentions:
        start, end = _without_article(passage.text, mention.start, mention.end)
        words = passage.text[start:end]
        type_ = passage.types[mention.entity]
        label = LABELS["gold"].get(type_)
        if not label or not words or words.lower() in common:
            continue
        if _is_name(words, {"type": type_, "name": words}):
            spans.append((start, end, label))
    return Text(passage.text, spans)


def _is_name(words: str, entity: dict[str, str]) -> bool:
    """Whether a mention is a name: capitalised, or a body's or law's as French writes it."""
    if words[0].isupper() or words[0].isdigit():
        return True
    lower = entity["type"] in LABELS["lower_case"]["types"]
    return lower and words == entity["name"] and any(c.isupper() for c in words)


def _without_article(text: str, start: int, end: int) -> tuple[int, int]:
    match = re.match(r"(\w+['’])|(\w+)\s+", text[start:end])
    if match and match.group(0).strip().lower() in WORDS["articles"]:
        start += match.end()
    return start, end


_NO_SPACE_BEFORE = re.compile(r"^([.,;:!?)\]}%]|'s|'S|n't|'re|'ve|'ll|'d|'m|’s|''|…)$")
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "$", "£", "€", "#", "@", "``"})


def _join(words: list[str], tags: list[str]) -> Text:
    """A text of tokens, spaced as English is."""
    text, places = "", []
    glue, quoted = True, False
    for word in words:
        word = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(word, word)
        closes = word == '"' and quoted
        if text and not glue and not _NO_SPACE_BEFORE.match(word) and not closes:
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        opens = word == '"' and not quoted
        quoted = quoted != (word == '"')
        glue = word in _NO_SPACE_AFTER or opens
    return _tagged(text, places, tags)


def _align(text: str, words: list[str], tags: list[str]) -> Text:
    places, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            return _join(words, tags)
        places.append((start, start + len(word)))
        at = start + len(word)
    return _tagged(text, places, tags)


def _tagged(text: str, places: list[tuple[int, int]], tags: list[str]) -> Text:
    result = Text(text, [])
    last = ""
    for place, tag in zip(places, tags, strict=True):
        prefix, _, name = tag.partition("-")
        label = LABELS["conll"].get(name)
        if label and prefix == "I" and last == name:
            start, _, _ = result.spans.pop()
            result.spans.append((start, place[1], label))
        elif label:
            result.spans.append((*place, label))
        elif tag != "O":
            result.unknown.append(place)
        last = name
    return result
