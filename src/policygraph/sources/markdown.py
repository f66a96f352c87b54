"""Takes the marks of Markdown out of a text and leaves its words."""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"^#{1,6} \S|\]\((?:https?://|/|#|mailto:)|\*\*\w.*?\w\*\*|^(?:```|~~~)|^.+\n(?:={3,}|-{3,})$",
    re.MULTILINE,
)
_IMAGE = re.compile(r"!\[[^\]\n]*\](?:\([^()\n]*\)|\[[^\]\n]*\])")
_LINK = re.compile(
    r"\[([^\]\n]+)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: \"[^\"\n]*\")?\)|\[\w*\])"
)
_REFERENCE = re.compile(r"^\[[^\]\n]+\]: \S+.*$", re.MULTILINE)
_ADDRESS = re.compile(r"<(?:https?://|mailto:)([^<>\s]+)>")
_LINE = (
    re.compile(r"^(?:[-*_] ?){3,}$", re.MULTILINE),  # a ruler
    re.compile(r"^(?:={3,}|-{3,})$", re.MULTILINE),  # the underline of a heading
    re.compile(r"^(?:```|~~~).*$", re.MULTILINE),
    re.compile(r"^#{1,6} +", re.MULTILINE),
    re.compile(r"^(?:> ?)+", re.MULTILINE),
    re.compile(r"^[-*+] +(?=\S)", re.MULTILINE),
)
_TRAILING = re.compile(r"(?<=\S) +#+$", re.MULTILINE)
_EMPHASIS = (
    re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])"),
    re.compile(r"(?<![\w_])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w_])"),
    re.compile(r"(`+)(.+?)\1"),
)


def is_markdown(text: str) -> bool:
    """Whether a clean text shows marks that plain prose has none of."""
    return bool(_SIGNS.search(text))


def without_marks(text: str) -> str:
    """The words of a Markdown text: links keep their wording, pictures go."""
    text = _REFERENCE.sub("", _IMAGE.sub("", text))
    text = _ADDRESS.sub(r"\1", _LINK.sub(r"\1", text))
    for mark in _LINE:
        text = mark.sub("", text)
    text = _TRAILING.sub("", text)
    for mark in _EMPHASIS:
        text = mark.sub(r"\2", text)
    return text
