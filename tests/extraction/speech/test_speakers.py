"""Who says a claim: acts of saying around it, the options, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from parsed import parse, read_names

from policygraph.extraction.claims import place
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.extraction.ranker import Ranker, load_ranker
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.speech.attribution import find_speech
from policygraph.extraction.speech.speakers import WEIGHTS, Option, Speakers
from policygraph.extraction.speech.voices import Voices
from policygraph.model import Evidence, Status
from policygraph.ontology import load_vocabulary
from policygraph.rules import load_rules

REPORTED = """
    Meta Meta PROPN nsubj 2 ORG
    said say VERB ROOT 0
    that that SCONJ mark 5
    Google Google PROPN nsubj 5 ORG
    attacked attack VERB ccomp 2
    Microsoft Microsoft PROPN obj 5 ORG
    . . PUNCT punct 2
"""
PLAIN = """
    Google Google PROPN nsubj 2 ORG
    attacked attack VERB ROOT 0
    Microsoft Microsoft PROPN obj 2 ORG
    . . PUNCT punct 2
"""
CITED = """
    D' de ADP case 4
    après après ADP fixed 1
    la le DET det 4
    Cnil Cnil PROPN obl:mod 7 ORG
    , , PUNCT punct 4
    Google Google PROPN nsubj 7 ORG
    attaque attaquer VERB ROOT 0
    Microsoft Microsoft PROPN obj 7 ORG
    . . PUNCT punct 7
"""
INVERTED = """
    Google Google PROPN nsubj 2 ORG
    attacked attack VERB ROOT 0
    Microsoft Microsoft PROPN obj 2 ORG
    , , PUNCT punct 5
    says say VERB parataxis 2
    Meta Meta PROPN obj 5 ORG
    . . PUNCT punct 2
"""
BEFORE = """
    Meta Meta PROPN nsubj 2 ORG
    complained complain VERB ROOT 0
    . . PUNCT punct 2

    Google Google PROPN nsubj 2 ORG
    attacked attack VERB ROOT 0
    Microsoft Microsoft PROPN obj 2 ORG
    . . PUNCT punct 2
"""
TOLD = """
    Officials official NOUN nsubj 2
    told tell VERB ROOT 0
    Reuters Reuters PROPN iobj 2 ORG
    that that SCONJ mark 6
    Google Google PROPN nsubj 6 ORG
    attacked attack VERB ccomp 2
    Microsoft Microsoft PROPN obj 6 ORG
    . . PUNCT punct 2
"""
QUOTED = """
    Selon selon ADP case 3
    deux deux NUM nummod 3
    sources source NOUN obl:mod 9
    citées citer VERB acl 3
    par par ADP case 6
    Reuters Reuters PROPN obl:agent 4 ORG
    , , PUNCT punct 3
    Google Google PROPN nsubj 9 ORG
    attaque attaquer VERB ROOT 0
    Microsoft Microsoft PROPN obj 9 ORG
    . . PUNCT punct 9
"""
COLLECTED = """
    Figures figure NOUN nsubj 5
    collected collect VERB acl 1
    by by ADP case 4
    Reuters Reuters PROPN obl:agent 2 ORG
    show show VERB ROOT 0
    that that SCONJ mark 8
    Google Google PROPN nsubj 8 ORG
    attacked attack VERB ccomp 5
    Microsoft Microsoft PROPN obj 8 ORG
    . . PUNCT punct 5
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A ranker that gives its chance to options with one feature, and none to others."""

    feature: str
    chance: float
    threshold: float = 0.5

    def score(self, options: Sequence[Option], places: object = None) -> np.ndarray:
        del places
        return np.array([self.chance * (self.feature in o.features) for o in options])


def node(reading: Reading, name: str) -> Node:
    return next(n for n in reading.nodes if n.name == name)


def claimed(lang: str, text: str) -> tuple[Speakers, FoundClaim]:
    """What may be asked of a text in which Google attacks Microsoft, and that claim."""
    reading = read_names(parse(lang, text))
    rules = load_rules()
    speech = find_speech(reading.doc, rules, reading.lexicon)
    words = reading.doc.text
    start = words.index("Google")
    evidence = Evidence(start, len(words), words[start:])
    stated = [(node(reading, "Google"), "attacks", node(reading, "Microsoft"), evidence)]
    [claim] = place(reading, rules, load_vocabulary(), speech, stated)
    assert claim is not None
    return Speakers(reading, Voices(reading, rules), speech, [claim]), claim


def features(lang: str, text: str) -> dict[str, dict[str, float]]:
    speakers, claim = claimed(lang, text)
    return {option.node.name: option.features for option in speakers.options(claim)}


@pytest.mark.parametrize(
    ("lang", "text", "name", "feature"),
    [
        ("en", REPORTED, "Meta", "says over by ccomp"),
        ("fr", CITED, "Cnil", "cites over"),
        ("en", INVERTED, "Meta", "says beside as parataxis"),
        ("en", BEFORE, "Meta", "last back 1"),
    ],
)
def test_it_is_told_how_somebody_speaks(lang: str, text: str, name: str, feature: str) -> None:
    found = features(lang, text)

    assert feature in found[name]
    assert not found[name]["is subject"]


CLOSED = """
    Google Google PROPN nsubj 2 ORG
    attacked attack VERB ROOT 0
    Microsoft Microsoft PROPN obj 2 ORG
    ; ; PUNCT punct 9
    the the DET det 6
    minister minister NOUN dep 9
    , , PUNCT punct 6
    {verb} 2
    Meta Meta PROPN {arc} 8 ORG
    {after} 8
