"""Reads an article's own markup, as feeds, dumps and mails hold it: no page around it."""

from __future__ import annotations

import re
from html import escape

from policygraph.model import Article
from policygraph.sources.html import read_html

_MARKUP = re.compile(r"</(?:p|div|h[1-6]|li|a|em|strong|span|article)>|<(?:br|p)\s*/?>", re.I)


def is_markup(text: str) -> bool:
    """Whether a text is HTML."""
    return bool(_MARKUP.search(text))


def read_fragment(markup: str, title: str | None, *, source: str) -> Article | None:
    """The article of markup without a page; None where it holds no words.

    What is too short for the cleaning of pages keeps all its words.
    """
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    page = f"<html><body><article>{heading}{markup}</article></body></html>"
    return read_html(page, source=source) or _whole(page, source)


def _whole(page: str, source: str) -> Article | None:
    from lxml import html  # type: ignore[import-untyped]

    from policygraph.sources.language import detect_language
    from policygraph.sources.markup import lines_of

    text = "\n\n".join(lines_of(html.fromstring(page)))
    return Article(source=source, text=text, lang=detect_language(text)) if text else None
