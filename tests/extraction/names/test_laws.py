from __future__ import annotations

import pytest
from parsed import found, parse, read_names

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.laws import find_laws


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
        ("the Quorne Act of 2019 binds", ["Quorne Act of 2019"]),
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


@pytest.mark.parametrize(
    ("words", "laws"),
    [
        ("the Quorne Law No . 27 of 2022 binds", ["Quorne Law No . 27 of 2022"]),
        ("passed Order No . 5/2020 today", ["Order No . 5/2020"]),
        ("Bill C-77 and the Quorne Data Bill", ["Bill C-77", "Quorne Data Bill"]),
        ("under Regulation 2099/12 they must", ["Regulation 2099/12"]),
        ("the council's Resolution 77 asks", ["Resolution 77"]),
        ("Order 500 boxes", []),
        ("the Quorne Data Act 91 today", ["Quorne Data Act"]),
        ("the Order 2019 was", []),
        ("said of the Law . No 5 is", []),
        ("its New Year Resolution was", []),
    ],
)
def test_a_number_names_a_law(words: str, laws: list[str]) -> None:
    assert _laws("en", words) == laws


@pytest.mark.parametrize(
    ("words", "laws"),
    [
        ("by Ann Ray and Bill Quorne today", []),
        ("senators met Bill Zorblax there", []),
        ("the Quorne Bill was", ["Quorne Bill"]),
        ("the Quorne Bill Committee sat", []),
    ],
)
def test_a_first_name_is_no_word_for_a_law(words: str, laws: list[str]) -> None:
    assert _laws("en", words) == laws


JUDE = """
    We    we    PRON  nsubj 2
    asked ask   VERB  ROOT  0
    Jude  Jude  PROPN obj   2 {0}
    Law   Law   PROPN flat  3 {0}+
    .     .     PUNCT punct 2
"""


@pytest.mark.parametrize(("label", "type_"), [("PERSON", "Person"), ("LAW", "LegalInstrument")])
def test_a_surname_is_no_word_for_a_law(
    label: str, type_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policygraph.extraction.names.laws.given_names", lambda: {"Jude"})

    assert found(parse("en", JUDE.format(label))) == {"Jude Law": type_}


NUMBERED = """
    They   they  PRON  nsubj 2
    passed pass  VERB  ROOT  0
    Law    law   PROPN obj   2 LAW
    No     no    INTJ  obj   2 LAW+
    .      .     PUNCT punct 2

    27     27    NUM   ROOT  0
    today  today NOUN  nmod  1
"""


def test_a_stop_before_its_number_parts_no_law_from_what_is_said_of_it() -> None:
    doc = parse("en", NUMBERED)

    [law] = find_laws(doc, load_lexicon("en"), {})

    assert doc[law.start : law.end].text == "Law No . 27"
    assert law.root(doc).text == "Law"


PROVISION = """
    {first}   {first} PROPN nsubj 5 {label}
    19        19      NUM   dep   1 {label}+
    {of}      {of}    ADP   case  4
    Quorne    Quorne  PROPN nmod  1
    binds     bind    VERB  ROOT  0
"""


@pytest.mark.parametrize(
    ("lang", "of", "names"),
    [
        ("en", "of", set()),
        ("fr", "de", set()),
        ("en", "against", {"Article 19"}),
        ("fr", "contre", {"Article 19"}),
    ],
)
def test_an_article_of_a_law_is_not_the_group(lang: str, of: str, names: set[str]) -> None:
    doc = parse(lang, PROVISION.format(first="Article", of=of, label="ORG"))

    assert set(found(doc)) == names
