"""Reads the authority files into entities, and says which entry is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.authority.entries import LANGUAGES, KnownEntity
from policygraph.authority.names import Authority
from policygraph.authority.periods import Dated, read_dated
from policygraph.authority.spelling import straight
from policygraph.errors import OntologyError
from policygraph.ontology import ontology_dir, read_toml

_DATED = ("dated", "offices")
_LISTS = (
    "en", "fr", "names", "weak", "also", "demonyms_en", "demonyms_fr", "dates_source", *_DATED,
)  # fmt: skip
_STRINGS = (
    "type", "country", "parent", "code", "capital_of", "stands_for", "firm", "start",
    "end", "wikidata", "wikidata_source",
)  # fmt: skip
_RENAMED = {"en": "names_en", "fr": "names_fr"}
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_JSON = json.JSONDecoder().decode


_EXTRA: ContextVar[tuple[Path, ...]] = ContextVar("further authority files", default=())


@contextmanager
def using_authority(*extra: str | Path) -> Iterator[Authority]:
    """Within the block, ``load_authority()`` gives the shipped entities and those of these files.

    Raises ``OntologyError`` for a file that cannot be read and for entries that do not fit.
    """
    files = tuple(Path(path).absolute() for path in extra)
    authority = _checked(files) if files else load_authority()
    token = _EXTRA.set(files) if files else None
    try:
        yield authority
    finally:
        if token is not None:
            _EXTRA.reset(token)


def authority_in_use() -> tuple[Path, ...]:
    """The further files of the block around the caller."""
    return _EXTRA.get()


def load_authority(*extra: str | Path) -> Authority:
    """The shipped entities and those of further files, or of those in use; read once and kept.

    An entry of a further file whose slug is known adds its names to that entry and replaces
    the other values it gives. A strong name of a further file is weak in the shipped entries
    that have it. ``OntologyError`` names the file and entry that are broken.
    """
    return _load(tuple(Path(path).absolute() for path in extra) or _EXTRA.get())


@cache
def _checked(extra: tuple[Path, ...]) -> Authority:
    authority = _load(extra)
    if problems := authority.check():
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise OntologyError(
            f"{problems[0]}{more}; `policygraph authority FILE` lists all that is wrong"
        )
    return authority


@cache
def _load(extra: tuple[Path, ...]) -> Authority:
    folder = ontology_dir()
    entries: dict[str, dict[str, Any]] = {}
    for path in (
        folder / "geography" / "countries.toml",
        *sorted((folder / "authority").glob("*.toml")),
    ):
        for slug, entry in _read(path):
            if slug in entries:
                raise OntologyError(
                    f"{entry['where']}: {entries[slug]['where']} has the same slug; choose another"
                )
            entries[slug] = entry
    for path in extra:
        added = dict(_read(path, known=entries))
        _give_way(entries, added)
        for slug, entry in added.items():
            entries[slug] = _merged(entries[slug], entry) if slug in entries else entry
    return Authority(_entity(slug, entry) for slug, entry in entries.items())


def _give_way(entries: dict[str, dict[str, Any]], added: Mapping[str, dict[str, Any]]) -> None:
    """Make weak, in the entries there were, the names that an added entry claims as strong."""
    claimed = {
        straight(name): slug
        for slug, entry in added.items()
        for name in _names(entry)
        if name not in entry.get("weak", ())
    }
    for slug, entry in entries.items():
        lost = [n for n in _names(entry) if claimed.get(straight(n), slug) != slug]
        if lost:
            entries[slug] = {**entry, "weak": [*entry.get("weak", ()), *lost]}


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    for key in ("en", "fr", "names"):
        yield from entry.get(key, ())


def _read(
    path: Path, known: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a file, their shape checked; a country's file may leave the type out."""
    for slug, entry in _entries(path).items():
        where = f"{path.name} [{slug}]"
        if not isinstance(entry, dict):
            raise OntologyError(f"{where}: expected a table of names and type, got {entry!r}")
        for key, value in entry.items():
            _check_value(where, key, value)
        if "code" in entry and "type" not in entry:
            entry["type"] = "Country"
        is_new = slug not in (known or {})
        if is_new and "type" not in entry:
            raise OntologyError(f"{where}: no 'type'; give one of the ontology's entity types")
        if is_new and not any(entry.get(key) for key in ("en", "fr", "names")):
            raise OntologyError(
                f"{where}: no name; give 'en' and 'fr', or 'names' for both languages"
            )
        yield slug, {**entry, "where": where}


def _entries(path: Path) -> dict[str, Any]:
    """The tables of a file: ten times as fast as TOML where it is written one key a line.

    A TOML string or list of strings on one line is JSON too. Whatever else a file may hold
    is left to the TOML reader, and so is the complaint about what is wrong.
    """
    tables: dict[str, Any] = {}
    table: dict[str, Any] | None = None
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return read_toml(path)
    for line in lines:
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            slug = line[1:-1]
            if line[-1] != "]" or slug in tables or not _PLAIN_KEY(slug):
                return read_toml(path)
            table = tables[slug] = {}
            continue
        key, mark, value = line.partition(" = ")
        if table is None or not mark or key in table or value[:1] not in ('"', "["):
            return read_toml(path)
        if value[0] == '"' and value.find('"', 1) == len(value) - 1 and "\\" not in value:
            table[key] = value[1:-1]
            continue
        try:
            table[key] = _JSON(value)
        except ValueError:
            return read_toml(path)
    return tables


def _check_value(where: str, key: str, value: object) -> None:
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise OntologyError(f"{where}: {key!r} must be a list of strings")
    elif key in _STRINGS:
        if not isinstance(value, str) or not value:
            raise OntologyError(f"{where}: {key!r} must be a string")
    elif key == "role":
        if not isinstance(value, dict) or not value or value.keys() - set(LANGUAGES):
            raise OntologyError(f'{where}: \'role\' must be a table such as {{en = "…", fr = "…"}}')
    else:
        allowed = ", ".join((*_LISTS, *_STRINGS, "role"))
        raise OntologyError(f"{where}: unknown key {key!r}; use one of {allowed}")


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    lists = {key: [*old.get(key, ()), *new[key]] for key in _LISTS if key in new}
    return {**old, **new, **lists}


def _dated(where: str, key: str, item: str) -> Dated:
    try:
        return read_dated(item)
    except ValueError as error:
        raise OntologyError(f"{where}: {key!r} has {item!r}: {error}") from error


def _entity(slug: str, entry: dict[str, Any]) -> KnownEntity:
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key == "role":
            values.update({f"role_{lang}": text for lang, text in value.items()})
        elif key in _DATED:
            values[key] = tuple(_dated(entry["where"], key, straight(item)) for item in value)
        elif key in _LISTS:
            values[_RENAMED.get(key, key)] = tuple(dict.fromkeys(map(straight, value)))
        else:
            values[key] = value
    if entry.get("code") and "country" not in entry:
        values["country"] = entry["code"]
    return KnownEntity(slug=slug, **values)
