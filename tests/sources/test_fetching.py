from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from websites import NEARBY, Answer, Website, page, redirect, send

from policygraph.errors import SourceError
from policygraph.sources import connecting
from policygraph.sources.connecting import is_public
from policygraph.sources.fetch_options import FetchOptions
from policygraph.sources.fetching import Fetcher, Page
from policygraph.sources.inflating import inflate

PUBLIC = "93.184.215.14"
"""A public address, which tests never connect to."""


def fetch(url: str, options: FetchOptions = NEARBY) -> Page:
    with Fetcher(options) as fetcher:
        return fetcher.fetch(url)


@contextmanager
def refused(reason: str) -> Iterator[None]:
    """The fetch fails with that reason, and soon."""
    started = time.monotonic()
    with pytest.raises(SourceError, match=reason):
        yield
    assert time.monotonic() - started < 8


def silence(website: Website) -> Answer:
    return lambda request: website.closing.wait(5)  # type: ignore[return-value]


def dripping(website: Website, *, head: bool) -> Answer:
    """Sends a byte now and then, for ever."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        if not head:
            request.send_response(200)
            request.end_headers()
        while not website.closing.wait(0.05):
            request.wfile.write(b"a")
            request.wfile.flush()

    return answer


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"a" * 65536)


def in_turn(*answers: Answer) -> Answer:
    left = list(answers)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def packed(data: bytes, coding: str) -> Answer:
    return lambda request: send(request, data, Content_Encoding=coding)


# what stops


def test_a_server_that_never_answers_is_given_up(website: Website) -> None:
    website.pages["/a"] = silence(website)

    with refused("no answer in time"):
        fetch(f"{website.url}/a")
    assert website.asked == ["/a"] * NEARBY.tries


@pytest.mark.parametrize("head", [True, False])
def test_a_server_that_drips_is_given_up_when_all_time_is_used(
    website: Website, head: bool
) -> None:
    website.pages["/a"] = dripping(website, head=head)

    with refused("too slow"):
        fetch(f"{website.url}/a")
    assert website.asked == ["/a"]


def test_endless_data_is_stopped(website: Website) -> None:
    website.pages["/a"] = endless

    with refused("larger than 0.191 MiB"):
        fetch(f"{website.url}/a")


def test_a_page_that_says_it_is_too_large_is_not_read(website: Website) -> None:
    website.pages["/a"] = lambda request: send(request, b"", Content_Length="10000000000")

    with refused("larger than"):
        fetch(f"{website.url}/a")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_stopped_before_it_is_unpacked(website: Website, coding: str) -> None:
    pack = gzip.compress if coding == "gzip" else zlib.compress
    website.pages["/a"] = packed(pack(bytes(50_000_000)), coding)

    with refused("larger than"):
        fetch(f"{website.url}/a")


def test_a_bomb_is_never_held_whole() -> None:
    import tracemalloc

    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()

    with pytest.raises(SourceError, match="larger than"):
        b"".join(inflate([bomb], "gzip", largest=100_000))
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_redirects_that_go_on_are_given_up(website: Website) -> None:
    website.pages["/a"] = redirect("/b")
    website.pages["/b"] = redirect("/a")

    with refused("more than 5 redirects"):
        fetch(f"{website.url}/a")


@pytest.mark.parametrize(
    ("coding", "data", "reason"),
    [
        ("br", b"abc", "'br', which was not asked for"),
        ("gzip", b"no gzip at all", "packing is broken"),
        ("gzip", gzip.compress(b"some words")[:-9], "breaks off"),
    ],
)
def test_what_cannot_be_unpacked_says_so(
    website: Website, coding: str, data: bytes, reason: str
) -> None:
    website.pages["/a"] = packed(data, coding)

    with refused(reason):
        fetch(f"{website.url}/a")


# where it may go


def resolve_to(monkeypatch: pytest.MonkeyPatch, **hosts: list[str]) -> None:
    """Let hosts have these addresses, one after the other."""

    def look_up(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        name = host.replace(".", "_")
        addresses = hosts.get(name) or [host]
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr(connecting.socket, "getaddrinfo", look_up)


def connect_to(monkeypatch: pytest.MonkeyPatch, server: str | None) -> list[str]:
    """Let every connection lead to that server, or to none; gives the addresses wanted."""
    wanted: list[str] = []
    connect = connecting.httpcore.SyncBackend.connect_tcp

    def lead(self: Any, host: str, *args: Any) -> Any:
        wanted.append(host)
        if server is None:
            raise connecting.httpcore.ConnectTimeout("not in a test")
        return connect(self, server, *args)

    monkeypatch.setattr(connecting.httpcore.SyncBackend, "connect_tcp", lead)
    return wanted


def test_a_redirect_to_a_private_address_is_refused(
    website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = website.url.rpartition(":")[2]
    resolve_to(monkeypatch, news_example=[PUBLIC])
    wanted = connect_to(monkeypatch, "127.0.0.1")
    website.pages["/a"] = redirect(f"http://127.0.0.1:{port}/secret")
    website.pages["/secret"] = page("secret")

    with refused(r"127\.0\.0\.1 is a private address"):
        fetch(f"http://news.example:{port}/a", replace(NEARBY, allow_private=False))
    assert set(wanted) == {PUBLIC}
    assert website.asked == ["/a"]


def test_a_name_that_changes_its_address_leads_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the second answer is this machine, and is never connected to."""
    resolve_to(monkeypatch, news_example=[PUBLIC, "127.0.0.1"])
    wanted = connect_to(monkeypatch, None)

    with refused("private address"):
        fetch("http://news.example/a", replace(NEARBY, allow_private=False))
    assert wanted == [PUBLIC]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "0.0.0.0", "2130706433"],
)
def test_addresses_that_are_not_public_are_refused(host: str) -> None:
    with refused("private address"):
        fetch(f"http://{host}/", replace(NEARBY, allow_private=False))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:220:1::1", True),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("224.0.0.1", False),
        ("100.64.0.1", False),
        ("fc00::1", False),
    ],
)
def test_an_address_is_judged_whatever_it_is_wrapped_in(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://", "only http and https"),
        ("http://me:secret@example.org/", "user name"),
        ("http://[::1", "no valid address"),
    ],
)
def test_other_addresses_are_refused(url: str, reason: str) -> None:
    with refused(reason):
        fetch(url)


