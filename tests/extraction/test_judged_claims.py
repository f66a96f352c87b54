"""Claims that a network found likely; how likely each test says itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from parsed import parse, read_names
from surveyed import CODES

from policygraph.extraction.claims import find_claims
from policygraph.extraction.pairs.encoding import Encoded, EncodedText
from policygraph.extraction.pairs.network import Judgement
from policygraph.extraction.pairs.weighing import Likely
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.extraction.speech.attribution import find_speech
from policygraph.extraction.speech.speakers import Option
from policygraph.model import Status
from policygraph.ontology import load_vocabulary
from policygraph.rules import load_rules

DEAL = """
    Google Google PROPN nsubj 2 ORG
    bought buy VERB ROOT 0
    Meta Meta PROPN obj 2 ORG
    . . PUNCT punct 2

    Meta Meta PROPN nsubj 2 ORG
    waxed wax VERB ROOT 0
    Google Google PROPN obj 2 ORG
    . . PUNCT punct 2
"""
GOOGLE, META, META_AGAIN, GOOGLE_AGAIN = 0, 2, 4, 6

DATED = """
    Google Google PROPN nsubj 2 ORG
    sued sue VERB ROOT 0
    Meta Meta PROPN obj 2 ORG
    . . PUNCT punct 2

    Meta Meta PROPN obl 3 ORG
    was be AUX aux 3
    sued sue VERB ROOT 0
    by by ADP case 5
    Google Google PROPN obl:agent 3 ORG
    in in ADP case 7
    2021 2021 NUM obl 3
"""
SAID = """
    Apple Apple PROPN nsubj 2 ORG
    said say VERB ROOT 0
    that that SCONJ mark 5
    Google Google PROPN nsubj 5 ORG
    bought buy VERB ccomp 2
    Meta Meta PROPN obj 5 ORG
"""
PROBABILITY = 1
"""The feature that is the network's own probability."""

Scores = Mapping[tuple[int, int, str], float]


@dataclass(frozen=True, slots=True)
class Judge:
    """Finds each (subject's token, object's token, predicate) as likely as it is told."""

    scores: Scores
    threshold: float = 0.2
    negated: float = 0.0
    unseen: tuple[int, ...] = ()
    """Sentences whose pairs a glance leaves out."""

    def read(self, text: EncodedText) -> EncodedText:
        return text

    def promising(self, text: EncodedText, seen: EncodedText, ends: np.ndarray) -> np.ndarray:
        assert seen is text
        return np.flatnonzero(~np.isin(text.who.sentence[ends[:, 0]], self.unseen))

    def judge(self, article: Encoded, seen: EncodedText) -> Judgement:
        found = np.zeros(article.pairs.allowed.shape, "float32")
        for (subject, object_, predicate), score in self.scores.items():
            row = (article.end_tokens == (subject, object_)).all(axis=1)
            assert row.any()
            found[row, CODES.predicates[predicate]] = score
        verbs = article.text.starts[article.pairs.sentence] + 1
        actual = np.eye(len(Status), dtype="float32")[[0] * len(found)]
        return Judgement(found, verbs, actual, np.full(len(found), self.negated, "float32"))


@dataclass(frozen=True, slots=True)
class Follower:
    """Believes what the network says."""

    threshold: float = 0.2

    def weigh(self, claims: Likely) -> np.ndarray:
        return claims.features[:, PROBABILITY] if len(claims.rows) else np.zeros(0, "float32")


@dataclass(frozen=True, slots=True)
class Hearer:
    """Believes that whoever is heard says a claim, as surely as it is told."""

    chance: float
    threshold: float = 0.4

    def score(self, options: Sequence[Option], places: object = None) -> np.ndarray:
        del places
        return np.full(len(options), self.chance)


def claims(
    scores: Scores | None,
    text: str = DEAL,
    weigher: object = Follower(),
    ranker: object = None,
    negated: float = 0.0,
    unseen: tuple[int, ...] = (),
    lang: str = "en",
) -> list[FoundClaim]:
    reading = read_names(parse(lang, text))
    rules = load_rules()
    speech = find_speech(reading.doc, rules, reading.lexicon)
    judges = None if scores is None else (Judge(scores, negated=negated, unseen=unseen), weigher)
    return find_claims(reading, rules, load_vocabulary(), speech, judges, ranker)  # type: ignore[arg-type]


