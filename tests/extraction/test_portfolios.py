from __future__ import annotations

import pytest
from parsed import found, parse

_KNOWN = {"Google": "ORG", "Apple": "ORG"}


def _names(lang: str, words: str) -> dict[str, str]:
    """Spots of words of which those with capitals are proper nouns."""
    rows = []
    for word in words.split():
        pos = "PROPN" if word[0].isupper() else "ADJ" if word.endswith("ique") else "X"
        rows.append(f"{word} {word} {pos} dep 1 {_KNOWN.get(word, '-')}")
    return found(parse(lang, "\n".join(rows)))


@pytest.mark.parametrize(
    ("lang", "words", "name"),
    [
        (
            "en",
            "the Ministry of Culture , Science and Youth Policy",
            "Ministry of Culture , Science and Youth Policy",
        ),
        (
            "en",
            "the Department for Energy , Water , and the Environment said",
            "Department for Energy , Water , and the Environment",
        ),
        (
            "fr",
            "le ministère de l' Énergie , des Transports et du Climat économique dit",
            "ministère de l'Énergie , des Transports et du Climat économique",
        ),
    ],
)
def test_a_ministry_may_list_what_it_is_for(lang: str, words: str, name: str) -> None:
    names = _names(lang, words)

    assert names == {name: "GovernmentBody"}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "the Ministry of Energy , Google and Apple met"),
        ("en", "the Ministry of Energy , Quorne and Zorblax met"),
        ("fr", "le ministère de l' Énergie , de Google et de Apple dit"),
        ("fr", "le ministère de l' Énergie , la Culture et le Climat dit"),
    ],
)
def test_other_names_beside_a_ministry_are_no_part_of_its_name(lang: str, words: str) -> None:
    assert not any(name.count(" ") > 3 for name in _names(lang, words))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "the Minister for Energy , Water Safety and Culture said"),
        ("fr", "le ministre de l' Énergie , des Sciences et de l' Industrie dit"),
    ],
)
def test_what_a_minister_is_for_is_no_name(lang: str, words: str) -> None:
    assert _names(lang, words) == {}
