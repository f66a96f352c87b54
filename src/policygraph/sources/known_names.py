"""Asks what a name in an article's header is known as: a place, an outlet, a person."""

from __future__ import annotations

from policygraph.authority import load_authority
from policygraph.authority.given_names import given_names


def is_place(name: str) -> bool:
    """Whether a name is a place's or a country's, or several with ``/`` between them."""
    return all(_is_any(part, ("Place", "Country")) for part in name.split("/"))


def is_outlet(name: str) -> bool:
    """Whether a name is a paper's, a broadcaster's or an agency's."""
    return _is_any(name, ("MediaOutlet",))


def is_person(name: str) -> bool:
    """Whether a name begins with a first name, and no other thing has it: not "Social Media"."""
    return name.split(" ")[0] in given_names() and all(
        known.type == "Person" for known in load_authority().find(name)
    )


def _is_any(name: str, types: tuple[str, ...]) -> bool:
    return any(known.type in types for known in load_authority().find(name))
