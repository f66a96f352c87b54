from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from parsed import found, parse

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names import name_types
from policygraph.extraction.names.name_types import (
    NO_NAME,
    NameModel,
    cues_of,
    load_name_model,
    places,
)
from policygraph.extraction.spot import NAME, Spot
from policygraph.models.context import WIDTH
from policygraph.nlp import analyse, load

STARTUP = """
    The the DET det 2
    startup startup NOUN nsubj 4
    Zorblax Zorblax PROPN appos 2 ORG
    grew grow VERB ROOT 0
"""
SIZE = 1 << 12

NOWHERE = np.zeros(2 * WIDTH, "float32")
UNHEARD = np.zeros((2 * WIDTH, 3), "float32")
"""No place of a name, and what is made of any."""


@pytest.fixture
def model() -> NameModel:
    """Knows one cue of each type, and one of words that name nothing."""
    types = (NO_NAME, "Company", "Product")
    cues = np.zeros((SIZE, len(types)), "float32")
    for number, (cue, weight) in enumerate((("start", 6), ("last inc", 3), ("last app", 3))):
        cues[places([cue], SIZE), number] = weight
    none = np.zeros(len(types), "float32")
    return NameModel(types, cues, UNHEARD, none, np.eye(len(types), dtype="float32"), none)


def test_odds_are_log_probabilities(model: NameModel) -> None:
    odds = model.odds(["last inc"], NOWHERE)

    assert np.exp(odds).sum() == pytest.approx(1)
    assert model.types[odds.argmax()] == "Company"


def test_cues_without_weight_tell_nothing(model: NameModel) -> None:
    odds = model.odds(["first quorne"], NOWHERE)

    assert np.exp(odds).tolist() == pytest.approx([1 / 3] * 3)


def test_what_the_words_mean_in_their_places_counts_too(model: NameModel) -> None:
    context = np.zeros((2 * WIDTH, 3), "float32")
    context[5] = 0, 0, 4
    told = NameModel(model.types, model.cues, context, model.first, model.last, model.bias)
    place = np.eye(2 * WIDTH, dtype="float32")[5]

    assert told.types[told.odds(["first quorne"], place).argmax()] == "Product"
    assert told.odds(["last inc"], NOWHERE).tolist() == model.odds(["last inc"], NOWHERE).tolist()


def test_a_names_place_is_that_of_all_its_words_and_of_the_first() -> None:
    doc = analyse(load("en"), "Regulators fined Acme Rockets Ltd again.")
    spot = Spot(2, 5, "Company", NAME)

    found = name_types.context_of_name(spot, doc)

    words = name_types.context_of(doc)[2:5]
    assert found[:WIDTH] == pytest.approx(words.mean(axis=0))
    assert found[WIDTH:].tolist() == words[0].tolist()


def test_the_likeliest_type_is_one_even_of_words_that_name_nothing(model: NameModel) -> None:
    named, sure = model.likeliest(model.odds(["last app"], NOWHERE))
    unnamed, unsure = model.likeliest(model.odds(["start", "last app"], NOWHERE))

    assert named == unnamed == "Product"
    assert sure > 0.9
    assert unsure < 0.1


def test_only_the_types_that_are_asked_for_are_likely(model: NameModel) -> None:
    odds = model.odds(["last app"], NOWHERE)

    assert model.likeliest(odds, {"Company", "Place"})[0] == "Company"


def test_a_name_shows_its_words_its_shape_and_the_words_around_it() -> None:
    doc = parse("en", STARTUP)

    cues = set(cues_of(Spot(2, 3, "Company", NAME), doc, load_lexicon("en")))

    assert cues >= {
        "ner Company",
        "length 1",
        "word zorblax",
        "en only zorblax",
        "end ax",
        "start zor",
        "shape Xx",
        "case False False True",
        "en -1 startup",
        "en -2 the",
        "en +1 grow",
        "dep appos ",
        "en head appos startup",
    }


def test_a_name_at_the_edges_of_a_text_has_cues() -> None:
    doc = parse("fr", "Zorblax Zorblax PROPN nsubj 2 ORG\nINC. INC. PROPN ROOT 0 ORG+")

    cues = list(cues_of(Spot(0, 2, "Company", NAME), doc, load_lexicon("fr")))

    assert "fr more" in cues
    assert "shape Xx X." in cues
    assert not [cue for cue in cues if cue.startswith(("fr -", "fr +"))]


def test_shapes_shorten_runs() -> None:
    assert [name_types._shape(w) for w in ("iPhone", "5G", "ByteDance", "e-Boks", "NSO")] == [
        "xXx",
        "9X",
        "XxXx",
        "x-Xx",
        "X",
    ]


@pytest.mark.parametrize(
    ("lang", "text", "name", "type_"),
    [
        ("en", "The startup Zorblax raised ten million dollars.", "Zorblax", "Company"),
        ("en", "Minister Zilda Quorne met the regulator on Monday.", "Zilda Quorne", "Person"),
        (
            "en",
            "Parliament passed the Digital Fairness Act on Monday.",
            "Digital Fairness Act",
            "LegalInstrument",
        ),
        (
            "en",
            "The National Telecom Authority fined the operator.",
            "National Telecom Authority",
            "GovernmentBody",
        ),
        ("fr", "La ministre Zilda Quorne a rencontré le régulateur.", "Zilda Quorne", "Person"),
        ("fr", "Le Parlement a adopté la loi Zorn lundi.", "loi Zorn", "LegalInstrument"),
        ("fr", "L'entreprise s'est installée à Zorville.", "Zorville", "Place"),
        (
            "fr",
            "L'Autorité des communications a infligé une amende à l'opérateur.",
            "Autorité des communications",
            "GovernmentBody",
        ),
    ],
)
def test_the_shipped_model_types_names_it_has_never_seen(
    lang: str, text: str, name: str, type_: str
) -> None:
    assert found(analyse(load(lang), text))[name] == type_


def test_a_country_is_one_whatever_the_model_takes_it_for() -> None:
    doc = parse("en", "Estonia Estonia PROPN nsubj 2 ORG\nvotes vote VERB ROOT 0")

    assert found(doc) == {"Estonia": "Country"}


def test_without_weights_there_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_types, "WEIGHTS", tmp_path / "names.npz")

    assert load_name_model.__wrapped__() is None


@pytest.mark.usefixtures("word_lists_alone")
def test_word_lists_type_names_where_there_is_no_model() -> None:
    beside = parse(
        "fr",
        """
        L' le DET det 2
        association association NOUN nsubj 4
        Zorblax Zorblax PROPN appos 2 ORG
        proteste protester VERB ROOT 0
        """,
    )
    within = parse(
        "en",
        """
        Zorblax Zorblax PROPN compound 2 ORG
        Commission Commission PROPN nsubj 3 ORG+
        met meet VERB ROOT 0
        """,
    )

    assert found(beside) == {"Zorblax": "AdvocacyGroup"}
    assert found(within) == {"Zorblax Commission": "GovernmentBody"}
