from __future__ import annotations

from parsed import parse, read_names

from policygraph.extraction.qualifiers import amount_of, dates_of, duration_deadline


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


def test_a_state_has_no_date_of_what_else_is_said() -> None:
    doc = parse("en", OWNER.format(since="now now ADV advmod 3"))
    reading = read_names(doc, "2020-12-10")

    assert dates_of(reading, doc[2], []) == ("2020-12-07", None)
    assert dates_of(reading, doc[2], [], state=True) == (None, None)


def test_a_state_has_the_date_on_its_own_word() -> None:
    doc = parse("en", OWNER.format(since="2013-06-11 2013-06-11 NUM nmod 3"))

    assert dates_of(read_names(doc, "2020-12-10"), doc[2], [], state=True) == ("2013-06-11", None)


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


STAKES = """
    Google Google PROPN nsubj 2 ORG
    holds hold VERB ROOT 0
    Waze Waze PROPN obj 2 ORG
    ( ( PUNCT punct 5
    30 30 NUM nummod 3
    % % SYM flat 5
    ) ) PUNCT punct 5
    and and CCONJ cc 9
    Meta Meta PROPN conj 3 ORG
    ( ( PUNCT punct 11
    20 20 NUM nummod 9
    % % SYM flat 11
    ) ) PUNCT punct 11
"""


def test_the_amount_in_brackets_is_of_what_stands_before_it() -> None:
    doc = parse("en", STAKES)
    reading = read_names(doc, "2020-12-10")

    assert amount_of(reading, doc[1], [doc[0], doc[2]], share=True) == "30%"
    assert amount_of(reading, doc[1], [doc[0], doc[8]], share=True) == "20%"
    assert amount_of(reading, doc[1], [doc[0], doc[8]], share=False) is None
