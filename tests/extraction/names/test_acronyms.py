from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from policygraph.authority import load_authority
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.acronyms import acronyms, means_another
from policygraph.extraction.spot import Spot


def spots_of(doc: Doc, *names: str, type_: str = "GovernmentBody") -> list[Spot]:
    """A spot for each of the names, in order of the text."""
    spots, place = [], 0
    for name in names:
        start = doc.text.index(name, place)
        place = start + len(name)
        span = doc.char_span(start, place)
        assert span is not None, name
        spots.append(Spot(span.start, span.end, type_))
    return spots


@pytest.mark.parametrize(
    ("lang", "text", "short", "full"),
    [
        ("fr", "La Comco (Zone des dunes) a dit.", None, ("Comco", "Zone des dunes")),
        ("fr", "Le Bureau des dunes (Budu) a dit.", "Budu", ("Bureau des dunes", "Budu")),
        ("fr", "Le Bureau des dunes, le BDS, a dit.", "BDS", ("Bureau des dunes", "BDS")),
        ("en", "FSZ, the Friends of Sand, said so.", "FSZ", ("FSZ", "Friends of Sand")),
        ("en", "WOB loses. The Widgets of Bern are closed.", "WOB", ("WOB", "Widgets of Bern")),
        ("en", "W.B.S. loses. The Widgets of Bern Society is closed.", "W.B.S.",
         ("W.B.S.", "Widgets of Bern Society")),
        ("en", "Quorne Widgets, BDS and Zorblax Works met.", None,
         ("Quorne Widgets", "BDS", "Zorblax Works")),
        ("fr", "Le Office of the Sand Dunes (OSD) a dit.", "OSD",
         ("Office of the Sand Dunes", "OSD")),
        ("fr", "La Cour de la Ligue des Dunes (LD) a dit.", None,
         ("Cour de la Ligue des Dunes", "LD")),
        ("en", "The Union of the Sand Dunes (USD) said so.", "USD",
         ("Union of the Sand Dunes", "USD")),
        ("en", "QW loses. Quorne Widgets is closed.", None, ("QW", "Quorne Widgets")),
        ("en", "QWS loses. Quorne Widget Shops and Queen's Wine Stores are closed.", None,
         ("QWS", "Quorne Widget Shops", "Queen's Wine Stores")),
    ],
)  # fmt: skip
def test_acronyms_stand_for_the_names_that_introduce_or_spell_them(
    lang: str, text: str, short: str | None, full: tuple[str, ...]
) -> None:
    doc = spacy.blank(lang).make_doc(text)
    spots = spots_of(doc, *full)

    found = acronyms(doc, spots, load_lexicon(lang))

    told = {doc[s.start : s.end].text for s in spots if id(s) in found}
    assert told == ({short} if short else set())
    assert all(doc[other.start : other.end].text in full for other in found.values())


def test_what_stands_in_brackets_behind_a_person_is_no_acronym() -> None:
    doc = spacy.blank("en").make_doc("Zilda Quorne (Lib) and Bob Quorne (BQ) met.")
    spots = spots_of(doc, "Zilda Quorne", "Lib", "Bob Quorne", type_="Person")

    assert not acronyms(doc, spots, load_lexicon("en"))


def test_two_known_things_side_by_side_are_two() -> None:
    doc = spacy.blank("en").make_doc("Alphabet Inc. (Google) said so.")
    firm, service = spots_of(doc, "Alphabet Inc.", "Google", type_="Company")
    firm.known, service.known = load_authority().get("alphabet"), load_authority().get("google")

    assert not acronyms(doc, [firm, service], load_lexicon("en"))


def test_a_known_acronym_means_what_the_article_spells_out() -> None:
    doc = spacy.blank("en").make_doc("The Competition Union of Gnomes, the FTC, and the FTC: Floor"
                                     " Tile Council.")  # fmt: skip
    union, ftc, _, council = spots_of(doc, "Competition Union of Gnomes", "FTC", "FTC",
                                      "Floor Tile Council")  # fmt: skip
    ftc.known = load_authority().get("federal-trade-commission")
    assert ftc.known is not None

    lexicon = load_lexicon("en")
    assert means_another(doc, ftc, council, lexicon)
    assert not means_another(doc, ftc, union, lexicon)  # may be what it is called elsewhere
