from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.coreference.beside import named_beside


def beside(lang: str, table: str, word: str) -> str | None:
    """The name that a noun stands beside."""
    reading = read_names(parse(lang, table))
    [noun] = [token for token in reading.tokens if token.text == word]
    node = named_beside(reading, noun, reading.lexicon.types_of_noun(noun))
    return None if node is None else node.name


@pytest.mark.parametrize("arc", ["appos 4", "parataxis 2"])
def test_a_noun_after_a_comma_explains_the_name_before_it(arc: str) -> None:
    table = f"""
        Regulators regulator NOUN nsubj 2 - Number=Plur
        opened open VERB ROOT 0
        an a DET det 4 - -
        inquiry inquiry NOUN obj 2
        into into ADP case 6
        Zorblax Zorblax PROPN nmod 4 ORG
        , , PUNCT punct 10
        a a DET det 10 - Definite=Ind|PronType=Art
        hiking hiking NOUN compound 10
        app app NOUN {arc} - Number=Sing
        . . PUNCT punct 2
        """

    assert beside("en", table, "app") == "Zorblax"


LIST = """
    Zorblax Zorblax PROPN nsubj 10 ORG Number=Sing
    and and CCONJ cc 3
    Velteks Velteks PROPN conj 1 ORG Number=Sing
    , , PUNCT punct 6
    the the DET det 6
    {word} {word} NOUN {arc} - Number={number}
    of of ADP case 8
    Arpol Arpol PROPN nmod 6 ORG
    {mark} {mark} {pos} punct 10
    declined decline VERB ROOT 0
    """


@pytest.mark.parametrize(
    ("word", "arc", "number", "mark", "pos", "name"),
    [
        ("owner", "appos 1", "Sing", ",", "PUNCT", "Velteks"),
        ("owner", "nsubj 10", "Sing", ",", "PUNCT", "Velteks"),
        ("owners", "appos 1", "Plur", ",", "PUNCT", "Zorblax"),
        ("owner", "nsubj 10", "Sing", "also", "ADV", None),
    ],
)
def test_one_thing_is_explained_by_the_last_name_of_a_list(
    word: str, arc: str, number: str, mark: str, pos: str, name: str | None
) -> None:
    table = LIST.format(word=word, arc=arc, number=number, mark=mark, pos=pos)

    assert beside("en", table.replace("owners owners", "owners owner"), word) == name


def test_what_a_name_behind_it_tells_explains_no_name_before_it() -> None:
    table = """
        Zorblax Zorblax PROPN nsubj 6 ORG
        , , PUNCT punct 4
        la le DET det 4
        firme firme NOUN appos 1 - Number=Sing
        Velteks Velteks PROPN appos 4 ORG
        hésite hésiter VERB ROOT 0
        """

    assert beside("fr", table, "firme") == "Velteks"


@pytest.mark.parametrize(("mark", "named"), [("PUNCT", "Zilda Quorne"), ("VERB", None)])
def test_a_person_is_named_behind_a_post_and_its_complements(mark: str, named: str | None) -> None:
    table = f"""
        The the DET det 2
        head head NOUN nsubj 10
        of of ADP case 5
        the the DET det 5
        agency agency NOUN nmod 2
        , , PUNCT punct 7
        Zilda Zilda PROPN dep 10 PERSON
        Quorne Quorne PROPN flat 7 PERSON+
        {"," if mark == "PUNCT" else "adds"} x {mark} punct 10
        spoke speak VERB ROOT 0
        """

    assert beside("en", table, "head") == named


@pytest.mark.parametrize(
    ("owner", "verb", "name"),
    [
        ("Arpol Arpol PROPN nmod:poss 3", "said say VERB ROOT 0", "Velteks"),
        ("The the DET det 3", "bought buy VERB ROOT 0", None),
    ],
)
def test_a_name_behind_an_owned_noun_is_the_noun_s_own(
    owner: str, verb: str, name: str | None
) -> None:
    table = f"""
        {owner}
        parent parent NOUN compound 3
        company company NOUN obl 5 - Number=Sing
        Velteks Velteks PROPN nsubj 5 ORG
        {verb}
        """

    assert beside("en", table, "company") == name


