from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.qualifiers.qualifiers import dates_of, duration_deadline


def test_a_day_that_the_parse_hangs_on_a_name_dates_the_event() -> None:
    doc = parse(
        "fr",
        """
        Zorblax Zorblax PROPN nsubj 2 ORG
        attaque attaquer VERB ROOT 0
        Google Google PROPN obj 2 ORG
        mardi mardi NOUN flat:name 3
        """,
    )

    assert dates_of(read_names(doc, "2020-12-10"), doc[1], []) == ("2020-12-08", None)


def test_a_year_that_belongs_to_a_name_does_not() -> None:
    doc = parse(
        "fr",
        """
        Zorblax Zorblax PROPN nsubj 2 ORG
        quitte quitter VERB ROOT 0
        Vivatech Vivatech PROPN obj 2 ORG
        2019 2019 NUM flat:name 3
        """,
    )

    assert dates_of(read_names(doc, "2020-12-10"), doc[1], []) == (None, None)


MONDAY = """
    The the DET det 2
    court court NOUN nsubj 5
    late late ADV advmod 4
    Monday Monday PROPN nmod 2
    fined fine VERB ROOT 0
    Google Google PROPN obj 5 ORG
"""


def test_a_day_right_before_a_verb_is_its_own() -> None:
    doc = parse("en", MONDAY)

    assert dates_of(read_names(doc, "2020-12-10"), doc[4], []) == ("2020-12-07", None)


SUED = """
    The the DET det 2
    firm firm NOUN nsubj 7
    which which PRON obj 5
    Google Google PROPN nsubj 5 ORG
    sued sue VERB acl:relcl 2
    Monday Monday PROPN obl 5
    attacked attack VERB ROOT 0
    Meta Meta PROPN obj 7 ORG
"""


def test_a_day_of_another_verb_is_not_the_next_one_s() -> None:
    doc = parse("en", SUED)
    reading = read_names(doc, "2020-12-10")

    assert dates_of(reading, doc[6], []) == (None, None)
    assert dates_of(reading, doc[4], []) == ("2020-12-07", None)


BECAME = """
    Doe Doe PROPN nsubj 2 PER
    became become VERB ROOT 0
    head head NOUN xcomp 2
    of of ADP case 5
    Google Google PROPN nmod 3 ORG
    on on ADP case 7
    2013-06-11 2013-06-11 NUM obl 2
"""


def test_a_state_begins_with_what_begins_it() -> None:
    doc = parse("en", BECAME)

    assert dates_of(read_names(doc, "2020-12-10"), doc[2], [], since=True) == ("2013-06-11", None)


OWNER = """
    Google Google PROPN nsubj 8 ORG
    , , PUNCT punct 1
    owner owner NOUN appos 1
    of of ADP case 5
    Waze Waze PROPN nmod 3 ORG
    {since}
    , , PUNCT punct 1
    sued sue VERB ROOT 0
    Meta Meta PROPN obj 8 ORG
    Monday Monday PROPN obl 8
"""


OWNER_SINCE = """
    Google Google PROPN nsubj 8 ORG
    , , PUNCT punct 1
    owner owner NOUN appos 1
    of of ADP case 5
    Waze Waze PROPN nmod 3 ORG
    {word} {word} ADP case 7
    2013-06-11 2013-06-11 NUM nmod 3
    sued sue VERB ROOT 0
    Meta Meta PROPN obj 8 ORG
"""

OWNS_SINCE = """
    Google Google PROPN nsubj 2 ORG
    possède posséder VERB ROOT 0
    Waze Waze PROPN obj 2 ORG
    {word} {word} ADP case 6
    début début NOUN case 6
    juin juin NOUN obl 2
    2013 2013 NUM nmod 6
"""


def test_a_state_has_no_date_of_what_else_is_said() -> None:
    doc = parse("en", OWNER.format(since="now now ADV advmod 3"))
    reading = read_names(doc, "2020-12-10")

    assert dates_of(reading, doc[2], []) == ("2020-12-07", None)
    assert dates_of(reading, doc[2], [], since=True) == (None, None)


def test_a_state_has_the_date_on_its_own_word() -> None:
    doc = parse("en", OWNER_SINCE.format(word="since"))

    assert dates_of(read_names(doc, "2020-12-10"), doc[2], [], since=True) == ("2013-06-11", None)


def test_a_state_has_no_date_that_is_no_beginning() -> None:
    doc = parse("en", OWNER_SINCE.format(word="on"))

    assert dates_of(read_names(doc, "2020-12-10"), doc[2], [], since=True) == (None, None)


def test_a_state_has_the_date_since_when_it_holds_in_french() -> None:
    for word, date in (("depuis", "2013-06"), ("en", None)):
        doc = parse("fr", OWNS_SINCE.format(word=word))

        found = dates_of(read_names(doc, "2020-12-10"), doc[1], [], since=True)

        assert found == (date, None)


TERM = """
    Google Google PROPN nsubj 2 ORG
    has have VERB ROOT 0
    ten ten NUM nummod 4
    days day NOUN obj 2
"""


def test_a_term_runs_from_the_day_that_it_was_set() -> None:
    doc = parse("en", TERM)
    reading = read_names(doc, "2020-12-10")

    assert duration_deadline(reading, doc[1], None) == "2020-12-20"
    assert duration_deadline(reading, doc[1], "2020-12-08") == "2020-12-18"
    assert duration_deadline(reading, doc[1], "2020-12") == "2020-12-20"


