"""Reads RSS and Atom feeds: each entry is an article, in the feed or behind its link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import urljoin

from policygraph.errors import SourceError
from policygraph.model import Article, digest
from policygraph.sources.byline import read_names
from policygraph.sources.dates import first_date
from policygraph.sources.failure import Failure
from policygraph.sources.html import read_html
from policygraph.sources.places import placed
from policygraph.text import clean

Follow = Callable[[str], Iterator[Article | Failure]]
"""Loads what stands at an address."""

_DATES = ("pubDate", "published", "issued", "date", "updated")
"""Elements that hold an entry's dates, the day of publication first."""

_LONGEST_LINK = 200
_WHOLE = 80
"""Words from which an entry's text is taken for the article, not for its teaser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed: what it says, its own ``key`` in the feed, and its ``version``.

    The version is another as soon as the entry says something else.
    """

    title: str | None
    link: str | None
    published: str | None
    authors: tuple[str, ...]
    markup: str
    key: str
    version: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in its order, and its own title, which is its site's name."""

    title: str | None
    entries: tuple[Entry, ...]


def read_feed(
    text: str, *, source: str, url: str | None = None, follow: Follow | None = None
) -> Iterator[Article | Failure]:
    """Yield a feed's articles, or why an entry has none.

    An entry that holds the whole text is read as it is; of another, ``follow`` loads the link.
    """
    try:
        feed = parse_feed(text, url=url)
    except SourceError as error:
        yield Failure(source, str(error))
        return
    for number, entry in enumerate(feed.entries, start=1):
        yield from read_entry(entry, f"{source}[{number}]", publisher=feed.title, follow=follow)


def parse_feed(text: str, *, url: str | None = None) -> Feed:
    """The entries of an RSS or Atom feed; ``SourceError`` where there are none."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, recover=True, huge_tree=False
    )
    root = etree.fromstring(text.encode(errors="replace"), parser)
    found = [] if root is None else [e for e in root.iter() if _name(e) in {"item", "entry"}]
    if not found:
        raise SourceError("a feed without entries; expected RSS or Atom with articles")
    return Feed(_feed_title(root), tuple(_read_entry(element, url or "") for element in found))


def read_entry(
    entry: Entry, where: str, *, publisher: str | None = None, follow: Follow | None = None
) -> Iterator[Article | Failure]:
    """Yield an entry's article, from the feed or from behind its link, or why there is none."""
    article = _whole(entry, where, publisher)
    if article:
        yield article
    elif entry.link and follow:
        for found in follow(entry.link):
            yield _completed(found, entry, publisher)
    elif entry.link:
        link = entry.link[:_LONGEST_LINK]
        yield Failure(where, f"only a teaser of {link}; give that address, or the feed's")
    else:
        yield Failure(where, "an entry without text or link")


def _whole(entry: Entry, where: str, publisher: str | None) -> Article | None:
    """The entry as an article, if the feed holds its whole text."""
    if len(re.sub(r"<[^>]+>", " ", entry.markup).split()) < _WHOLE:
        return None
    heading = f"<h1>{escape(entry.title)}</h1>" if entry.title else ""
    page = f"<html><body><article>{heading}{entry.markup}</article></body></html>"
    article = read_html(page, source=entry.link or where, url=entry.link)
    if article is None:
        return None
    article = placed(replace(article, authors=entry.authors), entry.markup, markup=True)
    return _dated(article, entry, publisher)


def _completed(found: Article | Failure, entry: Entry, publisher: str | None) -> Article | Failure:
    """A page's article with what only the feed says of it."""
    if isinstance(found, Failure):
        return found
    found = replace(found, authors=found.authors or entry.authors)
    if found.published and found.published_note is None:
        return replace(found, publisher=found.publisher or publisher)
    return _dated(found, entry, publisher)


def _dated(article: Article, entry: Entry, publisher: str | None) -> Article:
    return replace(
        article,
        published=entry.published or article.published,
        published_note=None if entry.published else article.published_note,
        publisher=article.publisher or publisher,
    )


def _read_entry(element: Any, base: str) -> Entry:
    fields: dict[str, str] = {}
    links: list[str] = []
    authors: list[str] = []
    for child in element:
        name, value = _name(child), _value(child)
        if name == "link":
            link = child.get("href") or value
            if link and child.get("rel") in {None, "alternate"}:
                links.append(urljoin(base, link.strip()))
        elif name in {"creator", "author"}:
            authors.extend(read_names(_author(child)) or ())
        elif value:
            fields[name] = max(fields.get(name, ""), value, key=len)
    dates = (fields.get(name) for name in _DATES)
    link = links[0] if links else None
    title = _plain(fields.get("title", "")) or None
    markup = max((fields.get(n, "") for n in ("encoded", "content", "description")), key=len)
    return Entry(
        title=title,
        link=link,
        published=next((found for date in dates if date and (found := first_date(date))), None),
        authors=tuple(dict.fromkeys(authors)),
        markup=markup,
        key=fields.get("guid") or fields.get("id") or link or digest(title, markup),
        version=digest(title, link, markup, *(fields.get(n) for n in ("summary", *_DATES))),
    )


def _feed_title(root: Any) -> str | None:
    """The feed's own title, which is its site's name."""
    for element in root.iter():
        if _name(element) == "title" and _name(element.getparent()) in {"channel", "feed"}:
            return _plain(_value(element)) or None
    return None


def _author(element: Any) -> str:
    """A writer's name: Atom's ``name``, or RSS's ``jane@site.example (Jane Doe)``."""
    named = next((_value(child) for child in element if _name(child) == "name"), None)
    value = named or _value(element)
    in_brackets = re.search(r"\(([^()]+)\)\s*$", value) if "@" in value else None
    return in_brackets[1] if in_brackets else value


def _name(element: Any) -> str:
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Any) -> str:
    """An element's text, with its markup where it is written as elements (Atom's ``xhtml``)."""
    if len(element) and element.get("type") == "xhtml":
        from lxml import etree

        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return "".join(element.itertext()).strip()


def _plain(markup: str) -> str:
    from html import unescape

    return clean(unescape(re.sub(r"<[^>]+>", "", markup))).replace("\n", " ")
