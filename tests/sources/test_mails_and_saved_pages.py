from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from policygraph.model import Article
from policygraph.sources import Failure, load
from policygraph.sources.formats import read_bytes

PROSE = "L'Autorité a infligé à Apple une amende de 150 millions d'euros mardi à Paris. "
HTML = f"""<html><body><table><tr><td><a href="https://a.example/v">Voir ce courriel dans le
navigateur</a></td></tr><tr><td><h1>Apple à l'amende</h1><p>{PROSE * 3}</p><p>{PROSE * 2}</p>
</td></tr></table></body></html>"""
MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://news.example/2020/08/04/apple
Subject: Apple
Date: Mon, 10 Aug 2020 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--b"

----b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://news.example/2020/08/04/apple

<!DOCTYPE html><html lang=3D"fr"><head><meta charset=3D"utf-8"></head><body><h1>Apple =C3=A0 l'am=
ende</h1><p>{prose}</p></body></html>
----b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://news.example/a.png

iVBORw0KGgo=
----b--
"""


def letter(subject: str = "Fwd: Apple à l'amende") -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"La Lettre du numérique" <lettre@news.example>'
    message["To"] = "moi@a.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 04 Aug 2020 23:30:00 +0200"
    message["Message-ID"] = "<1@news.example>"
    message.set_content("Lisez ce message en HTML.")
    message.add_alternative(HTML, subtype="html", charset="iso-8859-1")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    return message


def only(path: Path) -> Article:
    [article] = load(path)
    assert isinstance(article, Article), article
    return article


def test_a_newsletter_is_signed_and_dated_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter().as_bytes())

    article = only(tmp_path / "a.eml")

    assert article.title == "Apple à l'amende"
    assert article.published == "2020-08-04"
    assert article.publisher == "La Lettre du numérique"
    assert article.lang == "fr"
    assert article.text.startswith(f"Apple à l'amende\n\n{PROSE.strip()}")
    assert "navigateur" not in article.text
    assert "Lisez ce message" not in article.text


def test_a_mail_of_plain_text_is_read(tmp_path: Path) -> None:
    message = letter()
    message.clear_content()
    message.set_content(PROSE * 3)
    (tmp_path / "a.eml").write_bytes(message.as_bytes())

    assert PROSE.strip() in only(tmp_path / "a.eml").text


def test_a_saved_page_keeps_its_address_and_date(tmp_path: Path) -> None:
    prose = (PROSE * 4).replace("é", "=C3=A9").replace("à", "=C3=A0")
    (tmp_path / "a.mhtml").write_bytes(MHTML.replace("{prose}", prose).encode())

    article = only(tmp_path / "a.mhtml")

    assert article.url == "https://news.example/2020/08/04/apple"
    assert article.published == "2020-08-04"
    assert article.text.startswith(f"Apple à l'amende\n\n{PROSE.strip()}")


def test_without_a_name_they_are_told_by_how_they_begin() -> None:
    prose = PROSE * 4
    page = MHTML.replace("{prose}", prose).replace("quoted-printable", "8bit").replace("3D", "")
    for data in (letter().as_bytes(), page.encode()):
        [article] = read_bytes(data, source="-")
        assert isinstance(article, Article)
        assert article.lang == "fr"


def test_what_is_no_mail_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text("Some words, and nothing of a mail.")
    (tmp_path / "b.eml").write_bytes(letter().as_bytes()[:200])
    (tmp_path / "c.mhtml").write_text(MHTML[:150])

    found = list(load(tmp_path))

    assert [type(one) for one in found] == [Failure] * 3
