from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import RecordError
from policygraph.model import Status
from training.passages import Passage, PassageClaim, PassageMention, parse, read_passages

WORDS = "[1:Company Zorblax] bought [2:Company Quornet]. [1 It] paid little, [3:Person Zilda] said."


def read_one(words: str, claims: str = "-") -> Passage:
    [passage] = parse(f"{words}\n{claims}\n", "en", "deals.txt")
    return passage


def test_a_passage_is_its_words_its_mentions_and_its_claims() -> None:
    passage = read_one(WORDS, "1 acquires 2")

    assert passage.lang == "en"
    assert passage.text == "Zorblax bought Quornet. It paid little, Zilda said."
    assert passage.types == {"1": "Company", "2": "Company", "3": "Person"}
    assert passage.mentions[2] == PassageMention("1", 24, 26)
    assert [(m.entity, passage.text[m.start : m.end]) for m in passage.mentions] == [
        ("1", "Zorblax"),
        ("2", "Quornet"),
        ("1", "It"),
        ("3", "Zilda"),
    ]
    assert passage.claims == (PassageClaim("1", "acquires", "2"),)


def test_a_pronoun_may_stand_before_the_mention_that_gives_its_type() -> None:
    passage = read_one("Before [1 it] fell, [1:Company Zorblax] bought [2:Company Quornet].")

    assert [m.entity for m in passage.mentions] == ["1", "1", "2"]
    assert passage.types["1"] == "Company"


def test_claims_have_options() -> None:
    passage = read_one(WORDS, "1 acquires 2 /planned /not /by=3; 2 sues 1 /alleged")

    assert passage.claims == (
        PassageClaim("1", "acquires", "2", Status.PLANNED, negated=True, speaker="3"),
        PassageClaim("2", "sues", "1", Status.ALLEGED),
    )


@pytest.mark.parametrize("status", ["planned", "threatened", "possible", "alleged"])
def test_every_status_is_an_option(status: str) -> None:
    [claim] = read_one(WORDS, f"1 acquires 2 /{status}").claims

    assert claim.status == Status(status)


@pytest.mark.parametrize("claims", ["-", " - "])
def test_a_dash_stands_for_no_claims(claims: str) -> None:
    assert read_one(WORDS, claims).claims == ()


def test_blank_lines_part_passages_and_remarks_are_left_out() -> None:
    content = f"# deals\n\n{WORDS}\n1 acquires 2\n \n# a near miss\nIt rained.\n-\n\n\n"

    first, second = parse(content, "en", "deals.txt")

    assert len(first.claims) == 1
    assert (second.text, second.claims) == ("It rained.", ())


def test_passages_are_read_in_order_and_their_folder_names_the_language(tmp_path: Path) -> None:
    for name in ("fr/b.txt", "en/a.txt", "fr/a.txt", "fr/notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Texte {name}.\n-\n", encoding="utf-8")

    passages = list(read_passages(tmp_path))

    assert [(p.lang, p.text) for p in passages] == [
        ("en", "Texte en/a.txt."),
        ("fr", "Texte fr/a.txt."),
        ("fr", "Texte fr/b.txt."),
    ]


@pytest.mark.parametrize(
    ("words", "claims", "message"),
    [
        (WORDS, "1 acquires 2\n2 sues 1", "3 lines; expected its words and its claims"),
        ("[1 It] fell.", "-", r"\[1 It\]: entity 1 has no type"),
        ("[1:Firm Zorblax] fell.", "-", r"\[1:Firm …\]: no such type"),
        ("[1:Company A] and [1:Company B]", "-", "no such type, or its second"),
        ("[1:Company Zorblax fell.", "-", "a stray bracket"),
        ("[Zorblax] fell.", "-", "a stray bracket"),
        (WORDS, "1 acquires", "'1 acquires': expected two entities and a predicate"),
        (WORDS, "1 acquires 9", "expected two entities and a predicate"),
        (WORDS, "1 acquires 1", "expected two entities and a predicate"),
        (WORDS, "1 buys 2", "'buys' is no predicate"),
        (WORDS, "1 acquires 3", "acquires joins no Company to a Person"),
        (WORDS, "1 acquires 2 /soon", "'/soon' is no option of a claim"),
        (WORDS, "1 acquires 2 /planned=2", "'/planned=2' is no option"),
        (WORDS, "1 acquires 2 /by=9", "'/by=9' is no option"),
        (WORDS, "1 acquires 2 /by", "'/by' is no option"),
    ],
)
def test_what_is_wrong_is_said_and_where(words: str, claims: str, message: str) -> None:
    content = f"It rained.\n-\n\n{words}\n{claims}\n"

    with pytest.raises(RecordError, match=rf"^deals\.txt: passage 2: .*{message}"):
        list(parse(content, "en", "deals.txt"))
