"""Named queries: SPARQL files under ``ontology/queries/`` that answer a question each.

A file begins with the question and its parameters, in English and French::

    # question: Who owns whom?
    # question (fr): Qui possède qui ?
    # param lang (lang): language of the labels
    # param lang (fr): langue des libellés
    # param entity (entity): owner or owned; all when it is not given
    # param entity (fr): le propriétaire ou ce qu'il possède ; tous par défaut

Each parameter stands in the query as ``VALUES ?lang { "en" }`` with its default, so that the
file runs as it is in any SPARQL engine; ``filling`` changes that line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.errors import OntologyError, QueryError
from policygraph.graph.filling import KINDS, default_of
from policygraph.ontology import ontology_dir

_QUESTION = re.compile(r"#\s*question(?: \((?P<lang>\w+)\))?:\s*(?P<value>.*)")
_PARAM = re.compile(r"#\s*param (?P<name>\w+) \((?P<kind>\w+)\):\s*(?P<value>.*)")
_DERIVED = re.compile(r"pg:(?:Matter|Deal|Case|Ban|Bill|Statement)\b")
_LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a query can be told.

    ``kind`` is one of ``filling.KINDS``, ``default`` the text of the default ("" for none),
    ``about`` what the parameter means, by language.
    """

    name: str
    kind: str
    default: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query with the question it answers, by language, and its parameters."""

    name: str
    questions: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def params(self) -> Mapping[str, str]:
        """The parameters' defaults by name."""
        return {parameter.name: parameter.default for parameter in self.parameters}

    @property
    def needs_matters(self) -> bool:
        """Whether it asks about what ``ClaimGraph.derive_matters`` derives."""
        return _DERIVED.search(self.text) is not None

    def kinds(self, params: Mapping[str, str]) -> Mapping[str, str]:
        """The kinds of the parameters given; ``QueryError`` for one that it does not have."""
        kinds = {parameter.name: parameter.kind for parameter in self.parameters}
        if unknown := sorted(params.keys() - kinds.keys()):
            raise QueryError(
                f"the query {self.name!r} has no parameter {unknown[0]!r}; "
                f"it has {', '.join(kinds) or 'none'}"
            )
        return {name: kinds[name] for name in params}


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
    """Read a query file.

    Raises ``OntologyError`` where a question or the description of a parameter is missing in
    a language, or where the query lacks a parameter that is described.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    questions: dict[str, str] = {}
    kinds: dict[str, str] = {}
    about: dict[str, dict[str, str]] = {}
    for line in map(str.strip, text.splitlines()):
        if found := _QUESTION.fullmatch(line):
            questions[found["lang"] or "en"] = found["value"]
        elif found := _PARAM.fullmatch(line):
            name, kind = found["name"], found["kind"]
            if kind not in _LANGUAGES:
                kinds[name] = kind
            about.setdefault(name, {})[kind if kind in _LANGUAGES else "en"] = found["value"]
    for language in _LANGUAGES:
        if language not in questions:
            raise OntologyError(
                f"{path}: no question in {language!r}; expected lines such as # question: Who …? "
                "and # question (fr): Qui … ?"
            )
    parameters = tuple(_parameter(path, text, name, kinds, about[name]) for name in about)
    return NamedQuery(name=path.stem, questions=questions, parameters=parameters, text=text)


def _parameter(
    path: Path, text: str, name: str, kinds: Mapping[str, str], about: Mapping[str, str]
) -> Parameter:
    if kinds.get(name) not in KINDS or set(about) != set(_LANGUAGES):
        raise OntologyError(
            f"{path}: the parameter {name!r} needs lines such as # param {name} (entity): … and "
            f"# param {name} (fr): …; kinds are {', '.join(KINDS)}"
        )
    try:
        default = default_of(text, name)
    except QueryError as error:
        raise OntologyError(f"{path}: {error}") from error
    return Parameter(name=name, kind=kinds[name], default=default, about=about)
