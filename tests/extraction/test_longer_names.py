from __future__ import annotations

import pytest
from parsed import found, parse

POS = {"Haute": "ADJ", "haute": "ADJ", "fédérale": "ADJ", "de": "ADP", "des": "ADP", "du": "ADP"}


def named(words: str) -> dict[str, str]:
    """What is found where the NER takes all of the words for one name."""
    rows = "\n".join(
        f"{word} {word.lower()} {POS.get(word, 'NOUN')} dep 0 ORG{'+' if place else ''}"
        for place, word in enumerate(words.split())
    )
    return found(parse("fr", f"La le DET det 2 -\n{rows}\npleure pleurer VERB ROOT 0 -"))


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("Haute Cour fédérale de Lagos", "GovernmentBody"),
        ("haute cour de Nairobi", "GovernmentBody"),
        ("Regroupement des livreurs de Québec", "AdvocacyGroup"),
        ("Intersyndicale des livreurs de Paris", "AdvocacyGroup"),
        ("Amicale des livreurs de Bruxelles", "AdvocacyGroup"),
        ("Chambre de commerce de Kinshasa", "AdvocacyGroup"),
    ],
)
def test_a_body_s_name_goes_on_to_its_place(words: str, type_: str) -> None:
    assert named(words) == {words: type_}


@pytest.mark.parametrize("words", ["Chambre de Kinshasa", "Haute Couture de Paris", "PDG de Renault"])
def test_what_names_no_body_does_not(words: str) -> None:
    assert words not in named(words)
