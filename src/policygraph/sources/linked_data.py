"""The articles that a web page's JSON-LD describes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from policygraph.sources.byline import read_names
from policygraph.sources.markup import Element
from policygraph.sources.person_names import is_collective, is_company, is_institution
from policygraph.text import clean

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
_PAGE = re.compile(r"(?:WebPage|ItemPage|CreativeWork)$")
"""What a page says of itself, where it describes no article."""

_DEEPEST = 20
_AROUND = re.compile(r"^[\s/*]*(?:<!\[CDATA\[[\s/*]*|<!--)?\s*|[\s;/*]*(?:\]\]>[\s/*]*|-->)?\s*$")
"""What may stand around JSON in a script: marks for readers of XML, a semicolon."""


def linked_articles(tree: Element) -> Iterator[Mapping[str, Any]]:
    """The articles, then the page itself; names given by ``@id`` are filled in.

    Broken JSON is left aside.
    """
    found = _all_nodes(tree)
    known = {
        node["@id"]: node for node in found if isinstance(node.get("@id"), str) and node.get("name")
    }
    for kind in (_ARTICLE, _PAGE):
        for node in found:
            types = node.get("@type")
            named = types if isinstance(types, list) else [types]
            if any(kind.search(str(name)) for name in named):
                yield {key: _filled_in(value, known) for key, value in node.items()}


def linked_sites(tree: Element) -> Iterator[str]:
    """The names of the web sites that JSON-LD describes, else those of news organisations."""
    found = [(str(node.get("@type")), name_of(node.get("name"))) for node in _all_nodes(tree)]
    for kind in ("WebSite", "NewsMediaOrganization"):
        names = [name for types, name in found if kind in types and name]
        if names:
            yield from names
            return


def name_of(value: object) -> str | None:
    """The name of a thing: a string, an object, or the first of a list."""
    if isinstance(value, list):
        return name_of(value[0]) if value else None
    if isinstance(value, Mapping):
        parts = (value.get("givenName"), value.get("familyName"))
        return name_of(value.get("name")) or name_of(" ".join(p for p in parts if type(p) is str))
    return clean(unescape(value)).strip() or None if isinstance(value, str) else None


def author_names(value: object) -> tuple[str, ...]:
    """The people's names in an author: a string, an object, or a list of them."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = name_of(item)
        if name and "://" not in name and not is_collective(name) and not is_company(name):
            found.extend(read_names(name) or (name,) * _may_sign(name, item))
    return tuple(dict.fromkeys(found))


def _may_sign(name: str, author: object) -> bool:
    """Whether a writer that is not written as a person's name is one: a pen name, a body."""
    known = not is_institution(name) or organization_of(author) is not None
    return known and len(name.split()) > 1


def organization_of(author: object) -> Mapping[str, Any] | None:
    """An author that is an organisation, as authorities sign what they publish."""
    if isinstance(author, Mapping) and "Organization" in str(author.get("@type")):
        return author
    return None


def _all_nodes(tree: Element) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for script in tree.iterfind(".//script[@type]"):
        if not script.get("type").lower().startswith("application/ld+json"):
            continue
        data = _AROUND.sub("", script.text_content())
        try:
            value = json.loads(data, strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_nodes(value, _DEEPEST))
    return found


def _filled_in(value: Any, known: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_filled_in(item, known) for item in value]
    if isinstance(value, Mapping) and not value.get("name"):
        return known.get(str(value.get("@id")), value)
    return value


def _nodes(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth - 1)
    elif isinstance(value, Mapping):
        yield value
        yield from _nodes(value.get("@graph"), depth - 1)
        yield from _nodes(value.get("mainEntity"), depth - 1)
