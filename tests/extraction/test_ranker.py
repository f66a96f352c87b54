"""The network that weighs what a noun may stand for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from parsed import parse, read_names

from policygraph.errors import OntologyError
from policygraph.extraction.coreference.nominals import Nominals, Option
from policygraph.extraction.ranker import Ranker, load_ranker, places
from policygraph.models.context import context_of
from policygraph.models.weights import Array

TEXT = """
    Google Google PROPN nsubj 2 ORG
    bought buy VERB ROOT 0
    Meta Meta PROPN obj 2 ORG
    . . PUNCT punct 2

    The the DET det 2
    company company NOUN nsubj 3
    grew grow VERB ROOT 0
    . . PUNCT punct 3
"""


@pytest.fixture
def shipped() -> Ranker:
    found = load_ranker()
    assert found is not None, "the package ships no nominals.npz"
    return found


@pytest.fixture
def options() -> list[Option]:
    walk = Nominals(read_names(parse("en", TEXT)))
    [(noun, types)] = list(walk.nouns())
    return walk.options(noun, types)


def score(ranker: Ranker, options: list[Option]) -> Array:
    return ranker.score(options, places(options[0].noun.doc, options[0].noun.i, options))


def test_options_share_what_none_leaves(shipped: Ranker, options: list[Option]) -> None:
    scores = score(shipped, options)

    assert [o.node.name if o.node else None for o in options] == ["Meta", "Google", None]
    assert (scores > 0).all()
    assert scores.sum() < 1


def test_the_order_of_options_does_not_matter(shipped: Ranker, options: list[Option]) -> None:
    assert np.allclose(score(shipped, options), score(shipped, options[::-1])[::-1], atol=1e-6)


def test_features_that_were_not_learned_are_left_out(
    shipped: Ranker, options: list[Option]
) -> None:
    before = score(shipped, options)
    for option in options:
        option.features["never seen"] = 7.0

    assert np.allclose(score(shipped, options), before)


def test_a_noun_and_the_mentions_that_it_is_compared_with_are_told_in_their_places(
    options: list[Option],
) -> None:
    context = context_of(options[0].noun.doc)

    asked, answers = places(options[0].noun.doc, options[0].noun.i, options)

    assert [option.tokens for option in options] == [(2,), (0,), ()]
    assert (asked == context[5]).all()
    assert (answers[:2] == context[[2, 0]]).all()
    assert not answers[2].any()


def test_what_words_mean_in_their_places_tells_for_what_a_noun_stands(
    shipped: Ranker, options: list[Option]
) -> None:
    asked, answers = places(options[0].noun.doc, options[0].noun.i, options)

    elsewhere = shipped.score(options, (asked, answers[::-1]))

    assert not np.allclose(shipped.score(options, (asked, answers)), elsewhere, atol=1e-3)


def test_broken_weights_are_named(tmp_path: Path) -> None:
    path = tmp_path / "nominals.npz"
    path.write_bytes(b"no weights")

    with pytest.raises(OntologyError, match=r"nominals\.npz"):
        load_ranker(path)


@pytest.mark.parametrize(("place", "firm"), [("Redmond", "Microsoft"), ("Cupertino", "Apple")])
def test_the_place_beside_a_noun_tells_which_known_thing_it_stands_for(
    shipped: Ranker, place: str, firm: str
) -> None:
    table = f"""
        Microsoft Microsoft PROPN nsubj 2 ORG
        met meet VERB ROOT 0
        Apple Apple PROPN obj 2 ORG

        The the DET det 3
        {place} {place} PROPN compound 3 LOC
        company company NOUN nsubj 4
        grew grow VERB ROOT 0
    """
    walk = Nominals(read_names(parse("en", table)))
    [(noun, types)] = list(walk.nouns())
    options = walk.options(noun, types)

    based = {o.node.name: o.features["based so ever"] for o in options if o.node is not None}
    best = options[int(score(shipped, options).argmax())].node

    assert [name for name, so in based.items() if so] == [firm]
    assert best is not None and best.name == firm
