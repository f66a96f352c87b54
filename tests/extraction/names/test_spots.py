from __future__ import annotations

import pytest
import spacy
from parsed import found, parse, read_names
from spacy.tokens import Doc

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.spots import find_spots
from policygraph.extraction.spot import DEMONYM


def test_an_article_does_not_hide_the_longer_name_behind_it() -> None:
    doc = parse(
        "en",
        """
        The The DET det 2
        Information Information PROPN compound 5
        Commissioner Commissioner PROPN nmod:poss 5
        's 's PART case 3
        Office Office PROPN nsubj 6
        agreed agree VERB ROOT 0
        """,
    )

    assert found(doc) == {"Information Commissioner's Office": "GovernmentBody"}


@pytest.mark.usefixtures("word_lists_alone")
def test_a_person_of_that_name_does_not_vouch_for_a_firm() -> None:
    person = "Ford Ford PROPN nsubj 2 PERSON\nsaid say VERB ROOT 0"

    assert found(parse("en", person)).get("Ford") in (None, "Person")


@pytest.mark.parametrize(
    ("word", "pos", "noun", "names"),
    [("Labour", "PROPN", "leader", ["Labour"]), ("Viennese", "ADJ", "firm", [])],
)
def test_a_noun_for_an_actor_is_no_part_of_the_name_before_it(
    word: str, pos: str, noun: str, names: list[str]
) -> None:
    doc = parse(
        "en",
        f"""
        The the DET det 3
        {word} {word.lower()} {pos} compound 3 ORG
        {noun} {noun} NOUN nsubj 4 ORG+
        spoke speak VERB ROOT 0
        """,
    )

    assert list(found(doc)) == names


def test_an_honorific_announces_a_person() -> None:
    doc = parse(
        "fr",
        """
        Selon selon ADP case 3
        M. M. NOUN nmod 3
        Therrien Therrien PROPN obl 5
        , , PUNCT punct 5
        non non ADV ROOT 0
        """,
    )

    assert found(doc) == {"M. Therrien": "Person"}


def test_a_noun_announces_a_name_that_the_model_missed() -> None:
    doc = parse(
        "fr",
        """
        L' le DET det 2
        association association NOUN nsubj 4
        Zorblax Zorblax PROPN nmod 2
        proteste protester VERB ROOT 0
        """,
    )

    assert found(doc) == {"Zorblax": "AdvocacyGroup"}


def test_a_common_word_at_the_start_of_a_sentence_is_no_name() -> None:
    doc = parse(
        "en", "Elsewhere elsewhere ADV advmod 3 ORG\nit it PRON nsubj 3\nrained rain VERB ROOT 0"
    )

    assert found(doc) == {}


def test_a_title_alone_is_no_name() -> None:
    doc = parse("fr", "Le le DET det 2\nPDG pdg NOUN nsubj 3 PER\nparle parler VERB ROOT 0")

    assert found(doc) == {}


def test_a_dateline_in_capitals_is_a_place() -> None:
    doc = parse("fr", "LONDRES LONDRES PROPN ROOT 0 LOC\n, , PUNCT punct 1\n14 14 NUM nummod 1")

    assert found(doc)["LONDRES"] == "Place"


def test_a_name_found_once_is_found_again() -> None:
    doc = parse(
        "en",
        """
        Nestcorp Nestcorp PROPN nsubj 2 ORG
        grew grow VERB ROOT 0

        They they PRON nsubj 2
        like like VERB ROOT 0
        Nestcorp Nestcorp PROPN obj 2
        """,
    )

    assert [s.start for s in find_spots(doc, load_lexicon("en"), None)] == [0, 4]


def test_a_city_s_adjective_names_the_city() -> None:
    doc = parse(
        "fr", "la le DET det 2\nfirme firme NOUN ROOT 0\nnew-yorkaise new-yorkais ADJ amod 2"
    )

    assert found(doc) == {"new-yorkaise": "Place"}


