"""From an object of a dump to an article: by the user's columns, else by their usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from policygraph.errors import RecordError
from policygraph.model import Article, Comment, PageStart, Place
from policygraph.sources.field_names import load_field_names
from policygraph.sources.field_values import (
    authors_of,
    date_of,
    first_of,
    flat,
    holds,
    tags_of,
    with_header,
    words_of,
)
from policygraph.sources.fragments import is_markup, read_fragment
from policygraph.sources.language import code_of, detect_language
from policygraph.sources.places import placed
from policygraph.text import clean

Columns = Mapping[str, tuple[str, ...]]

_EXPECTED = (
    "expected an object with a string 'text' (and title, published, publisher, authors, lang); "
    "say where they are with --map, as in --map text=COLUMN"
)
_PLACE = re.compile(r"/|\.(?:x?html?|txt|md|pdf|eml|jsonl?|csv)(?:[:\[]|$)")
_SHOWN = 12


def read_row(value: object, where: str, columns: Columns) -> Article:
    """The article of one object; ``RecordError`` says what it lacks.

    ``columns`` gives, by field, the columns that hold it: keys, or paths such as ``fields.body``.
    """
    if not isinstance(value, Mapping):
        raise RecordError(f"found {type(value).__name__}; {_EXPECTED}")
    row = _Row(_unwrapped(value), columns)
    title, subtitle = row.string("title"), row.string("subtitle")
    told = row.string("text", join="\n\n")
    if told is None:
        raise RecordError(row.without_text())
    own_lang, named_lang = row.own("lang"), row.string("lang")
    hint = code_of(named_lang) if named_lang else None
    markup = is_markup(told)
    page = read_fragment(told, title, source=where) if markup else None
    text = page.text if page else clean(told)
    if not re.search(r"\w", text):
        raise RecordError("its text is empty")
    lang = hint if own_lang and hint else detect_language(text, hint)
    article = Article(
        source=row.origin or where,
        text=text if row.is_ours else with_header(text, title, subtitle),
        lang=lang,
        title=title,
        subtitle=subtitle,
        published=date_of(row.value("published"), lang),
        published_note=row.own("published_note"),
        modified=date_of(row.value("modified"), lang),
        publisher=row.string("publisher"),
        authors=authors_of(row.value("authors")),
        url=row.string("url"),
        tags=tags_of(row.value("tags")),
        comments=tuple(row.comments()),
    )
    if row.is_ours:
        kept = text == told  # else its offsets lead elsewhere
        return replace(article, places=row.places(), pages=row.pages()) if kept else article
    original = row.whole_text()
    return placed(article, original, markup=markup) if original else article


class _Row:
    """An object of a dump, asked by field."""

    def __init__(self, value: Mapping[str, Any], columns: Columns) -> None:
        self._object = value
        self._columns = columns
        self._values = dict(flat(value))

    @property
    def is_ours(self) -> bool:
        """Whether it is a record, with offsets into its text, of which no character may move."""
        return "entities" in self._object

    @property
    def origin(self) -> str | None:
        """The article's own source: in dumps of others ``source`` may be a newspaper's name."""
        told = self.own("source")
        return told if told and (self.is_ours or _PLACE.search(told)) else None

    def own(self, name: str) -> str | None:
        """The string under a key of our own records."""
        found = self._object.get(name)
        return clean(found) or None if isinstance(found, str) else None

    def value(self, field: str) -> Any:
        """What a field holds: the user's column, else the first of the usual names."""
        if field in self._columns:
            return next(iter(self._mapped(field)), None)
        if holds(own := self._object.get(field)) and not isinstance(own, Mapping):
            return own
        if field == "publisher" and self.origin:
            return None
        return first_of(self._values, load_field_names().columns[field])

    def string(self, field: str, *, join: str = " ") -> str | None:
        """A field's words; those of several columns that the user named are joined."""
        parts = [part for value in self._values_of(field) if (part := words_of(value, join))]
        return join.join(parts) or None

    def whole_text(self) -> str | None:
        """The text as its one column holds it; None where it is put together from several."""
        told = self._values_of("text")
        return told[0] if len(told) == 1 and isinstance(told[0], str) else None

    def _values_of(self, field: str) -> list[Any]:
        return self._mapped(field) if field in self._columns else [self.value(field)]

    def comments(self) -> Iterator[Comment]:
        listed = self._object.get("comments")
        for item in listed if isinstance(listed, list) else []:
            if isinstance(item, Mapping) and isinstance(item.get("text"), str):
                author, published = item.get("author"), item.get("published")
                yield Comment(
                    text=item["text"],
                    author=author if isinstance(author, str) and author else None,
                    published=published if isinstance(published, str) and published else None,
                )

    def places(self) -> tuple[Place, ...]:
        """Where a record of ours says that its text stands in what it was read from."""
        try:
            return tuple(map(Place.parse, (self.own("places") or "").split()))
        except ValueError as error:
            raise RecordError(f"its places are not as records write them ({error})") from error

    def pages(self) -> tuple[PageStart, ...]:
        """Where a record of ours says that the pages of its PDF begin."""
        try:
            return tuple(map(PageStart.parse, (self.own("pages") or "").split()))
        except ValueError as error:
            raise RecordError(f"its pages are not as records write them ({error})") from error

    def without_text(self) -> str:
        """Why there is no article in it."""
        keys = ", ".join(list(self._values)[:_SHOWN]) or "none"
        wanted = self._columns.get("text")
        if wanted:
            return f"nothing under {' or '.join(wanted)}; its keys are {keys}"
        if self.value("url"):
            return (
                f"no text under 'text' or its usual names, only an address; its keys are {keys}; "
                "name the text's with --map text=COLUMN, or give the addresses to fetch them"
            )
        return f"no string under 'text' or its usual names; its keys are {keys}; {_EXPECTED}"

    def _mapped(self, field: str) -> list[Any]:
        found = [self._at(column) for column in self._columns[field]]
        return [value for value in found if holds(value)]

    def _at(self, column: str) -> Any:
        if column in self._object:
            return self._object[column]
        value: Any = self._object
        for part in column.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value


def _unwrapped(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object that is the article, where another one only wraps it."""
    inner = next((value[k] for k in load_field_names().wrapped if k in value), None)
    return inner if isinstance(inner, Mapping) and "text" not in value else value
