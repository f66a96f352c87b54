"""Gives every entity of a record an IRI that is the same in every article and on every machine.

A thing of the authority file has its entry's IRI. Any other is known by its type and its
folded name: two articles that name an unknown company alike mean one company. What has no
name of its own ("the law", "chauffeurs") is a thing of its article alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policygraph.folding import fold
from policygraph.model import Entity, Record, digest
from policygraph.ontology import ENTITIES


def resolve(record: Record) -> Record:
    """The record with an IRI on every entity; those that have one keep it."""
    article = record.article.id
    return replace(record, entities=tuple(_identify(entity, article) for entity in record.entities))


def _identify(entity: Entity, article: str) -> Entity:
    if entity.iri:
        return entity
    iri = mint(entity.type, entity.name)
    return replace(entity, iri=iri if _is_named(entity) else f"{iri}-{article}")


def _is_named(entity: Entity) -> bool:
    """Whether a name tells the thing from others of its kind; technologies are kinds."""
    return entity.type == "Technology" or any(
        c.isdigit() or (c.isalpha() and not c.islower()) for c in entity.name
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