@pytest.mark.usefixtures("word_lists_alone")
def test_a_given_name_or_initials_tell_a_person() -> None:
    doc = parse(
        "en",
        """
        Yvonne Yvonne PROPN nsubj 3 ORG
        Quorne Quorne PROPN flat 1 ORG+
        joined join VERB ROOT 0
        R R PROPN obj 3 ORG
        V V PROPN flat 4 ORG+
        Zorblax Zorblax PROPN flat 4 ORG+
        """,
    )

    assert found(doc) == {"Yvonne Quorne": "Person", "R V Zorblax": "Person"}


def test_a_capital_is_a_government_where_it_acts_or_is_acted_on() -> None:
    acted_on = parse(
        "en", "They they PRON nsubj 2\naccused accuse VERB ROOT 0\nBeijing Beijing PROPN obj 2"
    )
    visited = parse(
        "en",
        "They they PRON nsubj 2\nmet meet VERB ROOT 0\nin in ADP case 4\nBeijing - PROPN obl 2",
    )

    assert found(acted_on) == {"Beijing": "Country"}
    assert found(visited) == {"Beijing": "Place"}


def test_a_name_does_not_end_with_what_joins_a_place_to_it() -> None:
    doc = parse(
        "en",
        """
        Zorblax Zorblax PROPN nsubj 4 ORG
        of of ADP case 3 ORG+
        Denver Denver PROPN nmod 1 LOC
        refused refuse VERB ROOT 0
        """,
    )

    assert "Zorblax" in found(doc)


def test_a_nationality_may_begin_the_name_of_a_firm_but_not_of_a_regulator() -> None:
    firm = """
    Canadian Canadian PROPN compound 2 ORG
    Zorblax Zorblax PROPN nsubj 3 ORG+
    agreed agree VERB ROOT 0
    """
    regulator = """
    Canadian canadian ADJ amod 2 ORG
    regulator regulator NOUN nsubj 3 ORG+
    agreed agree VERB ROOT 0
    """

    assert "Canadian Zorblax" in found(parse("en", firm))
    assert not any("regulator" in name for name in found(parse("en", regulator)))


def test_a_post_is_no_person_and_no_part_of_a_persons_name() -> None:
    doc = parse(
        "en",
        """
        Foreign Foreign PROPN compound 2 PERSON
        Minister Minister PROPN compound 3 PERSON+
        Wanza Wanza PROPN nsubj 4 -
        met meet VERB ROOT 0
        Chair Chair PROPN compound 6 PERSON
        Ilbrek Ilbrek PROPN obj 4 PERSON+
        """,
    )

    assert set(found(doc)) == {"Ilbrek"}


@pytest.mark.usefixtures("word_lists_alone")
def test_names_without_a_capital_are_a_site_s_address_or_no_common_noun() -> None:
    doc = parse(
        "en",
        """
        4blort 4blort PROPN nsubj 4 PRODUCT
        and and CCONJ cc 3
        quorne.is quorne.is X conj 1
        sued sue VERB ROOT 0
        police police NOUN obj 4 ORG
        over over ADP case 7
        www.quorne.is/about www.quorne.is/about X obl 4
        """,
    )

    assert list(found(doc)) == ["4blort", "quorne.is"]


@pytest.mark.parametrize(
    ("words", "apart", "type_"),
    [
        ("the Alphabet - owned service", False, "Company"),
        ("the Amazon / Meta pact", False, "Company"),
        ("the Amazon – they say", True, "Place"),
    ],
)
def test_what_is_joined_to_a_firm_s_name_by_a_hyphen_makes_it_no_place(
    words: str, apart: bool, type_: str
) -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=words.split(),
        spaces=[True, apart, apart, True, False],
        pos=["DET", "PROPN", "PUNCT", "VERB", "NOUN"],
        sent_starts=[True, False, False, False, False],
    )

    spots = find_spots(doc, load_lexicon("en"), None)

    assert [s.type for s in spots if s.start == 1] == [type_]


