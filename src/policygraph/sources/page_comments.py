"""Takes readers' comments out of a web page and keeps them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from policygraph.model import Comment
from policygraph.sources.dates import find_dates, first_date, is_day_first, without_dates
from policygraph.sources.furniture import load_furniture
from policygraph.sources.lines import read_lines
from policygraph.sources.linked_data import author_names, linked_articles
from policygraph.sources.markup import (
    Element,
    elements,
    is_marked,
    lines_of,
    outermost,
    remove,
    text_of,
)
from policygraph.sources.speakers import find_discussion, is_rank, name_beside_date
from policygraph.text import clean

_ROOTS = frozenset(("html", "body", "main", "head", "script", "style", "link", "meta"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_NAME_WORDS, _ITEM_LINES = 6, 40
_FORM_WORDS = 60
"""Words of a form that takes a comment; one with more is wrapped around the comments."""


def take_comments(tree: Element, lang: str = "") -> tuple[Comment, ...]:
    """Remove every comment area from the tree; give the comments back in the page's order.

    Areas are found by schema.org, by class and id words, and by headings such as "Comments".
    """
    day_first = is_day_first(text_of(tree), lang)
    found: list[Comment] = []
    for area in outermost([element for element in elements(tree) if _is_area(element)]):
        if not is_marked(area, "comment_elsewhere"):
            found.extend(_read_area(area, day_first))
        remove(area)
    for area in _headed_areas(tree):
        found.extend(_read_area(area, day_first))
    return tuple(dict.fromkeys(found)) or tuple(_linked(tree))


def _is_area(element: Element) -> bool:
    if element.tag in _ROOTS:
        return False
    schema = (element.get("itemtype") or "").rstrip("/").endswith(("/Comment", "/UserComments"))
    if not (schema or element.get("itemprop") == "comment" or is_marked(element, "comment")):
        return False
    return not any(
        inner.tag in {"h1", "main"} or inner.get("itemprop") in {"articleBody", "headline"}
        for inner in elements(element)
    )


def _headed_areas(tree: Element) -> Iterator[Element]:
    """What follows a heading that names a discussion, moved out of the tree into one element."""
    furniture = load_furniture()
    for heading in [e for e in elements(tree) if e.tag in _HEADINGS]:
        if heading.getparent() is None or furniture.kind(text_of(heading)) != "comments":
            continue
        area = heading.makeelement("div")
        for sibling in list(heading.itersiblings()):
            if isinstance(sibling.tag, str) and sibling.tag in _HEADINGS | {"footer", "h1"}:
                break
            area.append(sibling)
        remove(heading)
        yield area


def _read_area(area: Element, day_first: bool) -> list[Comment]:
    for form in [f for f in area.iter("form") if len(text_of(f).split()) <= _FORM_WORDS]:
        remove(form)
    writers = _writers(area)
    if writers:
        items = [_item(writer, area, writers) for writer in writers]
        comments = [
            _read_item(item, writer, day_first) for item, writer in zip(items, writers, strict=True)
        ]
        if any(comments):
            return [comment for comment in comments if comment]
    alike = list(_read_items(area, day_first))
    if len(alike) > 1:
        return alike
    text = "\n".join(lines_of(area))
    lines = read_lines(text, day_first=day_first)
    discussion = find_discussion(lines, day_first=day_first, headed=True)
    if discussion:
        return list(discussion.comments)
    words = _own_words(area)
    return [Comment(text=words)] if len(words.split()) > 8 else []


def _read_items(area: Element, day_first: bool) -> Iterator[Comment]:
    """The comments of an area whose class names say nothing: siblings of one make, each dated."""
    makes = Counter((e.getparent(), e.tag, e.get("class")) for e in elements(area) if e is not area)
    for item in list(elements(area)):
        if item is area or makes[item.getparent(), item.tag, item.get("class")] < 2:
            continue
        lines = lines_of(item)
        if not 3 <= len(lines) <= _ITEM_LINES:
            continue
        dated = [line for line in lines if name_beside_date(line, day_first=day_first) == ""]
        dated = [line for line in dated if first_date(line, day_first=day_first)]
        words = clean("\n".join(line for line in _plain_lines(item)[1:] if line not in dated))
        if len(dated) == 1 and len(lines[0].split()) <= _NAME_WORDS and words:
            date = first_date(dated[0], day_first=day_first)
            yield Comment(text=words, author=lines[0], published=date)


def _writers(area: Element) -> list[Element]:
    """The innermost elements that hold a reader's name."""
    named = [
        element
        for element in elements(area)
        if (
            is_marked(element, "comment_author")
            or element.get("itemprop") == "author"
            or element.tag == "cite"
        )
        and not is_marked(element, "comment_action")
        and element.tag not in {"form", "input", "label", "textarea", "button", "img", "time"}
        and 0 < len(without_dates(text_of(element)).split()) <= _NAME_WORDS
        and not is_rank(text_of(element))
        and not _in_form(element)
    ]
    inner = {ancestor for element in named for ancestor in element.iterancestors()}
    return [element for element in named if element not in inner]


