from __future__ import annotations

from policygraph.model import Article
from policygraph.sources.html import read_html

BODY = (
    "<p>The FTC sued Meta on Monday over its purchase of Instagram, a rival, in Washington.</p>" * 3
)


def read(below: str, inside: str = "") -> Article:
    article = read_html(
        f"<html lang='en'><body><article><h1>The FTC sues Meta</h1>{BODY}{inside}</article>{below}"
        "</body></html>",
        source="a",
    )
    assert article is not None
    return article


def test_a_form_for_comments_is_no_comment() -> None:
    form = (
        '<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p>Your email '
        "address will not be published. Required fields are marked *</p><textarea></textarea>"
        "</form></div>"
    )

    assert read(form).comments == ()


def test_comments_on_other_articles_are_left_out() -> None:
    widget = (
        '<aside><ul class="recent-comments"><li class="recentcomments"><span class="author">Bill'
        "</span> on <a href='/x'>The stadium bonds that nobody wanted</a></li></ul></aside>"
    )

    article = read(widget)

    assert article.comments == ()
    assert "stadium" not in article.text


def test_embedded_messages_are_no_comments() -> None:
    messages = "".join(
        f"<blockquote><p>{words}</p>— {name} (@{name.lower()}) December {day}, 2020</blockquote>"
        for words, name, day in [
            ("This is a good day for small firms all over the country.", "Ann", 9),
            ("We will fight this in court, and we are going to win there.", "Bob", 10),
        ]
    )

    assert read("", inside=messages + BODY.replace("Monday", "Tuesday")).comments == ()


def test_a_comment_that_two_markups_show_is_kept_once() -> None:
    comment = (
        '<div class="comment"><b class="author">Ann</b> <time datetime="2020-12-10">x</time>'
        "<p>At last.</p></div>"
    )

    article = read(f'<section class="comments">{comment}{comment}</section>')

    assert [(c.author, c.published, c.text) for c in article.comments] == [
        ("Ann", "2020-12-10", "At last.")
    ]
