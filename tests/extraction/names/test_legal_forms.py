from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.names.legal_forms import load_legal_forms


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("zorblax ag", "zorblax"),
        ("zorblax s.a.", "zorblax"),
        ("zorblax holding ltd", "zorblax holding"),
        ("zorblax services co. limited", "zorblax services"),
        ("quorne & co", "quorne"),
        ("pt zorblax tbk", "zorblax"),
        ("zorblax group", "zorblax group"),
        ("inc", "inc"),
    ],
)
def test_a_name_loses_its_legal_forms_but_what_tells_a_group(words: str, bare: str) -> None:
    assert load_legal_forms().without(words) == bare


@pytest.mark.parametrize(
    ("lang", "words", "name"),
    [
        ("en", "Siemens AG", "Siemens AG"),
        ("fr", "Capgemini SE", "Capgemini SE"),
        ("fr", "Orange SA", "Orange SA"),
        ("en", "PT Bukalapak Tbk", "PT Bukalapak Tbk"),
        ("en", "Capgemini Co - founder", "Capgemini"),
        ("en", "Munich AG", "Munich"),
    ],
)
def test_a_known_firm_takes_its_legal_form(lang: str, words: str, name: str) -> None:
    rows = "\n".join(f"{word} {word} PROPN dep 0" for word in words.split())
    doc = parse(lang, f"{rows}\ngrew grow VERB ROOT 0")

    [node] = read_names(doc).nodes

    assert node.name == name
    assert node.known is not None


@pytest.mark.parametrize(("word", "names"), [("Ltd", ["Zorblax Data Ltd"]), ("Kids", None)])
def test_a_firm_with_its_legal_form_is_the_firm_without_it(
    word: str, names: list[str] | None
) -> None:
    doc = parse(
        "en",
        f"""
        Zorblax Zorblax PROPN compound 3 ORG
        Data Data PROPN compound 3 ORG+
        {word} {word} PROPN nsubj 4 ORG+
        grew grow VERB ROOT 0

        Zorblax Zorblax PROPN compound 2 ORG
        Data Data PROPN nsubj 3 ORG+
        shrank shrink VERB ROOT 0
        """,
    )

    found = [node.name for node in read_names(doc).nodes]

    assert found == (names or [f"Zorblax Data {word}", "Zorblax Data"])
