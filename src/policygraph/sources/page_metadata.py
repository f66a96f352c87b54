"""What a web page says about its article: title, writers, dates, publisher, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policygraph.sources.byline import Byline, is_collective, read_byline, read_names
from policygraph.sources.dates import first_date, is_day_first
from policygraph.sources.furniture import key
from policygraph.sources.markup import Element, elements, is_marked, lines_of, text_of, tokens
from policygraph.sources.publishers import SEPARATORS, find_publisher, is_same_site
from policygraph.text import clean

_PUBLISHED = (  # names of <meta> elements, the most reliable first
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date",
    "date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_SITE = ("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title")
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|DiscussionForumPosting|Review)$")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-])")
_LONG_PARAGRAPH = 25
_HEADER_REACH = 40
_MANY = 2000
"""Characters, scripts included, from which an element is no line of a header."""

_EDGE = 12
"""Lines at a page's top and at its end that may name its site."""


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


def read_metadata(tree: Element, url: str | None = None) -> PageMetadata:
    """Read what the page says, in the order of trust: JSON-LD, meta elements, what is printed.

    Give it the tree without its comments, whose writers and dates are not the article's.
    """
    data = next(linked_articles(tree), {})
    metas = _metas(tree)
    lang = (tree.get("lang") or metas.get("og:locale") or "")[:2].lower() or None
    site = _name(data.get("publisher")) or _first(metas, _SITE)
    title = _title(tree, data, metas, site)
    printed = _printed(tree, lang or "", title)
    address = _address(tree, metas) or url
    declared = (
        _date(data.get("datePublished")) or _date(_first(metas, _PUBLISHED)) or _marked_time(tree)
    )
    published = _local_day(declared, printed.published)
    return PageMetadata(
        title=title,
        authors=_authors(tree, data, metas, printed, site),
        published=published,
        url_date=_url_date(address),
        updated=_date(data.get("dateModified"))
        or printed.updated
        or _date(_first(metas, _MODIFIED)),
        publisher=site or _title_site(tree, title) or find_publisher(_edges(tree), title=title),
        url=address,
        lang=lang,
    )


def linked_articles(tree: Element) -> Iterator[Mapping[str, Any]]:
    """The articles that a page's JSON-LD describes; broken JSON is left aside."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            value = json.loads(script.text_content().strip().rstrip(";"), strict=False)
        except ValueError:
            continue
        for node in _nodes(value):
            types = node.get("@type")
            named = types if isinstance(types, list) else [types]
            if any(_ARTICLE.search(str(name)) for name in named):
                yield node


def author_names(value: object) -> tuple[str, ...]:
    """The names in a JSON-LD author: a string, an object, or a list of them."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = _name(item)
        if name and "://" not in name and not is_collective(name):
            found.extend(read_names(name) or (() if len(name.split()) == 1 else (name,)))
    return tuple(dict.fromkeys(found))


def _nodes(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, Mapping):
        yield value
        yield from _nodes(value.get("@graph"))
        yield from _nodes(value.get("mainEntity"))


def _name(value: object) -> str | None:
    """The name of a JSON-LD thing: a string, an object, or the first of a list."""
    if isinstance(value, list):
        return _name(value[0]) if value else None
    if isinstance(value, Mapping):
        return _name(value.get("name"))
    return clean(value).strip() or None if isinstance(value, str) else None


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


def _date(value: object) -> str | None:
    return first_date(value) if isinstance(value, str) else None


def _local_day(declared: str | None, printed: str | None) -> str | None:
    """The declared day, or the printed one where they are a day apart: the other is UTC's."""
    if declared and printed and len(declared) == len(printed) == 10:
        apart = abs(date.fromisoformat(declared) - date.fromisoformat(printed))
        return printed if apart.days == 1 else declared
    return declared or printed


def _title(
    tree: Element, data: Mapping[str, Any], metas: Mapping[str, str], site: str | None
) -> str | None:
    """The headline that a reader sees, if the page's own titles agree; else what they say."""
    told = [
        _without_site(title, site)
        for title in (_name(data.get("headline")), metas.get("og:title"), _head_title(tree))
        if title
    ]
    shown: list[str] = []
    for element in _headlines(tree):
        text = text_of(element)
        if any(_alike(text, title) for title in told):
            return _own_part(element, text, told)
        shown.extend([text] if text else [])
    if told:
        return told[0]
    return next((text for text in shown if key(text) != key(site or "")), None)


def _own_part(headline: Element, shown: str, told: Iterable[str]) -> str:
    """A headline without what its element holds besides: a kicker, a subtitle, its source.

    Only a part that stands by itself and that the page calls its title is taken for all of it.
    """
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
    found = told or printed.authors or _marked_authors(tree)
    if site and any(is_same_site(name, site) for name in found):
        others = (*printed.authors, *_marked_authors(tree))
        names = [_without(name, (site, *found)) for name in others]
        found = tuple(dict.fromkeys(n for n in names if n and not is_same_site(n, site)))
    return found


def _without(name: str, sites: Iterable[str]) -> str:
    """A writer's name without the site's before it."""
    for site in sites:
        name = name.removeprefix(f"{site} ")
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


def _marked_time(tree: Element) -> str | None:
    """The day in an element marked as the date of publication."""
    for element in elements(tree):
        said = (element.get("itemprop") or "").lower() == "datepublished"
        if said or (element.tag == "time" and (element.get("pubdate") is not None)):
            found = _date(element.get("datetime") or element.get("content") or text_of(element))
            if found:
                return found
    return None


def _printed(tree: Element, lang: str, title: str | None) -> Byline:
    """What the header prints: the short lines around the headline, down to the first paragraph."""
    authors: tuple[str, ...] = ()
    published = updated = timed = None
    day_first = is_day_first(text_of(tree), lang)
    for element in _header(tree, title):
        text = text_of(element)
        byline = read_byline(text, day_first=day_first)
        if byline:
            authors = authors or byline.authors
            published = published or byline.published
            updated = updated or byline.updated
        if element.tag == "time" and not tokens(element) & {"updated", "modified"}:
            timed = timed or _date(element.get("datetime"))
    return Byline(authors, published or timed, updated)


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


def _url_date(url: str | None) -> str | None:
    match = _URL_DATE.search(url or "")
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def _edges(tree: Element) -> list[str]:
    """The lines of a page's header and footer, else its first and last ones."""
    found: list[str] = []
    for element in elements(tree):
        if element.tag in {"header", "footer"} and element.find(".//h1") is None:
            found.extend(lines_of(element))
    if found:
        return found
    body = tree.find(".//body")
    lines = lines_of(body) if body is not None else []
    return lines[:_EDGE] + lines[_EDGE:][-_EDGE:]