def _in_form(element: Element) -> bool:
    return any(ancestor.tag == "form" for ancestor in element.iterancestors())


def _item(writer: Element, area: Element, writers: list[Element]) -> Element:
    """The largest element around a reader's name that holds no other reader's."""
    others = set(writers) - {writer}
    item = writer
    while item is not area:
        parent = item.getparent()
        if parent is None or any(inner in others for inner in elements(parent)):
            break
        item = parent
    return item


def _read_item(item: Element, writer: Element, day_first: bool) -> Comment | None:
    name = next((line for line in lines_of(writer) if not is_rank(line)), "")
    author = name_beside_date(name, day_first=day_first) or None
    published = _item_date(item, day_first)
    body = _item_body(item)
    header = {text_of(writer)}
    lines = [line for line in _plain_lines(body) if line not in header]
    lines = [line for line in lines if not _is_header(line, author, day_first)]
    words = clean("\n".join(lines))
    return Comment(text=words, author=author, published=published) if words else None


def _item_date(item: Element, day_first: bool) -> str | None:
    for element in elements(item):
        if element.tag == "time" or is_marked(element, "comment_date"):
            for value in (element.get("datetime"), element.get("title"), text_of(element)):
                if value and (found := first_date(value, day_first=day_first)):
                    return found
    for line in lines_of(item):
        dates = list(find_dates(line, day_first=day_first))
        if dates and len(line.split()) <= 14:
            return dates[0].iso
    return None


def _item_body(item: Element) -> Element:
    """A copy of a comment without name, date and buttons: its text element where one is marked."""
    marked = [
        element
        for element in elements(item)
        if element is not item
        and (is_marked(element, "comment_text") or element.get("itemprop") == "text")
        and not is_marked(element, "comment_author")
        and not is_marked(element, "comment_date")
        and not any(is_marked(inner, "comment_author") for inner in elements(element))
    ]
    longest = max(outermost(marked), key=lambda element: len(text_of(element)), default=item)
    body = deepcopy(longest)
    body.tail = None
    for element in list(elements(body)):
        if element is body:
            continue
        if (
            element.tag in {"time", "button", "form", "cite"}
            or is_marked(element, "comment_author")
            or is_marked(element, "comment_date")
            or (is_marked(element, "comment_action") and len(text_of(element).split()) <= 12)
        ):
            remove(element)
    return body


def _plain_lines(element: Element) -> list[str]:
    furniture = load_furniture()
    return [line for line in lines_of(element) if furniture.kind(line) is None]


def _own_words(element: Element) -> str:
    return clean("\n".join(_plain_lines(element)))


def _is_header(line: str, author: str | None, day_first: bool) -> bool:
    if is_rank(line) and len(line.split()) <= 4:
        return True
    if len(line.split()) > 14 or not first_date(line, day_first=day_first):
        return False
    name = name_beside_date(line, day_first=day_first)
    return name is not None and name in {"", author}


def _linked(tree: Element) -> Iterator[Comment]:
    """Comments that only JSON-LD holds."""
    for article in linked_articles(tree):
        value: Any = article.get("comment") or []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and isinstance(item.get("text"), str):
                date = item.get("dateCreated") or item.get("datePublished")
                yield Comment(
                    text=clean(item["text"]),
                    author=", ".join(author_names(item.get("author"))) or None,
                    published=first_date(date) if isinstance(date, str) else None,
                )