TERMS = """
    Google Google PROPN nsubj 5 ORG
    , , PUNCT punct 1
    five five NUM nummod 4
    months month NOUN obl 5
    gave give VERB ROOT 0
    two two NUM nummod 7
    months month NOUN obj 5
"""


def test_the_term_behind_the_verb_counts_first() -> None:
    doc = parse("en", TERMS)

    assert duration_deadline(read_names(doc, "2020-12-10"), doc[4], None) == "2021-02"


UNDER_LAW = """
    {how} {how} ADP case 3
    {the} le DET det 3
    {law} {law} NOUN obl 7
    {of} de ADP case 5
    2013-06-11 2013-06-11 NUM nmod 3
    Google Google PROPN nsubj 7 ORG
    attaque attaquer VERB ROOT 0
    Meta Meta PROPN obj 7 ORG
"""


@pytest.mark.parametrize(
    ("how", "law", "date"),
    [
        ("selon", "loi", None),
        ("selon", "décret", None),
        ("par", "décret", "2013-06-11"),  # the means
        ("selon", "annonce", "2013-06-11"),
    ],
)
def test_the_day_of_a_law_is_not_when_it_is_applied(how: str, law: str, date: str | None) -> None:
    doc = parse("fr", UNDER_LAW.format(how=how, the="la", law=law, of="du"))

    assert dates_of(read_names(doc, "2020-12-10"), doc[6], []) == (date, None)


def test_the_day_of_a_law_is_that_of_a_claim_about_it() -> None:
    doc = parse("fr", UNDER_LAW.format(how="selon", the="la", law="loi", of="du"))
    reading = read_names(doc, "2020-12-10")

    assert dates_of(reading, doc[6], [], [doc[5], doc[2]]) == (None, None)
    assert dates_of(reading, doc[6], [], [doc[5], doc[2]], made=True) == ("2013-06-11", None)


EACH_ITS_DAY = """
    Meta Meta PROPN nsubj 2 ORG
    attaque attaquer VERB ROOT 0
    Google Google PROPN obj 2 ORG
    {en} {en} ADP case 5
    2019 2019 NUM {first}
    et et CCONJ cc 7
    Amazon Amazon PROPN conj 3 ORG
    {en} {en} ADP case 9
    2020 2020 NUM nmod 7
"""
DAYS_FIRST = """
    Meta Meta PROPN nsubj 2 ORG
    sued sue VERB ROOT 0
    in in ADP case 4
    2019 2019 NUM obl 2
    Google Google PROPN obj 2 ORG
    and and CCONJ cc 8
    in in ADP case 8
    2020 2020 NUM nmod 9
    Amazon Amazon PROPN conj 5 ORG
"""


@pytest.mark.parametrize(
    ("lang", "table", "places"),
    [
        ("fr", EACH_ITS_DAY.format(en="en", first="obl 2"), (2, 6)),
        ("en", EACH_ITS_DAY.format(en="in", first="nmod 3"), (2, 6)),
        ("en", DAYS_FIRST, (4, 8)),
    ],
)
def test_each_object_has_the_day_told_with_it(
    lang: str, table: str, places: tuple[int, int]
) -> None:
    doc = parse(lang, table)
    reading = read_names(doc)

    found = [dates_of(reading, doc[1], [], [doc[0], doc[i]]) for i in places]

    assert found == [("2019", None), ("2020", None)]


def test_years_of_names_are_not_the_event_s() -> None:
    table = EACH_ITS_DAY.format(en="in", first="nmod 3").replace("in in ADP", "fair fair NOUN")
    doc = parse("en", table)

    assert dates_of(read_names(doc), doc[1], [], [doc[0], doc[6]]) == (None, None)


TWO_DAYS_OF_ONE = """
    Meta Meta PROPN nsubj 2 ORG
    sued sue VERB ROOT 0
    Google Google PROPN obj 2 ORG
    and and CCONJ cc 5
    Amazon Amazon PROPN conj 3 ORG
    in in ADP case 7
    2019 2019 NUM obl 2
    and and CCONJ cc 10
    in in ADP case 10
    2020 2020 NUM conj 7
"""


def test_days_behind_all_objects_are_of_each() -> None:
    doc = parse("en", TWO_DAYS_OF_ONE)
    reading = read_names(doc)

    found = [dates_of(reading, doc[1], [], [doc[0], doc[i]]) for i in (2, 4)]

    assert found == [("2019", None), ("2019", None)]


OLD_ACT = """
    Under under ADP case 3
    the the DET det 3
    {law} {law} NOUN obl 7
    {of} {of} ADP case 5
    2013-06-11 2013-06-11 NUM nmod 3
    Google Google PROPN nsubj 7 ORG
    attacks attack VERB ROOT 0
    Meta Meta PROPN obj 7 ORG
"""


@pytest.mark.parametrize(
    ("law", "of", "date"),
    [("regulation", "of", None), ("law", "on", "2013-06-11"), ("sun", "of", "2013-06-11")],
)
def test_so_it_is_in_english(law: str, of: str, date: str | None) -> None:
    doc = parse("en", OLD_ACT.format(law=law, of=of))

    assert dates_of(read_names(doc, "2020-12-10"), doc[6], []) == (date, None)
