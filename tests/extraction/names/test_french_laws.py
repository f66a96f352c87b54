from __future__ import annotations

import pytest
from parsed import found, parse, read_names

from policygraph.extraction.qualifiers.qualifiers import dates_of


def law(words: str) -> str:
    """A table for a law's name, a token a line; those with a "+" are of one name of a law."""
    rows = []
    for word in f"La {words} vise Zorblax .".split():
        label = "LAW" if word == "loi+" else "LAW+" if word.endswith("+") else "-"
        word = word.removesuffix("+")
        pos = {"vise": "VERB", "loi": "NOUN", "décret": "NOUN", ".": "PUNCT"}.get(word, "PROPN")
        rows.append(f"{word} {word.lower()} {pos} dep 0 {label}")
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("loi+ Bruit+ et+ Silence+", "loi Bruit et Silence"),
        ("loi+ Ville+ tranquille+", "loi Ville tranquille"),
        ("loi+ Dupont+ et Zorblax", "loi Dupont"),
        ("loi Informatique et Libertés", "loi Informatique et Libertés"),
        ("loi Confiance dans l' économie numérique", "loi Confiance dans l'économie numérique"),
        ("loi du 30 juillet 2020", "loi du 30 juillet 2020"),
        ("décret n° 78-19 du 1er mai 1978", "décret n° 78-19 du 1er mai 1978"),
        ("loi Dupont du 30 juillet 2020", "loi Dupont"),
    ],
)
def test_a_law_s_name_ends_where_what_belongs_to_it_does(words: str, name: str) -> None:
    laws = [words for words, type_ in found(parse("fr", law(words))).items() if "Legal" in type_]

    assert laws == [name]


@pytest.mark.parametrize("words", ["loi de mardi", "loi du mardi 3 mai 2021", "loi du pays"])
def test_no_day_names_a_law_without_its_number(words: str) -> None:
    assert "LegalInstrument" not in found(parse("fr", law(words))).values()


def test_the_authority_knows_a_law_by_its_date() -> None:
    reading = read_names(parse("fr", law("loi du 6 janvier 1978")))

    assert [(n.name, n.type, n.known and n.known.slug) for n in reading.nodes[:2]] == [
        ("loi du 6 janvier 1978", "LegalInstrument", "loi-informatique-et-libertes"),
        ("1978-01-06", "Date", None),
    ]


def test_the_date_in_a_law_s_name_dates_nothing_else() -> None:
    doc = parse(
        "fr",
        """
        La le DET det 2
        loi loi NOUN nsubj 7
        du de ADP case 4
        30 30 NUM nmod 2
        juillet juillet NOUN flat 4
        2020 2020 NUM flat 4
        vise viser VERB ROOT 0
        Zorblax Zorblax PROPN obj 7 ORG
        depuis depuis ADP case 10
        2021 2021 NUM obl 7
        """,
    )

    assert dates_of(read_names(doc, "2022-12-10"), doc[6], []) == ("2021", None)


def test_what_the_authority_calls_a_law_is_linked_with_it() -> None:
    doc = parse(
        "en",
        """
        The the DET det 4
        Digital Digital PROPN compound 4
        Markets Markets PROPN compound 4
        Act Act PROPN nsubj 5
        bites bite VERB ROOT 0
        """,
    )

    assert read_names(doc).nodes[0].known.slug == "digital-markets-act"


@pytest.mark.parametrize(
    ("pos", "names"),
    [("NOUN", {"arrêté du 26 février 2025", "26 février 2025"}), ("VERB", {"26 février 2025"})],
)
def test_a_day_names_a_decree_but_not_an_arrest(pos: str, names: set[str]) -> None:
    doc = parse(
        "fr",
        f"Un un X det 2\narrêté arrêté {pos} ROOT 0\ndu de ADP case 4\n26 26 NUM nmod 2\n"
        "février février NOUN flat 4\n2025 2025 NUM flat 4",
    )

    assert set(found(doc)) == names


SHORT = """
    La   le   DET  det  2
    loi  loi  NOUN nsubj 2
    du   de   ADP  case 4
    3    3    NUM  nmod 2
    mai  mai  NOUN flat 4
    2024 2024 NUM  flat 4
    qui  qui  PRON nsubj 8
    vise viser VERB acl 2
    {0}  {0}  PUNCT punct 10
    {1}  {1}  NOUN appos 2
    Quorne Quorne PROPN nmod 10 LAW
    agit agir VERB ROOT 0
"""


@pytest.mark.parametrize(
    ("sign", "noun", "names"),
    [
        ("(", "loi", ["loi du 3 mai 2024"]),
        ("dite", "loi", ["loi du 3 mai 2024"]),
        (",", "loi", ["loi du 3 mai 2024", "loi Quorne"]),
        ("(", "directive", ["loi du 3 mai 2024", "directive Quorne"]),
    ],
)
def test_a_law_goes_by_the_name_in_brackets_behind_it(
    sign: str, noun: str, names: list[str]
) -> None:
    reading = read_names(parse("fr", SHORT.format(sign, noun)))

    assert [node.name for node in reading.nodes if node.type == "LegalInstrument"] == names


@pytest.mark.parametrize(
    ("before", "opens", "names"),
    [
        ("sans", False, set()),
        ("contre", False, {"accord de Paris"}),
        ("sans", True, {"accord de Paris"}),
    ],
)
def test_an_accord_of_a_city_may_be_what_it_agrees_to(
    before: str, opens: bool, names: set[str]
) -> None:
    rows = ["agit agir VERB ROOT 0"] if not opens else []
    noun = len(rows) + 3
    rows += [f"{before} {before} ADP case {noun}", f"l' le DET det {noun}"]
    rows += [f"accord accord NOUN {'ROOT 0' if opens else 'obl 1'}", f"de de ADP case {noun + 2}"]
    doc = parse("fr", "\n".join([*rows, f"Paris Paris PROPN nmod {noun}"]))

    assert set(found(doc)) == names
