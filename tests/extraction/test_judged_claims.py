"""Claims that a network found likely; how likely each test says itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from parsed import parse, read_names
from surveyed import CODES

from policygraph.extraction.attribution import find_speech
from policygraph.extraction.claims import find_claims
from policygraph.extraction.encoding import Encoded
from policygraph.extraction.found import FoundClaim
from policygraph.extraction.network import Judgement
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

BIDS = """
    Google Google PROPN nsubj 4 ORG
    and and CCONJ cc 3
    Meta Meta PROPN conj 1 ORG
    bought buy VERB ROOT 0
    Twitter Twitter PROPN obj 4 ORG
    through through ADP case 7
    Microsoft Microsoft PROPN obl 4 ORG
"""
TWITTER, MICROSOFT = 4, 6

Scores = Mapping[tuple[int, int, str], float]


@dataclass(frozen=True, slots=True)
class Judge:
    """Finds each (subject's token, object's token, predicate) as likely as it is told."""

    scores: Scores
    threshold: float = 0.2
    together: np.ndarray = field(default_factory=lambda: ~np.eye(len(CODES.predicates), dtype=bool))

    def judge(self, article: Encoded) -> Judgement:
        found = np.zeros(article.allowed.shape, "float32")
        for (subject, object_, predicate), score in self.scores.items():
            row = (article.ends == (subject, object_)).all(axis=1)
            assert row.any()
            found[row, CODES.predicates[predicate]] = score
        verbs = article.starts[article.sentence] + 1
        actual = np.eye(len(Status), dtype="float32")[[0] * len(found)]
        return Judgement(found, verbs, actual, np.zeros(len(found), "float32"))


def claims(scores: Scores | None, text: str = DEAL) -> list[FoundClaim]:
    reading = read_names(parse("en", text))
    rules = load_rules()
    speech = find_speech(reading.doc, rules, reading.lexicon)
    network = None if scores is None else Judge(scores)
    return find_claims(reading, rules, load_vocabulary(), speech, network)  # type: ignore[arg-type]


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


def test_a_claim_without_a_trigger_rests_on_the_word_most_heeded() -> None:
    [claim] = claims({(META_AGAIN, GOOGLE_AGAIN, "sues"): 0.7})

    assert told([claim]) == [("Meta", "sues", "Google")]
    assert "waxed" in {token.text for token in claim.tokens}


def test_of_two_directions_in_one_sentence_the_likelier_is_claimed() -> None:
    found = claims({(GOOGLE, META, "acquires"): 0.9, (META, GOOGLE, "acquires"): 0.6})

    assert told(found) == [("Google", "acquires", "Meta")]


def test_directions_in_different_sentences_are_both_claimed() -> None:
    found = claims({(GOOGLE, META, "sues"): 0.9, (META_AGAIN, GOOGLE_AGAIN, "sues"): 0.6})

    assert told(found) == [("Google", "sues", "Meta"), ("Meta", "sues", "Google")]


def test_a_symmetric_claim_is_made_once() -> None:
    found = claims({(GOOGLE, META, "mergesWith"): 0.8, (META, GOOGLE, "mergesWith"): 0.8})

    assert len(found) == 1


def test_a_claim_made_twice_is_no_less_sure() -> None:
    twice = {(GOOGLE, META, "sues"): 0.98, (GOOGLE_AGAIN, META_AGAIN, "sues"): 0.6}
    unsure = {(GOOGLE, META, "sues"): 0.7, (GOOGLE_AGAIN, META_AGAIN, "sues"): 0.6}

    assert [c.confidence for c in claims(twice)] == [0.98]
    assert [c.confidence for c in claims(unsure)] == [0.75]


def test_another_buyer_is_claimed_only_where_it_is_nearly_as_likely() -> None:
    sure = {(GOOGLE, TWITTER, "acquires"): 0.9, (MICROSOFT, TWITTER, "acquires"): 0.4}
    torn = {(GOOGLE, TWITTER, "acquires"): 0.6, (MICROSOFT, TWITTER, "acquires"): 0.4}

    assert told(claims(sure, BIDS)) == [("Google", "acquires", "Twitter")]
    assert len(claims(torn, BIDS)) == 2


def test_buyers_joined_by_and_do_not_rival_each_other() -> None:
    found = claims({(GOOGLE, TWITTER, "acquires"): 0.9, (2, TWITTER, "acquires"): 0.3}, BIDS)

    assert told(found) == [("Google", "acquires", "Twitter"), ("Meta", "acquires", "Twitter")]


def test_another_relation_is_no_rival() -> None:
    found = claims(
        {(GOOGLE, TWITTER, "acquires"): 0.9, (MICROSOFT, TWITTER, "investsIn"): 0.3}, BIDS
    )

    assert len(found) == 2
