"""Who occurs in a sentence, or is implied by it."""

from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.coreference.coreference import finish, link
from policygraph.extraction.pairs.occurrences import IMPLIED, Scene
from policygraph.extraction.spot import NOMINAL


def occurring(lang: str, table: str, nominal: str | None = None) -> list[list[tuple[str, str]]]:
    """Names and kinds by sentence; the noun stands for the first entity."""
    reading = read_names(parse(lang, table))
    if nominal is not None:
        noun = next(token for token in reading.doc if token.text == nominal)
        link(reading, noun, reading.nodes[0])
    finish(reading)
    scene = Scene(reading)
    return [[(o.node.name, o.kind) for o in scene.enter(sent)] for sent in reading.sentences]


def test_a_country_inside_a_nominal_occurs_too() -> None:
    [sentence] = occurring(
        "en",
        """
        Velteks Velteks PROPN nsubj 7 ORG
        , , PUNCT punct 1
        a a DET det 5
        Dutch Dutch ADJ amod 5
        firm firm NOUN appos 1
        , , PUNCT punct 5
        left leave VERB ROOT 0
        """,
        nominal="firm",
    )

    assert sentence == [("Velteks", "name"), ("Velteks", "nominal"), ("Netherlands", "demonym")]


MINISTER = """
    Velteks Velteks PROPN nsubj 2 ORG
    left leave VERB ROOT 0
    Kenya Kenya PROPN obj 2 GPE

    {} {} NOUN compound 2
    Wanza Wanza PROPN nsubj 3 PERSON
    nodded nod VERB ROOT 0

    Kenya Kenya PROPN nsubj 2 GPE
    waits wait VERB ROOT 0
"""


def test_a_post_implies_the_country_of_the_story_once() -> None:
    sentences = occurring("en", MINISTER.format("Minister", "minister"))

    assert sentences[1].count(("Kenya", IMPLIED)) == 1


def test_a_post_implies_a_country_that_is_named_later() -> None:
    _, second, third = MINISTER.format("Minister", "minister").strip().split("\n\n")

    sentences = occurring("en", "\n\n".join([second, third]))
    without = occurring("en", "\n\n".join([second.replace("Minister", "Baker"), third]))

    assert ("Kenya", IMPLIED) in sentences[0]
    assert ("Kenya", IMPLIED) not in without[0]


def test_a_post_implies_a_country_that_only_a_longer_name_names() -> None:
    sentences = occurring(
        "en",
        """
        Velteks Velteks PROPN compound 2 ORG
        Kenya Kenya PROPN nsubj 3 ORG+
        left leave VERB ROOT 0

        Minister minister NOUN compound 2
        Wanza Wanza PROPN nsubj 3 PERSON
        nodded nod VERB ROOT 0
        """,
    )

    assert sentences == [
        [("Velteks Kenya", "name")],
        [("Wanza", "name"), ("Velteks Kenya", IMPLIED), ("Kenya", IMPLIED)],
    ]


def test_a_post_implies_the_country_of_a_known_person() -> None:
    sentences = occurring(
        "en",
        """
        President president NOUN compound 3
        Emmanuel Emmanuel PROPN nsubj 4 PERSON
        Macron Macron PROPN flat 2 PERSON+
        nodded nod VERB ROOT 0

        China China PROPN nsubj 2 GPE
        met meet VERB ROOT 0
        France France PROPN obj 2 GPE

        China China PROPN nsubj 2 GPE
        left leave VERB ROOT 0
        """,
    )

    assert sentences[0][1:] == [("China", IMPLIED), ("France", IMPLIED)]


TITLE = """
    Velteks Velteks PROPN nsubj:pass 2 ORG
    fined fine VERB ROOT 0
    {} {} SPACE dep 2

    Quorne Quorne PROPN nsubj 2 ORG
    waits wait VERB ROOT 0
"""


@pytest.mark.parametrize(("mark", "implied"), [("¶", [("Quorne", IMPLIED)]), (".", [])])
def test_a_title_implies_whom_the_article_is_about(
    mark: str, implied: list[tuple[str, str]]
) -> None:
    title, text = occurring("en", TITLE.format(mark, mark))

    assert title == [("Velteks", "name"), *implied]
    assert text == [("Quorne", "name"), ("Velteks", IMPLIED)]


def test_what_a_noun_less_likely_stands_for_occurs_there_too_and_stays_implied() -> None:
    reading = read_names(
        parse(
            "en",
            """
            Velteks Velteks PROPN nsubj 2 ORG
            sued sue VERB ROOT 0
            Quorne Quorne PROPN obj 2 ORG

            The the DET det 2
            firm firm NOUN nsubj 3
            left leave VERB ROOT 0
            """,
        )
    )
    velteks, quorne = reading.nodes
    link(reading, reading.doc[4], velteks).chance = 0.6
    reading.maybe[4] = quorne, 0.3
    finish(reading)
    scene = Scene(reading)

    _, second = [scene.enter(sent) for sent in reading.sentences]

    assert [(o.node.name, o.kind, o.rank, o.chance) for o in second] == [
        ("Velteks", NOMINAL, 0, 0.6),
        ("Quorne", NOMINAL, 1, 0.3),
        ("Quorne", IMPLIED, 0, quorne.chance),
    ]