"""


@pytest.mark.parametrize(
    ("verb", "arc", "after", "speaks"),
    [
        ("says say VERB parataxis", "obj", ". . PUNCT punct", True),
        ("told tell VERB parataxis", "obj", "that that SCONJ mark", False),
        ("told tell VERB parataxis", "iobj", ". . PUNCT punct", False),
        ("says say VERB parataxis", "obj", "is be AUX ccomp", False),
    ],
)
def test_who_is_addressed_or_told_of_does_not_speak(
    verb: str, arc: str, after: str, speaks: bool
) -> None:
    speakers, claim = claimed("en", CLOSED.format(verb=verb, arc=arc, after=after))

    heard = [option.node.name for option in speakers.options(claim)]

    assert ("Meta" in heard) == speaks


@pytest.mark.parametrize("form", ["VerbForm=Part|Tense=Pres", "VerbForm=Ger"])
def test_what_somebody_adds_is_said_by_nobody_behind_it(form: str) -> None:
    text = INVERTED.replace("says say VERB parataxis 2", f"adding add VERB advcl 2 - {form}")

    assert "Meta" not in features("en", text)


@pytest.mark.parametrize(("lang", "text"), [("en", TOLD), ("fr", QUOTED), ("en", COLLECTED)])
def test_an_outlet_is_cited_for_those_whom_it_does_not_name(lang: str, text: str) -> None:
    assert "cites over" in features(lang, text)["Reuters"]


def test_an_outlet_is_not_cited_for_who_is_named() -> None:
    named = TOLD.replace("Officials official NOUN nsubj 2", "Meta Meta PROPN nsubj 2 ORG")

    found = features("en", named)

    assert "says over" in found["Meta"]
    assert "Reuters" not in found


@pytest.mark.parametrize(
    "told",
    [
        TOLD.replace("Officials official NOUN", "She she PRON"),
        TOLD.replace("Officials official NOUN nsubj 2", "Today today ADV advmod 2"),
    ],
)
def test_an_outlet_is_not_cited_for_a_pronoun_or_nobody(told: str) -> None:
    assert "cites over" not in features("en", told).get("Reuters", {})


def test_only_those_who_make_known_are_cited() -> None:
    told = TOLD.replace("Reuters Reuters", "Oracle Oracle")

    assert "cites over" not in features("en", told).get("Oracle", {})


SOURCE = """
    Selon selon ADP case 3
    une un DET det 3
    {} PROPN {}
    , , PUNCT punct 3
    Google Google PROPN nsubj 6 ORG
    veut vouloir VERB ROOT 0
    attaquer attaquer VERB xcomp 6
    Microsoft Microsoft PROPN obj 7 ORG
    . . PUNCT punct 6
"""


@pytest.mark.parametrize(
    ("source", "arc", "heard"),
    [
        ("source source", "obl:mod 6", []),
        ("Cnil Cnil", "obl:mod 6 ORG", ["Cnil", "Google"]),
        ("source source", "nmod 5", ["Google"]),
    ],
)
def test_what_an_unnamed_source_says_is_not_said_by_whom_it_is_of(
    source: str, arc: str, heard: list[str]
) -> None:
    speakers, claim = claimed("fr", SOURCE.format(source, arc))

    assert sorted(option.node.name for option in speakers.options(claim)) == heard


def test_nobody_is_heard_where_nobody_speaks() -> None:
    assert features("en", PLAIN) == {}


def test_who_speaks_of_himself_is_told() -> None:
    found = features("en", REPORTED.replace("Meta Meta", "Google Google"))

    assert set(found) == {"Google"}
    assert found["Google"]["is subject"]


def test_the_likeliest_speaks_if_likely_enough() -> None:
    speakers, claim = claimed("en", REPORTED)

    chosen = speakers.choose(claim, Told("says over", 0.6))  # type: ignore[arg-type]
    assert chosen is not None and chosen.name == "Meta"
    assert speakers.choose(claim, Told("says over", 0.4)) is None  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shipped() -> Ranker:
    found = load_ranker(WEIGHTS)
    assert found is not None, "the package ships no speakers.npz"
    return found


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", REPORTED, "Meta"),
        ("fr", CITED, "Cnil"),
        ("en", INVERTED, "Meta"),
        ("en", TOLD, "Reuters"),
        ("fr", QUOTED, "Reuters"),
        ("en", PLAIN, None),
    ],
)
def test_the_shipped_weights_know_plain_cases(
    shipped: Ranker, lang: str, text: str, name: str | None
) -> None:
    speakers, claim = claimed(lang, text)
    claim.status = Status.ALLEGED
    chosen = speakers.choose(claim, shipped)

    assert (chosen.name if chosen else None) == name
