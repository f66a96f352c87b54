"""Settles an article's day of publication, and says so where the page does not print it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.model import Comment
from policygraph.sources.dateline import read_dateline

LAST_CHANGE = "not printed on the page; the day of its last change"


@dataclass(frozen=True, slots=True)
class Dating:
    """A day of publication, ISO 8601, and a note where it is no printed date of publication."""

    published: str | None
    note: str | None = None


def date_article(
    printed: str | None,
    *,
    text: str,
    lang: str,
    updated: str | None = None,
    url: str | None = None,
    comments: Iterable[Comment] = (),
) -> Dating:
    """The best date there is: printed, in the dateline of the text, in the address, of the last
    change, of the first comment.
    """
    printed = printed or read_dateline(text, lang)
    if printed:
        return Dating(printed)
    if url:
        return Dating(url, "not printed on the page; read from its address")
    if updated:
        return Dating(updated, LAST_CHANGE)
    days = sorted(comment.published for comment in comments if comment.published)
    if days:
        return Dating(
            days[0],
            f"not printed on the page; the earliest reader comment is of {days[0]}, "
            "so the article is of that day or before",
        )
    return Dating(None)
