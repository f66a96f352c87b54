"""The examples of ``ontology/relations``: what the rules must offer, and where they stay silent."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from policygraph.extraction import read
from policygraph.extraction.attribution import find_speech
from policygraph.extraction.claims import find_claims, propose
from policygraph.model import Article
from policygraph.nlp import analyse, load
from policygraph.ontology import load_vocabulary
from policygraph.rules import Example, load_rules

EXAMPLES = load_rules().examples

KNOWN = {
    "TikTok collects awards from users' groups.": "'collect' of things that are no data",
    "Congress passed on the CHIPS Act anniversary.": "'pass on' read as 'pass'",
    "The European Commission appeals to Google's better nature.": "'appeal' in its other sense",
    "Joe Biden named Lina Khan in a speech about big firms.": "'name' without a post",
    "Apple called the European Commission on Monday.": "'call' without what it is called",
    "Windows supports Bluetooth.": "'support' of a feature",
    "Donald Trump praised the chief executive of Apple.": "a title read as the subject's own",
}
"""Near misses that the rules alone take for claims, and why; the scorer has to refuse them."""


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


def claimed(example: Example) -> set[tuple[str, str]]:
    """Names of the two ends of what the rules alone claim of the example's predicate."""
    return _pairs(example, rules_only=True)


def offered(example: Example) -> set[tuple[str, str]]:
    """The same, with the candidates that a scorer would judge."""
    return _pairs(example, rules_only=False)


def _pairs(example: Example, *, rules_only: bool) -> set[tuple[str, str]]:
    rules, vocabulary = load_rules(), load_vocabulary()
    doc = analyse(load(example.lang), example.text)
    reading = read(doc, Article(source="example", text=example.text, lang=example.lang))
    speech = find_speech(doc, rules, reading.lexicon)
    found = [
        (claim.predicate, claim.subject, claim.object)
        for claim in find_claims(reading, rules, vocabulary, speech, scorer=None)
    ]
    if not rules_only:
        found += [
            (candidate.predicate, candidate.pair.subject.node, candidate.pair.object.node)
            for candidate in propose(reading, rules, vocabulary, speech)
        ]
    pairs = {(s.name, o.name) for name, s, o in found if name == example.predicate}
    if vocabulary.predicates[example.predicate].symmetric:
        pairs |= {(other, one) for one, other in pairs}
    return pairs


@pytest.mark.parametrize("example", cases(e for e in EXAMPLES if not e.claims))
def test_near_misses_give_no_claim(example: Example) -> None:
    assert claimed(example) == set()


@pytest.mark.parametrize("example", cases(e for e in EXAMPLES if e.claims))
def test_examples_are_offered_as_claims(example: Example) -> None:
    assert set(example.claims) <= offered(example)


def test_known_failures_are_examples_still() -> None:
    assert KNOWN.keys() <= {example.text for example in EXAMPLES if not example.claims}


def test_every_predicate_with_patterns_has_examples_of_both_kinds() -> None:
    patterns = [p for group in load_rules().patterns.values() for p in group]
    wanted = {(p.lang, p.predicate) for p in patterns}

    assert {(e.lang, e.predicate) for e in EXAMPLES if e.claims} >= wanted
    assert {(e.lang, e.predicate) for e in EXAMPLES if not e.claims} >= wanted