def told(found: list[FoundClaim]) -> list[tuple[str, str, str]]:
    return [(c.subject.name, c.predicate, c.object.name) for c in found]


def test_without_a_network_the_rules_decide() -> None:
    assert ("Google", "acquires", "Meta") in told(claims(None))


def test_what_the_network_doubts_is_not_claimed_whatever_the_rules_say() -> None:
    assert claims({(GOOGLE, META, "acquires"): 0.19}) == []


def test_a_likely_claim_has_the_network_s_confidence_and_its_trigger_s_rule() -> None:
    [claim] = claims({(GOOGLE, META, "acquires"): 0.81})

    assert told([claim]) == [("Google", "acquires", "Meta")]
    assert claim.confidence == 0.81
    assert {token.text for token in claim.tokens} == {"Google", "bought", "Meta"}


@pytest.mark.parametrize(
    "arcs",
    [("amod 3", "nsubj 4"), ("nsubj 4", "appos 2")],
    ids=["it describes the actor", "the actor hangs on it"],
)
def test_an_adjective_of_nationality_does_not_act_beside_the_actor(arcs: tuple[str, str]) -> None:
    text = f"""
        The The DET det 2
        Dutch Dutch ADJ {arcs[0]}
        Philips Philips PROPN {arcs[1]} ORG
        sued sue VERB ROOT 0
        Uber Uber PROPN obj 4 ORG
    """
    dutch, philips, uber = (1, 4, "sues"), (2, 4, "sues"), "Uber"

    both = claims({dutch: 0.5, philips: 0.4}, text)
    alone = claims({dutch: 0.5}, text)

    assert told(both) == [("Philips", "sues", uber)]
    assert told(alone) == [("Netherlands", "sues", uber)]


def test_pairs_that_a_glance_leaves_out_are_not_judged() -> None:
    scores = {(META_AGAIN, GOOGLE_AGAIN, "sues"): 0.7}

    [claim] = claims(scores, unseen=(0,))

    assert told([claim]) == [("Meta", "sues", "Google")]
    assert {token.text for token in claim.tokens} >= {"Meta", "Google"}
    assert claims({}, unseen=(0, 1)) == []


def test_a_claim_without_a_trigger_rests_on_the_word_most_heeded() -> None:
    [claim] = claims({(META_AGAIN, GOOGLE_AGAIN, "sues"): 0.7})

    assert told([claim]) == [("Meta", "sues", "Google")]
    assert "waxed" in {token.text for token in claim.tokens}


def test_a_symmetric_claim_is_made_once() -> None:
    found = claims({(GOOGLE, META, "mergesWith"): 0.8, (META, GOOGLE, "mergesWith"): 0.8})

    assert len(found) == 1


def test_a_claim_made_twice_is_made_once_and_no_less_sure() -> None:
    twice = {(GOOGLE, META, "sues"): 0.7, (GOOGLE_AGAIN, META_AGAIN, "sues"): 0.6}

    assert [c.confidence for c in claims(twice)] == [0.7]


def test_every_place_that_says_a_claim_gives_its_qualifiers() -> None:
    once = {(GOOGLE, META, "sues"): 0.7}
    again = {**once, (8, META_AGAIN, "sues"): 0.6}
    hardly = {**once, (8, META_AGAIN, "sues"): 0.1}

    assert [c.date for c in claims(once, DATED)] == [None]
    assert [c.date for c in claims(again, DATED)] == ["2021"]
    assert [c.date for c in claims(hardly, DATED)] == [None]


@dataclass(frozen=True, slots=True)
class Doubter:
    """Believes nothing of what the network says, but for one predicate."""

    believed: str
    threshold: float = 0.5

    def weigh(self, claims: Likely) -> np.ndarray:
        return np.where(claims.columns == CODES.predicates[self.believed], 0.9, 0.1)


