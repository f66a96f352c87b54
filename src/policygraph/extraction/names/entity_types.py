"""Which type each entity has, where its mentions or the authority file leave it open.

A service and the firm behind it may have one name: what the article does with it tells which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import numpy as np

from policygraph.extraction.fitting import FIRM_OR_SERVICE
from policygraph.extraction.names.name_types import is_left_open, load_name_model
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import NAME


def settle_types(reading: Reading) -> None:
    """Give each node the type that the authority or most of its spots say, and its names too."""
    for node in reading.nodes:
        known = node.known
        if known is None:
            common = Counter(spot.type for spot in node.spots).most_common(1)
            node.type, node.chance = _weighed(node) or (common[0][0], node.chance)
        elif is_left_open(known):
            node.type, _ = _weighed(node, FIRM_OR_SERVICE) or (known.type, 1.0)
        else:
            node.type = known.type
        for spot in node.spots:
            if spot.kind == NAME:
                spot.type = node.type


def _weighed(node: Node, among: Collection[str] = ()) -> tuple[str, float] | None:
    """The type that all the mentions of a name together speak for, and its probability, which is
    low for what is likely no name; None where nothing was weighed.
    """
    odds = [spot.odds for spot in node.spots if spot.odds is not None]
    model = load_name_model()
    if not odds or model is None:
        return None
    mean = np.mean(odds, axis=0)
    return model.likeliest(mean - np.log(np.exp(mean).sum()), among)
