from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer

from policygraph.graph import ClaimGraph
from policygraph.model import Article, Record
from policygraph.sources import Failure, load

TITLE = "Apple condamnée à 150 millions d'euros"
FRENCH = [
    "L'Autorité de la concurrence a infligé mardi à Apple une amende de 150 millions d'euros pour "
    "abus de position dominante dans la distribution d'applications, au terme d'une instruction "
    "ouverte en 2021 à la demande de plusieurs associations.",
    "Selon l'Autorité, le dispositif, présenté comme une protection des utilisateurs, a été mis en "
    "œuvre de manière disproportionnée et pénalise particulièrement les petits éditeurs, qui "
    "dépendent du financement publicitaire.",
    "« Cette décision méconnaît les intérêts des consommateurs », a déclaré l'entreprise, qui "
    "envisage un recours devant la cour d'appel de Paris. Les syndicats professionnels saluent au "
    "contraire une décision historique.",
]


def printed(columns: int, times: int, date: str | None = None, **options: object) -> bytes:
    """A press release in columns, with running heads, page numbers and broken words."""
    width, height = A4
    body = ParagraphStyle("body", fontSize=10, leading=13, alignment=4)
    out = io.BytesIO()

    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, height - 30, "Autorité de la concurrence – communiqué")
        canvas.drawString(width / 2, 25, f"Page {document.page}")

    column = (width - 100 - 20 * (columns - 1)) / columns
    frames = [Frame(50 + i * (column + 20), 50, column, height - 110) for i in range(columns)]
    document = BaseDocTemplate(out, pagesize=A4, author="Jeanne Martin", **options)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    story = [Paragraph(TITLE, ParagraphStyle("title", fontSize=16, leading=20)), Spacer(1, 8)]
    if date:
        story += [Paragraph(date, body), Spacer(1, 8)]
    for text in texts(times):
        story += [Paragraph(re.sub(r"(\w{4})(?=\w{4})", "\\1\u00ad", text), body), Spacer(1, 7)]
    document.build(story)
    return out.getvalue()


def texts(times: int) -> list[str]:
    """Paragraphs that differ, so that none looks like a running head."""
    return [f"{number} fois déjà : {text}" for number in range(times) for text in FRENCH]


def only(path: Path) -> Article:
    [article] = load(path)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_paragraphs_come_whole_out_of_columns_and_broken_words(
    tmp_path: Path, columns: int
) -> None:
    (tmp_path / "a.pdf").write_bytes(printed(columns, times=8))

    article = only(tmp_path / "a.pdf")

    assert article.text.split("\n\n") == [TITLE, *texts(8)]
    assert article.title == TITLE
    assert article.authors == ("Jeanne Martin",)
    assert [page.page for page in article.pages] == list(range(1, len(article.pages) + 1))
    assert len(article.pages) > 1
    assert article.lang == "fr"


def test_the_running_head_of_a_single_page_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed(1, 1))

    assert only(tmp_path / "a.pdf").text.split("\n\n") == [TITLE, *texts(1)]


def test_a_date_in_small_letters_above_a_single_page_is_kept(tmp_path: Path) -> None:
    body = [(f"{text[:85]}", 60, 700 - 14 * n, 11) for n, text in enumerate(texts(3))]

    article = drawn(tmp_path / "a.pdf", ("Le 5 août 2020", 60, 800, 8), (TITLE, 60, 760, 18), *body)

    assert article.published == "2020-08-05"


def test_evidence_is_found_on_its_page(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for page in ("première", "deuxième", "troisième"):
        for number in range(3):
            canvas.drawString(60, 700 - 40 * number, f"La Cnil a saisi une {page} fois Google.")
        canvas.showPage()
    canvas.save()

    article = only(tmp_path / "a.pdf")

    pages = [article.page_of(article.text.index(w)) for w in ("premi", "deuxi", "troisi")]
    assert pages == [1, 2, 3]
    assert article.page_of(article.text.rindex("deuxième")) == 2
    again = Record.from_json(json.loads(json.dumps(Record(article=article).to_json())))
    graph = ClaimGraph()
    graph.add(again)
    [stored] = graph.records()
    assert again.article.pages == article.pages == stored.article.pages


def test_a_printed_date_goes_before_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed(1, 1, date="Paris, le 5 août 2020"))
    (tmp_path / "b.pdf").write_bytes(printed(1, 1))

    dated, undated = only(tmp_path / "a.pdf"), only(tmp_path / "b.pdf")

    assert (dated.published, dated.published_note) == ("2020-08-05", None)
    assert undated.published_note == "the date of the PDF file"


def drawn(path: Path, *lines: tuple[str, float, float, float]) -> Article:
    """The article of a page of lines, each with x, y and size."""
    canvas = Canvas(str(path), pagesize=A4)
    for text, x, y, size in lines:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)
    canvas.save()
    return only(path)


def test_short_paragraphs_and_a_line_without_space_below_it_stay_apart(tmp_path: Path) -> None:
    lines = [(TITLE, 60, 780, 18), ("Paris, le 5 août 2020", 60, 750, 11)]
    y = 735.0
    for number in range(5):
        lines.append(
            (f"{number}. La Commission européenne a infligé une amende à l'entreprise", 60, y, 11)
        )
        lines.append(
            (
                "de logiciels, qui fera appel devant le Tribunal de l'Union européenne.",
                60,
                y - 15,
                11,
            )
        )
        y -= 41

    article = drawn(tmp_path / "a.pdf", *lines)

    assert article.published == "2020-08-05"
    found = article.text.split("\n\n")
    assert found[0] == TITLE
    assert [text[:2] for text in found[-5:]] == ["0.", "1.", "2.", "3.", "4."]
    assert all(text.endswith("européenne.") for text in found[-5:])


def test_notes_at_the_foot_stand_behind_the_text_and_their_numbers_go(tmp_path: Path) -> None:
    article = drawn(
        tmp_path / "a.pdf",
        (
            "L'entreprise a annoncé qu'elle ferait appel de cette décision de la Commission.1",
            60,
            700,
            11,
        ),
        ("Elle dispose de quatre-vingt-", 60, 685, 11),
        (
            "dix jours pour mettre fin aux pratiques qui lui sont reprochées à Bruxelles, et",
            60,
            670,
            11,
        ),
        ("1 Conférence de presse du 18 juillet 2018 à Bruxelles.", 60, 80, 8),
        ("en a fait part à la presse mercredi soir.", 60, 655, 11),
    )

    assert article.text.split("\n\n")[-1].startswith("1 Conférence de presse")
    assert "décision de la Commission. Elle dispose de quatre-vingt-dix jours" in article.text
    assert "Bruxelles, et en a fait part" in article.text


def test_pdfs_that_hold_no_article_say_why(tmp_path: Path) -> None:
    whole = printed(1, 1)
    picture, locked = io.BytesIO(), printed(1, 1, encrypt="secret")
    canvas = Canvas(picture)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    files = {
        "cut": (whole[: len(whole) // 3], "a damaged PDF"),
        "noise": (b"%PDF-1.7 stream", "a damaged PDF"),
        "none": (b"no pdf at all, but words", "a damaged PDF"),
        "locked": (locked, "locked with a password"),
        "scan": (picture.getvalue(), "only pictures of pages"),
    }
    for name, (data, _) in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)

    found = {str(one.source).partition("/")[2]: one for one in load(tmp_path)}

    for name, (_, reason) in files.items():
        failure = found[f"{name}.pdf"]
        assert isinstance(failure, Failure), name
        assert reason in failure.reason
        assert "\n" not in failure.reason
