"""Reads the parts of a MIME message, which mails and ``.mhtml`` pages are."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from policygraph.errors import SourceError
from policygraph.sources.decoding import decode
from policygraph.sources.origin import Origin

_LONGEST_FIELD = 20_000
"""Characters of a header field; the standard library takes minutes for one that is much longer."""


def read_message(origin: Origin) -> EmailMessage:
    """The message in the bytes; ``SourceError`` where they are none."""
    message = message_from_bytes(origin.data().lstrip(), policy=policy.default)
    for part in message.walk():
        for name in [name for name, value in part.raw_items() if len(value) > _LONGEST_FIELD]:
            del part[name]
    if not message.keys() or not list(bodies(message)):
        raise SourceError("no mail: expected header fields, a blank line, and a text")
    return message


def bodies(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold text, in order, without what is attached."""
    for part in message.walk():
        if part.get_content_type() in {"text/html", "text/plain"} and not part.is_attachment():
            yield part


def text_of_part(part: EmailMessage) -> str:
    """A part's text, whatever its encodings."""
    data = part.get_payload(decode=True)
    return decode(data if isinstance(data, bytes) else b"", part.get_content_charset())


def header(message: EmailMessage, name: str) -> str:
    """A header field in plain words; empty where it is missing or cannot be read."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, TypeError):  # what the standard library raises
        return ""
