"""Scores as Markdown tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from benchmarks.pages.measure import FIELDS, Score

Scores = Mapping[str, Sequence[Score]]
"""The scores of each system, in the order of the pages."""


def text_table(scores: Scores) -> str:
    """Words of the text, and comments, by system; means over pages."""
    head = [
        "system", "text P / R / F1", "pages without a comment in the text",
        "comments found", "… with their author / date", "told that are none",
    ]  # fmt: skip
    return _table(head, [[name, *_row(rows)] for name, rows in scores.items()])


def field_table(scores: Scores) -> str:
    """The share of pages on which each field is right; a dash where a system gives none."""
    return _table(
        ["system", *FIELDS],
        [[name, *(_field(rows, field) for field in FIELDS)] for name, rows in scores.items()],
    )


def layout_table(layouts: Sequence[str], scores: Scores) -> str:
    """Mean text F1 by layout; ``layouts`` names each page's."""
    body = []
    for layout in sorted(set(layouts)):
        places = [i for i, name in enumerate(layouts) if name == layout]
        means = [f"{fmean(rows[i].f1 for i in places):.3f}" for rows in scores.values()]
        body.append([layout, str(len(places)), *means])
    return _table(["layout", "pages", *scores], body)


def _row(rows: Sequence[Score]) -> list[str]:
    means = (fmean(r.precision for r in rows), fmean(r.recall for r in rows))
    with_comments = [r for r in rows if r.gold]
    clean = sum(not r.leaked for r in with_comments)
    found = sum(r.found for r in rows)
    return [
        f"{means[0]:.3f} / {means[1]:.3f} / {fmean(r.f1 for r in rows):.3f}",
        f"{clean} of {len(with_comments)}",
        f"{found} of {sum(r.gold for r in rows)}",
        f"{sum(r.signed for r in rows)} / {sum(r.dated for r in rows)}",
        str(sum(r.told for r in rows) - found),
    ]


def _field(rows: Sequence[Score], name: str) -> str:
    told = [r.fields[name] for r in rows if name in r.fields]
    return f"{fmean(told):.2f}" if told else "–"


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