@pytest.mark.usefixtures("word_lists_alone")
@pytest.mark.parametrize("extent", [2, 3, 4])
def test_a_letter_that_begins_a_common_word_ends_no_name(extent: int) -> None:
    words = ["Quorne", "U", "-", "turn"]
    rows = [
        f"{word} {word} {'PROPN' if word[0].isupper() else 'NOUN'} dep 1 "
        f"{'-' if i >= extent else 'ORG+' if i else 'ORG'}"
        for i, word in enumerate(words)
    ]

    assert list(found(parse("en", "\n".join(rows)))) == ["Quorne"]


@pytest.mark.usefixtures("word_lists_alone")
def test_a_letter_before_a_name_is_part_of_it() -> None:
    rows = "Z Z PROPN dep 1 ORG\n- - PUNCT dep 1 ORG+\nQuorne Quorne PROPN dep 1 ORG+"

    assert list(found(parse("en", rows))) == ["Z - Quorne"]


def test_a_hashtag_keeps_its_sign_and_is_the_campaign_of_that_name() -> None:
    doc = parse(
        "en",
        """
        the the DET det 4
        # # SYM punct 3 ORG
        QuorneNow QuorneNow PROPN compound 4 ORG+
        coalition coalition NOUN nsubj 5 ORG+
        thanked thank VERB ROOT 0
        # # SYM punct 7
        QuorneNow QuorneNow PROPN obj 5 ORG
        """,
    )

    [node] = read_names(doc).nodes

    assert (node.name, len(node.spots)) == ("#QuorneNow coalition", 2)


@pytest.mark.usefixtures("word_lists_alone")
@pytest.mark.parametrize(("noun", "type_"), [("blogger", "Place"), ("app", "Product")])
def test_who_is_based_in_it_tells_a_place(noun: str, type_: str) -> None:
    doc = parse(
        "en",
        f"""
        a a DET det 5
        Quorne Quorne PROPN compound 4 PRODUCT
        - - PUNCT punct 4
        based base VERB amod 5
        {noun} {noun} NOUN ROOT 0
        """,
    )

    assert found(doc) == {"Quorne": type_}


@pytest.mark.parametrize(
    ("word", "is_name"),
    [("openQuorne", True), ("uQuorne", True), ("kWh", False), ("QuorneNet", False),
     ("theQuorne", False), ("quorne", False)],
)  # fmt: skip
def test_a_capital_within_a_word_tells_a_name(word: str, is_name: bool) -> None:
    doc = parse("en", f"They they PRON nsubj 2\nuse use VERB ROOT 0\n{word} {word} NOUN obj 2")

    assert (word in found(doc)) == is_name


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["War/NOUN", "crimes/NOUN", "court/NOUN"], []),
        (["Privacy/PROPN", "watchdog/NOUN"], []),
        (["Dutch/PROPN", "consumer/NOUN", "organisation/NOUN"], ["Dutch"]),
        (["Quorne/PROPN", "police/NOUN"], ["Quorne police"]),
    ],
)
def test_a_description_of_a_body_is_no_name(words: list[str], names: list[str]) -> None:
    rows = []
    for i, word in enumerate(words):
        text, pos = word.split("/")
        rows.append(f"{text} {text.lower()} {pos} dep 1 ORG{'+' if i else ''}")

    assert list(found(parse("en", "\n".join(rows)))) == names


@pytest.mark.parametrize(
    ("lang", "words", "names"),
    [
        ("en", "NGO Quorne Now", ["Quorne Now"]),
        ("fr", "ONG Quorne", ["Quorne"]),
        ("en", "MPs", []),
        ("fr", "PME", []),
        ("en", "NGQ", ["NGQ"]),
    ],
)
def test_acronyms_of_common_nouns_name_nothing(lang: str, words: str, names: list[str]) -> None:
    rows = [f"{w} {w} PROPN dep 1 ORG{'+' if i else ''}" for i, w in enumerate(words.split())]

    assert list(found(parse(lang, "\n".join(rows)))) == names


