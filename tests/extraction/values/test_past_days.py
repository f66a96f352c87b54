from __future__ import annotations

import pytest
from parsed import parse

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.spots import find_spots


@pytest.mark.parametrize(
    ("weekday", "published", "day"),
    [
        ("Lundi", "2024-08-31", "2024-09-02"),
        ("Le", "2024-08-31", "2023-09-02"),
        ("Lundi", "2024-09-03", "2024-09-02"),
    ],
)
def test_a_day_ahead_is_past_where_something_was_done_unless_its_weekday_tells_its_year(
    weekday: str, published: str, day: str
) -> None:
    doc = parse(
        "fr",
        f"""
        {weekday} {weekday} NOUN obl 5
        2 2 NUM nummod 1
        septembre septembre NOUN nmod 1
        elle lui PRON nsubj 5
        confirmait confirmer VERB ROOT 0 - Tense=Imp|VerbForm=Fin
        """,
    )

    [date] = find_spots(doc, load_lexicon("fr"), published)

    assert date.value == day
