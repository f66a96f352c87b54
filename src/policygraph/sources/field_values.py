"""What the values of a field say: words, writers, dates, as dumps and front matter write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from policygraph.sources.byline import read_names
from policygraph.sources.dates import find_dates, first_date
from policygraph.sources.field_names import normal

_DEEPEST = 3
"""Objects within an object whose values are looked at."""

_LATEST = 10**13
"""Milliseconds since 1970 in the year 2286; no date is a larger number, nor infinite."""

_AFTER_TITLE = ("", "\n", ".", ":", "?", "!")


def flat(value: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the values within an object by path, such as ``fields.body``."""
    for name, inner in value.items():
        here = (*path, str(name))
        if isinstance(inner, Mapping) and len(here) < _DEEPEST:
            yield from flat(inner, here)
        else:
            yield ".".join(here), inner


def holds(value: Any) -> bool:
    """Whether a value says anything."""
    return value is not None and value not in ("", [], {}) and not _is_nan(value)


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and value != value


def words_of(value: Any, join: str) -> str | None:
    """The words of a value: a string, or a list of them or of objects that hold one."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        return words_of(value.get("text") or value.get("name") or value.get("value"), join)
    if isinstance(value, list):
        return join.join(part for item in value if (part := words_of(item, join))) or None
    return None


def authors_of(value: Any) -> tuple[str, ...]:
    """The writers that a value names: a list of them, or a byline."""
    if isinstance(value, list):
        return tuple(name for item in value if (name := words_of(item, " ")))
    told = words_of(value, " ")
    return (read_names(told) or (told,)) if told else ()


def date_of(value: Any, lang: str) -> str | None:
    """A date as ISO 8601: printed, ``20200804``, or seconds or milliseconds since 1970."""
    is_count = isinstance(value, int | float) and 0 < value < _LATEST
    figures = str(int(value)) if is_count else value
    if not isinstance(figures, str):
        return None
    figures = figures.strip()
    if re.fullmatch(r"\d{10}|\d{13}", figures):
        return datetime.fromtimestamp(int(figures[:10]), tz=UTC).date().isoformat()
    compact = re.match(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$", figures)
    return read_date("-".join(compact.groups()) if compact else figures, lang)


def tags_of(value: Any) -> tuple[str, ...]:
    """The tags that a value names: a list of them, or a string where commas part them."""
    if isinstance(value, str):
        return tuple(word for part in re.split("[,;]", value) if (word := part.strip(" #\n")))
    listed = value if isinstance(value, list) else []
    return tuple(tag for item in listed if (tag := (words_of(item, " ") or "").strip("# ")))


def first_of(values: Mapping[str, Any], names: Iterable[str]) -> Any:
    """What stands under the first of the names (as :func:`normal` writes them) that holds it."""
    by_name: dict[str, Any] = {}
    for path, value in values.items():
        by_name.setdefault(normal(path), value)
    return next((v for name in names if holds(v := by_name.get(name))), None)


def with_title(text: str, title: str | None) -> str:
    """The text with its title as first paragraph, as every article's text has it."""
    if not title or (text.startswith(title) and text[len(title) :][:1] in _AFTER_TITLE):
        return text
    return f"{title}\n\n{text}" if text else title


def with_header(text: str, title: str | None, subtitle: str | None) -> str:
    """The text with its title, and below that with its subtitle, unless it begins with them."""
    text = with_title(text, title)
    body = text.removeprefix(title or "").lstrip()
    if not subtitle or subtitle in body[: 2 * len(subtitle)]:
        return text
    return "\n\n".join(filter(None, (title, subtitle, body)))


def read_date(value: str, lang: str) -> str | None:
    """A date field as ISO 8601: what is ISO already, full or partial, or printed in words."""
    partial = re.fullmatch(r"\s*((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?)\s*", value)
    if partial:
        return partial[1]
    dates = list(find_dates(value, day_first=lang != "en"))
    return dates[0].iso if dates else first_date(value)
