"""The examples of ``ontology/relations``: what the rules must offer, and where they stay silent."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from policygraph.extraction import read
from policygraph.extraction.claims import find_claims, survey
from policygraph.extraction.fitting import fits
from policygraph.extraction.reading import Reading
from policygraph.extraction.speech.attribution import Speech, find_speech
from policygraph.model import Article
from policygraph.nlp import analyse, load
from policygraph.ontology import load_vocabulary
from policygraph.rules import Example, load_rules

EXAMPLES = load_rules().examples

KNOWN = {
    "TikTok collects awards from users' groups.": "'collect' of things that are no data",
    "Congress passed on the CHIPS Act anniversary.": "'pass on' read as 'pass'",
    "Apple called the European Commission on Monday.": "'call' without what it is called",
    "Windows supports Bluetooth.": "'support' of a feature",
    "Joe Biden named Lina Khan in a speech about big firms.": "'name' whose object is read as post",
    "Orange vend des téléphones en boutique.": "what nobody buys read as a thing of its own",
}
"""Near misses that the rules alone take for claims, and why; the network has to refuse them."""


def cases(examples: Iterable[Example]) -> list[object]:
    """The examples as parameters; those known to fail are marked."""
    return [
        pytest.param(
            example,
            id=f"{example.lang}-{example.predicate}-{example.text}",
            marks=[pytest.mark.xfail(reason=KNOWN[example.text], strict=False)]
            if example.text in KNOWN
            else [],
        )
        for example in examples
    ]


def reading_of(example: Example) -> tuple[Reading, Speech]:
    doc = analyse(load(example.lang), example.text)
    reading = read(doc, Article(source="example", text=example.text, lang=example.lang))
    return reading, find_speech(doc, load_rules(), reading.lexicon)


def claimed(example: Example) -> set[tuple[str, str]]:
    """Names of the two ends of what the rules alone claim of the example's predicate."""
    reading, speech = reading_of(example)
    return both_ways(
        example,
        {
            (claim.subject.name, claim.object.name)
            for claim in find_claims(reading, load_rules(), load_vocabulary(), speech)
            if claim.predicate == example.predicate
        },
    )


def offered(example: Example) -> set[tuple[str, str]]:
    """The pairs that the network may join, in sentences with a trigger of the predicate."""
    reading, speech = reading_of(example)
    predicate = load_vocabulary().predicates[example.predicate]
    return both_ways(
        example,
        {
            (pair.subject.node.name, pair.object.node.name)
            for sentence in survey(reading, load_rules(), load_vocabulary(), speech)
            if any(pattern.predicate == example.predicate for _, pattern in sentence.places)
            for pair in sentence.pairs
            if fits(pair.subject.node, predicate.domain) and fits(pair.object.node, predicate.range)
        },
    )


def both_ways(example: Example, pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """A symmetric predicate joins two ends in either order."""
    if load_vocabulary().predicates[example.predicate].symmetric:
        return pairs | {(other, one) for one, other in pairs}
    return pairs


@pytest.mark.parametrize("example", cases(e for e in EXAMPLES if not e.claims))
def test_near_misses_give_no_claim(example: Example) -> None:
    assert claimed(example) == set()


@pytest.mark.parametrize("example", cases(e for e in EXAMPLES if e.claims))
def test_examples_are_claimed_or_offered(example: Example) -> None:
    assert set(example.claims) <= claimed(example) | offered(example)


def test_known_failures_are_examples_still() -> None:
    assert KNOWN.keys() <= {example.text for example in EXAMPLES if not example.claims}


def test_every_predicate_with_patterns_has_examples_of_both_kinds() -> None:
    patterns = [p for group in load_rules().patterns.values() for p in group]
    wanted = {(p.lang, p.predicate) for p in patterns}

    assert {(e.lang, e.predicate) for e in EXAMPLES if e.claims} >= wanted
    assert {(e.lang, e.predicate) for e in EXAMPLES if not e.claims} >= wanted
