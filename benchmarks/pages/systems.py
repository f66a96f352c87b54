"""The systems compared: each reads a page into an answer of the record's shape."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from policygraph.model import Article, Record
from policygraph.sources import load

Answer = dict[str, Any]
"""``text``, ``comments`` and those metadata fields that the system can give at all."""


def ours(path: Path) -> Answer:
    """What policygraph reads; an empty text where it finds no article."""
    [article] = load(path)
    if not isinstance(article, Article):
        return {"text": "", "comments": []}
    answer = Record(article=article).to_json()
    return {"subtitle": None, "modified": None, "url": None, "tags": [], **answer}


def trafilatura(path: Path) -> Answer:
    """Bare trafilatura; its comments come as one text, of which each line is taken for one."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    markup = _markup(path)
    page = bare_extraction(markup, with_metadata=True, include_comments=False)
    with_comments = bare_extraction(markup, with_metadata=True, include_comments=True)
    if page is None:
        return {"text": "", "comments": []}
    comments = (with_comments and with_comments.comments) or ""
    return {
        "title": page.title,
        "authors": page.author.split("; ") if page.author else [],
        "publisher": page.sitename,
        "published": page.date,
        "url": page.url,
        "tags": page.tags or [],
        "text": page.text or "",
        "comments": [{"text": line} for line in comments.splitlines()],
    }


def stripping(path: Path) -> Answer:
    """Every word that is not in a tag, a script or a style sheet; the title of the head."""
    from lxml import html

    tree = html.document_fromstring(_markup(path))
    title = tree.findtext(".//title")
    for element in tree.xpath("//script | //style | //title | //comment()"):
        element.drop_tree()
    return {"title": title, "text": "\n".join(tree.itertext()), "comments": []}


SYSTEMS: Mapping[str, Callable[[Path], Answer]] = {
    "policygraph": ours,
    "trafilatura": trafilatura,
    "tag stripping": stripping,
}


def _markup(path: Path) -> str:
    """The page's mark-up; the lines of a capture as paragraphs, since it has none."""
    content = path.read_text("utf-8")
    if path.suffix == ".html":
        return content
    lines = (f"<p>{escape(line)}</p>" for line in content.splitlines() if line.strip())
    return f"<html><body>{''.join(lines)}</body></html>"