def test_a_redirect_to_a_file_is_refused(website: Website) -> None:
    website.pages["/a"] = redirect("file:///etc/passwd")

    with refused("only http and https"):
        fetch(f"{website.url}/a")


# manners


def test_it_says_who_it_is(website: Website) -> None:
    website.pages["/a"] = page("words")

    fetch(f"{website.url}/a")

    [agent] = {headers["User-Agent"] for _, headers in website.requests}
    assert agent.startswith("policygraph (reads articles")


def test_a_page_that_robots_txt_forbids_is_not_asked_for(website: Website) -> None:
    website.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private/\n")
    website.pages["/a"] = redirect("/private/a")
    website.pages["/private/a"] = page("words")

    with refused(r"robots\.txt does not let"):
        fetch(f"{website.url}/private/a")
    with refused(r"robots\.txt does not let"):
        fetch(f"{website.url}/a")
    assert website.asked == ["/a"]


def test_rules_for_us_by_name_go_before_those_for_all(website: Website) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: policygraph\nAllow: /\n"
    website.pages["/robots.txt"] = page(rules)
    website.pages["/a"] = page("words")

    assert fetch(f"{website.url}/a").data == b"words"


@pytest.mark.parametrize(
    ("answer", "open_"), [(page("", status=403), True), (page("", status=500), False)]
)
def test_a_site_whose_rules_cannot_be_had_is_closed_for_now(
    website: Website, answer: Answer, open_: bool
) -> None:
    website.pages["/robots.txt"] = answer
    website.pages["/a"] = page("words")

    if open_:
        assert fetch(f"{website.url}/a").data == b"words"
    else:
        with refused(r"robots\.txt could not be read: the server answered 500"):
            fetch(f"{website.url}/a")


def test_a_site_has_time_between_two_pages(website: Website) -> None:
    website.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 0.3\n")
    website.pages["/a"] = page("words")
    started = time.monotonic()

    with Fetcher(replace(NEARBY, delay=0.1)) as fetcher:
        fetcher.fetch(f"{website.url}/a")
        fetcher.fetch(f"{website.url}/a")

    assert time.monotonic() - started >= 0.3


def test_a_busy_server_is_asked_again_when_it_says(website: Website) -> None:
    busy = page("", status=429, Retry_After="1")
    website.pages["/a"] = in_turn(busy, page("words"))
    started = time.monotonic()

    assert fetch(f"{website.url}/a").data == b"words"
    assert time.monotonic() - started >= 1
    assert website.asked == ["/a", "/a"]


FAR_AHEAD = "Fri, 01 Jan 2100 00:00:00 GMT"


@pytest.mark.parametrize("after", ["86400", FAR_AHEAD])
def test_a_server_that_asks_for_too_much_patience_is_left_alone(
    website: Website, after: str
) -> None:
    website.pages["/a"] = page("", status=503, Retry_After=after)

    with refused(r"answered 503 Service Unavailable and asks to come back in \d{5,} s"):
        fetch(f"{website.url}/a")
    assert website.asked == ["/a"]


