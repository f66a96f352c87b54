"""How a noun stands to the names around it."""

from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.coreference.standing import Standing

ACCUSED = """
    Apple Apple PROPN nsubj 2 ORG
    accuses accuse VERB ROOT 0
    the the DET det 4
    firm firm NOUN obj 2
"""
SAID = """
    Apple Apple PROPN nsubj 2 ORG
    said say VERB ROOT 0
    the the DET det 4
    firm firm NOUN nsubj 5
    waits wait VERB ccomp 2
"""
TWO_CLAUSES = """
    Apple Apple PROPN nsubj 2 ORG
    sued sue VERB ROOT 0
    and and CCONJ cc 5
    Meta Meta PROPN nsubj 5 ORG
    left leave VERB conj 2
    the the DET det 7
    firm firm NOUN obj 5
"""
SET_OFF = """
    Users user NOUN nsubj 7
    of of ADP case 3
    Velteks Velteks PROPN nmod 1 ORG
    {} {} PUNCT punct 6
    the the DET det 6
    firm firm NOUN {} 7
    left leave VERB ROOT 0
"""
BEFORE = """
    The the DET det 2
    firm firm NOUN nsubj 4
    Velteks Velteks PROPN flat 2 ORG
    left leave VERB ROOT 0
"""


def above(table: str, lang: str = "en") -> list[tuple[str, str]]:
    reading = read_names(parse(lang, table))
    noun = next(token for token in reading.doc if token.text == "firm")
    return [(node.name, how) for node, how in Standing(reading).above(noun.i)]


def set_off(table: str) -> list[tuple[str, str]]:
    reading = read_names(parse("en", table))
    noun = next(token for token in reading.doc if token.text == "firm")
    return [(node.name, how) for node, how in Standing(reading).set_off(noun.i)]


def test_a_subject_acts_on_the_noun_of_its_own_clause() -> None:
    assert above(ACCUSED) == [("Apple", "clause")]


def test_what_is_said_is_another_clause() -> None:
    assert above(SAID) == [("Apple", "ccomp")]


def test_a_joined_clause_has_its_own_subject() -> None:
    assert above(TWO_CLAUSES) == [("Apple", "conj"), ("Meta", "clause")]


def test_a_mark_sets_a_noun_off_whatever_the_parse() -> None:
    assert set_off(SET_OFF.format(",", ",", "appos")) == [("Velteks", "after mark")]
    assert set_off(SET_OFF.format("–", "–", "obl")) == [("Velteks", "after mark")]


def test_a_word_between_sets_nothing_off() -> None:
    assert set_off(SET_OFF.format("as", "as", "appos").replace("PUNCT", "ADP")) == []


def test_a_name_right_after_the_noun() -> None:
    assert set_off(BEFORE) == [("Velteks", "before")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("firm NOUN", "for ADP", "food NOUN", ", PUNCT", "Velteks PROPN"), "followed mark"),
        (("firm NOUN", "for ADP", "food NOUN", "Velteks PROPN"), "followed NOUN"),
        (("firm NOUN", "near ADP", "Velteks PROPN"), "followed ADP"),
        (("firm NOUN", "sued VERB", "Velteks PROPN"), None),
        (("firm NOUN", "Velteks PROPN"), None),  # right beside: see ``set_off``
    ],
)
def test_a_name_follows_a_noun_and_its_complements(
    words: tuple[str, ...], told: str | None
) -> None:
    rows = [f"{word.split()[0]} {word} dep 0" for word in words]
    rows = [row.replace("dep 0", "ROOT 0" if n == 0 else "dep 1") for n, row in enumerate(rows)]
    doc = parse("en", "\n".join([*rows[:-1], f"{rows[-1]} ORG"]))

    found = Standing(read_names(doc)).followed(0)

    assert (found[1] if found else None) == told
    assert found is None or found[0].name == "Velteks"


def named(table: str, word: str, lang: str = "en", told: bool = False) -> list[str]:
    """What a noun never stands for, or what only its words name, in order of appearance."""
    reading = read_names(parse(lang, table))
    noun = next(token for token in reading.doc if token.text == word)
    standing = Standing(reading)
    types = reading.lexicon.types_of_noun(noun)
    found = standing.told(noun) if told else standing.apart(noun, types)
    return [node.name for node in reading.nodes if id(node) in found]


OWNED = """
    Velteks Velteks PROPN nmod:poss 2 ORG
    {} {} NOUN nsubj 3
    left leave VERB ROOT 0
"""
OF = """
    {0} {0} NOUN nsubj 4
    {1} {1} ADP case 3
    Velteks Velteks PROPN nmod 1 ORG
    x x VERB ROOT 0
"""
JOINED = """
    Velteks Velteks PROPN nsubj 4 ORG
    {} {} {} 3
    firm firm NOUN conj 1
    left leave VERB ROOT 0
"""


@pytest.mark.parametrize(
    ("lang", "table", "word", "found"),
    [
        ("en", OWNED.format("firm", "firm"), "firm", ["Velteks"]),
        ("en", OWNED.format("agency", "agency"), "agency", ["Velteks"]),
        ("en", OF.format("owner", "of"), "owner", ["Velteks"]),
        ("fr", OF.format("filiale", "de"), "filiale", ["Velteks"]),
        ("en", OF.format("city", "of"), "city", []),
        ("en", OF.format("firm", "behind"), "firm", []),
        ("en", JOINED.format("and", "and", "CCONJ cc"), "firm", ["Velteks"]),
        ("en", JOINED.format(",", ",", "PUNCT punct"), "firm", []),
    ],
)
def test_a_noun_never_stands_for_its_owner_nor_for_what_it_is_joined_with(
    lang: str, table: str, word: str, found: list[str]
) -> None:
    assert named(table, word, lang) == found


@pytest.mark.parametrize(
    ("arc", "found"), [("obj", ["Velteks"]), ("iobj", ["Velteks"]), ("obl", []), ("nsubj", [])]
)
def test_what_is_done_to_a_noun_is_not_done_by_itself(arc: str, found: list[str]) -> None:
    table = f"""
        Velteks Velteks PROPN nsubj 2 ORG
        met meet VERB ROOT 0
        firm firm NOUN {arc} 2
        """

    assert named(table, "firm") == found


@pytest.mark.parametrize(("arc", "found"), [("ccomp", ["Velteks"]), ("advcl", [])])
def test_what_only_its_words_name_is_told_by_a_noun(arc: str, found: list[str]) -> None:
    table = f"""
        agency agency NOUN nsubj 2
        says say VERB ROOT 0
        Velteks Velteks PROPN nsubj 4 ORG
        left leave VERB {arc} 2
        """

    assert named(table, "agency", told=True) == found


TOLD_OF = """
    {} {} {} 4
    is be AUX cop 4
    {}
    law law NOUN ROOT 0
"""


@pytest.mark.parametrize(
    ("subject", "before", "only"),
    [
        ("GDPR GDPR PROPN", "a a DET det 4", {"GDPR"}),
        ("It it PRON", "a a DET det 4", set()),
        ("people people NOUN", "a a DET det 4", None),
        ("GDPR GDPR PROPN", "in in ADP case 4", None),
    ],
)
def test_a_noun_stands_only_for_what_is_said_to_be_it(
    subject: str, before: str, only: set[str] | None
) -> None:
    word, lemma, pos = subject.split()
    reading = read_names(parse("en", TOLD_OF.format(word, lemma, f"{pos} nsubj", before)))

    found = Standing(reading).subject(reading.tokens[3])

    names = None if found is None else {n.name for n in reading.nodes if id(n) in found}
    assert names == only
