"""Takes a web page's furniture out by its mark-up: captions, menus, lists that lead elsewhere."""

from __future__ import annotations

from policygraph.sources.dates import without_dates
from policygraph.sources.furniture import load_furniture
from policygraph.sources.markup import (
    Element,
    elements,
    is_marked,
    lines_of,
    outermost,
    remove,
    text_of,
)

_KEPT = frozenset(("html", "body", "main", "article", "head", "h1"))
_LARGEST_SHARE = 0.3
"""Of a page's words, beyond which an element is no furniture whatever its class."""

_HEADING, _LONGEST = 200, 2000
"""Characters, scripts included, of a heading and of a line with links, at most."""

_PROSE_WORDS, _PROSE_PARAGRAPHS = 20, 2
_CAPTION_WORDS = 60
_TABLE = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th"))
_LAID_OUT = ("h1", "h2", "table", "form", "article", "td/p[2]")
_CELL_WORDS = 60
"""What stands in tables that lay a page out, and in none that holds figures."""

_LISTS = frozenset(("ul", "ol", "dl", "div", "nav", "p", "section", "aside", "a"))


def drop_furniture(tree: Element) -> None:
    """Take out captions, what class and id words call furniture, and lists that lead elsewhere."""
    total = len(text_of(tree).split()) or 1
    prose = {paragraph for paragraph in tree.iter("p") if _is_prose(paragraph)}
    doomed = []
    for element in elements(tree):
        if element.tag in _KEPT:
            continue
        length = None
        if element.tag == "figcaption" or is_marked(element, "caption") or _is_picture(element):
            length = len(text_of(element).split())
            if length <= _CAPTION_WORDS:
                doomed.append(element)
                continue
        if element.tag in {"nav", "form", "dialog"} or is_marked(element, "furniture"):
            length = length if length is not None else len(text_of(element).split())
            if length > _LARGEST_SHARE * total or element.find(".//h1") is not None:
                continue
            if is_marked(element, "furniture_surely") or not _holds(element, prose):
                doomed.append(element)
    for element in outermost(doomed):
        remove(element)
    _drop_related(tree)


def _is_picture(element: Element) -> bool:
    """Whether an element is a picture with its words, by its class and what it holds."""
    if element.tag == "p" or not is_marked(element, "picture"):
        return False
    return element.find(".//img") is not None and element.find(".//h2") is None


def _is_prose(paragraph: Element) -> bool:
    text = paragraph.text_content()
    linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
    return len(text.split()) >= _PROSE_WORDS and linked < 0.5 * len(text)


def _holds(element: Element, prose: set[Element]) -> bool:
    """Whether an element holds so many of the paragraphs that its class must mean something else.

    ``paywall`` marks an article's own text, as schema.org proposes; ``ad`` and ``share`` stand
    in the names of many wrappers.
    """
    return sum(paragraph in prose for paragraph in element.iter("p")) >= _PROSE_PARAGRAPHS


def _drop_related(tree: Element) -> None:
    """Take out headings such as "See also" with the lists of links below them."""
    furniture = load_furniture()
    for element in list(elements(tree)):
        if element.tag in _KEPT or element.getroottree().getroot() is not tree:
            continue
        linked = element.tag == "a" or element.find(".//a") is not None
        if len(element) > 6 or len(element.text_content()) > (_LONGEST if linked else _HEADING):
            continue
        text = text_of(element)
        words = len(text.split())
        if not 0 < words <= (30 if linked else 6) or furniture.kind(text) != "related":
            continue
        following = element.getnext()
        heading = len(lines_of(element)) == 1 and words <= 6
        while heading and following is not None and _is_link_list(following):
            after = following.getnext()
            remove(following)
            following = after
        if heading or _link_share(element) > 0:
            remove(element)


def _is_link_list(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag in _LISTS and _link_share(element) > 0.6


def _link_share(element: Element) -> float:
    """How much of an element's text stands in links, from 0 to 1."""
    whole = len(without_dates(text_of(element)).strip())
    if element.tag == "a":
        return 1.0
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return min(1.0, linked / whole) if whole else 0.0


def unfold_tables(tree: Element) -> None:
    """Turn tables that only lay a page out, as old pages do, into plain blocks."""
    for table in list(tree.iter("table")):
        laid_out = any(table.find(f".//{tag}") is not None for tag in _LAID_OUT)
        if laid_out or any(len(text_of(td).split()) > _CELL_WORDS for td in table.iter("td")):
            for element in list(elements(table)):
                if element.tag in _TABLE:
                    element.tag = "div"
