"""The things that are known by name: firms, products, bodies, laws, people, places, countries.

They are data: ``ontology/authority/*.toml`` by kind, ``ontology/geography/countries.toml``,
and files that a user adds. A name belongs to a language (``en``, ``fr``) or to both
(``names``); a *weak* name means other things too and needs support from its context. In
each language at most one entity may have a given name as a strong one: that is how the
name is read where nothing else speaks, and the others list it as weak.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from policygraph.errors import OntologyError
from policygraph.folding import fold
from policygraph.ontology import load_vocabulary, ontology_dir, read_toml

LANGUAGES = ("en", "fr")

_LISTS = ("en", "fr", "names", "weak", "also", "demonyms_en", "demonyms_fr")
_STRINGS = ("type", "country", "parent", "code", "capital_of", "wikidata", "wikidata_source")
_RENAMED = {"en": "names_en", "fr": "names_fr"}
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_JSON = json.JSONDecoder().decode
_OWN_LANGUAGE_ONLY = frozenset({"Country", "Place", "Technology"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntity:
    """An entry of the authority file.

    ``names`` are used in both languages, ``names_en`` and ``names_fr`` in one, the preferred
    first; ``weak`` are those names (and further ones) that cannot be trusted alone.
    ``country`` is an ISO 3166-1 alpha-2 code in lower case, or ``eu``; ``parent`` the slug of
    another entry; ``also`` the other types an article may give it. ``code`` is set for
    countries (and the EU), ``capital_of`` for seats of government: a code.
    """

    slug: str
    type: str
    names_en: tuple[str, ...] = ()
    names_fr: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    country: str | None = None
    parent: str | None = None
    role_en: str | None = None
    role_fr: str | None = None
    code: str | None = None
    capital_of: str | None = None
    demonyms_en: tuple[str, ...] = ()
    demonyms_fr: tuple[str, ...] = ()
    wikidata: str | None = None
    wikidata_source: str | None = None
    where: str = ""

    def names_in(self, lang: str) -> tuple[str, ...]:
        """The names used in a language, common ones last; weak ones are among them."""
        own = self.names_fr if lang == "fr" else self.names_en
        return tuple(dict.fromkeys((*own, *self.names, *self.weak)))

    def demonyms_in(self, lang: str) -> tuple[str, ...]:
        """Adjectives and nouns for what comes from there, every inflection."""
        return self.demonyms_fr if lang == "fr" else self.demonyms_en

    def label(self, lang: str) -> str:
        """The preferred name in a language, or failing that in another."""
        own, other = (
            (self.names_fr, self.names_en) if lang == "fr" else (self.names_en, self.names_fr)
        )
        return next(iter((*own, *self.names, *other)))


class Countries:
    """Countries (and the EU) by code, name, demonym and capital."""

    def __init__(self, entities: Iterable[KnownEntity]) -> None:
        entities = tuple(entities)
        self._by_code = {e.code: e for e in entities if e.code}
        self._names = _NameIndex(self._by_code.values())
        self._capitals = _NameIndex(e for e in entities if e.capital_of)
        self._demonyms = {
            lang: {
                _demonym_key(form, lang): country
                for country in reversed(self._by_code.values())
                for form in country.demonyms_in(lang)
            }
            for lang in LANGUAGES
        }

    def __iter__(self) -> Iterator[KnownEntity]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str | None) -> KnownEntity | None:
        """The country of an ISO 3166-1 alpha-2 code in lower case, or ``eu``."""
        return self._by_code.get(code) if code else None

    def by_name(self, name: str, lang: str | None = None) -> KnownEntity | None:
        """The country of that name, as tolerant as ``Authority.find``."""
        return next(iter(self._names.find(name, lang)), None)

    def by_demonym(self, form: str, lang: str) -> KnownEntity | None:
        """The country of a demonym: capitalised in English, in any case in French."""
        return self._demonyms[lang].get(_demonym_key(form, lang))

    def by_capital(self, name: str, lang: str | None = None) -> KnownEntity | None:
        """The country that a capital's name can stand for (Brussels: the EU)."""
        capital = next(iter(self._capitals.find(name, lang)), None)
        return self.get(capital.capital_of) if capital else None

    def demonyms(self, lang: str) -> Iterator[tuple[str, KnownEntity]]:
        """Every demonym of a language as it is written, with its country; some have two words."""
        for country in self:
            for form in country.demonyms_in(lang):
                yield form, country


