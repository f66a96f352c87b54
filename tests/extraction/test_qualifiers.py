from __future__ import annotations

from parsed import parse, read_names

from policygraph.extraction.qualifiers import dates_of


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
