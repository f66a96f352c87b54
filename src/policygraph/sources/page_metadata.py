"""What a web page says about its article: title, writers, dates, publisher, address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from policygraph.sources.field_values import tags_of
from policygraph.sources.linked_data import author_names, linked_articles, name_of, organization_of
from policygraph.sources.markup import Element, is_marked, text_of
from policygraph.sources.page_authors import read_authors
from policygraph.sources.page_dates import (
    declared_change,
    declared_day,
    local_day,
    url_day,
)
from policygraph.sources.page_header import read_header
from policygraph.sources.page_publisher import read_publisher
from policygraph.sources.page_title import read_title, site_beside
from policygraph.text import clean

_TAGS = (
    "article:tag",
    "og:article:tag",
    "keywords",
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "dc.subject",
)
_MOST_TAGS, _TAG_WORDS = 30, 6
_SUMMARIES = ("alternativeHeadline", "description")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_SITE = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What a page says about its article; dates are ISO 8601."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url_date: str | None = None
    updated: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None
    tags: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    """What the page gives as its subtitle or its description, for machines."""


def read_metadata(tree: Element, url: str | None = None) -> PageMetadata:
    """Read what the page says, in the order of trust: JSON-LD, meta elements, what is printed.

    Give it the tree without its comments, whose writers and dates are not the article's.
    """
    data = next(linked_articles(tree), {})
    metas = _metas(tree)
    lang = (tree.get("lang") or metas.get("og:locale") or "")[:2].lower() or None
    site = name_of(data.get("publisher")) or _first(metas, _SITE)
    if site in author_names(data.get("author")) and not organization_of(data.get("author")):
        site = _first(metas, _SITE)  # a person's own page
    title = read_title(tree, data, metas, site)
    printed = read_header(tree, lang or "", title)
    address = _address(tree, metas) or url
    changed = declared_change(data, metas)
    authors = read_authors(tree, data, metas, printed=printed, site=site)
    published = local_day(declared_day(tree, data, metas), printed.published, changed)
    return PageMetadata(
        title=title,
        authors=authors,
        published=published,
        url_date=url_day(address),
        updated=local_day(changed, printed.updated, None),
        publisher=read_publisher(
            tree,
            data,
            metas,
            title=title,
            title_site=site_beside(tree, title),
            url=address,
            authors=authors,
        ),
        url=address,
        lang=lang,
        tags=_tags(tree, data, metas),
        summaries=_summaries(data, metas),
    )


def _metas(tree: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = clean(meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(metas: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _tags(tree: Element, data: Mapping[str, Any], metas: Mapping[str, str]) -> tuple[str, ...]:
    """The page's keywords: of JSON-LD, of meta elements, else the links marked as tags."""
    listed = [
        clean(meta.get("content") or "")
        for meta in tree.iterfind(".//meta[@property]")
        if (meta.get("property") or "").lower() in _TAGS[:2]
    ]
    found = tags_of(data.get("keywords"))
    found = found or tuple(tag for content in listed for tag in tags_of(content))
    found = found or tags_of(_first(metas, _TAGS)) or tuple(_linked_tags(tree))
    tags = (tag.strip(" #") for tag in found)
    kept = [tag for tag in tags if 0 < len(tag.split()) <= _TAG_WORDS]
    return tuple(dict.fromkeys(kept))[:_MOST_TAGS]


def _linked_tags(tree: Element) -> Iterator[str]:
    links = list(tree.iter("a"))
    said = [link for link in links if (link.get("rel") or "").split() == ["tag"]]
    marked = [
        link
        for link in links
        if any(is_marked(around, "tags") for around in islice(link.iterancestors(), 4))
    ]
    for link in said or marked:
        yield text_of(link)


def _summaries(data: Mapping[str, Any], metas: Mapping[str, str]) -> tuple[str, ...]:
    told = [data.get(name) for name in _SUMMARIES] + [metas.get(name) for name in _DESCRIPTIONS]
    found = [clean(" ".join(text.split())) for text in told if isinstance(text, str)]
    return tuple(dict.fromkeys(text for text in found if text))


def _address(tree: Element, metas: Mapping[str, str]) -> str | None:
    link = tree.find(".//link[@rel='canonical']")
    address = (link.get("href") if link is not None else None) or metas.get("og:url")
    return address if address and address.startswith(("http://", "https://")) else None
