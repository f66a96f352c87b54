from __future__ import annotations

import pytest
import spacy

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.capital_firms import find_capital_firms


@pytest.mark.parametrize(
    ("lang", "text", "firms"),
    [
        (
            "fr",
            "Elle vise QUORNE LLC et QUORNE BELGIUM LIMITED.",
            ["QUORNE LLC", "QUORNE BELGIUM LIMITED"],
        ),
        ("fr", "Elle vise VELTA STYLES CO. LTD, filiale.", ["VELTA STYLES CO. LTD"]),
        ("fr", "La société QUORNE EUROPE CORE conteste.", ["QUORNE EUROPE CORE"]),
        ("fr", "La société GOOGLE conteste.", []),
        ("fr", "Elle vise QUORNE LLC ET VELTA SA.", ["QUORNE LLC", "VELTA SA"]),
        ("fr", "Elle vise QUORNE SAS VELTA.", ["QUORNE SAS"]),
        ("fr", "Elle vise la 3V QUORNE SAS.", ["3V QUORNE SAS"]),
        ("en", "The US AG sued.", []),
        ("fr", "Elle vise FACEBOOK IRELAND LTD.", ["FACEBOOK IRELAND LTD"]),
        ("fr", "Un accord QUORNE EUROPE signé.", []),
        ("fr", "QUORNE BELGIUM LIMITED SANCTIONNE", []),  # a line in capitals
        ("en", "It fined QUORNE OPERATIONS INC on Monday.", ["QUORNE OPERATIONS INC"]),
        ("en", "It fined the EU AI ACT on Monday.", []),
    ],
)
def test_firms_in_capitals_are_found_whole(lang: str, text: str, firms: list[str]) -> None:
    nlp = spacy.blank(lang)
    nlp.add_pipe("sentencizer")
    doc = nlp(text)

    spots = list(find_capital_firms(doc, text, load_lexicon(lang)))

    assert [doc[s.start : s.end].text for s in spots] == firms
    assert {s.type for s in spots} <= {"Company"}


def test_a_known_firm_is_known_in_capitals_too() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    text = "Elle vise FACEBOOK IRELAND LIMITED."

    [spot] = find_capital_firms(nlp(text), text, load_lexicon("fr"))

    assert spot.known is not None
    assert spot.known.slug == "meta-ireland"
