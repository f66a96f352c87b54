from __future__ import annotations

import gzip
import io
import json
import re
import unicodedata
import zipfile
from html import unescape
from pathlib import Path

import pytest

import policygraph
from policygraph.model import Article, Record
from policygraph.sources import load
from policygraph.sources.places import find_places

PAGE = """<!doctype html><html lang="fr"><head><title>La Cnil sanctionne Google</title>
<script>var t = "La Cnil a infligé mardi une amende";</script></head><body>
<nav>Accueil</nav><article><h1>La Cnil   sanctionne Google</h1>
<p>La Cnil a infligé mardi une amende de 50&nbsp;millions d&rsquo;euros à
<a href="/g">Google</a>,<!-- x --> a-t-elle annoncé&#8201;: la plus lourde à ce jour.</p>
<p>&laquo;&nbsp;Nous ferons appel de cette décision&nbsp;&raquo;, a déclaré <b>Google</b> à la
presse, qui attendait cette réponse depuis des jours.</p></article></body></html>"""


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def read(path: Path) -> Article:
    [article] = load(path)
    assert isinstance(article, Article)
    return article


def original(article: Article, words: str, page: str) -> str:
    start = article.text.index(words)
    found = article.in_original(start, start + len(words))
    assert found is not None
    return page[slice(*found)]


@pytest.mark.parametrize(
    ("words", "raw"),
    [
        ("La Cnil sanctionne Google", "La Cnil   sanctionne Google"),
        ("50 millions", "50&nbsp;millions"),
        ("à Google, a-t-elle", 'à\n<a href="/g">Google</a>,<!-- x --> a-t-elle'),
        ("« Nous ferons appel", "Nous ferons appel"),
        ("déclaré Google", "déclaré <b>Google"),
    ],
)
def test_words_are_found_in_the_page_behind_tags_and_entities(
    tmp_path: Path, words: str, raw: str
) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")

    article = read(tmp_path / "a.html")

    assert original(article, words, PAGE).strip() == raw


def test_every_stretch_is_the_same_in_text_and_original(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")

    article = read(tmp_path / "a.html")

    assert article.places
    for place in article.places:
        stretch = article.text[place.start : place.end]
        assert PAGE[place.original :][: len(stretch)] == stretch or "&" in PAGE[place.original]


def test_a_text_file_is_mapped_below_its_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: The case\n---\n# The case\n\nThe **FTC** sued  Meta on Monday.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")

    article = read(tmp_path / "a.md")

    assert original(article, "FTC sued Meta", text) == "FTC** sued  Meta"


def test_accents_in_two_characters_and_words_that_are_nowhere_do_no_harm() -> None:
    written = unicodedata.normalize("NFD", "<p>La Cnil a été saisie.</p>")

    places = find_places("Un titre\n\nLa Cnil a été saisie.", written, markup=True)
    article = Article(
        source="a", lang="fr", text="Un titre\n\nLa Cnil a été saisie.", places=places
    )

    assert article.in_original(0, 8) is None
    assert original(article, "été saisie", written) == unicodedata.normalize("NFD", "été saisie")


def test_records_and_graphs_say_where_evidence_stands(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")

    graph = policygraph.ingest(tmp_path / "a.html")
    [record] = graph.records()
    value = json.loads(json.dumps(record.to_json()))

    assert record.claims
    for claim in value["claims"]:
        span = claim["evidence"]["original"]
        raw = re.sub("<[^>]*>", "", PAGE[span["start"] : span["end"]])
        assert re.findall(r"\w+", unescape(raw)) == re.findall(r"\w+", claim["evidence"]["text"])
    assert Record.from_json(value).to_json() == value


HTML_MAIL = f"""From: The Ledger <a@ledger.example>
Subject: La Cnil sanctionne Google
Date: Tue, 4 Aug 2020 10:00:00 +0200
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

{PAGE}"""
SAVED = f"""From: <Saved by a browser>
Snapshot-Content-Location: https://ledger.example/a
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html; charset=utf-8
Content-Location: https://ledger.example/a

{PAGE}
--b--
"""
ENTRY = PAGE[PAGE.index("<p>") : PAGE.index("</article>")] + "<p>Et la suite.</p>" * 30
FEED = f"""<rss><channel><title>Ledger</title><item><title>La Cnil sanctionne Google</title>
<description><![CDATA[{ENTRY}]]></description></item></channel></rss>"""


@pytest.mark.parametrize(
    ("name", "data", "original_page"),
    [
        ("a.eml", HTML_MAIL.encode(), PAGE),
        ("a.mhtml", SAVED.encode(), PAGE),
        ("a.xml", FEED.encode(), ENTRY),
        ("a.html.gz", gzip.compress(PAGE.encode()), PAGE),
        ("a.zip", zipped("a.html", PAGE), PAGE),
        ("a.json", json.dumps({"title": "La Cnil sanctionne Google", "text": PAGE}).encode(), PAGE),
        ("a.csv", f'title,text\nGoogle,"{PAGE.replace(chr(34), chr(34) * 2)}"'.encode(), PAGE),
    ],
)
def test_what_lies_in_a_container_has_its_places_in_the_inner_document(
    tmp_path: Path, name: str, data: bytes, original_page: str
) -> None:
    (tmp_path / name).write_bytes(data)

    article = read(tmp_path / name)

    assert original(article, "50 millions", original_page) == "50&nbsp;millions"


def test_a_dumped_text_has_its_places_in_its_field(tmp_path: Path) -> None:
    body = "  The FTC sued Meta.\r\n\r\nMeta will appeal."
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "The case", "text": body}), "utf-8")

    article = read(tmp_path / "a.jsonl")

    assert article.in_original(0, 8) is None
    assert original(article, "Meta will appeal.", body) == "Meta will appeal."
