from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from websites import NEARBY, Website, page

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources import Failure, Web
from policygraph.sources.feed_list import FollowedFeed, read_feed_list
from policygraph.sources.following import follow_feeds


def prose(name: str) -> str:
    return f"The Federal Trade Commission sued {name} on Monday over its purchase. " * 9


def item(name: str, text: str = "", guid: str = "") -> str:
    """An entry; with its text whole where one is given, else a teaser of a page."""
    return (
        f"<item><title>The FTC sues {name}</title><link>/{name}</link>"
        f"<guid>{guid or name}</guid><description>{text or 'A teaser.'}</description></item>"
    )


def publish(website: Website, *items: str, at: str = "/feed") -> None:
    rss = f"<rss><channel><title>The Ledger</title>{''.join(items)}</channel></rss>"
    website.pages[at] = page(rss, type="application/rss+xml")


def publish_page(website: Website, name: str) -> None:
    text = f"<h1>The FTC sues {name}</h1><p>{prose(name)}</p>"
    website.pages[f"/{name}"] = page(f"<html><body><article>{text}</article></body></html>")


def follow(website: Website, folder: Path, *feeds: FollowedFeed) -> list[str]:
    """The titles of what a run brings, or the reasons of its failures."""
    feeds = feeds or (FollowedFeed(f"{website.url}/feed"),)
    with Web(NEARBY) as web:
        found = follow_feeds(feeds, memory=folder / "feeds.sqlite", web=web)
        return [a.title or "" if isinstance(a, Article) else a.reason for a in found]


def test_a_feed_brings_only_what_is_new_at_each_run(website: Website, tmp_path: Path) -> None:
    publish_page(website, "Meta")
    publish(website, item("Meta"), item("Google", prose("Google")))

    first = follow(website, tmp_path)
    again = follow(website, tmp_path)
    publish(website, item("Apple", prose("Apple")), item("Meta"))
    third = follow(website, tmp_path)

    assert first == ["The FTC sues Google", "The FTC sues Meta"]
    assert again == []
    assert third == ["The FTC sues Apple"]
    assert website.asked.count("/Meta") == 1


def test_an_entry_that_says_something_else_is_read_again(website: Website, tmp_path: Path) -> None:
    publish(website, item("Meta", prose("Meta"), guid="1"))
    follow(website, tmp_path)

    publish(website, item("Facebook", prose("Facebook"), guid="1"))

    assert follow(website, tmp_path) == ["The FTC sues Facebook"]


def test_an_entry_that_failed_is_tried_again(website: Website, tmp_path: Path) -> None:
    publish(website, item("Meta"))
    [failure] = follow(website, tmp_path)

    publish_page(website, "Meta")

    assert "answered 404" in failure
    assert follow(website, tmp_path) == ["The FTC sues Meta"]
    assert follow(website, tmp_path) == []


def test_a_run_that_is_cut_off_brings_the_rest_the_next_time(
    website: Website, tmp_path: Path
) -> None:
    names = ["Meta", "Google", "Apple"]
    publish(website, *(item(name, prose(name)) for name in names))
    with Web(NEARBY) as web:
        feeds = (FollowedFeed(f"{website.url}/feed"),)
        run = follow_feeds(feeds, memory=tmp_path / "feeds.sqlite", web=web)
        taken = [next(run), next(run)]  # the second was not dealt with yet
        run.close()

    assert [a.title for a in taken if isinstance(a, Article)] == [
        "The FTC sues Apple",
        "The FTC sues Google",
    ]
    assert follow(website, tmp_path) == ["The FTC sues Google", "The FTC sues Meta"]


def test_a_feed_that_fails_does_not_stop_the_others(website: Website, tmp_path: Path) -> None:
    publish(website, item("Meta", prose("Meta")), at="/b")
    website.pages["/c"] = page("<html><body>no feed</body></html>")
    feeds = [FollowedFeed(f"{website.url}/{name}") for name in "abc"]

    gone, found, none = follow(website, tmp_path, *feeds)

    assert "answered 404" in gone
    assert found == "The FTC sues Meta"
    assert "without entries" in none


