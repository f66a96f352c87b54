from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

import policygraph.sources
from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources import Failure, load
from policygraph.sources.fetching import Page

PAGE = b"<!doctype html><html><body><h1>Meta in court</h1><p>" + b"The FTC sued Meta. " * 20
LIST = """# what to read
https://a.example/one
<https://a.example/two>  # also this

https://a.example/gone
https://a.example/one
"""


@pytest.fixture(autouse=True)
def fetched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    asked: list[str] = []

    def fetch(_: object, url: str) -> Page:
        asked.append(url)
        if url.endswith("gone"):
            raise SourceError("the server answered 404 Not Found")
        if url.endswith("list"):
            return Page(b"https://a.example/one\n", url, None)
        return Page(PAGE, url, None)

    monkeypatch.setattr("policygraph.sources.web.Web.fetch", fetch)
    yield asked


def test_each_address_of_a_list_is_read_once(tmp_path: Path, fetched: list[str]) -> None:
    (tmp_path / "list.txt").write_text(LIST)

    found = list(load(tmp_path / "list.txt"))

    assert [type(one) for one in found] == [Article, Article, Failure]
    assert fetched == [f"https://a.example/{name}" for name in ("one", "two", "gone")]
    assert str(found[2]) == "https://a.example/gone: the server answered 404 Not Found"


def test_a_list_may_come_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(LIST.encode())

    monkeypatch.setattr(policygraph.sources.sys, "stdin", Stdin)

    assert len(list(load("-"))) == 3


def test_a_text_with_an_address_in_it_is_no_list(tmp_path: Path, fetched: list[str]) -> None:
    (tmp_path / "a.txt").write_text("https://a.example/one\n\nThe FTC sued Meta on Monday.\n")

    [article] = load(tmp_path / "a.txt")

    assert isinstance(article, Article)
    assert fetched == []


def test_a_server_cannot_send_us_elsewhere_with_a_list() -> None:
    [failure] = load("https://a.example/list")

    assert "is not fetched from here" in str(failure)
