"""What claims of one article rule out of each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed import parse

from policygraph import ontology
from policygraph.errors import OntologyError
from policygraph.extraction import consistency
from policygraph.extraction.consistency import load_consistency
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.extraction.reading import Node
from policygraph.extraction.spot import NAME, Spot
from policygraph.model import Status

TOKENS = list(parse("en", "Chiefs chief NOUN nsubj 2\nleft leave VERB ROOT 0"))
ANN, BOB = Node("Person"), Node("Person")
FIRM, BUYER, OTHER = Node("Company"), Node("Company"), Node("Company")


def claim(
    subject: Node,
    predicate: str,
    confidence: float,
    status: Status = Status.ACTUAL,
    negated: bool = False,
    token: int = 0,
    object_: Node = FIRM,
) -> FoundClaim:
    return FoundClaim(
        subject=subject, predicate=predicate, object=object_, status=status, negated=negated,
        cued=False, speaker=None, date=None, deadline=None, amount=None, role=None,
        confidence=confidence, rule="test", tokens=[TOKENS[token]],
    )  # fmt: skip


def kept(*claims: FoundClaim) -> list[FoundClaim]:
    return load_consistency().keep(claims)


def test_who_is_to_buy_does_not_own() -> None:
    planned = claim(BUYER, "acquires", 0.6, Status.PLANNED)

    assert kept(claim(BUYER, "owns", 0.4), planned) == [planned]


def test_who_owns_is_not_about_to_buy() -> None:
    owns = claim(BUYER, "owns", 0.6)

    assert kept(owns, claim(BUYER, "acquires", 0.4, Status.POSSIBLE)) == [owns]


def test_a_purchase_that_is_done_or_denied_or_anothers_rules_nothing_out() -> None:
    owns = claim(BUYER, "owns", 0.4)
    for other in (
        claim(BUYER, "acquires", 0.6),
        claim(BUYER, "acquires", 0.6, Status.PLANNED, negated=True),
        claim(BUYER, "acquires", 0.3, Status.PLANNED, negated=True),
        claim(ANN, "acquires", 0.6, Status.PLANNED),
        claim(ANN, "acquires", 0.3, Status.PLANNED),
    ):
        assert kept(owns, other) == [owns, other]


def test_that_it_will_own_is_no_contradiction() -> None:
    will = claim(BUYER, "owns", 0.4, Status.PLANNED)
    planned = claim(BUYER, "acquires", 0.6, Status.PLANNED)

    assert kept(will, planned) == [will, planned]


def test_one_noun_names_one_persons_post() -> None:
    sure, doubtful = claim(ANN, "holdsPositionAt", 0.8), claim(BOB, "holdsPositionAt", 0.3)

    assert kept(doubtful, sure) == [sure]


def test_one_noun_names_a_post_at_one_body() -> None:
    sure = claim(ANN, "holdsPositionAt", 0.8)
    doubtful = claim(ANN, "holdsPositionAt", 0.3, object_=OTHER)

    assert kept(doubtful, sure) == [sure]


def test_founders_are_sure_alike_and_other_nouns_speak_for_themselves() -> None:
    for other in (
        claim(BOB, "holdsPositionAt", 0.7),
        claim(BOB, "holdsPositionAt", 0.3, token=1),
    ):
        sure = claim(ANN, "holdsPositionAt", 0.8)
        assert kept(sure, other) == [sure, other]


@pytest.mark.parametrize(
    "content",
    [
        "[one]\npredicates = []\n",
        '[[pending]]\nclaim = "buys"\nrules_out = []\n[one]\npredicates = []\nratio = 1\n',
        'pending = []\n[one]\npredicates = []\nratio = 1\n[[never]]\nclaim = "owns"\non = "so"\n',
    ],
)
def test_a_broken_file_is_named(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "consistency.toml").write_text(content)
    monkeypatch.setattr(consistency, "ontology_dir", lambda: tmp_path)
    load_consistency.cache_clear()
    ontology.load_vocabulary()

    with pytest.raises(OntologyError, match=r"consistency\.toml"):
        load_consistency()
    monkeypatch.undo()
    load_consistency.cache_clear()


PLACE, STATE = Node("Place"), Node("Country")


@pytest.mark.parametrize(
    ("lang", "word", "stays"),
    [("en", "listed", False), ("en", "based", True), ("fr", "cotée", False), ("fr", "née", True)],
)
def test_where_shares_are_listed_is_no_seat(lang: str, word: str, stays: bool) -> None:
    found = claim(FIRM, "basedIn", 0.9, object_=PLACE)
    found.tokens = list(parse(lang, f"{word} {word} VERB ROOT 0"))

    assert kept(found) == [found] * stays


@pytest.mark.parametrize(
    ("role", "object_", "stays"),
    [
        ("shadow minister", STATE, False),
        ("Shadow chancellor", STATE, False),
        ("minister", STATE, True),
        ("shadow minister", FIRM, True),
        (None, STATE, True),
    ],
)
def test_a_shadow_minister_holds_no_office(role: str | None, object_: Node, stays: bool) -> None:
    found = claim(ANN, "holdsPositionAt", 0.9, object_=object_)
    found.role = role

    assert kept(found) == [found] * stays


def test_a_file_need_not_name_such_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "consistency.toml").write_text(
        'pending = []\n[one]\npredicates = ["holdsPositionAt"]\nratio = 1.2\n', encoding="utf-8"
    )
    monkeypatch.setattr(consistency, "ontology_dir", lambda: tmp_path)
    found = claim(FIRM, "basedIn", 0.9, object_=PLACE)

    assert load_consistency.__wrapped__().keep([found]) == [found]


@pytest.mark.parametrize(
    ("lang", "words", "stays"),
    [
        ("en", "under the", False),
        ("en", "pursuant to the", False),
        ("en", "the", True),
        ("en", "wonder the", True),
        ("fr", "en vertu du", False),
        ("fr", "au titre de la", False),
        ("fr", "pour la", True),
    ],
)
def test_what_is_done_under_a_law_is_not_done_to_it(lang: str, words: str, stays: bool) -> None:
    rows = [f"{w} {w} {'DET' if w in ('the', 'la') else 'ADP'} case 2" for w in words.split()]
    doc = parse(lang, "\n".join(["adopted adopt VERB ROOT 0", *rows, "DMA DMA PROPN obl 1"]))
    place = len(doc) - 1
    law = Node("LegalInstrument", spots=[Spot(place, place + 1, "LegalInstrument", NAME)])
    enacts, regulates = claim(BUYER, "enacts", 0.6, object_=law), claim(law, "regulates", 0.6)
    enacts.tokens = regulates.tokens = [doc[0], doc[place]]

    assert kept(enacts, regulates) == ([enacts, regulates] if stays else [regulates])


@pytest.mark.parametrize(("words", "stays"), [("hostile", False), ("complaint", True)])
def test_a_hostile_bid_is_no_suit(words: str, stays: bool) -> None:
    sues = claim(BUYER, "sues", 0.6)
    sues.tokens = [parse("en", f"{words} {words} NOUN ROOT 0")[0]]

    assert kept(sues) == ([sues] if stays else [])
