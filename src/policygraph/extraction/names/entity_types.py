"""Which type each entity has, where its mentions or the authority file leave it open.

A service and the firm behind it may have one name: what the article does with it tells which.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from policygraph.authority import KnownEntity, is_before, load_authority
from policygraph.extraction.language.syntax import base, case_of
from policygraph.extraction.names.name_types import load_name_model
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import NAME, Spot


def settle_types(reading: Reading) -> None:
    """Give each node the type that the authority or most of its spots say, and its names too."""
    slugs = {s.known.slug for s in reading.spots if s.known is not None}
    for node in reading.nodes:
        known = node.known
        if known is None:
            weighed = _weighed(node)
            if weighed is None:
                node.type = Counter(s.type for s in node.spots).most_common(1)[0][0]
            else:
                node.type, node.chance = weighed
            continue
        node.type = known.type
        if {known.type, *known.also} >= {"Company", "Product"}:
            balance = sum(_service(reading, spot) for spot in node.spots)
            balance += known.parent in slugs
            usual = "Company" if _has_name_of_firm(known, reading) else known.type
            most = 0 if usual == "Company" else _FIRM - 1
            node.type = "Product" if balance > most else "Company"
    for node in reading.nodes:
        for spot in node.spots:
            if spot.kind == NAME:
                spot.type = node.type


def _has_name_of_firm(known: KnownEntity, reading: Reading) -> bool:
    """Whether a service is called as its firm was when the article appeared."""
    firm = load_authority().get(known.firm)
    day = reading.published
    return firm is not None and not any(
        day and item.end and is_before(item.end, day) and item.text in known.names
        for item in firm.dated
    )


def _weighed(node: Node) -> tuple[str, float] | None:
    """The type that all the mentions of a name together speak for, and its probability, which is
    low for what is likely no name; None where nothing was weighed.
    """
    odds = [spot.odds for spot in node.spots if spot.odds is not None]
    model = load_name_model()
    if not odds or model is None:
        return None
    mean = np.mean(odds, axis=0)
    return model.likeliest(mean - np.log(np.exp(mean).sum()))


_FIRM = -3
"""A known product must act this much more than be used to be taken for a firm."""


def _service(reading: Reading, spot: Spot) -> int:
    """1 where a name is used as a service, -1 where it acts as a firm, else 0."""
    root = reading.root(spot)
    lexicon = reading.lexicon
    case = case_of(root)
    if case in lexicon.service_prepositions:
        return 1
    if root.head.lemma_.lower() in lexicon.service_nouns and base(root.dep_) in (
        "compound", "nmod", "flat", "appos"
    ):  # fmt: skip
        return 1
    if root.dep_ in ("nsubj", "obl:agent") or case in ("par", "by"):
        return -1
    return int(_is_listed_with_products(reading, spot))


def _is_listed_with_products(reading: Reading, spot: Spot) -> bool:
    """Whether a name stands beside a product's in a list: "(Twitter, Facebook et Instagram)"."""
    doc = reading.doc
    for join, other in ((spot.start - 1, spot.start - 2), (spot.end, spot.end + 1)):
        beside = reading.at.get(other)
        known = beside.known if beside is not None else None
        if known is None or known.type != "Product" or not 0 <= join < len(doc):
            continue
        if doc[join].text == "," or doc[join].lower_ in reading.lexicon.joining:
            return True
    return False