class Authority:
    """All known entities, by slug and by name."""

    def __init__(self, entities: Iterable[KnownEntity]) -> None:
        self._by_slug = {entity.slug: entity for entity in entities}

    def __iter__(self) -> Iterator[KnownEntity]:
        return iter(self._by_slug.values())

    def __len__(self) -> int:
        return len(self._by_slug)

    def __getitem__(self, slug: str) -> KnownEntity:
        return self._by_slug[slug]

    def get(self, slug: str | None) -> KnownEntity | None:
        """The entity of a slug, or None."""
        return self._by_slug.get(slug) if slug else None

    @cached_property
    def countries(self) -> Countries:
        """Countries with their codes, demonyms and capitals."""
        return Countries(self)

    @cached_property
    def _index(self) -> _NameIndex:
        return _NameIndex(self)

    def find(self, name: str, lang: str | None = None) -> tuple[KnownEntity, ...]:
        """The entities a name may mean, the likeliest first; empty for the unknown.

        Spelling is tried from strict to loose, and the first that finds something decides:
        as written; without accents and with plain apostrophes; and, for names of more than
        one word only, without case (acronyms and one-word names must match in case:
        ``US`` is not ``us``, ``Orange`` not ``orange``). Names of ``lang`` and common ones
        come before names of the other language, strong names before weak ones.
        """
        return self._index.find(name, lang)

    def names(self, lang: str | None = None) -> Iterator[tuple[str, KnownEntity, bool]]:
        """Every name with its entity and whether it is weak, for a matcher to search text with.

        Apostrophes are straight. With ``lang``, its own and common names come first, strong
        before weak; then the other language's names, which texts quote too ("le Department
        of Justice"), but for places and generic terms and where they mean something else.
        """
        if lang is None:
            for entity in self:
                for other in LANGUAGES:
                    yield from ((n, entity, n in entity.weak) for n in entity.names_in(other))
            return
        own = [(n, e, n in e.weak) for e in self for n in e.names_in(lang)]
        own.sort(key=lambda item: item[2])
        yield from own
        taken = {name for name, _, _ in own}
        for entity in self:
            if entity.type in _OWN_LANGUAGE_ONLY:
                continue
            for name in entity.names_fr if lang == "en" else entity.names_en:
                if name not in taken and any(c.isupper() for c in name):
                    yield name, entity, name in entity.weak

    def check(self) -> list[str]:
        """What is wrong with the entries, one line each with file, entry and what is expected."""
        return [*_check_entries(self), *_check_shared_names(self)]


class _NameIndex:
    """Finds entities by name, from strict to loose spelling."""

    def __init__(self, entities: Iterable[KnownEntity]) -> None:
        self._spellings: tuple[Callable[[str], str | None], ...] = (_straight, _bare, _loose)
        self._entities = tuple(entities)
        self._tables: dict[int, dict[str, list[tuple[str, bool, KnownEntity]]]] = {}

    def _table(self, number: int) -> dict[str, list[tuple[str, bool, KnownEntity]]]:
        """The names in one spelling, gathered when first asked for."""
        table = self._tables.get(number)
        if table is not None:
            return table
        table = self._tables[number] = {}
        spelling = self._spellings[number]
        for entity in self._entities:
            for lang in LANGUAGES:
                for name in entity.names_in(lang):
                    key = spelling(name)
                    if key is not None:
                        table.setdefault(key, []).append((lang, name in entity.weak, entity))
        return table

    def find(self, name: str, lang: str | None) -> tuple[KnownEntity, ...]:
        for number, spelling in enumerate(self._spellings):
            key = spelling(name)
            found = self._table(number).get(key) if key is not None else None
            if found:
                found = sorted(
                    found, key=lambda item: (lang is not None and item[0] != lang, item[1])
                )
                return tuple(dict.fromkeys(entity for _, _, entity in found))
        return ()