def test_the_weigher_decides() -> None:
    scores = {(GOOGLE, META, "acquires"): 0.9, (GOOGLE, META, "sues"): 0.3}

    [claim] = claims(scores, weigher=Doubter("sues"))

    assert claim.predicate == "sues"
    assert claim.confidence == 0.9


def test_the_ranker_decides_who_says_a_claim() -> None:
    scores = {(3, 5, "acquires"): 0.8}
    [believed] = claims(scores, SAID, ranker=Hearer(0.5))
    [doubted] = claims(scores, SAID, ranker=Hearer(0.3))

    assert believed.speaker is not None and believed.speaker.name == "Apple"
    assert doubted.speaker is None


WITHOUT = """
    Google Google PROPN nsubj 2 ORG
    grew grow VERB ROOT 0
    {} {} SCONJ mark 4
    {} {} VERB advcl 2
    Meta Meta PROPN obj 4 ORG
"""


@pytest.mark.parametrize(
    ("mark", "chance", "negated"),
    [("without", 0.05, True), ("without", 0.02, False), ("by", 0.05, False), ("by", 0.5, False)],
)
def test_a_phrase_that_denies_needs_little_support(mark: str, chance: float, negated: bool) -> None:
    text = WITHOUT.format(mark, mark, "buying", "buy")

    [claim] = claims({(0, 4, "acquires"): 0.9}, text, negated=chance)

    assert claim.negated == negated


@pytest.mark.parametrize(("verb", "negated"), [("refused", True), ("liked", False)])
def test_the_network_denies_only_where_a_word_here_or_just_before_may(
    verb: str, negated: bool
) -> None:
    text = SAID.replace("said say", f"{verb} {verb.removesuffix('d')}")

    [claim] = claims({(3, 5, "acquires"): 0.9}, text, negated=0.5)

    assert claim.negated == negated


@pytest.mark.parametrize(("verb", "negated"), [("denied", True), ("said", False)])
def test_what_somebody_denies_in_so_many_words_needs_no_support(verb: str, negated: bool) -> None:
    text = SAID.replace("said say", f"{verb} {dict(denied='deny', said='say')[verb]}")

    [claim] = claims({(3, 5, "acquires"): 0.9}, text, negated=0.0)

    assert claim.negated == negated


@pytest.mark.parametrize(("mark", "negated"), [("without", True), ("by", False)])
def test_a_state_is_denied_by_such_a_phrase_alone(mark: str, negated: bool) -> None:
    text = WITHOUT.format(mark, mark, "owning", "own")

    [claim] = claims({(0, 4, "owns"): 0.9}, text, negated=0.5)

    assert claim.negated == negated


FOUNDER = """
    Doe Doe PROPN nsubj 7 PER
    , , PUNCT punct 3
    founder founder NOUN appos 1
    of of ADP case 5
    Google Google PROPN nmod 3 ORG
    , , PUNCT punct 3
    {} {} VERB ROOT 0
    Meta Meta PROPN obj 7 ORG
    in in ADP case 10
    2021 2021 NUM obl 7
"""


def test_when_somebody_acts_is_not_when_he_founded_his_firm() -> None:
    [founded] = claims({(0, 4, "founded"): 0.9}, FOUNDER.format("sued", "sue"))
    [sues] = claims({(0, 7, "sues"): 0.9}, FOUNDER.format("sued", "sue"))

    assert (founded.date, sues.date) == (None, "2021")


OLD_LAW = """
    Zorblax Zorblax PROPN nsubj 2 ORG
    {} {} VERB ROOT 0
    le le DET det 4
    décret décret NOUN obj 2
    du de ADP case 6
    4 4 NUM nmod 4
    mars mars NOUN nmod 6
    2003 2003 NUM nmod 7
"""


@pytest.mark.parametrize(
    ("verb", "predicate", "date"),
    [("adopte adopter", "enacts", "2003-03-04"), ("valide valider", "approves", None)],
)
def test_the_day_of_a_law_is_when_it_was_made_not_when_it_was_upheld(
    verb: str, predicate: str, date: str | None
) -> None:
    text = OLD_LAW.format(*verb.split())

    [claim] = claims({(0, 3, predicate): 0.9}, text, lang="fr")

    assert claim.date == date
