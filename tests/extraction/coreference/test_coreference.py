from __future__ import annotations

from typing import Any

import pytest
import spacy
from parsed import parse, read_names
from spacy.tokens import Doc, Span

from policygraph.extraction.coreference.coreference import link, link_nominals
from policygraph.extraction.coreference.nominals import Option, determiner
from policygraph.extraction.ranker import Places
from policygraph.extraction.reading import Node

PURCHASE = """
    Microsoft Microsoft PROPN nsubj 2 ORG - -
    hésite hésiter VERB ROOT 0

    Le le DET det 2 - Definite=Def|PronType=Art
    groupe groupe NOUN nsubj 3 - Gender=Masc|Number=Sing
    négocie négocier VERB ROOT 0
"""


class Prefers:
    """A ranker that takes the option with a feature, or the new entity."""

    threshold = 0.5

    def __init__(self, feature: str) -> None:
        self.feature = feature

    def score(self, options: list[Option], places: Places) -> Any:
        import numpy

        return numpy.array([float(bool(o.features.get(self.feature))) for o in options])


def test_a_nominal_stands_for_the_entity_that_the_ranker_chooses() -> None:
    reading = read_names(parse("fr", PURCHASE))

    link_nominals(reading, Prefers("was subject"))  # type: ignore[arg-type]

    [node] = reading.nodes
    assert [reading.doc[s.start : s.end].text for s in node.spots] == ["Microsoft", "Le groupe"]


def test_a_thing_that_only_nouns_name_is_an_entity_of_its_own() -> None:
    reading = read_names(parse("fr", PURCHASE))

    link_nominals(reading, Prefers("new"))  # type: ignore[arg-type]

    assert [(n.name, n.type) for n in reading.nodes] == [
        ("Microsoft", "Company"),
        ("groupe", "Company"),
    ]


def test_a_nominal_in_apposition_needs_no_ranker() -> None:
    doc = parse(
        "fr",
        """
        Zilda Zilda PROPN nsubj 7 PER
        Quorne Quorne PROPN flat 1 PER+
        , , PUNCT punct 4
        ministre ministre NOUN appos 1 - Number=Sing
        , , PUNCT punct 4
        a avoir AUX aux 7
        parlé parler VERB ROOT 0
        """,
    )
    reading = read_names(doc)

    link_nominals(reading, Prefers("nothing"))  # type: ignore[arg-type]

    [node] = reading.nodes
    assert [s.kind for s in node.spots] == ["name", "nominal"]


def test_a_pronoun_agrees_with_a_common_noun_in_gender() -> None:
    doc = parse(
        "fr",
        """
        La le DET det 2
        Cour cour NOUN nsubj 4 ORG Gender=Fem
        suprême suprême ADJ amod 2 ORG+
        censure censurer VERB ROOT 0
        le le DET det 6
        Sénat sénat NOUN obj 4 ORG Gender=Masc

        Elle il PRON nsubj 2 - Gender=Fem|Person=3|PronType=Prs
        tranche trancher VERB ROOT 0
        """,
    )
    reading = read_names(doc)

    link_nominals(reading, Prefers("nothing"))  # type: ignore[arg-type]

    [(first, _), *_] = reading.pronouns[6]
    assert first.name == "Cour suprême"


class Gives:
    """A ranker that gives the first entity that a noun may stand for a chance."""

    threshold = 0.5

    def __init__(self, chance: float) -> None:
        self.chance = chance

    def score(self, options: list[Option], places: Places) -> Any:
        import numpy

        return numpy.array([self.chance] + [0.01] * (len(options) - 1))


@pytest.mark.parametrize(
    ("chance", "linked", "maybe"), [(0.6, True, []), (0.3, False, [0.3]), (0.05, False, [])]
)
def test_what_a_noun_may_stand_for_is_noted_where_it_is_not_linked(
    chance: float, linked: bool, maybe: list[float]
) -> None:
    reading = read_names(parse("fr", PURCHASE))

    link_nominals(reading, Gives(chance))  # type: ignore[arg-type]

    [node] = reading.nodes
    assert [spot.chance for spot in node.spots] == ([1.0, chance] if linked else [1.0])
    assert list(reading.maybe.values()) == [(node, share) for share in maybe]


def test_a_determiner_tells_how_a_noun_is_introduced() -> None:
    doc = parse(
        "fr",
        """
        la le DET det 2 - Definite=Def
        loi loi NOUN ROOT 0
        une un DET det 4 - Definite=Ind
        taxe taxe NOUN obj 2
        sa son DET det 6 - Poss=Yes
        filiale filiale NOUN obj 2
        ce ce DET det 8 - PronType=Dem
        texte texte NOUN obj 2
        """,
    )

    said = [determiner(doc[i]) for i in (1, 3, 5, 7)]

    assert said == ["definite", "indefinite", "possessive", "this"]


