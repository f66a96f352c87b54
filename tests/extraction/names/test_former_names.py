from __future__ import annotations

import pytest
from parsed import parse, read_names


def _names(lang: str, words: str) -> list[list[str]]:
    """Mentions of what is named in words of which those with "*" are names."""
    rows = []
    for word in words.split():
        text = word.removeprefix("*")
        pos, label = ("PROPN", "ORG") if word.startswith("*") else ("X", "-")
        rows.append(f"{text} {text} {pos} dep 1 {label}")
    reading = read_names(parse(lang, "\n".join(rows)))
    return [[reading.doc[s.start : s.end].text for s in node.spots] for node in reading.nodes]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "*Quorne , formerly known as *Zorblax , sued ; *Zorblax lost"),
        ("en", "*Quorne was founded in 2011 as *Zorblax ; *Zorblax lost"),
        ("en", "*Quorne , a privately held firm formerly known as *Zorblax , sued ; *Zorblax lost"),
        ("fr", "*Quorne , une société anciennement appelée *Zorblax , perd ; *Zorblax perd"),
        ("fr", "*Quorne ( anciennement *Zorblax ) perd ; *Zorblax perd"),
        ("fr", "*Quorne , fondée en 2011 sous le nom de *Zorblax , perd ; *Zorblax perd"),
    ],
)
def test_a_former_name_is_the_same_thing_s(lang: str, words: str) -> None:
    assert ["Quorne", "Zorblax", "Zorblax"] in _names(lang, words)


def test_ex_before_a_name_tells_a_former_one() -> None:
    names = _names("fr", "*Quorne , *ex-Zorblax , perd ; l' *ex-Zorblax perd")

    assert names == [["Quorne", "ex-Zorblax", "ex-Zorblax"]]


def test_what_the_authority_file_knows_apart_stays_apart() -> None:
    names = _names("en", "*Meta ( formerly *Facebook ) lost")

    assert names == [["Meta"], ["Facebook"]]


@pytest.mark.parametrize(
    "words", ["*Quorne , formerly *Zorblax , sued", "*Zorblax , now called *Quorne , sued"]
)
def test_a_thing_is_called_by_its_name_of_today(words: str) -> None:
    rows = [
        f"{w.removeprefix('*')} {w} X dep 1 {'ORG' if w.startswith('*') else '-'}"
        for w in words.split()
    ]

    [node] = read_names(parse("en", "\n".join(rows))).nodes

    assert node.name == "Quorne"


@pytest.mark.parametrize(
    "words",
    [
        "*Quorne , now *Zorblax 's rival , won",
        "*Quorne , of *Zorblax , won",
        "*Quorne , the owner of the site formerly known as *Zorblax , won",
    ],
)
def test_other_words_between_two_names_do_not_join_them(words: str) -> None:
    assert _names("en", words) == [["Quorne"], ["Zorblax"]]


def test_a_name_may_have_those_letters_inside() -> None:
    doc = parse("en", "Flex-Quorne Flex-Quorne PROPN nsubj 2 ORG\nsues sue VERB ROOT 0")

    assert [node.name for node in read_names(doc).nodes] == ["Flex-Quorne"]
