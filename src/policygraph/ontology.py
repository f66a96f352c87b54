"""Finds, reads and checks the data files under ``ontology/``.

Every word list, rule and IRI of the project lives there; Python holds none. A broken
file raises ``OntologyError`` with the file, the entry and what is expected.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.errors import OntologyError

NAMESPACE = "https://w3id.org/policygraph/ontology#"
"""Of the vocabulary, prefix ``pg:``."""

IDS = "https://w3id.org/policygraph/id/"
"""Of the things that articles speak about, and of claims and articles themselves."""

ENTITIES = IDS + "entity/"
"""Followed by an authority slug, or by a type and a folded name."""

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDF_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_RDF_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"


@cache
def ontology_dir() -> Path:
    """The folder with the data files: in an installed wheel, or beside ``src/`` in a checkout."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "_ontology", here.parents[2] / "ontology"):
        if (folder / "policygraph.ttl").is_file():
            return folder
    raise OntologyError(
        f"no ontology folder beside {here.parent}; reinstall policygraph, or run it from a checkout"
    )


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file.

    ``OntologyError`` names file and line where it is broken, and later the table or the key that is
    asked for in vain.
    """
    try:
        return _Table(tomllib.loads(path.read_text(encoding="utf-8")), path, "")
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: not valid TOML: {error}") from error


class _Table(dict[str, Any]):
    """A table of a TOML file that knows where it stands."""

    def __init__(self, content: Mapping[str, Any], path: Path, name: str) -> None:
        self._path, self._name = path, name
        super().__init__({key: self._held(value, key) for key, value in content.items()})

    def _held(self, value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return _Table(value, self._path, f"{self._name}.{key}" if self._name else key)
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            return [self._held(item, f"{key} {number}") for number, item in enumerate(value, 1)]
        return value

    def __missing__(self, key: str) -> Any:
        place = f"{self._path}: [{self._name}]" if self._name else self._path
        raise OntologyError(
            f"{place}: no entry {key!r}; compare with the file that policygraph ships"
        )


@cache
def verb_forms(lang: str) -> Mapping[str, str]:
    """Inflected form → lemma of the verbs that the rules know (``lexicon/verbs.LANG.txt``)."""
    path = ontology_dir() / "lexicon" / f"verbs.{lang}.txt"
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {form: lemma for form, lemma in rows}


@cache
def verb_homographs(lang: str) -> Mapping[str, str]:
    """Inflected form → lemma where the form is a word of its own too (``lexicon/verbs.toml``).

    They hold only for a token that is tagged as a verb: "left", « mise ».
    """
    lemmas = read_toml(ontology_dir() / "lexicon" / "verbs.toml").get(lang, {})
    return {form: lemma for lemma, forms in lemmas.items() for form in forms}


TAKEN = ("date", "since", "made", "deadline", "term", "amount", "share", "role", "nothing")
"""What ``pg:takes`` may say of a predicate; ``policygraph.ttl`` tells what each means."""

_DATED = frozenset({"date"})
"""What claims of a predicate may have of which the file tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A relation between two entities, as ``policygraph.ttl`` defines it.

    ``domain`` and ``range`` are the names of the entity types (subclasses included) that
    may stand as subject and as object. A ``state`` lasts, and holds whatever the sentence
    around it plans, denies or quotes. ``takes`` says what claims of it may have beside their
    ends, in words of ``TAKEN``.
    """

    name: str
    labels: Mapping[str, str]
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool = False
    state: bool = False
    takes: frozenset[str] = _DATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The entity types and predicates of the ontology, by name (without the namespace)."""

    types: Mapping[str, Mapping[str, str]]
    predicates: Mapping[str, Predicate]