GIANT = """
    Arpol Arpol PROPN nsubj 2 ORG - -
    vise viser VERB ROOT 0
    Zorblax Zorblax PROPN obj 2 ORG
    et et CCONJ cc 6
    le le DET det 6
    géant géant NOUN conj 3 - Number=Sing
    {complement}
    Velteks Velteks PROPN obj 2 ORG
    """


@pytest.mark.parametrize(
    ("complement", "name"),
    [
        ("de de ADP case 9\nla le DET det 9\nmode mode NOUN nmod 6 - Number=Sing", "Velteks"),
        ("des de ADP case 8\nréseaux réseau NOUN nmod 6 - Number=Plur", "Velteks"),
        ("du de ADP case 8\ngroupe groupe NOUN nmod 6 - Number=Sing", None),
        ("de de ADP case 7", None),
        ("avec avec ADP case 8\nforce force NOUN nmod 6 - Number=Sing", None),
    ],
)
def test_a_name_behind_complements_is_the_noun_s_unless_it_tells_one_of_them(
    complement: str, name: str | None
) -> None:
    assert beside("fr", GIANT.format(complement=complement), "géant") == name


def test_the_name_behind_a_noun_of_a_nation_is_its_own_whatever_the_parse() -> None:
    table = """
        Le le DET det 2
        géant géant NOUN amod 3 - Number=Sing
        chinois chinois NOUN nsubj 5 - Number=Sing
        Velteks Velteks PROPN appos 3 ORG
        hésite hésiter VERB ROOT 0
        """

    assert beside("fr", table, "géant") == "Velteks"


WATCHDOG = """
    The the DET det 2
    watchdog watchdog NOUN nsubj 7 - Number=Sing
    , , PUNCT punct 5
    the the DET det 5
    CNIL CNIL PROPN dep 7 ORG
    , , PUNCT punct 7
    {after}
    """


@pytest.mark.parametrize(
    ("after", "name"),
    [("acted act VERB ROOT 0", "CNIL"), ("Arpol Arpol PROPN ROOT 0 ORG", None)],
)
def test_a_name_set_off_behind_a_noun_is_its_own_but_in_a_list(
    after: str, name: str | None
) -> None:
    assert beside("en", WATCHDOG.format(after=after), "watchdog") == name


@pytest.mark.parametrize(
    ("label", "word", "name"),
    [
        ("ORG", "rival", "Velteks"),
        ("PERSON", "rival", "Velteks"),
        ("ORG", "opponent", None),
        ("PERSON", "opponent", "Velteks"),
    ],
)
def test_who_may_be_a_person_or_a_firm_is_told_by_the_name_behind_it(
    label: str, word: str, name: str | None
) -> None:
    table = f"""
        Its its PRON nmod:poss 2
        {word} {word} NOUN nsubj 4 - Number=Sing
        Velteks Velteks PROPN nsubj 4 {label}
        left leave VERB ROOT 0
        """

    assert beside("en", table, word) == name


@pytest.mark.parametrize(("before", "pos", "name"), [("by", "ADP", None), ("too", "ADV", "Arpol")])
def test_a_name_that_ends_another_phrase_is_not_explained_behind_it(
    before: str, pos: str, name: str | None
) -> None:
    table = f"""
        {before} {before} {pos} case 2
        Arpol Arpol PROPN obl 6 ORG
        , , PUNCT punct 6
        the the DET det 5
        firm firm NOUN nsubj 9 - Number=Sing
        , , PUNCT punct 7
        based base VERB acl 5
        , , PUNCT punct 7
        appealed appeal VERB ROOT 0
        """

    assert beside("en", table, "firm") == name


@pytest.mark.parametrize(
    ("first", "name"), [("Selon selon ADP case", None), ("Et et CCONJ cc", "CNIL")]
)
def test_whoever_a_source_is_called_is_not_the_subject_behind_it(
    first: str, name: str | None
) -> None:
    table = f"""
        {first} 3
        le le DET det 3
        régulateur régulateur NOUN obl:mod 6 - Number=Sing
        , , PUNCT punct 3
        CNIL CNIL PROPN nsubj 8 ORG
        , , PUNCT punct 5
        qui qui PRON nsubj 8
        agit agir VERB ROOT 0
        """

    assert beside("fr", table, "régulateur") == name
