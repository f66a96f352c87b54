"""Files of every format with bytes flipped, cut, moved and put in: none ends a run."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import zipfile
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from policygraph.model import Article
from policygraph.sources.failure import Failure
from policygraph.sources.formats import read_bytes

PROSE = "The FTC sued Meta on Monday over its purchase of Instagram, a rival, in Washington. "
PAGE = (
    "<!doctype html><html lang=en><head><title>The FTC sues Meta</title></head><body>"
    f"<h1>The FTC sues Meta</h1><p>{PROSE * 2}</p><p>{PROSE * 2}</p></body></html>"
)
TIMES = 12


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def archived() -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
    return b"".join(
        gzip.compress(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{number}\r\n"
            "WARC-Date: 2020-08-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n{answer}\r\n\r\n".encode()
        )
        for number in range(3)
    )


def drawn() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(8):
        canvas.drawString(50, 700 - 20 * number, PROSE)
    canvas.save()
    return out.getvalue()


MAIL = (
    "From: The Ledger <a@a.example>\nSubject: The FTC sues Meta\nMessage-ID: <1@a>\n"
    "Date: Tue, 4 Aug 2020 10:00:00 +0200\nContent-Type: text/html; charset=utf-8\n\n" + PAGE
)
FEED = (
    "<rss><channel><title>Ledger</title><item><title>The FTC sues Meta</title>"
    f"<link>http://a.example/1</link><description><![CDATA[<p>{PROSE * 7}</p>]]></description>"
    "</item></channel></rss>"
)
ROWS = [{"title": f"Case {number}", "text": PROSE * 3} for number in range(4)]
FILES = {
    "a.html": PAGE.encode(),
    "a.md": f"---\ntitle: The case\n---\n# The case\n\n{PROSE * 3}".encode(),
    "a.eml": MAIL.encode(),
    "a.xml": FEED.encode(),
    "a.json": json.dumps(ROWS).encode(),
    "a.jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
    "a.csv": "\n".join(["title,text", *(f'{r["title"]},"{r["text"]}"' for r in ROWS)]).encode(),
    "a.pdf": drawn(),
    "a.html.gz": gzip.compress(PAGE.encode()),
    "a.html.bz2": bz2.compress(PAGE.encode()),
    "a.html.xz": lzma.compress(PAGE.encode()),
    "a.zip": zipped({"a.html": PAGE, "b/c.txt": PROSE * 3}),
    "a.warc.gz": archived(),
    "a.wacz": zipped(
        {"archive/a.warc.gz": archived(), "pages/pages.jsonl": '{"url": "http://a.example/1"}'}
    ),
}


def flipped(data: bytes, chance: random.Random) -> bytes:
    wrong = bytearray(data)
    for _ in range(chance.choice([1, 5, 50])):
        wrong[chance.randrange(len(wrong))] ^= 1 << chance.randrange(8)
    return bytes(wrong)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def moved(data: bytes, chance: random.Random) -> bytes:
    first, second = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[second:] + data[first:second] + data[:first]


def filled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice([1, 20, 400])) + data[at:]


@pytest.mark.parametrize("spoil", [flipped, cut, moved, filled])
@pytest.mark.parametrize("name", FILES)
def test_a_spoiled_file_gives_articles_or_reasons(
    name: str, spoil: Callable[[bytes, random.Random], bytes]
) -> None:
    for seed in range(TIMES):
        found = list(read_bytes(spoil(FILES[name], random.Random(seed)), source=name, name=name))

        assert found, seed
        for one in found:
            assert isinstance(one, Article | Failure), seed
            if isinstance(one, Failure):
                assert "\n" not in one.reason, seed
                assert len(one.reason) < 1500, seed


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_the_suffix_of_another_format_gives_articles_or_reasons(name: str) -> None:
    for data in FILES.values():
        assert list(read_bytes(data, source=name, name=name))


def test_half_a_character_in_json_ends_no_run() -> None:
    data = b'{"title": "x\\ud800", "text": "' + PROSE.encode() * 3 + b'\\udfff \\ud83d\\ude00"}'

    [article] = read_bytes(data, source="a.jsonl", name="a.jsonl")

    assert isinstance(article, Article)
    assert article.title == "x\ufffd"
    assert article.text.endswith("\ufffd \U0001f600")
