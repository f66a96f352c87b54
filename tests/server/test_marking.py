from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sample_records import make_record, said, zephyr

from policygraph.model import Article, Claim, Entity, Evidence, Mention, Record
from policygraph.server.marking import mark


def test_words_of_claims_and_names_are_marked_in_place() -> None:
    [paragraph] = mark(
        make_record(
            "Alors ARCO a puni Papillon.",
            {"ARCO": "GovernmentBody", "Papillon": "Product"},
            (said("ARCO", "fines", "Papillon", "ARCO a puni"),),
        )
    )

    assert [(p.text, p.claims, p.begins, p.ends, p.entity) for p in paragraph] == [
        ("Alors ", (), (), (), None),
        ("ARCO", (0,), (0,), (), "e1"),
        (" a puni", (0,), (), (0,), None),
        (" ", (), (), (), None),
        ("Papillon", (), (), (), "e2"),
        (".", (), (), (), None),
    ]


def test_claims_may_overlap_and_run_over_paragraphs() -> None:
    record = make_record(
        "Un deux trois\n\nquatre cinq",
        {"Un": "Company", "cinq": "Product"},
        (
            said("Un", "owns", "cinq", "deux trois\n\nquatre"),
            said("Un", "owns", "cinq", "trois", negated=True),
        ),
    )

    first, second = mark(record)

    assert [(p.text, p.claims) for p in first[2:]] == [("deux ", (0,)), ("trois", (0, 1))]
    assert [(p.text, p.claims, p.ends) for p in second[:1]] == [("quatre", (0,), (0,))]


@given(st.data())
def test_all_of_the_text_stands_there_once_and_every_claim_begins_and_ends_once(
    data: st.DataObject,
) -> None:
    text = data.draw(st.text(alphabet="ab \n🙂", min_size=2, max_size=40))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda span: span[0] < span[1] and text[slice(*span)].strip()
    )
    quoted = data.draw(st.lists(spans, max_size=6)) if text.strip() else []
    named = data.draw(st.lists(spans, max_size=6)) if text.strip() else []
    record = Record(
        article=Article(source="a", text=text, lang="fr"),
        entities=(
            Entity(
                id="e1",
                name="a",
                type="Company",
                mentions=tuple(Mention(s, e, text[s:e]) for s, e in named),
            ),
        ),
        claims=tuple(
            Claim(subject="e1", predicate="owns", object="e1", evidence=Evidence(s, e, text[s:e]))
            for s, e in quoted
        ),
    )

    pieces = [piece for paragraph in mark(record) for piece in paragraph]

    assert "".join("".join(p.text for p in pieces).split()) == "".join(text.split())
    for number, (start, end) in enumerate(quoted):
        words = "".join(piece.text for piece in pieces if number in piece.claims)
        assert "".join(words.split()) == "".join(text[start:end].split())
        assert sum(number in piece.begins for piece in pieces) == 1
        assert sum(number in piece.ends for piece in pieces) == 1


def test_a_real_article_keeps_its_paragraphs() -> None:
    assert len(mark(zephyr())) == 3
