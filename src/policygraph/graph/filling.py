"""Sets the parameters of a query: its ``VALUES ?name { default }`` lines.

A value becomes an RDF term, written as Oxigraph writes it; nothing that a user gives is ever
read as SPARQL. What kind of value a parameter takes shows in its default: ``UNDEF`` for
entities, a string for all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.naming import find_entities
from policygraph.graph.terms import clean

KINDS = ("entity", "date", "lang", "text")
"""An entity's name, IRI or QID; an ISO 8601 date, full or partial; ``en`` or ``fr``; any text."""

_VALUES = r'VALUES\s+\?{name}\s*\{{\s*(?P<default>UNDEF|"(?:[^"\\]|\\.)*")\s*\}}'


def default_of(text: str, name: str) -> str:
    """The default of a parameter, "" for none; ``QueryError`` where the query has none such."""
    value = _slot(text, name)["default"]
    return "" if value == "UNDEF" else value[1:-1]


def fill(
    store: ox.Store, text: str, params: Mapping[str, str], kinds: Mapping[str, str] | None = None
) -> str:
    """The query with parameters set; ``kinds`` say more of them than their defaults do.

    An empty value leaves a parameter at its default.

    Raises:
        QueryError: the query has no such parameter, the value is not of its kind, or no entity
            of the graph has that name.
    """
    slots = [(_slot(text, name), name, value) for name, value in params.items()]
    # from the end, so that the places of the others stay
    for slot, name, value in sorted(slots, key=lambda found: -found[0].start()):
        if not value.strip():
            continue
        kind = (kinds or {}).get(name) or ("entity" if slot["default"] == "UNDEF" else "text")
        terms = " ".join(str(term) for term in _terms(store, name, kind, value))
        text = f"{text[: slot.start()]}VALUES ?{name} {{ {terms} }}{text[slot.end() :]}"
    return text


def _slot(text: str, name: str) -> re.Match[str]:
    found = re.search(_VALUES.format(name=re.escape(name)), text)
    if not found:
        raise QueryError(
            f'the query has no parameter {name!r}: no line VALUES ?{name} {{ "" }} or '
            f"VALUES ?{name} {{ UNDEF }}"
        )
    return found


def _terms(
    store: ox.Store, name: str, kind: str, value: str
) -> tuple[ox.NamedNode, ...] | tuple[ox.Literal]:
    if kind == "entity":
        return find_entities(store, value)
    if kind == "date" and not _is_date(value):
        raise QueryError(
            f"{name}={value!r} is no date; expected one such as 2020, 2020-08 or 2020-08-04"
        )
    if kind == "lang" and value not in ("en", "fr"):
        raise QueryError(f"{name}={value!r}: labels are in en or fr")
    return (ox.Literal(clean(value)),)


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True
