"""What a web page says about its article: title, writers, dates, publisher, address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from policygraph.sources.byline import Byline, read_byline, read_names
from policygraph.sources.dates import find_dates, is_day_first
from policygraph.sources.field_values import tags_of
from policygraph.sources.furniture import key
from policygraph.sources.linked_data import author_names, linked_articles, name_of
from policygraph.sources.markup import Element, elements, is_marked, lines_of, text_of, tokens
from policygraph.sources.page_dates import (
    declared_change,
    declared_day,
    local_day,
    read_day,
    url_day,
)
from policygraph.sources.page_publisher import read_publisher
from policygraph.sources.publishers import SEPARATORS, is_same_site
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
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_SITE = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
)
_LONG_PARAGRAPH = 25
_HEADER_REACH = 40
_SHORT = 14
_MANY = 2000
"""Characters, scripts included, from which an element is no line of a header."""


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
    if site in author_names(data.get("author")):
        site = _first(metas, _SITE)
    title = _title(tree, data, metas, site)
    printed = _printed(tree, lang or "", title)
    address = _address(tree, metas) or url
    changed = declared_change(data, metas)
    authors = _authors(tree, data, metas, printed, site)
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
            title_site=_title_site(tree, title),
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


def _title(
    tree: Element, data: Mapping[str, Any], metas: Mapping[str, str], site: str | None
) -> str | None:
    """The headline that a reader sees, if the page's own titles agree; else what they say."""
    whole = _head_title(tree)
    told = [
        _without_site(title, site)
        for title in (name_of(data.get("headline")), metas.get("og:title"))
        if title
    ]
    if whole:
        told.append((_shown_part(tree, whole) or (_without_site(whole, site),))[0])
    shown: list[str] = []
    for element in _headlines(tree):
        text = text_of(element)
        if any(_alike(text, title) for title in told):
            return _own_part(element, text, told)
        shown.extend([text] if text else [])
    if told:
        return told[0]
    return next((text for text in shown if key(text) != key(site or "")), None)


def _shown_part(tree: Element, whole: str) -> tuple[str, str] | None:
    """The part of the page's own title that is also a line of the page, and the rest of it.

    Sites put their names before or behind the headline; of two such parts the longer counts.
    """
    body = tree.find(".//body")
    shown = {key(line) for line in lines_of(body)} if body is not None else set()
    if key(whole) in shown:
        return None
    found = []
    for separator in (*SEPARATORS, " : ", ": ", " » "):
        for split in (whole.partition, whole.rpartition):
            head, present, tail = split(separator)
            parts = ((head, tail), (tail, head)) if present else ()
            found += [(a, b) for a, b in parts if len(a.split()) >= 4 and key(a) in shown]
    return max(found, key=lambda parts: len(parts[0]), default=None)


def _own_part(headline: Element, shown: str, told: Iterable[str]) -> str:
    """A headline without what its element holds besides: a kicker, a subtitle, its source.

    Only a part that stands by itself and that the page calls its title is taken for all of it.
    """
    below = [e for e in elements(headline) if e is not headline and is_marked(e, "subtitle")]
    if below and (words := shown.removesuffix(text_of(below[0])).strip()) != shown:
        return words or shown
    parts = {clean(" ".join(part.split())) for part in headline.itertext()}
    parts.update(text_of(element) for element in elements(headline))
    return next((title for title in told if title in parts), shown)


def _headlines(tree: Element) -> Iterator[Element]:
    """The headings that say they are the headline, then every ``h1``."""
    for element in tree.iter("h1", "h2", "h3"):
        named = tokens(element)
        if element.get("itemprop") == "headline" or (
            "title" in named and named & {"post", "entry", "article", "story"}
        ):
            yield element
    yield from tree.iter("h1")


def _alike(shown: str, told: str) -> bool:
    a, b = set(key(shown).split()), set(key(told).split())
    return bool(a) and len(a & b) >= 0.6 * min(len(a), len(b)) and len(a) >= 3


def _head_title(tree: Element) -> str | None:
    title = tree.find(".//head/title")
    return clean(" ".join(title.text_content().split())) or None if title is not None else None


def _without_site(title: str, site: str | None) -> str:
    for separator in SEPARATORS:
        head, found, tail = title.rpartition(separator)
        named = site is not None and key(tail) == key(site)
        if found and head and (named or (len(tail.split()) <= 4 and len(head.split()) >= 4)):
            return head.strip()
    return title


def _title_site(tree: Element, title: str | None) -> str | None:
    """The site's name behind the headline in the page's own title."""
    whole = _head_title(tree)
    if not whole or not title:
        return None
    part = _shown_part(tree, whole)
    if part and _alike(title, part[0]) and 0 < len(part[1].split()) <= 5:
        return part[1]
    for separator in SEPARATORS:
        head, found, tail = whole.rpartition(separator)
        if found and 0 < len(tail.split()) <= 5 and _alike(title, head) and title != whole:
            return tail.strip()
    return None


