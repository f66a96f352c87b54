"""Finds who wrote a web page's article: what the page declares, prints and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from policygraph.sources.byline import Byline, read_byline, read_names
from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.linked_data import author_names
from policygraph.sources.markup import Element, elements, is_marked, lines_of, text_of, tokens
from policygraph.sources.person_names import is_company, is_institution, persons
from policygraph.sources.publishers import is_same_site
from policygraph.text import clean

_METAS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_TWITTER = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
"""What a card says besides, as a label and its value: ``Written by``, ``Jane Doe``."""

_FAMILY_FIRST = re.compile(r"((?:[a-z]+ )*[^\s,]+), ([^\s,]+(?: [^\W\d_]\.?)*)")
_LINE_WORDS = 12
_GROUP_WORDS = 40
"""Words of an element that holds nothing but writers and what they are."""


def read_authors(
    tree: Element,
    data: Mapping[str, Any],
    metas: Mapping[str, str],
    *,
    printed: Byline,
    site: str | None,
) -> tuple[str, ...]:
    """The writers: as declared, unless it is the site itself, else as printed.

    ``data`` is the article's JSON-LD, ``printed`` what the page's header says.
    """
    told = author_names(data.get("author")) or author_names(data.get("creator"))
    told = told or _declared(tree) or _labelled(metas)
    shown = (printed.authors, _marked_authors(tree))
    printed_first = shown if printed.signed else shown[::-1]
    found = told or next(filter(None, printed_first), ())
    if site:
        if any(is_same_site(name, site) for name in found):
            found = tuple(name for names in shown for name in names)
        names = (_without(name, (site, *told)) for name in found)
        found = tuple(name for name in names if name and not is_same_site(name, site))
    return persons(found)


def _declared(tree: Element) -> tuple[str, ...]:
    """The writers in meta elements, of which there may be one for each."""
    found: dict[str, list[str]] = {}
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        content = clean(meta.get("content") or "").strip()
        if content:
            found.setdefault(name, []).append(_given_first(content))
    for name in _METAS:
        told = author_names(found.get(name))
        if names := tuple(one for one in told if not is_institution(one)):
            return names
    return ()


def _given_first(name: str) -> str:
    """A name in the order in which it is spoken: ``Jane Doe`` for ``Doe, Jane``."""
    match = None if is_company(name) else _FAMILY_FIRST.fullmatch(name)
    return f"{match[2]} {match[1]}" if match else name


def _labelled(metas: Mapping[str, str]) -> tuple[str, ...]:
    marks = load_furniture().words("byline", "start")
    told = (metas.get(value) for label, value in _TWITTER if key(metas.get(label, "")) in marks)
    return next((names for name in told if (names := author_names(name))), ())


def _without(name: str, sites: Iterable[str]) -> str:
    """A writer's name without the site's before or behind it."""
    for site in sites:
        name = name.removeprefix(f"{site} ").removesuffix(f" {site}")
    return name


def _marked_authors(tree: Element) -> tuple[str, ...]:
    """Writers in the first elements whose class, rel or itemprop says so, else in links to them.

    Last come the names that forums give whoever posts; the first is whose thread it is.
    """
    everything = list(elements(tree))
    for tells in (_is_marked, _leads_to_writer, _is_poster):
        for element in everything:
            if tells(element) and (names := _names_around(element)):
                return names
    return ()


def _is_marked(element: Element) -> bool:
    said = "author" in ((element.get("rel") or ""), (element.get("itemprop") or ""))
    return said or (is_marked(element, "author") and element.tag not in {"body", "html"})


def _leads_to_writer(element: Element) -> bool:
    if element.tag != "a":
        return False
    parts = re.split(r"[/?=_-]", (element.get("href") or "").lower())
    return not set(load_furniture().words("markup", "author_path")).isdisjoint(parts)


def _is_poster(element: Element) -> bool:
    return element.tag in {"a", "b", "strong", "span"} and is_marked(element, "poster")


def _names_around(element: Element) -> tuple[str, ...]:
    """The names in an element, or of the several that stand together and are marked alike."""
    group = list(_group(element))
    found = tuple(dict.fromkeys(name for one in group for name in _names_in(one)))
    whole = tuple(name for name in found if " " in name)
    return whole or found[:1] or _names_in(element)


def _group(first: Element) -> Iterator[Element]:
    """The links to writers in an element, or what stands around it and is marked as it is."""
    links = [link for link in first.iter("a") if _leads_to_writer(link) or _is_marked(link)]
    if links and links != [first]:
        yield from links
        return
    around = first
    for ancestor in list(first.iterancestors())[:2]:
        if len(text_of(ancestor).split()) > _GROUP_WORDS:
            break
        around = ancestor
    told = _marks(first)
    yield from (element for element in around.iter(first.tag) if _marks(element) == told)


def _marks(element: Element) -> tuple[object, ...]:
    return (tokens(element), element.get("rel"), element.get("itemprop"), _leads_to_writer(element))


def _names_in(element: Element) -> tuple[str, ...]:
    lines = lines_of(element)
    if not lines or len(lines[0].split()) > _LINE_WORDS:
        return ()
    byline = read_byline(lines[0])
    return byline.authors if byline else read_names(lines[0])
