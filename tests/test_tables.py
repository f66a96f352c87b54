from __future__ import annotations

from policygraph.tables import table


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert table(("a", "long head"), [("xyz", "1"), ("", "two\nlines")]).splitlines() == [
        "a    long head",
        "---  ---------",
        "xyz  1",
        "     two lines",
    ]


def test_a_table_without_rows_is_its_head() -> None:
    assert table(("a", "b"), []) == table(("a", "b"), [], width=1) == "a  b\n-  -"


def test_a_narrow_screen_cuts_the_widest_cells_and_leaves_out_empty_columns() -> None:
    rows = [("Microsoft", "", "x" * 100), ("TikTok", "", "short")]

    text = table(("who", "date", "words"), rows, width=40)

    assert max(map(len, text.splitlines())) == 40
    assert "Microsoft  xxxxxxxxxxxxxxxxxxxxxxxxxxxx…" in text
    assert "date" not in text
    assert "short" in text
    assert "date" in table(("who", "date"), [("TikTok", "")], width=40)
