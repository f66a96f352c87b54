"""Whether a thing of some types may stand where others are asked for."""

from __future__ import annotations

from policygraph.extraction.reading import Node

FIRM_OR_SERVICE = frozenset({"Company", "Product"})
"""A platform is often typed as the firm and the firm as its platform; slots accept either."""


def fits(node: Node, types: frozenset[str]) -> bool:
    """Whether an entity may stand where those types are wanted."""
    return admits(types, frozenset(node.types()))


def admits(wanted: frozenset[str], own: frozenset[str]) -> bool:
    """Whether something of the types ``own`` may stand where ``wanted`` ones are."""
    return bool(own & wanted) or bool(own & FIRM_OR_SERVICE and wanted & FIRM_OR_SERVICE)
