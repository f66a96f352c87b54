"""One form for all addresses of a page: AMP, mobile, tracked, with and without ``www``."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_CACHED = re.compile(
    r"https?://(?:www\.google\.[a-z.]+/amp|[\w-]+\.cdn\.ampproject\.org/[cv])/(?:s/)?(?P<page>.+)"
)
"""Where AMP caches keep the pages of others."""

_HOSTS = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.[^.])")
_AMP_PATH = re.compile(r"(?:/amp|(?<=/)amp|[./-]amp(?=\.html?$))(?=/|\.html?$|$)", re.IGNORECASE)
_AMP_QUERY = frozenset({("outputtype", "amp"), ("amp", "1"), ("amp", ""), ("amp", "true")})


def page_address(url: str | None) -> str | None:
    """The address of a page without what differs between its forms, and without its scheme.

    None for what is no web address, and for a site's front page, which holds no article of its
    own. Parameters that only track readers go, as the library courlan knows them.
    """
    if url is None or not url.startswith(("http://", "https://")):
        return None
    from courlan import normalize_url

    if cached := _CACHED.fullmatch(url):
        url = f"https://{unquote(cached['page'])}"
    try:
        parts = urlsplit(normalize_url(url, strict=False, trailing_slash=False))
        host = parts.netloc.lower()
    except ValueError:
        return None
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if (name.lower(), value.lower()) not in _AMP_QUERY
    ]
    if not path and not query:
        return None
    return f"{_HOSTS.sub('', host)}{path}{'?' if query else ''}{urlencode(sorted(query))}"


def site_of(url: str | None) -> str | None:
    """The registered domain of an address, such as ``example.org``."""
    if url is None or not url.startswith(("http://", "https://")):
        return None
    from courlan import extract_domain

    found = extract_domain(url)
    return str(found) if found else None
