"""Which amount is a claim's own."""

from __future__ import annotations

import pytest
from parsed import parse, read_names
from spacy.tokens import Doc

from policygraph.extraction.qualifiers.amounts import amount_of, is_limited

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


WORTH = """
    Google Google PROPN nsubj 7 ORG
    ( ( PUNCT punct 3
    2000 2000 NUM nummod 5
    billion billion NUM nummod 5
    dollars dollar NOUN appos 1
    ) ) PUNCT punct 5
    bought buy VERB ROOT 0
    Waze Waze PROPN obj 7 ORG
    for for ADP case 11
    5 5 NUM nummod 11
    dollars dollar NOUN obl 7
"""


def test_what_is_said_of_the_subject_is_no_price() -> None:
    doc = parse("en", WORTH)
    reading = read_names(doc, "2020-12-10")

    assert amount_of(reading, doc[6], [doc[0], doc[7]], share=False) == "5 USD"


EACH_ITS_OWN = """
    Meta Meta PROPN nsubj 2 ORG
    paid pay VERB ROOT 0
    Google Google PROPN obj 2 ORG
    150 150 NUM nummod 5
    dollars dollar NOUN obj 2
    and and CCONJ cc 7
    Amazon Amazon PROPN conj 5 ORG
    60 60 NUM nummod 9
    dollars dollar NOUN conj 5
"""
FOR_EACH = """
    Meta Meta PROPN nsubj 2 ORG
    paie payer VERB ROOT 0
    150 150 NUM nummod 4
    euros euro NOUN obj 2
    à à ADP case 6
    Google Google PROPN obl 2 ORG
    et et CCONJ cc 9
    60 60 NUM nummod 9
    euros euro NOUN conj 4
    à à ADP case 11
    Amazon Amazon PROPN obl 2 ORG
"""
TOGETHER = """
    Meta Meta PROPN nsubj 2 ORG
    paid pay VERB ROOT 0
    Google Google PROPN obj 2 ORG
    and and CCONJ cc 5
    Amazon Amazon PROPN conj 3 ORG
    150 150 NUM nummod 7
    dollars dollar NOUN obj 2
    and and CCONJ cc 10
    60 60 NUM nummod 10
    dollars dollar NOUN conj 7
"""


@pytest.mark.parametrize(
    ("lang", "table", "places", "amounts"),
    [
        ("en", EACH_ITS_OWN, (2, 6), ("150 USD", "60 USD")),
        ("fr", FOR_EACH, (5, 10), ("150 EUR", "60 EUR")),
        ("en", TOGETHER, (2, 4), ("150 USD", "60 USD")),
    ],
)
def test_of_several_amounts_each_object_has_its_own(
    lang: str, table: str, places: tuple[int, int], amounts: tuple[str, str]
) -> None:
    doc = parse(lang, table)
    reading = read_names(doc)

    found = tuple(amount_of(reading, doc[1], [doc[0], doc[i]], share=False) for i in places)

    assert found == amounts


OF_WHICH = """
    Meta Meta PROPN nsubj 2 ORG
    paid pay VERB ROOT 0
    150 150 NUM nummod 4
    dollars dollar NOUN obj 2
    , , PUNCT punct 4
    60 60 NUM nummod 7
    dollars dollar NOUN appos 4
    at at ADP case 9
    once once ADV nmod 7
    , , PUNCT punct 4
    to to ADP case 12
    Google Google PROPN obl 2 ORG
"""


def test_an_object_that_stands_alone_has_the_amount_nearest_to_the_verb() -> None:
    doc = parse("en", OF_WHICH)

    assert amount_of(read_names(doc), doc[1], [doc[0], doc[11]], share=False) == "150 USD"


RATE = """
    Google Google PROPN nsubj 2 ORG
    bought buy VERB ROOT 0
    Waze Waze PROPN obj 2 ORG
    for for ADP case 6
    95 95 NUM nummod 6
    dollars dollar NOUN obl 2
    {each}
    or or CCONJ cc 12
    20 20 NUM nummod 12
    billion billion NUM nummod 12
    dollars dollar NOUN conj 6
"""
A_SHARE = """a a DET det 8
    share share NOUN nmod 6"""
FOR_SHARES = """in in ADP case 8
    shares share NOUN nmod 6"""
RATE_ALONE = """
    Google Google PROPN nsubj 2 ORG
    rachète racheter VERB ROOT 0
    Waze Waze PROPN obj 2 ORG
    pour pour ADP case 6
    95 95 NUM nummod 6
    euros euro NOUN obl 2
    {each}
"""


def test_an_amount_of_each_unit_counts_only_where_no_other_stands() -> None:
    by_share = parse("en", RATE.format(each=A_SHARE))
    in_shares = parse("en", RATE.format(each=FOR_SHARES))
    alone = parse("fr", RATE_ALONE.format(each="l' le DET det 8\n    action action NOUN nmod 6"))

    assert price(by_share) == "20000000000 USD"
    assert price(in_shares) == "95 USD"
    assert price(alone) == "95 EUR"