def test_an_error_is_tried_again_and_then_told(website: Website) -> None:
    website.pages["/a"] = page("", status=502, Retry_After="nonsense")

    with refused("answered 502 Bad Gateway"):
        fetch(f"{website.url}/a")
    assert website.asked == ["/a"] * NEARBY.tries


def test_a_connection_that_breaks_is_tried_again(website: Website) -> None:
    broken: Answer = lambda request: send(request, b"half", Content_Length="400")  # noqa: E731

    def half(request: BaseHTTPRequestHandler) -> None:
        broken(request)
        request.close_connection = True

    website.pages["/a"] = in_turn(half, page("words"))

    assert fetch(f"{website.url}/a").data == b"words"


# the cache


def conditional(request: BaseHTTPRequestHandler) -> None:
    if request.headers.get("If-None-Match") == '"1"':
        request.send_response(304)
        request.end_headers()
    else:
        page("words", encoding="iso-8859-1", ETag='"1"')(request)


def test_a_page_that_has_not_changed_comes_from_the_cache(website: Website, tmp_path: Path) -> None:
    website.pages["/a"] = conditional
    keeping = replace(NEARBY, cache=tmp_path)

    first = fetch(f"{website.url}/a", keeping)
    again = fetch(f"{website.url}/a", keeping)

    assert first == again == Page(b"words", f"{website.url}/a", "iso-8859-1")
    assert len(website.asked) == 2


def test_a_page_that_has_changed_replaces_the_one_in_the_cache(
    website: Website, tmp_path: Path
) -> None:
    dates = [formatdate(day * 86400, usegmt=True) for day in (1, 2)]
    answers = (page(word, Last_Modified=day) for word, day in zip("ab", dates, strict=True))
    website.pages["/a"] = in_turn(*answers)
    keeping = replace(NEARBY, cache=tmp_path)

    found = [fetch(f"{website.url}/a", keeping).data for _ in range(3)]

    assert found == [b"a", b"b", b"b"]
    assert [h.get("If-Modified-Since") for p, h in website.requests if p == "/a"] == [None, *dates]


def test_a_damaged_cache_counts_as_none(website: Website, tmp_path: Path) -> None:
    website.pages["/a"] = conditional
    keeping = replace(NEARBY, cache=tmp_path)
    fetch(f"{website.url}/a", keeping)
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]

    for damage in (b"", file.read_bytes()[:-1], b"{}\n"):
        file.write_bytes(damage)
        assert fetch(f"{website.url}/a", keeping).data == b"words"


def test_what_a_server_does_not_want_kept_is_not_kept(website: Website, tmp_path: Path) -> None:
    website.pages["/a"] = page("words", ETag='"1"', Cache_Control="private, no-store")
    website.pages["/b"] = page("words")

    for path in "ab":
        fetch(f"{website.url}/{path}", replace(NEARBY, cache=tmp_path))

    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_a_cache_that_cannot_be_written_does_no_harm(website: Website, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, no folder")
    website.pages["/a"] = conditional

    found = fetch(f"{website.url}/a", replace(NEARBY, cache=tmp_path / "cache"))

    assert found.data == b"words"


def test_the_pages_of_least_use_go_first(tmp_path: Path) -> None:
    import os

    from policygraph.sources.page_cache import CachedPage, PageCache

    cache = PageCache(tmp_path)
    for number, name in enumerate("abc"):
        data = name.encode() * 1000
        cache.put(name, CachedPage(data=data, charset=None, etag="1", modified=None))
        os.utime(cache._path(name), (number, number))
    cache.get("a")

    cache.prune(2500)

    assert [name for name in "abc" if cache.get(name)] == ["a", "c"]


# what comes through


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(b"words")),
        ("gzip", gzip.compress(b"wo") + gzip.compress(b"rds")),
        ("deflate", zlib.compress(b"words")),
        ("deflate", zlib.compress(b"words", wbits=-15)),
        ("identity", b"words"),
    ],
)
def test_a_packed_page_is_unpacked(website: Website, coding: str, data: bytes) -> None:
    website.pages["/a"] = packed(data, coding)

    assert fetch(f"{website.url}/a").data == b"words"


def test_an_unknown_host_says_so() -> None:
    with refused("no such host: nowhere.invalid"):
        fetch("http://nowhere.invalid/")


def test_a_closed_port_says_so(website: Website) -> None:
    with refused("could not be fetched"):
        fetch("http://127.0.0.1:9/")
