"""Reads articles from JSON and JSON Lines: our own records, or objects of a similar shape.

Only the article is read; a record's entities and claims are left aside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from policygraph.errors import RecordError
from policygraph.model import Article, Comment
from policygraph.sources.byline import read_names
from policygraph.sources.failure import Failure
from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.language import detect_language
from policygraph.sources.plain import read_date, with_title
from policygraph.text import clean

_EXPECTED = (
    "expected an object with a string 'text' (and title, published, publisher, authors, lang)"
)


def read_json(text: str, *, source: str) -> Iterator[Article | Failure]:
    """The articles of a JSON file: one object, or a list of them (also under ``articles``)."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Failure(source, f"not valid JSON: {error}")
        return
    if isinstance(value, Mapping) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield _read(value, source, source)
        return
    if not value:
        yield Failure(source, "an empty list; expected article records")
    for number, item in enumerate(value, start=1):
        yield _read(item, source, f"{source}[{number}]")


def read_json_lines(text: str, *, source: str) -> Iterator[Article | Failure]:
    """The articles of a JSON Lines file; a line that fails is named, the rest is read."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{source}:{number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Failure(where, f"not valid JSON: {error}")
            continue
        yield _read(value, source, where)


def _read(value: object, source: str, where: str) -> Article | Failure:
    try:
        return _article(value, source if where == source else where)
    except RecordError as error:
        return Failure(where, str(error))


def _article(value: object, where: str) -> Article:
    if not isinstance(value, Mapping):
        raise RecordError(f"found {type(value).__name__}; {_EXPECTED}")
    text = clean(_required(value, "text"))
    if not text.strip():
        raise RecordError("its text is empty")
    title = _field(value, "title")
    lang = _field(value, "lang")
    lang = lang.lower()[:2] if lang else detect_language(text)
    published = _field(value, "published")
    return Article(
        source=_string(value, "source") or where,
        text=text if _is_annotated(value) else with_title(text, title),
        lang=lang,
        title=title,
        published=read_date(published, lang) if published else None,
        published_note=_string(value, "published_note"),
        publisher=_string(value, "publisher"),
        authors=_authors(value),
        url=_field(value, "url"),
        comments=tuple(_comments(value)),
    )


def _is_annotated(value: Mapping[str, Any]) -> bool:
    """Whether offsets into the text have been taken, so that no character may move."""
    return bool(value.get("entities") or value.get("claims"))


def _required(value: Mapping[str, Any], name: str) -> str:
    text = value.get(name)
    if not isinstance(text, str):
        raise RecordError(f"no string under {name!r}; {_EXPECTED}")
    return text


def _string(value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    return clean(found) or None if isinstance(found, str) else None


def _field(value: Mapping[str, Any], name: str) -> str | None:
    """The string under a field's own name, else under another name for it in ``furniture.toml``."""
    found = _string(value, name)
    if found:
        return found
    words = load_furniture().words("fields", name)
    return next((_string(value, k) for k in value if key(k.replace("_", " ")) in words), None)


def _authors(value: Mapping[str, Any]) -> tuple[str, ...]:
    listed = value.get("authors")
    if isinstance(listed, list):
        return tuple(clean(name) for name in listed if isinstance(name, str) and clean(name))
    told = _field(value, "authors")
    return (read_names(told) or (told,)) if told else ()


def _comments(value: Mapping[str, Any]) -> Iterator[Comment]:
    listed = value.get("comments")
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, Mapping) and isinstance(item.get("text"), str):
            yield Comment(
                text=item["text"],
                author=_string(item, "author"),
                published=_string(item, "published"),
            )
