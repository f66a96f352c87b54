from __future__ import annotations

import pytest
from parsed import found, parse

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.enumerations import settle_examples
from policygraph.extraction.spot import NAME, Spot

PLURAL = "Number=Plur"


def examples(lang: str, noun: str, words: str, number: str = PLURAL) -> dict[str, str]:
    """The types of two names behind a noun and what introduces examples."""
    return found(parse(lang, "\n".join(rows_of(noun, words, number))))


def rows_of(noun: str, words: str, number: str) -> list[str]:
    rows = [f"{noun} {noun.removesuffix('s')} NOUN nsubj 0 - {number}"]
    rows += [f"{word} {word} ADP case 1" for word in words.split()]
    for name, between in (("Quorvid", ","), ("Zelbo", ".")):
        rows += [f"{name} {name} PROPN nmod 1 ORG", f"{between} {between} PUNCT punct 1"]
    return rows


@pytest.mark.parametrize(
    ("lang", "noun", "words", "type_"),
    [
        ("en", "apps", "such as", "Product"),
        ("en", "newspapers", ", including", "MediaOutlet"),
        ("en", "associations", ", among them", "AdvocacyGroup"),
        ("fr", "associations", ", dont", "AdvocacyGroup"),
        ("fr", "applications", "comme", "Product"),
    ],
)
def test_examples_of_a_noun_are_of_its_type(lang: str, noun: str, words: str, type_: str) -> None:
    assert examples(lang, noun, words) == {"Quorvid": type_, "Zelbo": type_}


@pytest.mark.parametrize(
    ("noun", "words", "number", "type_"),
    [
        ("newspapers", "including", PLURAL, "MediaOutlet"),
        ("newspapers", "against", PLURAL, "Company"),
        ("newspaper", "including", "Number=Sing", "Company"),
    ],
)
def test_what_stands_behind_a_noun_otherwise_is_no_example(
    noun: str, words: str, number: str, type_: str
) -> None:
    doc = parse("en", "\n".join(rows_of(noun, words, number)))
    names = [Spot(t.i, t.i + 1, "Company", NAME) for t in doc if t.text in ("Quorvid", "Zelbo")]

    settle_examples(doc, names, load_lexicon("en"))

    assert [name.type for name in names] == [type_, type_]


def test_a_person_among_examples_stays_one() -> None:
    doc = parse(
        "en",
        """
        apps app NOUN ROOT 0 - Number=Plur
        like like ADP case 3
        Mary Mary PROPN flat 4 PERSON
        Quorne Quorne PROPN nmod 1 PERSON+
        """,
    )

    assert found(doc) == {"Mary Quorne": "Person"}


def test_a_name_whose_words_tell_its_type_is_of_that() -> None:
    doc = parse(
        "en",
        """
        apps app NOUN ROOT 0 - Number=Plur
        like like ADP case 3
        Quorne Quorne PROPN flat 4 ORG
        University University PROPN nmod 1 ORG+
        """,
    )

    assert found(doc) == {"Quorne University": "ResearchOrganization"}