def _authors(
    tree: Element,
    data: Mapping[str, Any],
    metas: Mapping[str, str],
    printed: Byline,
    site: str | None,
) -> tuple[str, ...]:
    """The writers: as declared, unless it is the site itself, else as printed."""
    told = author_names(data.get("author")) or author_names(_first(metas, _AUTHOR))
    shown = (printed.authors, _marked_authors(tree))
    printed_first = shown if printed.signed else shown[::-1]
    found = told or next(filter(None, printed_first), ())
    if not site:
        return found
    if any(is_same_site(name, site) for name in found):
        found = tuple(dict.fromkeys(name for names in shown for name in names))
    names = (_without(name, (site, *told)) for name in found)
    return tuple(dict.fromkeys(n for n in names if n and not is_same_site(n, site)))


def _without(name: str, sites: Iterable[str]) -> str:
    """A writer's name without the site's before or behind it."""
    for site in sites:
        name = name.removeprefix(f"{site} ").removesuffix(f" {site}")
    return name


def _marked_authors(tree: Element) -> tuple[str, ...]:
    """Writers in elements whose class, rel or itemprop says so."""
    for element in elements(tree):
        said = "author" in ((element.get("rel") or ""), (element.get("itemprop") or ""))
        if said or (is_marked(element, "author") and element.tag not in {"body", "html"}):
            lines = lines_of(element)
            if lines and len(lines[0].split()) <= 12:
                byline = read_byline(lines[0])
                names = byline.authors if byline else read_names(lines[0])
                if names:
                    return names
    return ()


def _printed(tree: Element, lang: str, title: str | None) -> Byline:
    """What the header prints: the short lines around the headline, down to the first paragraph."""
    authors: tuple[str, ...] = ()
    signed = False
    published = updated = timed = None
    day_first = is_day_first(text_of(tree), lang)
    header = _header(tree, title)
    for element in header:
        text = text_of(element)
        byline = read_byline(text, day_first=day_first)
        if byline:
            if byline.authors and (not authors or (byline.signed and not signed)):
                authors, signed = byline.authors, byline.signed
            published = published or byline.published
            updated = updated or byline.updated
        if element.tag == "time" and not tokens(element) & {"updated", "modified"}:
            timed = timed or read_day(element.get("datetime"))
    published = published or timed or _lone_day(map(text_of, header), day_first)
    return Byline(authors, published, updated, signed)


def _lone_day(lines: Iterable[str], day_first: bool) -> str | None:
    """The one day that short lines print among other words: ``No 142 – lundi 11 décembre 2023``."""
    short = (line for line in lines if len(line.split()) <= _SHORT)
    found = {day.iso for line in short for day in find_dates(line, day_first=day_first)}
    days = [day for day in found if len(day) == 10]
    return days[0] if len(days) == 1 else None


def _header(tree: Element, title: str | None) -> list[Element]:
    """The elements with little text, nearest the headline first, then those above it."""
    body = tree.find(".//body")
    everything = list(elements(body if body is not None else tree))
    at = _heading(everything, title)
    below: list[Element] = []
    for element in everything[at + 1 :]:
        length = _length(element)
        if length >= _LONG_PARAGRAPH and len(below) > 3 and _own_words(element) >= _LONG_PARAGRAPH:
            break
        if 0 < length <= 28:
            below.append(element)
        if len(below) >= _HEADER_REACH:
            break
    above = [e for e in everything[max(0, at - 12) : at] if 0 < _length(e) <= 28]
    return below + above[::-1]


def _heading(everything: list[Element], title: str | None) -> int:
    """The number of the headline's element: ``h1``, else the heading that says the title."""
    headings = [(n, e) for n, e in enumerate(everything) if e.tag in {"h1", "h2", "h3"}]
    alike = [n for n, e in headings if title and _alike(text_of(e), title)]
    first = [n for n, e in headings if e.tag == "h1"]
    return (alike + first + [0])[0]


def _own_words(element: Element) -> int:
    """How many words stand in an element itself, in its links and its emphasis."""
    inline = ("a", "b", "i", "em", "strong", "span")
    own = [element.text or ""]
    for child in element:
        own.append(text_of(child) if child.tag in inline else "")
        own.append(child.tail or "")
    return len(" ".join(own).split())


def _length(element: Element) -> int:
    """How many words an element shows; a rough figure where they are many."""
    rough = element.text_content()
    return len(rough.split()) if len(rough) > _MANY else len(text_of(element).split())


def _address(tree: Element, metas: Mapping[str, str]) -> str | None:
    link = tree.find(".//link[@rel='canonical']")
    address = (link.get("href") if link is not None else None) or metas.get("og:url")
    return address if address and address.startswith(("http://", "https://")) else None
