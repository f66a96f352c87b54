from __future__ import annotations

import pytest
from parsed import parse

from policygraph.extraction.language.lexicon import load_lexicon


@pytest.mark.parametrize(("behind", "denotes"), [("civile", False), ("chinoise", True)])
def test_a_phrase_may_denote_nothing_that_its_noun_does(behind: str, denotes: bool) -> None:
    doc = parse("fr", f"société société NOUN ROOT 0\n{behind} x ADJ amod 1")

    assert bool(load_lexicon("fr").types_of_noun(doc[0])) == denotes


@pytest.mark.parametrize(
    ("before", "denotes"),
    [("droits de l'", False), ("Droits de l’", False), ("droits de cet", True), ("l'", True)],
)
def test_such_a_phrase_may_end_in_the_noun(before: str, denotes: bool) -> None:
    words = [*before.split(), "homme"]
    table = "\n".join(f"{word} {word.lower()} NOUN ROOT 0" for word in words)

    noun = parse("fr", table)[-1]

    assert bool(load_lexicon("fr").types_of_noun(noun)) == denotes


def test_a_noun_may_end_a_doc() -> None:
    assert load_lexicon("fr").types_of_noun(parse("fr", "société société NOUN ROOT 0")[0])


@pytest.mark.parametrize(
    ("lang", "table", "at", "type_"),
    [
        ("fr", "projets projet NOUN ROOT 0\nde de ADP case 3\nloi loi NOUN nmod 1", 0, "Legal"),
        ("fr", "projet projet NOUN ROOT 0\nde de ADP case 3\ntroc troc NOUN nmod 1", 0, "Product"),
        (
            "fr",
            "homme homme NOUN ROOT 0\nd' de ADP case 3\naffaires affaire NOUN nmod 1",
            0,
            "Pers",
        ),
        (
            "fr",
            "moteur moteur NOUN ROOT 0\nde de ADP case 3\nrecherche recherche NOUN nmod 1",
            2,
            "",
        ),
        ("fr", "jeune jeune ADJ amod 2\npousse pousse NOUN ROOT 0", 1, "Company"),
        ("en", "central central ADJ amod 2\nbanks bank NOUN ROOT 0", 1, "GovernmentBody"),
        ("en", "quiet quiet ADJ amod 2\nbanks bank NOUN ROOT 0", 1, "Company"),
        ("en", "task task NOUN compound 2\nforce force NOUN ROOT 0", 0, ""),
    ],
)
def test_a_noun_denotes_what_the_phrase_does_that_it_heads(
    lang: str, table: str, at: int, type_: str
) -> None:
    noun = parse(lang, table)[at]

    types = load_lexicon(lang).types_of_noun(noun)

    assert types[:1] == () if not type_ else types[0].startswith(type_)


@pytest.mark.parametrize(("name", "type_"), [("quorne lobby", "AdvocacyGroup"), ("lobbyte", None)])
def test_a_lobby_is_an_advocacy_group(name: str, type_: str | None) -> None:
    assert load_lexicon("en").type_of_name(name) == type_


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Jeux olympiques et paralympiques", "Event"),
        ("Coupe du monde 2030", "Event"),
        ("Festival du livre", "Event"),
        ("World Cup", "Event"),
        ("Festival Quorne", None),
        ("Jeux Vidéo Magazine", None),
        ("Epic Games", None),
        ("Summit", None),
        ("Climate Summit", "Event"),
        ("Quorne Ltd", "Company"),
    ],
)
def test_some_first_or_last_words_tell_the_type_of_a_name(name: str, type_: str | None) -> None:
    assert load_lexicon("fr").sure_type_of_name(name) == type_
