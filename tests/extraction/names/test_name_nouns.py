from __future__ import annotations

import numpy as np
import pytest
from parsed import parse, read_names
from surveyed import surveyed

from policygraph.authority import load_authority
from policygraph.extraction.coreference.coreference import link
from policygraph.extraction.names import name_nouns
from policygraph.extraction.names.called import Called
from policygraph.extraction.names.name_nouns import noun_in_name, noun_of, usual_noun
from policygraph.extraction.reading import Node
from policygraph.extraction.spot import Spot
from policygraph.models.meanings import load_meanings


@pytest.mark.parametrize(
    ("type_", "name", "lang", "noun"),
    [
        ("GovernmentBody", "Court of Justice of the European Union", "en", ("en", "court")),
        ("GovernmentBody", "Federal Trade Commission", "en", ("en", "commission")),
        ("GovernmentBody", "Haute Cour de Delhi", "fr", ("fr", "cour")),
        ("GovernmentBody", "Federal Trade Commission", "fr", ("en", "commission")),
        ("Company", "Bank of America", "en", ("en", "bank")),
        ("LegalInstrument", "Online Safety Bill", "en", ("en", "bill")),
        ("Company", "Apple", "en", None),  # no noun for a firm
        ("Person", "Bill", "en", None),  # a noun, but none for a person
    ],
)
def test_a_name_s_own_noun_tells_what_it_names(
    type_: str, name: str, lang: str, noun: tuple[str, str] | None
) -> None:
    assert noun_in_name(Node(type_, name=name), lang) == noun


def test_an_acronym_is_told_by_the_names_that_the_authority_file_has_for_it() -> None:
    ftc = load_authority().get("federal-trade-commission")
    node = Node("GovernmentBody", [Spot(0, 1, "GovernmentBody", known=ftc)], "FTC")

    assert noun_in_name(node, "fr") == ("fr", "commission")


def test_a_known_name_is_told_by_what_articles_call_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {
        "en": Called({"tiktok": {"app": 2, "platform": 3}}),
        "fr": Called({"signal": {"messagerie": 1}}),
    }
    monkeypatch.setattr(name_nouns, "load_called", tables.__getitem__)
    usual_noun.cache_clear()

    assert usual_noun("tiktok", "en") == ("en", "platform")
    assert usual_noun("tiktok", "fr") == ("en", "platform")
    assert usual_noun("signal", "fr") == ("fr", "messagerie")
    assert usual_noun("velteks", "en") is None
    usual_noun.cache_clear()


def test_a_name_means_what_the_article_calls_the_thing() -> None:
    doc = parse(
        "en",
        """
        Zilda Zilda PROPN nsubj 3 PERSON
        Quorne Quorne PROPN flat 1 PERSON+
        waited wait VERB ROOT 0

        The the DET det 2
        judge judge NOUN nsubj 3
        left leave VERB ROOT 0
        """,
    )
    reading = read_names(doc)
    [person] = reading.nodes
    assert noun_of(person, reading) is None

    link(reading, doc[4], person)

    assert noun_of(person, reading) == ("en", "judge")
    meanings = surveyed(reading)[1].text.meanings
    judge = load_meanings().row("en", "judge")
    assert np.flatnonzero(meanings == judge).tolist() == [0, 1, 4]