STAKE = """
    Google Google PROPN nsubj 2 ORG
    holds hold VERB ROOT 0
    30 30 NUM nummod 4
    % % SYM obj 2
    of of ADP case 6
    Waze Waze PROPN nmod 4 ORG
    for for ADP case 9
    40 40 NUM nummod 9
    dollars dollar NOUN obl 2
"""


def test_a_stake_has_its_share_rather_than_what_it_cost() -> None:
    doc = parse("en", STAKE)
    reading = read_names(doc)

    assert amount_of(reading, doc[1], [doc[0], doc[5]], share=True, stake=True) == "30%"
    assert amount_of(reading, doc[1], [doc[0], doc[5]], share=True) == "40 USD"


FINED = """
    Meta Meta PROPN nsubj 2 ORG
    conteste contester VERB ROOT 0
    l' le DET det 4
    amende amende NOUN obj 2
    de de ADP case 7
    500 500 NUM nummod 7
    euros euro NOUN nmod 4
    {that}
    Google Google PROPN nsubj 10 ORG
    inflige infliger VERB {dep} 4
    à à ADP case 12
    Waze Waze PROPN obl 10 ORG
"""


@pytest.mark.parametrize(
    ("that", "dep", "amount"),
    [
        ("que que PRON obj 10", "acl:relcl", "500 EUR"),
        ("que que SCONJ mark 10", "acl", "500 EUR"),
        ("quand quand SCONJ mark 10", "acl", None),
    ],
)
def test_an_amount_is_of_what_the_clause_behind_it_says_is_done(
    that: str, dep: str, amount: str | None
) -> None:
    doc = parse("fr", FINED.format(that=that, dep=dep))

    assert amount_of(read_names(doc), doc[9], [doc[8], doc[11]], share=False) == amount


BEHIND = """
    Google Google PROPN nsubj 2 ORG
    fined fine VERB ROOT 0
    Waze Waze PROPN obj 2 ORG
    ; ; PUNCT punct 6
    {who} {who} PRON {dep} 6
    earned earn VERB parataxis 2
    40 40 NUM nummod 8
    dollars dollar NOUN obj 6
"""


def test_an_amount_behind_a_semicolon_is_not_of_the_clause_before_it() -> None:
    apart = parse("en", BEHIND.format(who="it", dep="nsubj"))
    going_on = parse("en", BEHIND.format(who="then", dep="advmod"))

    assert price(apart) is None
    assert price(going_on) == "40 USD"


def price(doc: Doc) -> str | None:
    """What the first name pays for the third word, where the second says so."""
    return amount_of(read_names(doc), doc[1], [doc[0], doc[2]], share=False)


@pytest.mark.parametrize(
    ("words", "limited"), [("up to 5", True), ("close to 5", False), ("up to 6", False)]
)
def test_a_sum_that_may_be_reached_is_none_yet(words: str, limited: bool) -> None:
    first, second, sum_ = words.split()
    doc = parse(
        "en",
        f"""
        Velteks Velteks PROPN nsubj 2 ORG
        faces face VERB ROOT 0
        a a DET det 4
        fine fine NOUN obj 2
        of of ADP case 8
        {first} {first} ADV advmod 8
        {second} {second} ADP case 8
        {sum_} {sum_} NUM nummod 9
        dollars dollar NOUN nmod 4
        """,
    )

    assert is_limited(read_names(doc), doc[3], "5 USD") == limited


def test_what_tells_an_amount_in_another_currency_is_no_amount_of_its_own() -> None:
    doc = parse(
        "en",
        """
        Google Google PROPN nsubj:pass 2 ORG
        fined fine VERB ROOT 0
        5 5 NUM nummod 4
        euros euro NOUN obj 2
        ( ( PUNCT punct 7
        6 6 NUM nummod 7
        dollars dollar NOUN appos 4
        ) ) PUNCT punct 7
        Meta Meta PROPN obj 2 ORG
        """,
    )

    assert amount_of(read_names(doc), doc[1], [doc[0], doc[8]], share=False) == "5 EUR"


ASIDE = """
    Velteks Velteks PROPN nsubj 4 ORG
    , , PUNCT punct 4
    {} {} PRON nsubj 4
    backs back VERB ROOT 0
    Google Google PROPN obj 4 ORG
    {} {} PUNCT punct 7
    sold sell VERB conj 4
    Waze Waze PROPN obj 7 ORG
    for for ADP case 11
    5 5 NUM nummod 11
    dollars dollar NOUN obl 7
"""


@pytest.mark.parametrize(
    ("pronoun", "mark", "amount"),
    [("which", ",", None), ("which", "and", "5 USD"), ("it", ",", "5 USD")],
)
def test_what_a_relative_clause_tells_costs_nothing_of_what_goes_on_behind_it(
    pronoun: str, mark: str, amount: str | None
) -> None:
    doc = parse("en", ASIDE.format(pronoun, pronoun, mark, mark))
    reading = read_names(doc, "2020-12-10")

    assert amount_of(reading, doc[3], [doc[0], doc[4]], share=False) == amount
    assert amount_of(reading, doc[6], [doc[0], doc[7]], share=False) == "5 USD"