@pytest.mark.parametrize(
    ("lang", "words", "names"),
    [
        ("en", "Police ran Operation Quorne today", {"Operation Quorne": "Event"}),
        ("en", "the operation Quorne", {}),
        ("fr", "une opération Quorne massive", {"opération Quorne": "Event"}),
        ("en", "Operation against crime", {}),
    ],
)
def test_a_word_may_begin_names_of_its_type(lang: str, words: str, names: dict[str, str]) -> None:
    rows = [f"{w} {w} {'PROPN' if w[0].isupper() else 'X'} dep 1" for w in words.split()]

    assert found(parse(lang, "\n".join(rows))) == names


def test_a_bench_is_a_court_s() -> None:
    rows = "a a DET det 3\nQuorne Quorne PROPN compound 3 PERSON\nBench Bench PROPN ROOT 0 PERSON+"

    assert found(parse("en", rows)) == {"Quorne Bench": "GovernmentBody"}


@pytest.mark.parametrize(
    ("words", "found_so"),
    [("rue", []), ("rue de la", []), ("rue à", ["Orange"]), ("boutique", ["Orange"])],
)
def test_a_street_s_name_names_nobody(words: str, found_so: list[str]) -> None:
    rows = "\n".join(f"{word} {word} NOUN dep 1" for word in words.split())
    doc = parse(
        "fr", f"la le DET ROOT 0\n{rows}\nOrange Orange PROPN dep 1 ORG\npleure x VERB dep 1"
    )

    assert list(found(doc)) == found_so


@pytest.mark.parametrize(
    ("words", "country"),
    [("North Korean", "north-korea"), ("Korean", "south-korea"), ("Sri Lankan", "sri-lanka")],
)
def test_an_adjective_of_nationality_may_have_two_words(words: str, country: str) -> None:
    first, *second = words.split()
    rows = [first, *second, "firms"]
    doc = parse("en", "\n".join(f"{w} {w} {'NOUN' if w == 'firms' else 'ADJ'} dep 0" for w in rows))

    [spot] = find_spots(doc, load_lexicon("en"), None)

    assert (doc[spot.start : spot.end].text, spot.kind) == (words, DEMONYM)
    assert spot.known is not None and spot.known.slug == country


def test_an_adjective_of_nationality_of_two_words_makes_no_name() -> None:
    doc = parse(
        "en",
        """
        Sri Sri PROPN compound 2 ORG
        Lankan Lankan PROPN amod 3 ORG+
        regulators regulator NOUN nsubj 4 ORG+
        agreed agree VERB ROOT 0
        """,
    )

    assert "Sri Lankan regulators" not in found(doc)


@pytest.mark.parametrize(
    ("pos", "dep", "beside", "named"),
    [
        ("NOUN", "nsubj", "advmod", True),
        ("NOUN", "obl:mod", "advmod", False),
        ("ADV", "nsubj", "advmod", False),
        ("NOUN", "nsubj", "det", False),
    ],
)
def test_a_french_noun_that_acts_without_an_article_is_a_name(
    pos: str, dep: str, beside: str, named: bool
) -> None:
    doc = parse(
        "fr",
        f"""
        Orange orange {pos} {dep} 3 ORG
        même même ADJ {beside} 1
        gagne gagner VERB ROOT 0
        """,
    )

    assert ("Orange" in found(doc)) is named


@pytest.mark.parametrize(
    ("after", "pos", "type_"), [("Pro", "X", "Company"), ("lost", "VERB", "Place")]
)
def test_a_word_written_large_behind_a_firm_s_name_makes_it_no_place(
    after: str, pos: str, type_: str
) -> None:
    doc = parse(
        "en", f"the the DET det 2\nSiemens Siemens PROPN nsubj 3\n{after} {after} {pos} ROOT 0"
    )

    assert found(doc) == {"Siemens": type_}


