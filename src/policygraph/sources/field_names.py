"""Under which names texts and dumps keep what an article has: ``fields.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from policygraph.errors import OntologyError
from policygraph.ontology import ontology_dir, read_toml
from policygraph.sources.furniture import key

FIELDS = (
    "text",
    "title",
    "subtitle",
    "published",
    "modified",
    "publisher",
    "authors",
    "lang",
    "url",
    "tags",
)
"""What a column of a dump may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNames:
    """Normal names (:func:`normal`) by field, the likeliest first.

    ``printed`` are those that people write above a text, ``columns`` these and those of
    programs; ``lists`` and ``wrapped`` are the keys around a JSON file's articles.
    """

    printed: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    lists: frozenset[str]
    wrapped: tuple[str, ...]


@cache
def load_field_names() -> FieldNames:
    """Read ``ontology/lexicon/fields.toml`` once."""
    path = ontology_dir() / "lexicon" / "fields.toml"
    tables = read_toml(path)
    try:
        printed = {name: _normal(words) for name, words in tables["printed"].items()}
        columns = {name: _normal(words) for name, words in tables["columns"].items()}
        return FieldNames(
            printed=printed,
            columns={f: (*printed.get(f, ()), *columns[f]) for f in FIELDS},
            lists=frozenset(tables["containers"]["lists"]),
            wrapped=tuple(tables["containers"]["wrapped"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise OntologyError(
            f"{path}: expected tables printed, columns and containers of word lists; "
            f"the fault is at {error}"
        ) from error


@lru_cache(maxsize=1 << 12)
def normal(name: str) -> str:
    """A column's name as it is compared: ``publishDate`` and ``publish_date`` are one."""
    return key(name.replace("_", " ").replace(".", " "))


def _normal(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(name) for name in names))
