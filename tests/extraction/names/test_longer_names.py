from __future__ import annotations

import pytest
from parsed import found, parse

POS = {"Haute": "ADJ", "haute": "ADJ", "fédérale": "ADJ", "de": "ADP", "des": "ADP", "du": "ADP"}


def named(words: str) -> dict[str, str]:
    """What is found where the NER takes all of the words for one name."""
    rows = "\n".join(
        f"{word} {word.lower()} {POS.get(word, 'NOUN')} dep 0 ORG{'+' if place else ''}"
        for place, word in enumerate(words.split())
    )
    return found(parse("fr", f"La le DET det 2 -\n{rows}\npleure pleurer VERB ROOT 0 -"))


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("Haute Cour fédérale de Lagos", "GovernmentBody"),
        ("haute cour de Nairobi", "GovernmentBody"),
        ("Regroupement des livreurs de Québec", "AdvocacyGroup"),
        ("Intersyndicale des livreurs de Paris", "AdvocacyGroup"),
        ("Amicale des livreurs de Bruxelles", "AdvocacyGroup"),
        ("Chambre de commerce de Kinshasa", "AdvocacyGroup"),
    ],
)
def test_a_body_s_name_goes_on_to_its_place(words: str, type_: str) -> None:
    assert named(words) == {words: type_}


@pytest.mark.parametrize(
    "words", ["Chambre de Kinshasa", "Haute Couture de Paris", "PDG de Renault"]
)
def test_what_names_no_body_does_not(words: str) -> None:
    assert words not in named(words)


PARTED = """
    Zorblax Zorblax PROPN nsubj 2 ORG
    quitte quitter VERB ROOT 0
    la le DET det 4
    {noun} {noun} NOUN obj 2 {label}
    de de ADP case 6 {label}+
    Wagadou Wagadou PROPN nmod 4 {place}
"""


@pytest.mark.parametrize("noun", ["Bourse", "Banque", "Cour"])
def test_a_name_that_the_model_parts_from_its_place_goes_on_to_it(noun: str) -> None:
    doc = parse("fr", PARTED.format(noun=noun, label="ORG", place="LOC"))

    assert f"{noun} de Wagadou" in found(doc)


def test_a_name_does_not_go_on_to_a_firm() -> None:
    doc = parse("fr", PARTED.format(noun="Bourse", label="ORG", place="ORG"))

    assert list(found(doc)) == ["Zorblax", "Wagadou"]


@pytest.mark.parametrize(("lang", "word"), [("fr", "Bourse"), ("en", "SIM")])
def test_a_common_word_is_no_name_whatever_its_capitals(lang: str, word: str) -> None:
    doc = parse(
        lang, f"Zorblax Zorblax PROPN nsubj 2 ORG\na a VERB ROOT 0\n{word} x PROPN obj 2 ORG"
    )

    assert list(found(doc)) == ["Zorblax"]


def test_a_common_word_may_begin_a_name() -> None:
    doc = parse(
        "en", "SIM SIM PROPN compound 2 ORG\nSociety Society PROPN nsubj 3 ORG+\na a VERB ROOT 0"
    )

    assert list(found(doc)) == ["SIM Society"]


def large(words: str, label: str = "ORG") -> dict[str, str]:
    """What is found in English where the NER takes all of the words but "The" for one name."""
    rows = []
    for word in words.split():
        goes_on = "+" if rows and rows[-1][-1] in "+G" else ""
        tag = "-" if word == "The" else f"{label}{goes_on}"
        rows.append(f"{word} {word.lower()} {POS.get(word, 'PROPN')} dep 0 {tag}")
    return found(parse("en", "\n".join(rows) + "\nweeps weep VERB ROOT 0 -"))


@pytest.mark.parametrize(
    "words",
    [
        "Indonesia Stock Exchange",
        "Nigeria Revenue Service",
        "South African Zorblax",
        "Google Asia Pacific",
        "Google Lagos Pte Ltd",
        "Zorblax East Africa",
    ],
)
def test_a_country_or_a_region_in_a_name_is_not_all_of_it(words: str) -> None:
    assert list(large(words)) == [words]


def test_an_article_is_no_part_of_a_longer_name() -> None:
    assert list(large("The East African Court Council")) == ["East African Court Council"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Indonesia regulator", ["Indonesia"]),
        ("Togolese Republic", ["Togolese"]),
        ("Siemens Munich", ["Siemens", "Munich"]),
    ],
)
def test_a_noun_behind_a_country_or_a_city_behind_a_firm_makes_no_name(
    words: str, names: list[str]
) -> None:
    assert list(large(words)) == names


@pytest.mark.parametrize(
    ("link", "thing", "whole"),
    [("aux", "infrastructures", False), ("des", "télécommunications", True)],
)
def test_what_somebody_does_at_a_body_is_no_part_of_its_name(
    link: str, thing: str, whole: bool
) -> None:
    doc = parse(
        "fr",
        f"""
        l' le DET det 2
        Union Union PROPN nsubj 6 ORG
        africaine africain ADJ amod 2 ORG+
        {link} {link} ADP case 5 ORG+
        {thing} {thing} NOUN nmod 2 ORG+
        pleure pleurer VERB ROOT 0
        """,
    )

    assert (f"Union africaine {link} {thing}" in found(doc)) == whole
