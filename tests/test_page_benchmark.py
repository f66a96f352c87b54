"""The cleaning of the benchmark's pages never falls below what it has reached."""

from __future__ import annotations

import tomllib
from pathlib import Path
from statistics import fmean

import pytest

from benchmarks.pages.gold import HERE, SPLITS, GoldPage, read_pages
from benchmarks.pages.measure import Score, score
from benchmarks.pages.systems import ours, trafilatura

FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


@pytest.mark.parametrize("split", SPLITS)
def test_pages_are_cleaned_as_well_as_ever(split: str) -> None:
    pages = list(read_pages(split))

    scores = [score(page, ours(page.path)) for page in pages]

    reached = reach(scores)
    below = {name: reached[name] for name, floor in FLOORS[split].items() if reached[name] < floor}
    assert below == {}
    assert len(pages) >= 25


def reach(scores: list[Score]) -> dict[str, float]:
    with_comments = [s for s in scores if s.gold]
    fields = {name: [s.fields[name] for s in scores if name in s.fields] for name in FLOORS["dev"]}
    return {
        "text_f1": fmean(s.f1 for s in scores),
        "comments_kept_out": fmean(not s.leaked for s in with_comments),
        "comments_found": sum(s.found for s in scores) / sum(s.gold for s in scores),
        **{name: fmean(rights) for name, rights in fields.items() if rights},
    }


PAGE = GoldPage(
    path=Path("page.html"),
    split="dev",
    layout="test",
    record={
        "title": "A title",
        "published": "2020-08-04",
        "authors": ["Jane Doe"],
        "text": "A title\n\none two three four",
        "comments": [{"author": "Bob", "published": "2020-08-05", "text": "five six seven eight"}],
    },
)


def test_a_perfect_answer_scores_one_everywhere() -> None:
    found = score(PAGE, PAGE.record)

    assert (found.f1, found.leaked, found.found, found.signed, found.dated) == (1, 0, 1, 1, 1)
    assert all(found.fields.values())


def test_a_comment_in_the_text_is_a_leak_and_costs_precision() -> None:
    found = score(PAGE, {"text": "one two three four five six seven eight", "comments": []})

    assert (found.precision, found.recall, found.leaked, found.found) == (0.5, 1.0, 1, 0)


def test_what_a_system_cannot_give_is_not_scored() -> None:
    found = score(
        PAGE, {"title": "a  TITLE", "published": "2020-08-05", "text": "", "comments": []}
    )

    assert found.fields == {"title": True, "published": False}
    assert found.f1 == 0


def test_the_systems_compared_read_the_same_page() -> None:
    page = next(page for page in read_pages("dev") if page.path.suffix == ".html")

    assert score(page, trafilatura(page.path)).f1 > 0.5
