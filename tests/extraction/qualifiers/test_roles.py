"""What posts are called."""

from __future__ import annotations

import pytest
import spacy
from parsed import parse, read_names
from spacy.tokens import Doc

from policygraph.extraction.coreference.coreference import link_nominals
from policygraph.extraction.qualifiers.roles import role_of
from policygraph.extraction.reading import Node, Reading

CHIEF = """
    Google Google PROPN nmod:poss 5 ORG
    's 's PART case 1
    new new ADJ amod 5
    chief chief ADJ amod 5
    executive executive NOUN nsubj 9
    , , PUNCT punct 5
    Jane Jane PROPN appos 5 PER
    Doe Doe PROPN flat 7 PER+
    spoke speak VERB ROOT 0
"""
HYPHEN = """
    Doe Doe PROPN nsubj 9 PER
    , , PUNCT punct 1
    vice vice NOUN compound 5
    - - PUNCT punct 5
    president president NOUN appos 1
    of of ADP case 7
    Google Google PROPN nmod 5 ORG
    , , PUNCT punct 1
    spoke speak VERB ROOT 0
"""
MINISTER = """
    Le le DET det 2
    ministre ministre NOUN nsubj 9
    allemand allemand ADJ amod 2
    de de ADP case 6
    la le DET det 6
    Défense défense NOUN nmod 2
    , , PUNCT punct 2
    Doe Doe PROPN appos 2 PER
    parle parler VERB ROOT 0
"""
MATTERS = """
    Canada Canada PROPN nmod:poss 3 LOC
    's 's PART case 1
    Minister minister PROPN nsubj 12
    of of ADP case 5
    Energy energy PROPN nmod 3
    , , PUNCT punct 5
    Science science PROPN conj 5
    and and CCONJ cc 9
    Industry industry PROPN conj 5
    , , PUNCT punct 3
    Doe Doe PROPN appos 3 PER
    spoke speak VERB ROOT 0
"""
AGENTS = """
    Doe Doe PROPN nsubj 7 PER
    , , PUNCT punct 1
    the the DET det 4
    lawyers lawyer NOUN appos 1 - Number=Plur
    of of ADP case 6
    Google Google PROPN nmod 4 ORG
    spoke speak VERB ROOT 0
"""
GENERAL = """
    Attorney Attorney PROPN compound 3
    General General PROPN compound 3
    Doe Doe PROPN nsubj 4 PER
    spoke speak VERB ROOT 0
"""
LEADS = """
    Doe Doe PROPN nsubj 6 PER
    , , PUNCT punct 1
    who who PRON nsubj 4
    leads lead VERB acl:relcl 1
    Google Google PROPN obj 4 ORG
    spoke speak VERB ROOT 0
"""
TITLED = """
    Judge Judge PROPN compound 2 PER
    Doe Doe PROPN nsubj 3 PER+
    spoke speak VERB ROOT 0
"""
GOVERNOR = """
    Gov. gov. PROPN compound 2
    Doe Doe PROPN nsubj 3 PER
    spoke speak VERB ROOT 0
"""
JOINT = """
    Google Google PROPN nmod:poss 6 ORG
    's 's PART case 1
    privacy privacy NOUN compound 6
    and and CCONJ cc 5
    security security NOUN conj 3
    director director NOUN nsubj 7
    spoke speak VERB ROOT 0
"""
TWO_POSTS = """
    Google Google PROPN nmod:poss 3 ORG
    's 's PART case 1
    lawyer lawyer NOUN nsubj 6
    and and CCONJ cc 5
    director director NOUN conj 3
    spoke speak VERB ROOT 0
"""
GROUP = """
    Le le DET det 2
    directeur directeur NOUN nsubj 6
    général général ADJ amod 2
    {of}
    {body} {body} NOUN nmod 2
    parle parler VERB ROOT 0
"""
OF_GROUP = GROUP.format(of="du de ADP case 5", body="groupe")
OF_SALES = GROUP.format(of="des de ADP case 5", body="ventes")
COMMISSIONER = """
    The the DET det 2
    commissioner commissioner NOUN nsubj 9
    , , PUNCT punct 4
    Doe Doe PROPN appos 2 PER
    , , PUNCT punct 7
    a a DET det 7
    lawyer lawyer NOUN appos 4
    , , PUNCT punct 7
    spoke speak VERB ROOT 0
"""
OF_KENYA = """
    The the DET det 2
    director director NOUN ROOT 0
    of of ADP case 6
    the the DET det 6
    Kenyan kenyan ADJ amod 6
    group group NOUN nmod 2
    Quorne Quorne PROPN appos 6 ORG
"""
FORMER = """
    A a DET det 5
    former former ADJ amod 5
    Kenyan kenyan ADJ amod 5
    prime prime ADJ amod 5
    minister minister NOUN ROOT 0
"""
OF_STATE = """
    Secretary secretary PROPN compound 4
    of of ADP case 3
    State state PROPN nmod 4
    Doe Doe PROPN ROOT 0
"""
OF_SEALS = """
    garde garde NOUN ROOT 0
    des de ADP case 3
    sceaux sceau NOUN dep 1
    de de ADP case 5
    France France PROPN nmod 1
"""


