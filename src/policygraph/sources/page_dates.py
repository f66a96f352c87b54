"""The days of publication and of the last change that a web page declares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from policygraph.sources.dates import first_date, month_number
from policygraph.sources.markup import Element, elements, text_of, tokens

_PUBLISHED = (  # names of <meta> elements, the most reliable first
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_SAYS_PUBLISHED = re.compile(r"publi|issued|created|posted|^pdate$")
_SAYS_MODIFIED = re.compile(r"modifi|updated")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_URL_DATE = re.compile(
    r"[/_-]((?:19|20)\d\d)([/_-]?)(0?[1-9]|1[0-2]|[a-z]{3})\2(0[1-9]|[12]\d|3[01]|[1-9])"
    r"(?=[/_.,-]|$)"
)
_MARKS = frozenset(("published", "publish", "pubdate", "datepublished"))


def declared_day(tree: Element, data: Mapping[str, Any], metas: Mapping[str, str]) -> str | None:
    """The day of publication: by JSON-LD, meta elements, what is marked as it."""
    return (
        read_day(data.get("datePublished"))
        or _from_metas(metas, _PUBLISHED, _SAYS_PUBLISHED)
        or _marked_day(tree)
        or read_day(data.get("dateCreated"))
    )


def declared_change(data: Mapping[str, Any], metas: Mapping[str, str]) -> str | None:
    """The day of the last change: by JSON-LD, then by meta elements."""
    return read_day(data.get("dateModified")) or _from_metas(metas, _MODIFIED, _SAYS_MODIFIED)


def read_day(value: object) -> str | None:
    """A declared date as ISO 8601: printed in any form, or as ``20210708``."""
    if not isinstance(value, str):
        return None
    compact = _COMPACT.match(value)
    return first_date("-".join(compact.groups()) if compact else value)


def local_day(declared: str | None, printed: str | None, changed: str | None) -> str | None:
    """The declared day, or the printed one where they are a day apart: the other is UTC's.

    A printed day that is declared as the last change's is no day of publication.
    """
    if declared and printed and len(declared) == len(printed) == 10 and printed != changed:
        apart = abs(date.fromisoformat(declared) - date.fromisoformat(printed))
        return printed if apart.days == 1 else declared
    return declared or printed


def url_day(url: str | None) -> str | None:
    """The day in an address: ``/2020/08/04/``, ``/2020/aug/04/``, ``-20200804``."""
    for match in _URL_DATE.finditer((url or "").lower()):
        year, _, month, day = match.groups()
        number = int(month) if month.isdigit() else month_number(month)
        if number and (found := first_date(f"{year}-{number:02}-{int(day):02}")):
            return found
    return None


def _from_metas(
    metas: Mapping[str, str], names: tuple[str, ...], says: re.Pattern[str]
) -> str | None:
    known = (metas[name] for name in names if name in metas)
    alike = (value for name, value in metas.items() if says.search(name) and name not in names)
    return next((day for value in (*known, *alike) if (day := read_day(value))), None)


def _marked_day(tree: Element) -> str | None:
    for element in elements(tree):
        said = (element.get("itemprop") or "").lower() == "datepublished"
        said = said or (element.tag == "time" and element.get("pubdate") is not None)
        named = element.tag in {"time", "abbr"} and not _MARKS.isdisjoint(tokens(element))
        if said or named:
            told = (element.get("datetime"), element.get("content"), element.get("title"))
            if found := next(
                (day for v in (*told, text_of(element)) if (day := read_day(v))), None
            ):
                return found
    return None
