"""Which names are told to be others' former ones: "World, formerly Worldcoin"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from policygraph.extraction.spot import NAME, Spot
from policygraph.folding import fold
from policygraph.ontology import ontology_dir, read_toml

if TYPE_CHECKING:
    from spacy.tokens import Doc

EX = "ex-"
"""What may stand before a name that is no longer used."""

_FARTHEST = 12
"""Tokens between two names of one thing: ", a billionaire-run company formerly known as"."""

_PARTING = frozenset(".;:")
"""Signs between what has nothing to do with each other."""

_RENAMED = frozenset({"Company", "Product", "AdvocacyGroup", "MediaOutlet", "ResearchOrganization",
                     "Country", "Place"})  # fmt: skip
"""Types that the NER may take for each other; people and bodies of states are not renamed."""


def former_names(doc: Doc, spots: Sequence[Spot]) -> dict[int, Spot]:
    """Former names by the identity of their spots, each with the spot of a name of today.

    Two that the authority file knows are left to it: "Facebook" stays the service of Meta.
    """
    names = [spot for spot in spots if spot.kind == NAME and spot.type in _RENAMED]
    found: dict[int, Spot] = {}
    for one, other in pairwise(names):
        match = _between(doc, one, other)
        if match is None or None not in (one.known, other.known):
            continue
        now, former = (one, other) if match["former"] is not None else (other, one)
        words = doc[former.start : former.end].text
        for spot in names:
            same = spot.known is former.known and spot is not now
            if same and doc[spot.start : spot.end].text == words:
                found[id(spot)] = now
    return found


def _between(doc: Doc, one: Spot, other: Spot) -> re.Match[str] | None:
    """What tells between two names, or as "ex-" before the latter, that a thing was renamed."""
    if not one.end < other.start <= one.end + _FARTHEST:
        return None
    if any(
        token.is_sent_start or token.text in _PARTING for token in doc[one.end : other.start + 1]
    ):
        return None
    if doc[other.end : other.end + 1].text in ("'s", "’s"):
        return None  # "Google, now Meta's rival"
    words = fold(doc[one.end : other.start].text)
    is_former = doc[other.start].lower_.startswith(EX)
    return _told().fullmatch(f"{words} ex" if is_former else words)


@cache
def _told() -> re.Pattern[str]:
    data = read_toml(ontology_dir() / "lexicon" / "identity.toml")
    former = "|".join([*data["former"], *data["begun_as"]])
    renamed = "|".join(data["renamed"])
    return re.compile(rf"\W*(?:{_WHAT}(?P<former>{former})|{renamed})\W*")


_WHAT = r"(?:(?:an?|the|une?|l[ae]) (?:(?!of |de |du |des )[\w'-]+ ){1,4})?"
"""What the thing is, before its former name, but not what it belongs to: "a firm formerly"."""
