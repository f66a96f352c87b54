"""Gives what no authority file knows an IRI that is the same on every machine.

It is made of the type and the folded name: two articles that name an unknown company alike
mean one company. What has no name of its own ("the law", "chauffeurs") is a thing of its
article alone, and so is what has a name that many share: a body that is not named with its
country ("High Court"), a person of whom the article gives the surname. ``clusters`` may
still find that two of these are one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policygraph.folding import fold
from policygraph.model import Entity, Record, digest
from policygraph.ontology import ENTITIES
from policygraph.resolve.names import is_generic, person
from policygraph.resolve.types import OF_COUNTRIES


def identify(record: Record) -> Record:
    """The record with an IRI on every entity; those that have one keep it."""
    article = record.article.id
    return replace(record, entities=tuple(_identify(entity, article) for entity in record.entities))


def _identify(entity: Entity, article: str) -> Entity:
    if entity.iri:
        return entity
    iri = mint(entity.type, entity.name)
    return replace(entity, iri=iri if is_own(entity.type, entity.name) else f"{iri}-{article}")


def is_own(type_: str, name: str) -> bool:
    """Whether a name tells the thing from others of its kind; technologies are kinds."""
    if type_ == "Person":
        return bool(person(name)[0])
    if type_ in OF_COUNTRIES and is_generic(name):
        return False
    return type_ == "Technology" or any(
        c.isdigit() or (c.isalpha() and not c.islower()) for c in name
    )


def mint(type_: str, name: str) -> str:
    """An IRI from a type and a name: readable where the name is Latin, a hash where it is not."""
    folded = fold(name).replace("+", " plus").replace("#", " sharp")  # "Canal+" is not "Canal"
    words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if not words or len(words) > 80 or not folded.isascii():
        words = f"{words[:60]}-{digest(folded)}".strip("-")
    return f"{ENTITIES}{_kebab(type_)}/{words}"


def _kebab(type_: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type_).lower()
