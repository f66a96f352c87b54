"""Reads the fields above a text: YAML between ``---``, TOML between ``+++``, or bare lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from policygraph.sources.field_names import load_field_names, normal
from policygraph.sources.field_values import first_of, flat

_RULED = re.compile(r"\ufeff?\s*(-{3}|\+{3})[ \t]*\n(.*?)\n(?:\1|\.{3})[ \t]*(?:\n|$)", re.DOTALL)
_LINE = re.compile(r"\s*([^\W\d_][^:\n]{0,24}?)\s?:\s+(.+?)\s*$")
_LONGEST = 20_000
"""Characters of front matter; what is longer is a text between rulers."""


@dataclass(frozen=True, slots=True)
class Matter:
    """The fields at the top of a text, by their own names, and the text below them."""

    body: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def read_matter(text: str) -> Matter:
    """Take the front matter off a text.

    Without rulers every line above the first blank one must be a field that ``fields.toml``
    knows as printed.
    """
    text = text.replace("\r\n", "\n")
    ruled = _RULED.match(text[:_LONGEST])
    if ruled:
        values = _read_ruled(ruled[1], ruled[2])
        if values or ruled[1] == "+++":
            names = load_field_names().columns
            fields = {f: first_of(values, names[f]) for f in names if f != "text"}
            return Matter(text[ruled.end() :], {f: v for f, v in fields.items() if v is not None})
    head, _, body = text.partition("\n\n")
    bare = list(_bare_fields(head))
    if bare and len(bare) == len(head.strip().split("\n")):
        fields = {}
        for name, value in bare:
            fields.setdefault(name, value)
        return Matter(body, fields)
    return Matter(text)


def _read_ruled(ruler: str, head: str) -> dict[str, Any]:
    """The values between rulers by path; those of broken YAML line by line; none of a text."""
    import yaml

    try:
        read = tomllib.loads(head) if ruler == "+++" else yaml.load(head, Loader=yaml.BaseLoader)
    except (tomllib.TOMLDecodeError, yaml.YAMLError):
        read = dict(_lines(head))
    return {path: _plain(v) for path, v in flat(read)} if isinstance(read, Mapping) else {}


def _lines(head: str) -> Iterator[tuple[str, str]]:
    for line in head.split("\n"):
        if match := _LINE.match(line):
            yield match[1], match[2].strip(" \"'")


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | list | dict) else str(value)


def _bare_fields(head: str) -> Iterator[tuple[str, str]]:
    """The lines of a text's head that are fields, by the field."""
    known = load_field_names().printed
    for written, value in _lines(head):
        name = next((n for n, words in known.items() if normal(written) in words), None)
        if name:
            yield name, value