CHIEF = """
    Quorne    Quorne    PROPN compound 3 {0}
    Chief     Chief     PROPN compound 3 {0}+
    {1}       {1}       PROPN compound 4 {0}+
    Ann       Ann       PROPN nsubj    6 PERSON
    Ray       Ray       PROPN flat     4 PERSON+
    left      leave     VERB  ROOT     0
"""


@pytest.mark.parametrize(
    ("label", "post", "name"),
    [
        ("ORG", "Executive", "Quorne"),
        ("PRODUCT", "Scientist", "Quorne"),
        ("ORG", "Cars", "Quorne Chief Cars"),
    ],
)
def test_the_post_of_a_chief_is_no_part_of_a_firms_name(label: str, post: str, name: str) -> None:
    assert set(found(parse("en", CHIEF.format(label, post)))) == {name, "Ann Ray"}


@pytest.mark.parametrize(("first", "names"), [("Chief", set()), ("Quorne", {"Product"})])
def test_the_post_of_a_chief_is_no_name(first: str, names: set[str]) -> None:
    doc = parse(
        "en",
        f"The the DET det 3\n{first} {first} PROPN compound 3\n"
        "Product Product PROPN nsubj 4 ORG\nspoke speak VERB ROOT 0",
    )

    assert set(found(doc)) == names


@pytest.mark.parametrize(
    ("lang", "before", "pos", "name"),
    [
        ("fr", "Paul", "PROPN", "Paul M. Quorne"),
        ("fr", "Selon", "ADP", "M. Quorne"),
        ("en", "Paul", "PROPN", "Paul M. Quorne"),
    ],
)
def test_an_initial_is_no_honorific(lang: str, before: str, pos: str, name: str) -> None:
    first, rest = ("PERSON", "PERSON+") if pos == "PROPN" else ("-", "PERSON")
    doc = parse(
        lang,
        f"{before} {before} {pos} nsubj 4 {first}\nM. M. PROPN flat 1 {rest}\n"
        f"Quorne Quorne PROPN flat 1 PERSON+\nparle parler VERB ROOT 0",
    )

    assert found(doc) == {name: "Person"}


@pytest.mark.parametrize("joined", ["", "+"])
@pytest.mark.parametrize(
    ("first", "names"),
    [("Activist", {"Ann Quorne"}), ("Zorblax", {"Zorblax Ann Quorne", "Zorblax", "Ann Quorne"})],
)
def test_what_somebody_is_opens_a_sentence_and_is_no_name(
    first: str, joined: str, names: set[str]
) -> None:
    doc = parse(
        "en",
        f"{first} {first} PROPN nsubj 4 PERSON\nAnn Ann PROPN flat 1 PERSON{joined}\n"
        "Quorne Quorne PROPN flat 1 PERSON+\nsued sue VERB ROOT 0",
    )

    assert set(found(doc)) <= names


@pytest.mark.parametrize(
    ("last", "name"),
    [("justice", "Autorité Quorne"), ("France", "Autorité Quorne en France")],
)
def test_how_something_is_done_is_no_part_of_a_name(last: str, name: str) -> None:
    doc = parse(
        "fr",
        f"Autorité Autorité PROPN nsubj 5 ORG\nQuorne Quorne PROPN flat 1 ORG+\nen en ADP case 4 "
        f"ORG+\n{last} {last} NOUN nmod 1 ORG+\nagit agir VERB ROOT 0",
    )

    assert name in found(doc)


def test_a_post_that_is_taken_for_a_name_leaves_nothing_of_it() -> None:
    doc = parse(
        "en",
        "Secretary Secretary PROPN nsubj 5 PERSON\nof of ADP case 3 PERSON+\n"
        "State State PROPN nmod 1 PERSON+\nDoe Doe PROPN appos 1 PERSON\nspoke speak VERB ROOT 0",
    )

    assert found(doc) == {"Doe": "Person"}
