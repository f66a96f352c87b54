from __future__ import annotations

import pytest
from parsed import found, parse


def _names(lang: str, *runs: str) -> dict[str, str]:
    """Spots in runs of words, of which those that begin with "*" are names."""
    rows = []
    for run in runs:
        label = "ORG" if run.startswith("*") else "-"
        for word in run.removeprefix("*").split():
            rows.append(f"{word} {word} {'PROPN' if word[0].isupper() else 'X'} dep 1 {label}")
            label = label.removesuffix("+") + "+" if label != "-" else label
    return found(parse(lang, "\n".join(rows)))


@pytest.mark.parametrize(
    ("lang", "runs", "case"),
    [
        ("en", ["in", "*Quorne Coalition", "v.", "*Zorblax Inc", "it lost"],
         "Quorne Coalition v. Zorblax Inc"),
        ("en", ["in", "*Quorne", "v.", "*Zorblax the court", "ruled"], "Quorne v. Zorblax"),
        ("en", ["in", "Quorne v. Zorblax it lost"], "Quorne v. Zorblax"),
        ("fr", ["dans", "*affaire Quorne", "c.", "*Zorblax", "elle perd"], "Quorne c. Zorblax"),
    ],
)  # fmt: skip
def test_two_parties_name_a_lawsuit(lang: str, runs: list[str], case: str) -> None:
    assert _names(lang, *runs) == {case: "LegalInstrument"}


@pytest.mark.parametrize(
    ("lang", "runs"),
    [
        ("en", ["chapter", "v.", "*Zorblax", "said so"]),
        ("fr", ["article", "c.", "*Zorblax", "dit"]),
    ],
)
def test_a_letter_between_other_words_names_none(lang: str, runs: list[str]) -> None:
    assert list(_names(lang, *runs)) == ["Zorblax"]


def test_a_party_named_alone_is_no_lawsuit() -> None:
    names = _names("en", "in", "*Quorne", "v.", "*Zorblax", "it lost to", "*Zorblax", "today")

    assert names["Quorne v. Zorblax"] == "LegalInstrument"
    assert "Zorblax" in names