@cache
def load_vocabulary() -> Vocabulary:
    """Read ``policygraph.ttl``: a type is a class below ``pg:Entity`` without subclasses."""
    path = ontology_dir() / "policygraph.ttl"
    triples = _Triples(path)
    entity = NAMESPACE + "Entity"
    leaves = {
        _local(name): triples.labels(name)
        for name in sorted(triples.below(entity))
        if not triples.subclasses(name)
    }
    predicates = {
        name: Predicate(
            name=name,
            labels=triples.labels(iri),
            domain=triples.types(iri, _RDFS + "domain"),
            range=triples.types(iri, _RDFS + "range"),
            symmetric=triples.has(iri, _RDF_TYPE, _OWL + "SymmetricProperty"),
            state=triples.has(iri, _RDF_TYPE, NAMESPACE + "State"),
            takes=_taken(path, name, triples.values(iri, NAMESPACE + "takes")),
        )
        for iri in triples.subjects(_RDF_TYPE, _OWL + "ObjectProperty")
        if iri.startswith(NAMESPACE)
        and (name := _local(iri))
        and triples.types(iri, _RDFS + "domain") <= leaves.keys()
        and triples.types(iri, _RDFS + "domain")
        and triples.types(iri, _RDFS + "range") <= leaves.keys()
        and triples.types(iri, _RDFS + "range")
    }
    if not leaves or not predicates:
        raise OntologyError(f"{path}: no entity types or no predicates; is it the shipped file?")
    return Vocabulary(types=leaves, predicates=dict(sorted(predicates.items())))


def _taken(path: Path, name: str, values: list[str]) -> frozenset[str]:
    """What claims of a predicate may have; a date where the file tells nothing of it."""
    unknown = [value for value in values if value not in TAKEN]
    if unknown:
        raise OntologyError(
            f"{path}: pg:{name} takes {unknown[0]!r}; expected some of {', '.join(TAKEN)}"
        )
    return frozenset(values) or _DATED


def _local(iri: str) -> str:
    return iri.removeprefix(NAMESPACE)


class _Triples:
    """The few look-ups in a Turtle file that the vocabulary needs."""

    def __init__(self, path: Path) -> None:
        from pyoxigraph import Literal, RdfFormat, parse

        self._objects: dict[tuple[str, str], list[Any]] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}
        try:
            quads = list(parse(path=str(path), format=RdfFormat.TURTLE))
        except (OSError, SyntaxError) as error:
            raise OntologyError(f"{path}: not valid Turtle: {error}") from error
        for quad in quads:
            subject, predicate = _key(quad.subject), _key(quad.predicate)
            self._objects.setdefault((subject, predicate), []).append(quad.object)
            if not isinstance(quad.object, Literal):
                self._subjects.setdefault((predicate, _key(quad.object)), []).append(subject)

    def has(self, subject: str, predicate: str, value: str) -> bool:
        return any(_key(o) == value for o in self._objects.get((subject, predicate), ()))

    def values(self, subject: str, predicate: str) -> list[str]:
        return [str(o.value) for o in self._objects.get((subject, predicate), ())]

    def subjects(self, predicate: str, value: str) -> list[str]:
        return sorted(self._subjects.get((predicate, value), ()))

    def subclasses(self, name: str) -> list[str]:
        found = self.subjects(_RDFS + "subClassOf", name)
        return [iri for iri in found if iri.startswith(NAMESPACE)]

    def below(self, name: str) -> Iterator[str]:
        for child in self.subclasses(name):
            yield child
            yield from self.below(child)

    def labels(self, name: str) -> dict[str, str]:
        found = self._objects.get((name, _RDFS + "label"), ())
        return {o.language: o.value for o in found if getattr(o, "language", None)}

    def types(self, name: str, predicate: str) -> frozenset[str]:
        """Leaf types below the classes (or the union of classes) that ``predicate`` points to."""
        found: set[str] = set()
        for value in self._objects.get((name, predicate), ()):
            for member in self._members(_key(value)):
                below = [iri for iri in self.below(member) if not self.subclasses(iri)]
                found.update(_local(iri) for iri in below or [member])
        return frozenset(found)

    def _members(self, value: str) -> Iterator[str]:
        unions = self._objects.get((value, _OWL + "unionOf"))
        if not unions:
            yield value
            return
        cell = _key(unions[0])
        while firsts := self._objects.get((cell, _RDF_FIRST)):
            yield _key(firsts[0])
            cell = _key(self._objects[cell, _RDF_REST][0])


def _key(term: Any) -> str:
    """An IRI as it stands, a blank node with its marker."""
    value: str = term.value
    return value if type(term).__name__ == "NamedNode" else f"_:{value}"
