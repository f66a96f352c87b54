"""Finds who published a web page: what the page declares, shows, and is addressed by, weighed.

No one sign is right everywhere: ``og:site_name`` may be a platform's or an address, JSON-LD may
name the firm behind the site, a title may end in a section. What several signs say wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from policygraph.sources.ballot import DECLARED, Ballot, label_key, site_key
from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.linked_data import linked_sites, name_of, organization_of
from policygraph.sources.markup import Element, elements, is_marked, lines_of, text_of
from policygraph.sources.person_names import is_company
from policygraph.sources.publishers import find_publisher

_METAS = (  # weights of meta elements and of other signs, as votes
    ("og:site_name", DECLARED),
    ("dc.publisher", DECLARED),
    ("dcterms.publisher", DECLARED),
    ("publisher", 4),
    ("application-name", 4),
    ("apple-mobile-web-app-title", 4),
    ("citation_journal_title", 4),
    ("copyright", 3),
    ("al:ios:app_name", 2),
    ("al:android:app_name", 2),
    ("twitter:app:name:iphone", 2),
)
_LINKED = DECLARED
_MARKED = 5
_SITE = _TITLE = _ADDRESS = 4
_WHOLE = _HOME = _FEED = _SHOWN = 3
_AUTHOR = _COMPANY = 2
"""Votes for a declared name that is a firm's, as sites are rarely called by their firms."""

_EDGE = 12
"""Lines at a page's top and at its end that may name its site."""

_SPELLED = 4
_NAME_WORDS = 8
_LABEL = 12
"""Words of a line in which the name that the address spells is looked for."""

_ROOT = re.compile(
    r"(?:(?:https?:)?//(?P<host>[^/?#]+))?(?:\.?/|(?<=\w)$|(?=index))(?:index\.\w+|[a-z]{2}/?)?"
    r"(?:[?#].*)?",
    re.I,
)
"""The address of a site's first page, also of one of its languages."""

_FEED_PART = re.compile(r"\s*(?:»|&raquo;|\||>|–|—|::|\s-\s)\s*")


def read_publisher(
    tree: Element,
    data: Mapping[str, Any],
    metas: Mapping[str, str],
    *,
    title: str | None,
    title_site: str | None,
    url: str | None,
    authors: Iterable[str],
) -> str | None:
    """The name of the site that published a page, as it writes it; None where nothing says so.

    ``data`` is the article's JSON-LD, ``title_site`` what stands behind the headline in the
    page's own title. The names of the article's ``authors`` are no site's.
    """
    signing = name_of(organization_of(data.get("author")))
    persons = [name for name in authors if name != signing]
    ballot = Ballot(against=[*persons, *([title] if title else [])])
    for name, weight in _declared(tree, data, metas):
        ballot.vote(name, _COMPANY if is_company(name) else weight)
    if title_site:
        ballot.vote(title_site, _TITLE)
    host = _host(url)
    for name in dict.fromkeys(_home_names(tree, host)):
        ballot.vote(name, _HOME)
    for name in _site_marks(tree):
        ballot.vote(name, _HOME)
    for name in dict.fromkeys(_feed_names(tree)):
        ballot.vote(name, _FEED)
    edges = _edges(tree)
    if shown := find_publisher(edges, title=title, authors=persons):
        ballot.vote(shown, _SHOWN)
    labels = _labels(host)
    if spelled := _spelled(labels, edges):
        ballot.vote(spelled, _SHOWN)
    return ballot.winner(labels, _ADDRESS)


