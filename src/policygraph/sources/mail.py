"""Reads newsletters that came by mail (``.eml``, RFC 5322)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from policygraph.errors import SourceError
from policygraph.model import Article
from policygraph.sources.field_values import with_title
from policygraph.sources.html import read_html
from policygraph.sources.mime import bodies, header, read_message, text_of_part
from policygraph.sources.origin import Found, Origin
from policygraph.sources.places import placed
from policygraph.sources.plain import read_plain

_HANDED_ON = re.compile(r"^(?:(?:fwd?|tr|re|aw|wg)\s?:\s*)+", re.IGNORECASE)
_VIEW_ONLINE = re.compile(r"https?://\S+")


def read_mail(origin: Origin) -> Iterator[Found]:
    """Yield the newsletter: its subject is the title, its sender the publisher."""
    message = read_message(origin)
    read = ((part, _read(part, origin.source)) for part in _by_worth(message))
    part, article = next(((part, found) for part, found in read if found), (None, None))
    if part is None or article is None:
        raise SourceError("no article text in this mail; expected paragraphs of prose")
    subject = _HANDED_ON.sub("", header(message, "Subject")) or None
    sender = parseaddr(header(message, "From"))[0] or None
    sent = _sent(message)
    article = replace(
        article,
        text=with_title(article.text, subject),
        title=subject or article.title,
        published=sent or article.published,
        published_note=None if sent else article.published_note,
        publisher=sender or article.publisher,
        url=_archived(message) or article.url,
    )
    yield placed(article, text_of_part(part), markup=part.get_content_type() == "text/html")


def _by_worth(message: EmailMessage) -> list[EmailMessage]:
    """HTML before plain text, which is often a mere hint to look at the HTML."""
    return sorted(bodies(message), key=lambda part: part.get_content_type() != "text/html")


def _read(part: EmailMessage, source: str) -> Article | None:
    text = text_of_part(part)
    if part.get_content_type() == "text/html":
        return read_html(text, source=source)
    return read_plain(text, source=source)


def _sent(message: EmailMessage) -> str | None:
    """The day on which the mail was sent, by the sender's clock."""
    try:
        return parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _archived(message: EmailMessage) -> str | None:
    """Where the mail stands on the web (``Archived-At``, RFC 5064)."""
    found = _VIEW_ONLINE.search(header(message, "Archived-At"))
    return found[0].rstrip(">") if found else None