def read(lang: str, table: str) -> Reading:
    reading = read_names(parse(lang, table))
    link_nominals(reading)
    return reading


def person(reading: Reading) -> Node:
    return next(n for n in reading.nodes if n.type == "Person")


@pytest.mark.parametrize(
    ("lang", "table", "place", "role"),
    [
        ("en", CHIEF, 4, "chief executive"),
        ("en", HYPHEN, 4, "vice - president"),
        ("fr", MINISTER, 1, "ministre de la Défense"),
        ("en", MATTERS, 2, "Minister of Energy , Science and Industry"),
        ("en", AGENTS, 3, "lawyer"),
        ("en", TITLED, 0, "Judge"),
        ("en", GENERAL, 0, "Attorney General"),
        ("en", GOVERNOR, 0, "governor"),
        ("en", COMMISSIONER, 1, "commissioner"),
    ],
)
def test_a_title_keeps_what_tells_the_post(lang: str, table: str, place: int, role: str) -> None:
    reading = read(lang, table)

    found = role_of(reading, reading.tokens[place], person(reading), is_post=True)

    assert found == role


@pytest.mark.parametrize(
    ("lang", "table", "place", "role"),
    [
        ("en", JOINT, 5, "privacy and security director"),
        ("en", TWO_POSTS, 4, "director"),
        ("en", OF_KENYA, 1, "director"),
        ("en", FORMER, 4, "former prime minister"),
        ("en", OF_STATE, 0, "Secretary of State"),
        ("fr", OF_SEALS, 0, "garde des sceaux"),
        ("fr", OF_GROUP, 1, "directeur général"),
        ("fr", OF_SALES, 1, "directeur général des ventes"),
    ],
)
def test_a_title_has_all_its_words_and_no_others(
    lang: str, table: str, place: int, role: str
) -> None:
    reading = read_names(parse(lang, table))

    found = role_of(reading, reading.tokens[place], Node("Person"), is_post=True)

    assert found == role


@pytest.mark.parametrize("is_post", [False, True])
def test_a_surname_that_means_a_post_tells_none(is_post: bool) -> None:
    table = """
        Anne Anne PROPN nsubj 4 PER
        Le Le PROPN flat 1 PER+
        Maire maire NOUN flat 1 PER+
        parle parler VERB ROOT 0
    """
    reading = read("fr", table)

    assert role_of(reading, reading.tokens[2], person(reading), is_post=is_post) is None


