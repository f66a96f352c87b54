"""The annotated articles, dressed as pages and captures, come out as they went in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest

from policygraph.model import Article
from policygraph.sources.html import read_html
from policygraph.sources.plain import read_plain
from policygraph.text import clean

GOLD = Path(__file__).parents[2] / "corpora" / "gold" / "dev"

Dress = Callable[[str, list[str]], Article | None]


def dressed_as_page(title: str, paragraphs: list[str]) -> Article | None:
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return read_html(
        f"<html><head><title>{escape(title)} - The Site</title></head><body><nav><ul>"
        '<li><a href="/">Home</a></li><li><a href="/x">News</a></li></ul></nav><main><article>'
        f"<h1>{escape(title)}</h1><p>By Jane Doe | March 12, 2021</p>{body}</article></main>"
        '<section class="comments"><h2>Comments</h2><div class="comment"><b class="author">Ann B.'
        "</b> <time>March 13, 2021</time><p>I could not agree more with this.</p></div>"
        '<div class="comment"><b class="author">bob_77</b> <time>March 14, 2021</time>'
        "<p>Well, I could.</p></div></section><footer>© The Site</footer></body></html>",
        source="page",
    )


def dressed_in_breaks(title: str, paragraphs: list[str]) -> Article | None:
    body = "<br/><br/>".join(escape(paragraph) for paragraph in paragraphs)
    return read_html(
        f"<html><head><title>{escape(title)} | The Site</title></head><body><div><a href='/'>The "
        f"Site</a> <a href='/in'>Log in</a></div><div><h1>{escape(title)}</h1><div>By Jane Doe, "
        f"March 12, 2021</div><div>{body}</div></div><div>Ann B.<br>March 13, 2021<br>I could not "
        "agree more with this.<br>Reply</div><div>bob_77<br>March 14, 2021<br>Well, I could.<br>"
        "Reply</div><div><a href='/1'>A story about something else</a></div></body></html>",
        source="page",
    )


def dressed_as_capture(title: str, paragraphs: list[str]) -> Article | None:
    above = "Skip to content\nWe use cookies to improve your experience.\nAccept all\nHome\nSign in"
    below = (
        "More on this story\nAn article of last week\n3 March 2021\n\nComments (2)\n\n"
        "Ann B.\n13 March 2021\nI could not agree more with this.\nReply\n\n"
        "bob_77\n14 March 2021\nWell, I could.\nReply\n\n© 2021 The Site. All rights reserved"
    )
    header = f"{title}\n\nBy Jane Doe\nMarch 12, 2021 6:42 PM EDT\n\nShare\nSave"
    body = "\n\n".join(paragraphs)
    return read_plain(f"{above}\n\n{header}\n\n{body}\n\n{below}", source="capture")


def articles() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(GOLD.rglob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        title, *rest = [line for line in clean(record["text"]).split("\n") if line]
        if title == clean(record.get("title") or ""):
            yield title, rest


@pytest.mark.parametrize("dress", [dressed_as_page, dressed_in_breaks, dressed_as_capture])
def test_articles_come_out_of_pages_as_they_went_in(dress: Dress) -> None:
    kept = paragraphs = titles = headers = 0
    read = [(title, rest, dress(title, rest)) for title, rest in articles()]

    for title, rest, article in read:
        assert article is not None, title
        found = article.text.split("\n\n")
        kept += sum(paragraph in found for paragraph in rest)
        paragraphs += len(rest)
        titles += article.title == title
        headers += (article.authors, article.published) == (("Jane Doe",), "2021-03-12")
        assert set(found) <= {title, *rest}, title
        assert [comment.author for comment in article.comments] == ["Ann B.", "bob_77"], title

    assert len(read) >= 20
    assert kept >= 0.98 * paragraphs
    assert titles >= 0.98 * len(read)
    assert headers >= 0.98 * len(read)
