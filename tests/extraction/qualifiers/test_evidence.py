"""The words that say a claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from parsed import parse, read_names

from policygraph.extraction.claims import place
from policygraph.extraction.qualifiers.evidence import evidence_of
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.extraction.reading import Reading
from policygraph.extraction.speech.attribution import find_speech
from policygraph.model import Evidence, Status
from policygraph.ontology import load_vocabulary
from policygraph.rules import load_rules

TEXT = """
    , , PUNCT punct 5
    and and CCONJ cc 5
    the the DET det 4
    firm firm NOUN nsubj 5
    attacked attack VERB ROOT 0
    Alphabet Alphabet PROPN obj 5 ORG
    Holdings Holdings PROPN flat 6 ORG+
    , , PUNCT punct 9
    Meta Meta PROPN nsubj 10 ORG
    says say VERB parataxis 5
    . . PUNCT punct 5
"""


def attacked(change: Callable[[Reading, FoundClaim], FoundClaim] | None = None) -> str:
    """Evidence of the attack of Meta on Alphabet Holdings, its claim changed on the way."""
    reading = read_names(parse("en", TEXT))
    rules, words = load_rules(), reading.doc.text
    nodes = {node.name: node for node in reading.nodes}
    said = Evidence(0, len(words), words)
    stated = [(nodes["Meta"], "attacks", nodes["Alphabet Holdings"], said)]
    speech = find_speech(reading.doc, rules, reading.lexicon)
    [claim] = place(reading, rules, load_vocabulary(), speech, stated)
    assert claim is not None
    evidence = evidence_of(reading, change(reading, claim) if change else claim)
    assert words[evidence.start : evidence.end] == evidence.text
    return evidence.text


def test_it_runs_over_whole_names() -> None:
    assert attacked() == "attacked Alphabet Holdings , Meta"


def test_what_joins_it_to_words_before_is_left_out() -> None:
    def by_the_firm(reading: Reading, claim: FoundClaim) -> FoundClaim:
        trigger, _, victim = claim.tokens[:3]
        return replace(claim, tokens=[trigger, reading.tokens[3], victim])

    assert attacked(by_the_firm).startswith("the firm attacked")


def test_marks_and_what_joins_phrases_do_not_begin_it() -> None:
    def at_its_verb(reading: Reading, claim: FoundClaim) -> FoundClaim:
        reading.tokens[4].pos_ = "NOUN"  # whose phrase begins with the comma
        return replace(claim, tokens=[reading.tokens[4], *claim.tokens[1:]])

    assert attacked(at_its_verb).startswith("the firm attacked")


def test_a_name_beside_comes_along() -> None:
    def at_its_subject(reading: Reading, claim: FoundClaim) -> FoundClaim:
        return replace(claim, tokens=[reading.tokens[8]])

    assert attacked(at_its_subject) == "Alphabet Holdings , Meta"


def test_a_verb_goes_on_where_an_end_is_left_out() -> None:
    def without_ends(reading: Reading, claim: FoundClaim) -> FoundClaim:
        return replace(claim, tokens=[reading.tokens[4]])

    assert attacked(without_ends) == "attacked Alphabet Holdings , Meta says"


@pytest.mark.parametrize(
    ("lang", "words", "verb", "begins"),
    [
        ("fr", ("ne ADV advmod", "l' PRON obj", "a AUX aux:tense"), "attaqué", "ne l'a"),
        ("fr", ("puis CCONJ cc", "s' PRON expl:pv", "est AUX aux:tense"), "attaqué", "s'est"),
        ("fr", ("hier NOUN obl", "il PRON nsubj", "a AUX aux:tense"), "attaqué", "a"),
        ("fr", ("dit VERB ccomp", "mardi NOUN obl", ", PUNCT punct"), "attaqué", ""),
        ("en", ("firms NOUN nsubj", "had AUX aux", "been AUX aux:pass"), "attacked", "had been"),
        ("en", ("they PRON nsubj", "did AUX aux", "not PART advmod"), "attack", "did not"),
        ("en", ("and CCONJ cc", "they PRON nsubj", "'ve AUX aux"), "attacked", "they've"),
    ],
)
def test_a_verb_begins_with_what_helps_it(
    lang: str, words: tuple[str, ...], verb: str, begins: str
) -> None:
    rows = [" ".join((word.split()[0], *word.split(), "4")) for word in words]
    rows += [f"{verb} {verb} VERB ROOT 0", "Alphabet Alphabet PROPN obj 4 ORG"]
    reading = read_names(parse(lang, "\n".join(rows)))
    [node] = reading.nodes
    claim = FoundClaim(
        subject=node,
        predicate="attacks",
        object=node,
        status=Status.ACTUAL,
        negated=False,
        cued=False,
        speaker=None,
        date=None,
        deadline=None,
        amount=None,
        role=None,
        confidence=0.5,
        rule="",
        tokens=[reading.tokens[3]],
    )

    assert evidence_of(reading, claim).text == f"{begins} {verb} Alphabet".strip()
