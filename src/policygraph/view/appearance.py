"""How the picture looks and speaks: ``appearance.toml`` and ``interface.toml``, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.errors import OntologyError
from policygraph.model import Status
from policygraph.ontology import load_vocabulary, ontology_dir, read_toml

LANGUAGES = ("en", "fr")

SHAPES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star"})
"""The shapes of vis-network that put the label below; ``page.js`` draws the same in the legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLook:
    """How the entities of a type are drawn; ``fill`` on a light page, ``dark`` on a dark one."""

    shape: str
    fill: str
    dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLook:
    """How claims of a status are drawn; ``dashes`` are stroke and gap lengths in pixels."""

    line: str
    dark: str
    labels: Mapping[str, str]
    dashes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Everything that the two files say, by language where it is words.

    ``stances`` and ``stories`` group predicates for the views of deals and cases.
    """

    types: Mapping[str, TypeLook]
    other: TypeLook
    other_labels: Mapping[str, str]
    statuses: Mapping[str, LineLook]
    negated: LineLook
    negated_patterns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    stances: Mapping[str, list[str]]
    stories: Mapping[str, list[str]]


@cache
def load_appearance(folder: Path | None = None) -> Appearance:
    """Read the files; ``OntologyError`` names the entry that is missing or wrong."""
    folder = folder or ontology_dir()
    path = folder / "appearance.toml"
    data = read_toml(path)
    appearance = Appearance(
        types={name: _type_look(entry) for name, entry in data["types"].items()},
        other=_type_look(data["other"]),
        other_labels=_labels(data["other"]),
        statuses={name: _line_look(data["statuses"][name]) for name in Status},
        negated=_line_look(data["negated"]),
        negated_patterns={lang: data["negated"][f"label_{lang}"] for lang in LANGUAGES},
        words=_words(folder / "interface.toml"),
        stances=data["stances"],
        stories=data["stories"],
    )
    _check(appearance, path)
    return appearance


def _check(appearance: Appearance, path: Path) -> None:
    for name, look in [*appearance.types.items(), ("other", appearance.other)]:
        if look.shape not in SHAPES:
            raise OntologyError(
                f"{path}: {name} has the unknown shape {look.shape!r}; "
                f"use one of {', '.join(sorted(SHAPES))}"
            )
    known = load_vocabulary().predicates
    for names in (*appearance.stances.values(), *appearance.stories.values()):
        if unknown := sorted(set(names) - set(known)):
            raise OntologyError(
                f"{path}: {unknown[0]!r} is no predicate; use those of policygraph.ttl"
            )


def _words(path: Path) -> dict[str, dict[str, str]]:
    data = read_toml(path)
    words = {lang: data.get(lang, {}) for lang in LANGUAGES}
    english, french = (set(words[lang]) for lang in LANGUAGES)
    if odd := sorted(english ^ french):
        raise OntologyError(f"{path}: words given in one language only: {', '.join(odd)}")
    return words


def _type_look(entry: Mapping[str, Any]) -> TypeLook:
    return TypeLook(shape=entry["shape"], fill=entry["fill"], dark=entry["dark"])


def _line_look(entry: Mapping[str, Any]) -> LineLook:
    return LineLook(
        line=entry["line"],
        dark=entry["dark"],
        dashes=tuple(entry.get("dashes", ())),
        labels=_labels(entry),
    )


def _labels(entry: Mapping[str, Any]) -> dict[str, str]:
    return {lang: entry[lang] for lang in LANGUAGES}