@pytest.mark.parametrize(
    ("words", "lemma", "role"),
    [
        (["second", "-", "in", "-", "command"], "command", "second-in-command"),
        (["co", "-", "founder"], "founder", "co-founder"),
    ],
)
def test_what_hyphens_join_is_one_title(words: list[str], lemma: str, role: str) -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["the", *words],
        spaces=[True] + [False] * len(words),
        lemmas=["the", *words[:-1], lemma],
        pos=["DET", *("PUNCT" if word == "-" else "NOUN" for word in words)],
        deps=["det", *["dep"] * (len(words) - 1), "ROOT"],
        heads=[len(words)] * (len(words) + 1),
    )
    reading = read_names(doc)

    found = role_of(reading, reading.tokens[len(words)], Node("Person"), is_post=True)

    assert found == role


def test_a_verb_tells_what_who_does_it_is() -> None:
    reading = read("en", LEADS)

    assert role_of(reading, reading.tokens[3], person(reading), is_post=False) == "head"
    assert role_of(reading, reading.tokens[5], person(reading), is_post=False) is None


CHAIRED = """
    Le le DET det 2
    comité comité NOUN ROOT 0
    , , PUNCT punct 4
    {verb} {lemma} VERB acl 2 - VerbForm=Part|Tense=Past
    par par ADP case 7
    le le DET det 7
    sénateur sénateur NOUN obl:agent 4
    Doe Doe PROPN appos 7 PER
"""
CHAIRS = """
    Senator senator NOUN nsubj 7
    Doe Doe PROPN appos 1 PER
    who who PRON nsubj 4 - PronType=Rel
    {verb} {lemma} VERB acl:relcl 1
    the the DET det 6
    panel panel NOUN obj 4
    spoke speak VERB ROOT 0
"""


@pytest.mark.parametrize(
    ("lang", "table", "verb", "places", "role"),
    [
        ("fr", CHAIRED, "présidé présider", (6, 1), "président"),
        ("fr", CHAIRED, "présidé présider", (3, 1), "président"),
        ("fr", CHAIRED, "dirigé diriger", (6, 1), "sénateur"),
        ("fr", CHAIRED, "critiqué critiquer", (6, 1), "sénateur"),
        ("fr", CHAIRED, "présidé présider", (6, 7), "sénateur"),  # not what he presides
        ("en", CHAIRS, "chairs chair", (0, 5), "chair"),
        ("en", CHAIRS, "runs run", (0, 5), "Senator"),
    ],
)
def test_a_verb_tells_the_post_rather_than_another_title(
    lang: str, table: str, verb: str, places: tuple[int, int], role: str
) -> None:
    form, lemma = verb.split()
    reading = read(lang, table.format(verb=form, lemma=lemma))
    trigger, at = (reading.tokens[place] for place in places)

    found = role_of(reading, trigger, person(reading), at, is_post=trigger.pos_ == "NOUN")

    assert found == role


CHARGED = """
    La le DET det 2
    ministre ministre NOUN ROOT 0
    déléguée déléguer VERB acl 2 - VerbForm=Part|Tense=Past
    chargée charger VERB acl 2 - VerbForm=Part|Tense=Past
    {of} {of} ADP case 6
    {matter} {matter} {pos} obl 4
"""


@pytest.mark.parametrize(
    ("of", "matter", "pos", "role"),
    [
        ("du", "Numérique", "PROPN", "ministre déléguée chargée du Numérique"),
        ("de", "négocier", "VERB", "ministre déléguée"),
    ],
)
def test_what_a_minister_is_charged_with_belongs_to_the_title(
    of: str, matter: str, pos: str, role: str
) -> None:
    reading = read_names(parse("fr", CHARGED.format(of=of, matter=matter, pos=pos)))

    found = role_of(reading, reading.tokens[1], Node("Person"), is_post=True)

    assert found == role


def test_the_noun_that_stands_for_the_person_counts_where_the_trigger_is_no_post() -> None:
    reading = read("en", CHIEF)

    assert role_of(reading, reading.tokens[8], person(reading), is_post=False) == "chief executive"
