from __future__ import annotations

import pytest
from parsed import found, parse, read_names

from policygraph.extraction.laws import find_laws
from policygraph.extraction.lexicon import load_lexicon


def _laws(lang: str, words: str) -> list[str]:
    """What is called a law in words of which those with capitals are proper nouns."""
    rows = [
        f"{word} {word} {'CCONJ' if word == 'and' else 'PROPN' if word[0].isupper() else 'X'} dep 1"
        for word in words.split()
    ]
    doc = parse(lang, "\n".join(rows))
    return [doc[law.start : law.end].text for law in find_laws(doc, load_lexicon(lang), {})]


@pytest.mark.parametrize(
    ("words", "laws"),
    [
        ("passed the Quorne Safety Act today", ["Quorne Safety Act"]),
        ("the Quorne Data Act 2018 binds", ["Quorne Data Act 2018"]),
        ("the Quorne Data Act , 2019 binds", ["Quorne Data Act , 2019"]),
        ("the Quorne Data Act , 40 firms", ["Quorne Data Act"]),
        ("the Quorne Act and the Zorblax Act bind", ["Quorne Act", "Zorblax Act"]),
        ("under the Act", []),
    ],
)
def test_an_english_law_ends_with_its_word_or_a_year(words: str, laws: list[str]) -> None:
    assert _laws("en", words) == laws


@pytest.mark.parametrize(
    ("words", "law"),
    [
        ("the Crime ( Quorne Orders ) Act 2019 binds", "Crime ( Quorne Orders ) Act 2019"),
        ("Crime ( Quorne Orders ) Act 2019 binds", "Crime ( Quorne Orders ) Act 2019"),
        ("the Guards ( Devices ) ( Change ) Bill", "Guards ( Devices ) ( Change ) Bill"),
        (
            "the Quorne Amendment ( Fraud , Error and Age ) Act today",
            "Quorne Amendment ( Fraud , Error and Age ) Act",
        ),
    ],
)
def test_a_law_may_have_brackets_in_its_name(words: str, law: str) -> None:
    assert _laws("en", words)[0] == law


def test_an_acronym_in_brackets_is_no_part_of_a_later_law() -> None:
    assert _laws("en", "the Quorne Safety Act ( QSA ) Bill")[0] == "Quorne Safety Act"


@pytest.mark.parametrize(
    "words",
    [
        "the National Quorne Law Appellate Tribunal fined",
        "at Zorblax Law School today",
        "the Centre for Quorne Law and Policy said",
    ],
)
def test_a_body_s_name_is_no_law(words: str) -> None:
    assert _laws("en", words) == []


def test_a_french_law_begins_with_its_word() -> None:
    assert _laws("fr", "adopte la loi Quorne sur les écrans") == ["loi Quorne"]


def test_a_law_without_its_year_is_the_one_law_of_that_name() -> None:
    doc = parse(
        "en",
        """
        the the DET det 4
        Quorne Quorne PROPN compound 3
        Act Act PROPN nsubj 5
        2019 2019 NUM nummod 3
        binds bind VERB ROOT 0
        the the DET det 8
        Quorne Quorne PROPN compound 8
        Act Act PROPN obj 5
        """,
    )

    assert [node.name for node in read_names(doc).nodes] == ["Quorne Act 2019"]


def test_a_name_keeps_the_bracket_that_closes_one_in_it() -> None:
    doc = parse(
        "en",
        """
        Article Article PROPN nsubj 6 LAW
        5 5 NUM nummod 1 LAW+
        ( ( PUNCT punct 1 LAW+
        4 4 NUM nummod 1 LAW+
        ) ) PUNCT punct 1
        binds bind VERB ROOT 0
        """,
    )

    assert list(found(doc)) == ["Article 5 ( 4 )"]
