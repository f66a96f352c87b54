from __future__ import annotations

import bz2
import gzip
import json
import lzma
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from policygraph.model import Article
from policygraph.sources import Failure, load
from policygraph.sources.formats import FORMATS

PROSE = "The FTC sued Meta on Monday, and a judge will hear the case in Washington next year. "
PAGE = f"<!doctype html><html><body><h1>Meta in court</h1><p>{PROSE * 4}</p></body></html>".encode()
LINE = json.dumps({"text": PROSE}) + "\n"


def pack(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def warc(answers: list[tuple[str, str, str, bytes]], *, packed: bool) -> bytes:
    records = []
    for url, status, kind, data in answers:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + data
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2020-08-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n"
        )
        records.append(f"{head}\r\n".encode() + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(record) if packed else record for record in records)


ANSWERS = [
    ("https://a.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
    ("https://a.example/one", "200 OK", "text/html; charset=utf-8", PAGE),
    ("https://a.example/gone", "404 Not Found", "text/html", PAGE),
    ("https://a.example/moved", "301 Moved", "text/html", PAGE),
    ("https://a.example/logo", "200 OK", "image/png", b"\x89PNG" + bytes(100)),
    ("https://a.example/two", "200 OK", "text/html", "<p>Déjà ".encode("cp1252") + PAGE),
    (
        "https://a.example/app",
        "200 OK",
        "text/html",
        b"<html><body><p>x</p></body></html>",
    ),
]


@pytest.mark.parametrize(
    ("suffix", "compress"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_what_is_compressed_is_read_by_its_inner_name(
    tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]
) -> None:
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(compress(LINE.encode() * 3))
    (tmp_path / f"b.html.{suffix}").write_bytes(compress(PAGE))

    found = list(load(tmp_path))

    assert [type(one) for one in found] == [Article] * 4
    assert found[2].source == f"{tmp_path.name}/a.jsonl.{suffix}:3"


def test_a_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner.zip", {"c.jsonl": LINE.encode()}).read_bytes()
    files = {
        "b/page.html": PAGE,
        "b/page_files/frame.html": PAGE,
        "a.txt": PROSE.encode(),
        "__MACOSX/a.txt": b"x",
        ".hidden": b"x",
        "inner.zip": inner,
        "odd.docx": b"PK\x03\x04" + bytes(100),
        "../out.txt": PROSE.encode(),
        "/etc/out.txt": PROSE.encode(),
    }
    pack(tmp_path / "a.zip", files)

    found = list(load(tmp_path / "a.zip"))

    articles = [one.source for one in found if isinstance(one, Article)]
    failures = {one.source: one.reason for one in found if isinstance(one, Failure)}
    assert articles == ["a.zip/a.txt", "a.zip/b/page.html", "a.zip/inner.zip/c.jsonl:1"]
    assert set(failures) == {"a.zip/../out.txt", "a.zip//etc/out.txt", "a.zip/odd.docx"}
    assert "leads out of the archive" in failures["a.zip/../out.txt"]
    assert "in no known format (.docx)" in failures["a.zip/odd.docx"]


def test_a_damaged_member_fails_alone(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": PROSE.encode() * 9, "b.txt": PROSE.encode() * 9})
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(data)

    found = list(load(path))

    assert [type(one) for one in found] == [Failure, Article]


@pytest.mark.parametrize("name", ["bomb.jsonl.gz", "bomb.txt.gz", "bomb.zip", "bomb.jsonl.bz2"])
def test_a_bomb_is_stopped_before_it_fills_the_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    zeros = b" " * (1 << 20)
    if name.endswith("zip"):
        pack(path, {"a.jsonl": zeros * 200})
    else:
        opener = gzip.open if name.endswith("gz") else bz2.open
        with opener(path, "wb", compresslevel=1) as file:
            for _ in range(200):
                file.write(zeros)
    tracemalloc.start()

    found = list(load(path))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to more than 200 times its size" in str(found[-1]) or "16 MiB" in str(found[-1])
    assert peak < 150 * 1024 * 1024


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    data = LINE.encode()
    for _ in range(6):
        data = gzip.compress(data)
    (tmp_path / "a.jsonl.gz").write_bytes(data)

    [failure] = load(tmp_path / "a.jsonl.gz")

    assert "unpack them first" in str(failure)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wacz"])
def test_the_pages_of_a_web_archive_are_read(tmp_path: Path, name: str) -> None:
    if name == "a.wacz":
        pages = "\n".join(
            ['{"format": "json-pages-1.0"}']
            + [json.dumps({"url": f"https://a.example/{page}"}) for page in ("one", "two", "app")]
        )
        others = [("https://a.example/frame", "200 OK", "text/html", PAGE)]
        files = {
            "archive/data.warc.gz": warc(ANSWERS + others, packed=True),
            "pages/pages.jsonl": pages.encode(),
            "datapackage.json": b"{}",
        }
        pack(tmp_path / name, files)
    else:
        (tmp_path / name).write_bytes(warc(ANSWERS, packed=name.endswith("gz")))

    one, two, app = load(tmp_path / name)

    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert [one.source, two.url] == ["https://a.example/one", "https://a.example/two"]
    assert str(app).startswith("https://a.example/app: no article text")


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_web_archive_cut_short_the_whole_pages_are_read(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    first = warc(ANSWERS[:2], packed=packed)
    path.write_bytes(first + warc(ANSWERS[1:2], packed=packed)[:-120])

    found = list(load(path))

    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Failure)
    assert "a damaged" in found[-1].reason


@pytest.mark.parametrize("suffix", [s for format in FORMATS for s in format.suffixes])
def test_noise_of_every_format_is_one_clear_line_and_the_rest_is_read(
    tmp_path: Path, suffix: str
) -> None:
    (tmp_path / f"a{suffix}").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "b.txt").write_text(PROSE)

    failure, article = load(tmp_path)

    assert isinstance(failure, Failure)
    assert isinstance(article, Article)
    assert "\n" not in str(failure)


def test_an_unknown_format_names_those_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a { color: red }")

    [failure] = load(tmp_path / "a.css")

    assert all(suffix in str(failure) for format in FORMATS for suffix in format.suffixes)
