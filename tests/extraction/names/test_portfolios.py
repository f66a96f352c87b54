from __future__ import annotations

import pytest
from parsed import found, parse

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.portfolios import has_portfolio, portfolio_end

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
        ("en", "the Executive Vice - President for Energy , Water and Clean Air said"),
        ("en", "the Commissioner for Culture , Peace and the Rule of Law said"),
        ("fr", "la commissaire à la Culture , au Climat et à l' Énergie dit"),
        ("fr", "la vice-présidente chargée de la Culture , du Climat et de l' Énergie dit"),
    ],
)
def test_what_a_minister_is_for_is_no_name(lang: str, words: str) -> None:
    assert _names(lang, words) == {}


def test_a_matter_of_a_french_minister_may_have_a_complement() -> None:
    doc = parse(
        "fr",
        "commissaire commissaire NOUN ROOT 0\nà à ADP case 3\nl' le DET det 4\n"
        "Énergie Énergie PROPN nmod 1\n, , PUNCT punct 4\nau au ADP case 7\n"
        "Climat Climat PROPN conj 4\net et CCONJ cc 11\nà à ADP case 11\nl' le DET det 11\n"
        "Égalité Égalité NOUN conj 4\nde de ADP case 13\ndroit droit NOUN nmod 11 ORG",
    )

    assert portfolio_end(doc[0], load_lexicon("fr"), frozenset()) == len(doc)


@pytest.mark.parametrize(
    ("post", "lists"), [("president", False), ("commissioner", True), ("vice - president", True)]
)
def test_a_president_is_for_no_list_of_matters(post: str, lists: bool) -> None:
    doc = parse("en", "\n".join(f"{word} {word} NOUN dep 1" for word in post.split()))

    assert has_portfolio(doc[-1], load_lexicon("en")) == lists