def _declared(
    tree: Element, data: Mapping[str, Any], metas: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """What the page tells machines, with its weight."""
    told = [(name_of(data.get("publisher")), _LINKED), (name_of(data.get("isPartOf")), _WHOLE)]
    told += [(metas.get(name), weight) for name, weight in _METAS]
    told += [(name_of(organization_of(data.get("author"))), _AUTHOR)]
    told += [(name, _MARKED) for name in _marked_publishers(tree)]
    told += [(name, _SITE) for name in dict.fromkeys(linked_sites(tree))]
    yield from ((name, weight) for name, weight in told if name)


def _marked_publishers(tree: Element) -> Iterator[str]:
    """The first publisher in microdata: its name, or what stands there."""
    for element in islice(tree.iterfind(".//*[@itemprop='publisher']"), 1):
        inner = element.find(".//*[@itemprop='name']")
        named = element if inner is None else inner
        yield named.get("content") or text_of(named)


def _home_names(tree: Element, host: str) -> Iterator[str]:
    """What the page's links to its site's first page are called: their words or pictures."""
    for link in tree.iter("a"):
        root = _ROOT.fullmatch(link.get("href") or "")
        if link.get("rel") == "home" or (root and (root["host"] or host).lower() == host):
            pictures = [picture.get("alt") for picture in link.iter("img", "amp-img")]
            pictures += [drawing.text for drawing in link.iterfind(".//svg/title")]
            pictures += [inner.get("aria-label") for inner in link.iterfind(".//*[@aria-label]")]
            for name in (text_of(link), link.get("aria-label"), link.get("title"), *pictures):
                if name and len(name.split()) <= _NAME_WORDS and (words := _without_home(name)):
                    yield words


def _site_marks(tree: Element) -> Iterator[str]:
    """What stands in elements whose class or id says that they name the site."""
    for element in elements(tree):
        if element.tag not in {"html", "body"} and is_marked(element, "site"):
            shown = [picture.get("alt") for picture in element.iter("img", "amp-img")]
            for name in (text_of(element), element.get("alt"), *shown):
                if name and len(name.split()) <= _NAME_WORDS and (words := _without_home(name)):
                    yield words
                    return


def _without_home(name: str) -> str | None:
    """A link's words without those that say that it leads home, or that it is a logo."""
    home, logo = (load_furniture().words("publisher", entry) for entry in ("home", "logo"))
    parts = re.split(r"\s+[-–—|:]\s+|\s*[,:|]\s+", name.strip())
    named = [part for part in parts if key(part) not in home + logo]
    whole = name if len(named) == len(parts) and "," in name else next(iter(named), "")
    kept = whole.split()
    return " ".join(word for word in kept if key(word) not in logo) or None


def _feed_names(tree: Element) -> Iterator[str]:
    """The site's name in the titles of its feeds and of its search: ``The Ledger » Feed``."""
    for link in tree.iterfind(".//link[@title]"):
        kind, rel = link.get("type") or "", link.get("rel") or ""
        if "rss" in kind or "atom" in kind or "opensearch" in kind or rel == "search":
            yield _FEED_PART.split(link.get("title").strip())[0]


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _labels(host: str) -> list[str]:
    """The parts of a host's name that may name its site: ``ledger`` of www.ledger.co.uk."""
    plain = load_furniture().words("publisher", "host")
    return [part for part in host.split(".")[:-1] if part not in plain]


def _spelled(labels: Iterable[str], lines: Iterable[str]) -> str | None:
    """Words of a page whose letters the address spells: ``hudsontimes`` is The Hudson Times."""
    wanted = {found for label in labels if len(found := label_key(label)) >= _SPELLED}
    for line in lines:
        words = line.split()[:_LABEL]
        for start, word in enumerate(words):
            for end in range(start + 1, len(words) + 1):
                name = " ".join(words[start:end])
                if word[:1].isupper() and "." not in name[:-1] and site_key(name) in wanted:
                    return name.strip(" ,;:.|©»«()")
    return None


def _edges(tree: Element) -> list[str]:
    """The lines of a page's header and footer, else its first and last ones."""
    found: list[str] = []
    for element in tree.iter("header", "footer"):
        if element.find(".//h1") is None:
            found.extend(lines_of(element))
    if found:
        return found
    body = tree.find(".//body")
    lines = lines_of(body) if body is not None else []
    return lines[:_EDGE] + lines[_EDGE:][-_EDGE:]
