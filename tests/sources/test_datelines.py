"""The day in the dateline of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.sources import load
from policygraph.sources.dateline import lone_dateline, read_dateline


@pytest.mark.parametrize(
    ("lang", "line", "day"),
    [
        ("en", "OSLO, 3 September 2025 - Norway sued the app.", "2025-09-03"),
        ("en", "WASHINGTON (AP), March 4, 2024 — The court ruled.", "2024-03-04"),
        ("en", "New York, 12 May 2021 (Reuters) - Shares fell.", "2021-05-12"),
        ("fr", "PARIS, le 12 mai 2021 (AFP) – La Cnil enquête.", "2021-05-12"),
        ("fr", "Aix-en-Provence, 1er juin 2020 : la cour a tranché.", "2020-06-01"),
        ("en", "On 3 September 2025 - a Wednesday - Norway sued.", None),
        ("en", "Norway sued on 3 September 2025 - and lost.", None),
        ("en", "OSLO, 3 September 2025 was a rainy day.", None),
        ("en", "OSLO, September 2025 - Norway sued the app.", None),
    ],
)
def test_a_place_a_day_and_a_dash_make_a_dateline(lang: str, line: str, day: str | None) -> None:
    assert read_dateline(f"A title\n\n{line}\n\nMore.", lang) == day


def test_it_stands_at_the_beginning() -> None:
    line = "OSLO, 3 September 2025 - Norway sued the app."

    assert read_dateline("\n\n".join(["One.", "Two.", "Three.", line]), "en") is None
    assert read_dateline("", "en") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("KISUMU, 6 November 2025", "2025-11-06"),
        ("KISUMU — 6 November 2025 (Agency) -", "2025-11-06"),
        ("Bruxelles, le 6 novembre 2025", "2025-11-06"),
        ("Quornetech, le 6 novembre 2025", None),
        ("Kisumu, 6 November 2025 – Kenya sued the app.", None),
        ("Kisumu sues, 6 November 2025", None),
        ("Kisumu, November 2025", None),
    ],
)
def test_a_dateline_may_stand_alone(line: str, day: str | None) -> None:
    assert lone_dateline(line, day_first=True) == day


def test_a_text_is_of_the_day_of_its_dateline(tmp_path: Path) -> None:
    body = "Norway sued the app on Monday over data of children, and wants it to delete them all. "
    path = tmp_path / "a.txt"
    path.write_text(f"Norway sues an app\n\nOSLO, 3 September 2025 - {body * 3}", encoding="utf-8")

    [article] = load(path)

    assert (article.published, article.published_note) == ("2025-09-03", None)  # type: ignore[union-attr]