def test_two_feeds_may_use_the_same_keys(website: Website, tmp_path: Path) -> None:
    publish(website, item("Meta", prose("Meta"), guid="1"), at="/a")
    publish(website, item("Apple", prose("Apple"), guid="1"), at="/b")
    feeds = [FollowedFeed(f"{website.url}/{name}") for name in "ab"]

    assert follow(website, tmp_path, *feeds) == ["The FTC sues Meta", "The FTC sues Apple"]
    assert follow(website, tmp_path, *feeds) == []


def test_a_list_may_name_the_publisher(website: Website, tmp_path: Path) -> None:
    publish(website, item("Meta", prose("Meta")))
    feed = FollowedFeed(f"{website.url}/feed", "Le Carnet")

    with Web(NEARBY) as web:
        [article] = follow_feeds([feed], memory=tmp_path / "feeds.sqlite", web=web)

    assert isinstance(article, Article)
    assert article.publisher == "Le Carnet"


def test_a_damaged_memory_says_so_and_is_left_alone(website: Website, tmp_path: Path) -> None:
    (tmp_path / "feeds.sqlite").write_bytes(b"no database " * 100)

    with pytest.raises(SourceError, match=r"feeds\.sqlite: what was read of the feeds"):
        follow(website, tmp_path)
    assert (tmp_path / "feeds.sqlite").read_bytes() == b"no database " * 100


def test_what_was_read_is_remembered_at_once(website: Website, tmp_path: Path) -> None:
    publish(website, *(item(name, prose(name)) for name in ("Meta", "Apple")))
    with Web(NEARBY) as web:
        feeds = (FollowedFeed(f"{website.url}/feed"),)
        run = follow_feeds(feeds, memory=tmp_path / "feeds.sqlite", web=web)
        next(run)
        next(run)

        with sqlite3.connect(tmp_path / "feeds.sqlite") as other:
            seen = other.execute("SELECT entry FROM seen").fetchall()
        other.close()
        run.close()

    assert seen == [("Apple",)]


def test_a_list_of_feeds_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feed]]\nurl = "https://a.example/rss"\npublisher = "A"\n\n'
        '[[feed]]\nurl = "https://b.example/atom"\n'
    )

    assert read_feed_list(path) == (
        FollowedFeed("https://a.example/rss", "A"),
        FollowedFeed("https://b.example/atom"),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "cannot be read"),
        ("[[feed]\n", "not a TOML file"),
        ("", r"expected \[\[feed\]\] tables"),
        ('feeds = ["https://a.example"]', r"expected \[\[feed\]\] tables"),
        ("[[feed]]\n", "feed 1: needs a url"),
        ('[[feed]]\nurl = "a.example"', "feed 1: needs a url"),
        ('[[feed]]\nurl = "https://a.example"\nname = "A"', "'name' is unknown; use url or"),
        ('[[feed]]\nurl = "https://a.example"\npublisher = 3', "'publisher' must be a text"),
        ("feed = [3]", r"feed 1: expected a \[\[feed\]\] table"),
    ],
)
def test_a_list_of_feeds_that_is_none_says_what_is_wrong(
    tmp_path: Path, text: str | None, reason: str
) -> None:
    path = tmp_path / "feeds.toml"
    if text is not None:
        path.write_text(text)

    with pytest.raises(SourceError, match=reason):
        read_feed_list(path)


def test_what_follows_is_no_failure_of_what_went_before(website: Website, tmp_path: Path) -> None:
    publish(website, item("Gone"), item("Meta", prose("Meta")))
    with Web(NEARBY) as web:
        feeds = (FollowedFeed(f"{website.url}/feed"),)
        found = list(follow_feeds(feeds, memory=tmp_path / "feeds.sqlite", web=web))

    assert [type(one) for one in found] == [Article, Failure]
    assert [one.source for one in found][1] == f"{website.url}/Gone"