def load_authority(*extra: Path) -> Authority:
    """The shipped entities and those of further files; read once and kept.

    An entry of a further file whose slug is known adds its names to that entry and replaces
    the other values it gives. ``OntologyError`` names the file and entry that are broken.
    """
    return _load(tuple(Path(path) for path in extra))


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
        for slug, entry in _read(path, known=entries):
            entries[slug] = _merged(entries[slug], entry) if slug in entries else entry
    return Authority(_entity(slug, entry) for slug, entry in entries.items())


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


def _entity(slug: str, entry: dict[str, Any]) -> KnownEntity:
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key == "role":
            values.update({f"role_{lang}": text for lang, text in value.items()})
        elif key in _LISTS:
            values[_RENAMED.get(key, key)] = tuple(dict.fromkeys(map(_straight, value)))
        else:
            values[key] = value
    if entry.get("code") and "country" not in entry:
        values["country"] = entry["code"]
    return KnownEntity(slug=slug, **values)


def _straight(name: str) -> str:
    return name.replace("’", "'")


def _bare(name: str) -> str:
    """Accents off and apostrophes plain, case kept."""
    if name.isascii():
        return name
    return "".join(c for c in normalize("NFKD", _straight(name)) if not combining(c))


def _loose(name: str) -> str | None:
    """Folded, for names of several words; None for one word, which must match in case."""
    folded = fold(name)
    return folded if " " in folded else None


def _demonym_key(form: str, lang: str) -> str:
    """French ignores case; English keeps it, so that "polish" and "turkey" are not countries."""
    return fold(form) if lang == "fr" else form


def _check_entries(authority: Authority) -> Iterator[str]:
    types = load_vocabulary().types
    for entity in authority:
        where = entity.where
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entity.slug):
            yield f"{where}: a slug has lower-case letters a-z, digits and single hyphens"
        for kind in (entity.type, *entity.also):
            if kind not in types:
                yield f"{where}: type {kind!r} is unknown; use one of {', '.join(types)}"
        if entity.parent is not None and authority.get(entity.parent) is None:
            yield f"{where}: parent {entity.parent!r} is no entry; use the slug of one"
        for key in ("country", "capital_of"):
            code = getattr(entity, key)
            if code is not None and authority.countries.get(code) is None:
                yield f"{where}: {key} {code!r} is not in countries.toml; use ISO alpha-2 or 'eu'"
        if entity.wikidata is not None and not re.fullmatch(r"Q[1-9]\d*", entity.wikidata):
            yield f"{where}: wikidata {entity.wikidata!r} is no QID; expected Q and a number"
        if (entity.wikidata is None) != (entity.wikidata_source is None):
            yield f"{where}: 'wikidata' needs 'wikidata_source', the file that says so"
        for name in {*entity.names_in("en"), *entity.names_in("fr")}:
            if name != name.strip() or "  " in name:
                yield f"{where}: the name {name!r} has stray spaces"


def _check_shared_names(authority: Authority) -> Iterator[str]:
    """Names and QIDs that two entries claim."""
    for lang in LANGUAGES:
        strong: dict[str, KnownEntity] = {}
        for entity in authority:
            for name in entity.names_in(lang):
                if name in entity.weak:
                    continue
                other = strong.setdefault(name, entity)
                if other is not entity:
                    yield (
                        f"{entity.where}: {name!r} is a {lang} name of {other.where} too; "
                        "list it under 'weak' in the one it means less often"
                    )
    owners: dict[str, KnownEntity] = {}
    for entity in authority:
        if entity.wikidata is not None:
            other = owners.setdefault(entity.wikidata, entity)
            if other is not entity:
                yield f"{entity.where}: {entity.wikidata} is the QID of {other.where} too"
