"""The summary for print of a graph that is too large for one picture.

Communities are discs, as large as they are on the page, named after the entities with the most
claims, and joined by lines as wide as the claims between them are many.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from policygraph.view.appearance import load_appearance
from policygraph.view.drawing import short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TIES = 150
"""Lines between communities that are drawn: those of the most claims."""

_NAMES = 3
"""Entities that a community is named after."""


def draw_summary(data: dict[str, Any], *, lang: str, title: str | None) -> Figure:
    """Draw the communities of a page's payload as a matplotlib figure."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Circle

    words = load_appearance().words[lang]
    groups = data["communities"]
    figure = Figure(figsize=(16, 12), layout="constrained")
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.invert_yaxis()  # the page counts downwards
    if title:
        axes.set_title(title, parse_math=False)
    ties = _ties(data).most_common(_TIES)
    for (one, other), total in ties:
        axes.plot(
            *zip(_middle(groups[one]), _middle(groups[other]), strict=True),
            color="#5a6675", alpha=0.3, linewidth=0.5 + 5 * total / ties[0][1], zorder=1,
        )  # fmt: skip
    for group in groups:
        first = data["entities"][group["members"][0]]["type"]
        axes.add_patch(
            Circle(
                _middle(group), group["r"] * 0.8, facecolor="white",
                edgecolor=data["types"][first]["fill"], linewidth=2, zorder=2,
            )
        )  # fmt: skip
        names = [short(data["entities"][row]["names"][lang]) for row in group["members"][:_NAMES]]
        many = words["members"].format(count=len(group["members"]))
        axes.text(
            *_middle(group), "\n".join([*names, many]), ha="center", va="center", fontsize=7,
            color="#1b2430", zorder=3, parse_math=False,
        )  # fmt: skip
    note = words["summary_print"].format(count=len(data["claims"]))
    axes.text(
        0, 0, note, transform=axes.transAxes, ha="left", va="top", fontsize=9, parse_math=False
    )
    return figure


def _ties(data: dict[str, Any]) -> Counter[tuple[int, int]]:
    """How many claims there are between each two communities."""
    home = {row: at for at, group in enumerate(data["communities"]) for row in group["members"]}
    ties: Counter[tuple[int, int]] = Counter()
    for claim in data["claims"]:
        one, other = sorted((home[claim["s"]], home[claim["o"]]))
        if one != other:
            ties[one, other] += 1
    return ties


def _middle(group: dict[str, Any]) -> tuple[float, float]:
    return group["x"], group["y"]
