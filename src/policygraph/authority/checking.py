"""Checks the entries of the authority file against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from policygraph.authority.entries import LANGUAGES, KnownEntity
from policygraph.authority.names import Authority
from policygraph.authority.periods import is_before, is_date
from policygraph.ontology import load_vocabulary


def check(authority: Authority) -> Iterator[str]:
    """What is wrong with the entries, one line each with file, entry and what is expected."""
    yield from _check_entries(authority)
    yield from _check_dates(authority)
    yield from _check_parents(authority)
    yield from _check_shared_names(authority)


def count(authority: Authority) -> dict[str, Any]:
    """How many entries, names, weak names and QIDs there are, and of what kind and source."""
    names = {name for e in authority for lang in LANGUAGES for name in e.names_in(lang)}
    sources = Counter(e.wikidata_source for e in authority if e.wikidata_source)
    return {
        "entries": len(authority),
        "names": len(names),
        "names that need support": len({name for e in authority for name in e.weak}),
        "entries with a QID": sources.total(),
        "entries with dates": sum(map(has_dates, authority)),
        "of type": dict(Counter(e.type for e in authority).most_common()),
        "QIDs from": dict(sources.most_common()),
    }


def has_dates(entity: KnownEntity) -> bool:
    """Whether an entry says when it was there, was called so, or was in office."""
    return bool(entity.start or entity.end or entity.dated or entity.offices)


def _check_entries(authority: Authority) -> Iterator[str]:
    types = load_vocabulary().types
    for entity in authority:
        where = entity.where
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entity.slug):
            yield f"{where}: a slug has lower-case letters a-z, digits and single hyphens"
        for kind in (entity.type, *entity.also):
            if kind not in types:
                yield f"{where}: type {kind!r} is unknown; use one of {', '.join(types)}"
        for key in ("parent", "stands_for", "firm"):
            slug = getattr(entity, key)
            if slug is not None and authority.get(slug) is None:
                yield f"{where}: {key} {slug!r} is no entry; use the slug of one"
        if (firm := authority.get(entity.firm)) and firm.type != "Company":
            yield f"{where}: firm {entity.firm!r} is a {firm.type}, not a Company"
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


def _check_dates(authority: Authority) -> Iterator[str]:
    """Dates that are none or in disorder, and dated names that an entry does not have."""
    for entity in authority:
        for key in ("start", "end"):
            date = getattr(entity, key)
            if date is not None and not is_date(date):
                yield f"{entity.where}: {key} {date!r} is no ISO 8601 date, such as 2021-10-28"
        if entity.start and entity.end and is_before(entity.end, entity.start):
            yield f"{entity.where}: ends in {entity.end}, before its start in {entity.start}"
        names = {name for lang in LANGUAGES for name in entity.names_in(lang)}
        for item in entity.dated:
            if item.text not in names:
                yield f"{entity.where}: 'dated' has {item.text!r}, which is none of its names"
        if entity.offices and entity.type != "Person":
            yield f"{entity.where}: only people have 'offices'; give 'start' and 'end'"
        if has_dates(entity) and not entity.dates_source:
            yield f"{entity.where}: its dates need 'dates_source', the data sets or pages with them"


def _check_parents(authority: Authority) -> Iterator[str]:
    """Entries that are, through their parents, parts of themselves."""
    for entity in authority:
        seen = [entity.slug]
        above = authority.get(entity.parent)
        while above is not None and above.slug not in seen:
            seen.append(above.slug)
            above = authority.get(above.parent)
        if above is entity:
            yield f"{entity.where}: is its own parent, by way of {' → '.join(seen)}"


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