@pytest.mark.parametrize(
    ("tail", "deps", "heads", "words"),
    [
        (["\n\n"], ["nmod"], [3], "the site"),
        (["for", "bets", "\n\n"], ["case", "nmod", "dep"], [5, 3, 5], "the site for bets"),
    ],
)
def test_a_nominal_ends_with_its_line(
    tail: list[str], deps: list[str], heads: list[int], words: str
) -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Velteks", "owns", "the", "site", *tail],
        pos=["PROPN", "VERB", "DET", "NOUN", *("SPACE" if t.isspace() else "NOUN" for t in tail)],
        deps=["nsubj", "ROOT", "det", "obj", *deps],
        heads=[1, 1, 3, 1, *heads],
        lemmas=["Velteks", "own", "the", "site", *tail],
        sent_starts=[True, *[False] * (3 + len(tail))],
    )
    doc.ents = [Span(doc, 0, 1, label="ORG")]
    reading = read_names(doc)

    spot = link(reading, doc[3], reading.nodes[0])

    assert doc[spot.start : spot.end].text == words


PAPERS = """
    Guardian Guardian PROPN nsubj 2 ORG -
    hesitated hesitate VERB ROOT 0

    The the DET det 2 - Definite=Def|PronType=Art
    {noun} {noun} NOUN nsubj 3 - Number=Sing
    acted act VERB ROOT 0
"""


@pytest.mark.parametrize(("noun", "linked"), [("company", True), ("multinational", False)])
def test_some_nouns_never_stand_for_some_types(noun: str, linked: bool) -> None:
    reading = read_names(parse("en", PAPERS.format(noun=noun)))
    [paper] = reading.nodes
    paper.type = "MediaOutlet"

    link_nominals(reading, Prefers("was subject"))  # type: ignore[arg-type]

    assert (reading.node_at(reading.tokens[3]) is paper) == linked


REGULATORS = """
    CNIL CNIL PROPN nsubj 2 ORG - -
    hesitated hesitate VERB ROOT 0

    The the DET det 3 - Definite=Def|PronType=Art
    {nation} {nation} {word} 3 {label}
    regulator regulator NOUN nsubj 4 - Number=Sing
    acted act VERB ROOT 0
"""


@pytest.mark.parametrize(
    ("nation", "word", "label", "linked"),
    [
        ("French", "ADJ amod", "-", True),
        ("UK", "PROPN compound", "GPE", False),
        ("Dutch", "ADJ amod", "-", False),
    ],
)
def test_a_noun_of_one_nation_stands_for_nothing_of_another(
    nation: str, word: str, label: str, linked: bool
) -> None:
    reading = read_names(parse("en", REGULATORS.format(nation=nation, word=word, label=label)))

    link_nominals(reading, Prefers("was subject"))  # type: ignore[arg-type]

    node = reading.node_at(reading.tokens[4])
    assert (node is not None and node.name == "CNIL") == linked


def test_a_country_s_name_before_a_noun_belongs_to_the_nominal() -> None:
    words = REGULATORS.format(nation="UK", word="PROPN compound", label="GPE")
    reading = read_names(parse("en", words))

    link_nominals(reading, Prefers("new"))  # type: ignore[arg-type]

    assert [node.name for node in reading.nodes if node.type == "GovernmentBody"] == [
        "CNIL",
        "UK regulator",
    ]


@pytest.mark.parametrize(("what", "linked"), [("AUX cop", False), ("DET det", True)])
def test_what_a_noun_says_that_a_pronoun_is_was_not_named_before(what: str, linked: bool) -> None:
    table = f"""
        GDPR GDPR PROPN nsubj 2 ORG
        helps help VERB ROOT 0

        It it PRON nsubj 3
        is be {what} 3
        law law NOUN ROOT 0
        """
    reading = read_names(parse("en", table))

    link_nominals(reading, Prefers("was subject"))  # type: ignore[arg-type]

    assert (reading.node_at(reading.tokens[4]) is not None) == linked


@pytest.mark.parametrize(
    ("lang", "first", "noun"),
    [
        ("fr", "Son son DET det 2 - Poss=Yes", "décret"),
        ("fr", "Cette ce DET det 2 - PronType=Dem", "loi"),
        ("en", "Its its PRON nmod 2 - Poss=Yes", "law"),
        ("en", "New new ADJ amod 2", "law"),
    ],
)
def test_a_determiner_is_no_part_of_the_name_of_a_thing(lang: str, first: str, noun: str) -> None:
    reading = read_names(parse(lang, f"{first}\n{noun} {noun} NOUN ROOT 0"))

    link_nominals(reading, Prefers("new"))  # type: ignore[arg-type]

    assert [node.name for node in reading.nodes] == [f"New {noun}" if "ADJ" in first else noun]


