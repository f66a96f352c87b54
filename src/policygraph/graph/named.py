"""Named queries: SPARQL files under ``ontology/queries/`` that answer a question each.

A file begins with the question, and may declare parameters::

    # question: Who owns whom?
    # question (fr): Qui possède qui ?
    # params: lang=en, entity=

Each parameter stands in the query as ``VALUES ?lang { "en" }`` with its default, so that the
file runs as it is in any SPARQL engine; giving a parameter another value changes that line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal

from policygraph.errors import OntologyError, QueryError
from policygraph.graph.terms import clean
from policygraph.ontology import ontology_dir

_HEADER = re.compile(r"#\s*(question(?: \((?P<lang>\w+)\))?|params):\s*(?P<value>.*)")
_VALUES = r'VALUES\s+\?{name}\s*\{{\s*"(?:[^"\\]|\\.)*"\s*\}}'


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query with the question it answers, by language, and its parameters' defaults."""

    name: str
    questions: Mapping[str, str]
    params: Mapping[str, str]
    text: str

    def with_params(self, **params: str) -> str:
        """The query with parameters set; ``QueryError`` for one that it does not have."""
        if unknown := sorted(params.keys() - self.params.keys()):
            known = ", ".join(self.params) or "none"
            raise QueryError(
                f"the query {self.name!r} has no parameter {unknown[0]!r}; it has {known}"
            )
        return fill(self.text, params)


def fill(text: str, params: Mapping[str, str]) -> str:
    """Set ``VALUES ?name { "…" }`` lines of a query; ``QueryError`` where there is none."""
    for name, value in params.items():
        pattern = _VALUES.format(name=re.escape(name))
        line = f"VALUES ?{name} {{ {Literal(clean(value))} }}"
        text, found = re.subn(pattern, lambda _: line, text)  # noqa: B023
        if not found:
            raise QueryError(f'the query has no parameter {name!r}: no VALUES ?{name} {{ "" }}')
    return text


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The shipped queries by name, sorted."""
    paths = sorted((ontology_dir() / "queries").glob("*.rq"))
    return {path.stem: read_query(path) for path in paths}


def named_query(name: str) -> NamedQuery:
    """The shipped query of that name; ``QueryError`` lists the names there are."""
    found = named_queries().get(name)
    if found is None:
        raise QueryError(f"no query is called {name!r}; there are {', '.join(named_queries())}")
    return found


def read_query(path: Path) -> NamedQuery:
    """Read a query file; ``OntologyError`` when it lacks a question or a declared parameter."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    questions: dict[str, str] = {}
    params: dict[str, str] = {}
    for line in text.splitlines():
        if found := _HEADER.fullmatch(line.strip()):
            if found[1] == "params":
                pairs = (item.split("=", 1) for item in found["value"].split(",") if item.strip())
                params.update({pair[0].strip(): pair[-1].strip() for pair in pairs})
            else:
                questions[found["lang"] or "en"] = found["value"]
    if "en" not in questions:
        raise OntologyError(f"{path}: no question; expected a line such as # question: Who …?")
    try:
        fill(text, params)
    except QueryError as error:
        raise OntologyError(f"{path}: {error}") from error
    return NamedQuery(name=path.stem, questions=questions, params=params, text=text)
