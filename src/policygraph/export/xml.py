"""What the XML formats share."""

from __future__ import annotations

import re


def xml_text(text: str) -> str:
    """XML 1.0, section 2.2: what is no character of it becomes U+FFFD."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
