"""Reads lists of addresses: one http(s) URL a line, ``#`` before remarks."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"<?(https?://[^\s<>\"]+)>?(?:\s+#.*)?", re.IGNORECASE)


def read_addresses(text: str) -> list[tuple[int, str]]:
    """The addresses of a list with their line numbers, each once; none where it is another text.

    Every line must be an address, blank, or a remark.
    """
    found: dict[str, int] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = _ADDRESS.fullmatch(line)
        if not match:
            return []
        found.setdefault(match[1], number)
    return [(number, address) for address, number in found.items()]
