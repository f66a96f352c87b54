"""Which government a noun speaks of."""

from __future__ import annotations

from parsed import parse, read_names

from policygraph.extraction.coreference.coreference import link
from policygraph.extraction.names.governments import Governments
from policygraph.extraction.reading import Node

TURKISH = """
    The the DET det 3
    Turkish Turkish ADJ amod 3
    government government NOUN nsubj 4
    denied deny VERB ROOT 0
    it it PRON obj 4
"""
AUTHORITIES = """
    The the DET det 2
    authorities authority NOUN nsubj 3
    left leave VERB ROOT 0
"""
OF_A_NATION = """
    {} {} ADJ amod 2
    authorities authority NOUN nsubj 3
    left leave VERB ROOT 0
"""
SPECIAL = """
    Competition competition NOUN compound 2
    authorities authority NOUN nsubj 3
    left leave VERB ROOT 0
"""


def meant(*sentences: str) -> list[int | None]:
    """For the noun of each sentence the number of the sentence that first speaks of the same."""
    reading = read_names(parse("en", "\n\n".join(s.strip("\n") for s in sentences)))
    governments, found = Governments(reading), []
    nodes: list[Node] = []
    for sent in reading.sentences:
        noun = next(t for t in sent if t.text in ("government", "authorities"))
        node = governments.same(noun)
        if node is None:
            node = Node("GovernmentBody")
            reading.nodes.append(node)
        nodes.append(node)
        link(reading, noun, node)
        governments.note(noun, node)
        found.append(next(n for n, other in enumerate(nodes) if other is node))
    return found


def test_the_authorities_are_the_government() -> None:
    assert meant(TURKISH, AUTHORITIES) == [0, 0]


def test_before_it_is_named_too() -> None:
    assert meant(AUTHORITIES, TURKISH) == [0, 0]


def test_another_nations_are_others() -> None:
    assert meant(TURKISH, OF_A_NATION.format("Greek", "Greek")) == [0, 1]
    assert meant(TURKISH, OF_A_NATION.format("Turkish", "Turkish")) == [0, 0]


def test_with_two_governments_it_is_not_said_which() -> None:
    greek = OF_A_NATION.format("Greek", "Greek")

    assert meant(TURKISH, greek, AUTHORITIES) == [0, 1, 2]


def test_what_else_is_said_of_them_makes_them_another_body() -> None:
    assert meant(TURKISH, SPECIAL) == [0, 1]
