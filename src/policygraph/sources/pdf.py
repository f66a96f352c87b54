"""Reads PDF: press releases, rulings, printed pages.

pypdf gave the words of one, two and three columns in order (99 % of them where they should be),
pdfminer.six those of two in 60 to 84 %, for its guess at the layout; pypdfium2 breaks more words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

from policygraph.errors import SourceError
from policygraph.model import Article, PageStart
from policygraph.sources.byline import read_names
from policygraph.sources.dates import find_dates
from policygraph.sources.field_values import with_title
from policygraph.sources.limits import LONGEST, too_long
from policygraph.sources.origin import Found, Origin
from policygraph.sources.pdf_lines import Line, own_lines, paragraphs_of, pieces, title_of
from policygraph.sources.plain import read_plain
from policygraph.text import clean

FILE_DATE = "the date of the PDF file"

_FEWEST_LETTERS = 40
_HEADER, _HEADER_WORDS = 8, 14
_NO_TITLE = re.compile(r"untitled|sans titre|document\d*|microsoft word.*|.*\.\w{3,4}", re.I)


def read_pdf(origin: Origin) -> Iterator[Found]:
    """Yield the article of a PDF; ``SourceError`` says why it has none."""
    data = origin.data()
    with _quiet():
        try:
            reader = _open(data)
            lines = list(_lines(reader))
            told = dict(reader.metadata or {})
        except SourceError:
            raise
        except Exception as error:  # a broken file makes pypdf raise whatever its objects lack
            raise SourceError(f"a damaged PDF ({_short(error)})") from error
    yield _article(lines, told, origin.source)


def _open(data: bytes) -> Any:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise SourceError("a PDF locked with a password; unlock it first")
    return reader


def _lines(reader: Any) -> Iterator[Line]:
    length = 0
    for number, page in enumerate(reader.pages, start=1):
        found: list[tuple[str, float, float, float]] = []

        def note(
            text: str, around: Any, place: Any, font: Any, size: float, into: Any = found
        ) -> None:
            scale = abs(place[3] or place[1]) * abs(around[3] or around[1])
            x = place[4] * around[0] + place[5] * around[2] + around[4]
            y = place[4] * around[1] + place[5] * around[3] + around[5]
            into.append((text, x, y, (size or 1) * (scale or 1)))

        length += len(page.extract_text(visitor_text=note))
        if length > 2 * LONGEST:
            raise too_long(length)
        yield from pieces(found, number)


def _article(lines: list[Line], told: dict[str, Any], source: str) -> Article:
    own, notes = own_lines(lines)
    paragraphs = [(clean(text), line) for text, line in paragraphs_of(own, notes)]
    headline = title_of(paragraphs)
    body = [text for text, _ in paragraphs if text != headline]
    text = clean("\n\n".join([headline, *body] if headline else body))
    if sum(char.isalpha() for char in text) < _FEWEST_LETTERS:
        raise SourceError(
            "a PDF without text, only pictures of pages; have its text recognised (OCR) first"
        )
    article = read_plain(text, source=source)
    if article is None:
        raise SourceError("no words in this PDF")
    title = headline or _title(told) or article.title
    text = with_title(article.text, title)
    article = replace(
        article,
        text=text,
        title=title,
        authors=article.authors or _authors(told),
        pages=tuple(_pages(text, own)),
    )
    if article.published and article.published_note is None:
        return article
    printed = _printed_date(paragraphs, article.lang)
    filed = _file_date(told)
    return replace(
        article,
        published=printed or article.published or filed,
        published_note=None
        if printed
        else article.published_note or (FILE_DATE if filed and not article.published else None),
    )


def _pages(text: str, lines: Iterable[Line]) -> Iterator[PageStart]:
    """Where each page's lines begin in the text; notes may lead back to an earlier page."""
    reached, page = 0, 0
    for line in lines:
        at = text.find(clean(" ".join(line.text.split())).rstrip("-"), reached)
        if at < 0:
            continue
        reached = at
        if line.page != page:
            page = line.page
            yield PageStart(at, page)


def _title(told: dict[str, Any]) -> str | None:
    title = clean(str(told.get("/Title") or "")).replace("\n", " ")
    return title if len(title.split()) > 1 and not _NO_TITLE.fullmatch(title) else None


def _authors(told: dict[str, Any]) -> tuple[str, ...]:
    """The writers that the file names, if they are whole names and no account's."""
    return tuple(n for n in read_names(clean(str(told.get("/Author") or ""))) if " " in n)


def _printed_date(paragraphs: list[tuple[str, Line]], lang: str) -> str | None:
    """The first date in a short line at the top: "Paris, le 5 août 2020"."""
    for text, _ in paragraphs[:_HEADER]:
        if len(text.split()) <= _HEADER_WORDS:
            for date in find_dates(text, day_first=lang != "en"):
                return date.iso
    return None


def _file_date(told: dict[str, Any]) -> str | None:
    """When the file was made, as ISO 32000 writes it: ``D:20200804103000+02'00'``."""
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", str(told.get("/CreationDate") or ""))
    return "-".join(match.groups()) if match else None


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's complaints about single objects out of the user's log."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
