from __future__ import annotations

import pytest

from policygraph.model import Article
from policygraph.sources.plain import read_plain


def read(text: str) -> Article:
    article = read_plain(text, source="a.txt")
    assert article is not None
    return article


def test_a_title_a_byline_and_a_date_head_a_plain_text() -> None:
    article = read(
        "La CNIL sanctionne Google\n"
        "L'amende atteint 150 millions d'euros\n"
        "Par Jeanne Morel et Ali Haddad\n"
        "Publié le 6 janvier 2022 à 10h12\n\n"
        "La CNIL a infligé jeudi une amende à Google. Le groupe a trois mois pour agir.\n"
    )

    assert article.title == "La CNIL sanctionne Google"
    assert article.text.split("\n\n") == [
        "La CNIL sanctionne Google",
        "L'amende atteint 150 millions d'euros",
        "La CNIL a infligé jeudi une amende à Google. Le groupe a trois mois pour agir.",
    ]


def test_a_byline_below_the_title_leaves_the_text() -> None:
    article = read(
        "EU fines Meta\nBy Jane Doe and John Roe, Staff Writers\nMay 22, 2023\n\n"
        "The Irish regulator fined Meta 1.2 billion euros."
    )

    assert article.authors == ("Jane Doe", "John Roe")
    assert article.published == "2023-05-22"
    assert article.text == "EU fines Meta\n\nThe Irish regulator fined Meta 1.2 billion euros."


def test_a_date_above_the_title_dates_the_text() -> None:
    article = read("4 août 2020\nTikTok sera vendu\n\nByteDance a 45 jours pour vendre TikTok.")

    assert (article.title, article.published) == ("TikTok sera vendu", "2020-08-04")


@pytest.mark.parametrize("line", ["BRUSSELS, May 22, 2023 (Reuters)", "Nairobi — 22 May 2023"])
def test_a_dateline_alone_dates_the_text_and_leaves_it(line: str) -> None:
    article = read(f"EU fines Meta\n{line}\n\nThe regulator fined Meta on Monday.")

    assert (article.published, article.authors) == ("2023-05-22", ())
    assert article.text == "EU fines Meta\n\nThe regulator fined Meta on Monday."


@pytest.mark.parametrize(
    ("header", "authors", "publisher"),
    [
        ("Anna Arden\nMay 22, 2023", ("Anna Arden",), None),
        ("Anna Arden and Ida Holm, Canberra\nMon 22 May 2023", ("Anna Arden", "Ida Holm"), None),
        ("Ida Holm et Claire Roux, à Bruxelles\nLe 22 mai 2023", ("Ida Holm", "Claire Roux"), None),
        ("Radio-Canada\nPublié le 22 mai 2023", (), "Radio-Canada"),
        ("Anna Arden\nReuters\n22 May 2023", ("Anna Arden",), "Reuters"),
        ("Reuters\nDodoma\nMON, MAY 22, 2023, 05:00 AM", (), "Reuters"),
        ("Par Ida Holm\nDakar\nlundi 22 mai 2023", ("Ida Holm",), None),
    ],
)
def test_bare_names_and_an_outlet_above_a_day_leave_the_text(
    header: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    article = read(f"EU fines Meta\n{header}\n\nThe regulator fined Meta on Monday.")

    assert (article.authors, article.publisher) == (authors, publisher)
    assert article.published == "2023-05-22"
    assert article.text == "EU fines Meta\n\nThe regulator fined Meta on Monday."


@pytest.mark.parametrize("row", ["Regulator Punishes Meta", "A record in Europe", "Norvalis"])
def test_a_subtitle_above_a_day_stays_in_the_text(row: str) -> None:
    article = read(f"EU fines Meta\n{row}\n22 May 2023\n\nThe regulator fined Meta on Monday.")

    assert (article.authors, article.publisher) == ((), None)
    assert article.text.split("\n\n")[1] == row


def test_a_title_with_a_day_is_no_dateline() -> None:
    article = read("Norvalis – 7 September 2022\n\nThe firm showed a phone on Monday.")

    assert article.title == "Norvalis – 7 September 2022"


def test_a_day_of_change_alone_is_noted() -> None:
    article = read("EU fines Meta\nUpdated: May 22, 2023\n\nThe regulator fined Meta on Monday.")

    assert article.published == "2023-05-22"
    assert article.published_note is not None


def test_a_text_without_a_title_keeps_its_first_sentence() -> None:
    article = read("Meta sued the FTC on Monday. It asks a judge to stop the agency.")

    assert article.title is None
    assert article.text == "Meta sued the FTC on Monday. It asks a judge to stop the agency."


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    article = read(
        "TikTok sera vendu\n\n"
        "ByteDance a 45 jours pour vendre l'application, a annoncé lundi le\n"
        "président américain Donald Trump. Le groupe chinois conteste cette\n"
        "décision.\n\nMicrosoft négocie."
    )

    assert "a annoncé lundi le président américain Donald Trump." in article.text
    assert article.text.endswith("cette décision.\n\nMicrosoft négocie.")


def test_lines_that_end_as_sentences_do_are_paragraphs() -> None:
    article = read("EU fines Meta\nThe regulator fined Meta on Monday.\nMeta will appeal.")

    assert article.text.split("\n\n")[1:] == [
        "The regulator fined Meta on Monday.",
        "Meta will appeal.",
    ]


def test_markdown_loses_its_marks_and_no_word() -> None:
    article = read(
        "# The *long* fight\n\nBy Jane Doe\n\n"
        "The [FTC](https://ftc.example/a_(b)) **sued** Meta in "
        "`Washington`.\n\n## What is next\n\n- a trial\n- an appeal\n\n> We will win.\n\n"
        "![A judge](judge.png)\n\nThe snake_case_name stays.\n"
    )

    assert article.text.split("\n\n") == [
        "The long fight",
        "The FTC sued Meta in Washington.",
        "What is next",
        "a trial",
        "an appeal",
        "We will win.",
        "The snake_case_name stays.",
    ]
    assert article.authors == ("Jane Doe",)


def test_front_matter_gives_the_fields() -> None:
    article = read(
        "---\ntitle: 'The long fight'\ndate: 2021-03-04\n"
        "author: Jane Doe, John Roe\nlang: en\n---\n\n"
        "The FTC sued Meta in Washington on Thursday."
    )

    assert article.title == "The long fight"
    assert article.published == "2021-03-04"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.text == "The long fight\n\nThe FTC sued Meta in Washington on Thursday."


def test_a_title_that_the_text_only_begins_with_is_put_above_it() -> None:
    article = read("Title: Apple\n\nApple sued the FTC in Washington on Thursday.")

    assert article.text == "Apple\n\nApple sued the FTC in Washington on Thursday."


def test_a_sentence_with_a_date_is_no_byline() -> None:
    article = read("EU fines Meta\n\nBy May 22, 2023 Meta must pay the Irish state.\n\nIt will.")

    assert "By May 22, 2023 Meta must pay the Irish state." in article.text


@pytest.mark.parametrize(
    "row",
    [
        "Social Media\n22 May 2023",
        "Quorne Labs\n22 May 2023",
        "San Francisco, California\n22 May 2023",
        "Quornetech, 22 May 2023",
    ],
)
def test_a_section_a_firm_a_place_and_an_event_are_no_writers(row: str) -> None:
    article = read(f"EU fines Meta\n{row}\n\nThe regulator fined Meta on Monday.")

    assert article.authors == ()
