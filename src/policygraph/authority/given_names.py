"""First names, as the people of the authority file bear them."""

from __future__ import annotations

from functools import cache

from policygraph.authority.reading import load_authority

_INITIAL = 2


@cache
def given_names() -> frozenset[str]:
    """First names that people of the authority file bear."""
    first = {
        name.split(" ", 1)[0]
        for entity in load_authority()
        if entity.type == "Person"
        for name in (*entity.names, *entity.names_en, *entity.names_fr)
        if " " in name
    }
    return frozenset(name for name in first if len(name) > _INITIAL)