LAWS = """
    Lawmakers lawmaker NOUN nsubj 2 - -
    passed pass VERB ROOT 0 - -
    the the DET det 5 - -
    Data Data PROPN compound 5 LAW -
    Act Act PROPN obj 2 LAW+ -

    Critics critic NOUN nsubj 2 - -
    read read VERB ROOT 0 - -
    the the DET det 4 - Definite=Def|PronType=Art
    {noun} {noun} NOUN obj 2 - Number=Sing
"""

LOIS = """
    Elle elle PRON nsubj 2 - -
    soutient soutenir VERB ROOT 0 - -
    la le DET det 4 - -
    loi loi NOUN obj 2 - -
    Avia Avia PROPN nmod 4 - -
    . . PUNCT punct 2 - -

    Elle elle PRON nsubj 2 - -
    lit lire VERB ROOT 0 - -
    le le DET det 4 - Definite=Def|PronType=Art
    {noun} {noun} NOUN obj 2 - Number=Sing
    de de ADP case 6 - -
    {of} {of} NOUN nmod 4 - -
"""


@pytest.mark.parametrize(
    ("lang", "words", "linked"),
    [
        ("en", LAWS.format(noun="decree"), False),
        ("en", LAWS.format(noun="directive"), False),
        ("en", LAWS.format(noun="bill"), True),
        ("en", LAWS.format(noun="tax"), True),
        ("en", LAWS.format(noun="text"), True),
        ("fr", LOIS.format(noun="décret", of="application"), False),
        ("fr", LOIS.format(noun="projet", of="décret"), False),
        ("fr", LOIS.format(noun="projet", of="loi"), True),
        ("fr", LOIS.format(noun="texte", of="base"), True),
    ],
)
def test_a_noun_for_one_kind_of_law_stands_for_no_law_of_another(
    lang: str, words: str, linked: bool
) -> None:
    reading = read_names(parse(lang, words))
    law = next(node for node in reading.nodes if node.type == "LegalInstrument")

    link_nominals(reading, Prefers("named last"))  # type: ignore[arg-type]

    assert (len(law.spots) == 2) == linked


@pytest.mark.parametrize(
    ("party", "linked"),
    [
        ("( ( PUNCT punct 3\nRN RN PROPN appos 3 ORG\n) ) PUNCT punct 3", True),
        ("PS PS PROPN appos 3 ORG", True),
        ("Uber Uber PROPN appos 3 ORG", False),
        ("et et CCONJ cc 3", False),
    ],
)
def test_a_post_is_the_person_s_who_is_named_behind_the_party(party: str, linked: bool) -> None:
    doc = parse(
        "fr",
        f"""
Hier hier ADV ROOT 0
le le DET det 3
député député NOUN nsubj 1
{party}
Jean Jean PROPN nsubj 1 PER -
Dupont Dupont PROPN nsubj 1 PER+ -
""",
    )
    reading = read_names(doc)

    link_nominals(reading, Prefers("nothing"))  # type: ignore[arg-type]

    node = reading.node_at(reading.tokens[2])
    assert (node is not None and node.type == "Person") == linked


@pytest.mark.parametrize(
    ("words", "words_kept"),
    [
        (
            """
            Une un DET det 2
            directive directive NOUN nsubj 0
            relative relatif ADJ amod 2
            à à ADP case 5
            travers travers NOUN obl:arg 3
            """,
            "Une directive",
        ),
        (
            """
            Une un DET det 2
            directive directive NOUN nsubj 0
            ambitieuse ambitieux ADJ amod 2
            """,
            "Une directive ambitieuse",
        ),
        (
            """
            116 116 NUM nummod 3
            une un DET det 3
            directive directive NOUN nsubj 0
            """,
            "une directive",
        ),
        (
            """
            les le DET det 3
            deux deux NUM nummod 3
            directives directive NOUN nsubj 0
            """,
            "les deux directives",
        ),
    ],
)
def test_a_nominal_keeps_no_half_of_a_phrase(words: str, words_kept: str) -> None:
    reading = read_names(parse("fr", words))
    noun = next(token for token in reading.tokens if token.pos_ == "NOUN")

    spot = link(reading, noun, Node("LegalInstrument"))

    assert reading.doc[spot.start : spot.end].text == words_kept
