"""The things that are known by name: firms, products, bodies, laws, people, places, countries.

They are data: ``ontology/authority/*.toml`` by kind, ``ontology/geography/countries.toml``,
and files that a user adds. A name belongs to a language (``en``, ``fr``) or to both
(``names``); a *weak* name means other things too and needs support from its context. In
each language at most one entity may have a given name as a strong one: that is how the
name is read where nothing else speaks, and the others list it as weak.
"""

from __future__ import annotations

from policygraph.authority.entries import LANGUAGES, KnownEntity
from policygraph.authority.names import Authority, Countries
from policygraph.authority.periods import Dated, is_before
from policygraph.authority.reading import authority_in_use, load_authority, using_authority

__all__ = [
    "LANGUAGES",
    "Authority",
    "Countries",
    "Dated",
    "KnownEntity",
    "authority_in_use",
    "is_before",
    "load_authority",
    "using_authority",
]
