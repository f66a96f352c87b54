"""Keeps fetched pages in a folder, so that a server can answer "not modified".

One file a page: a line of JSON that says what it is, then the page's bytes. A file is written
beside and moved into place; one that is damaged counts as none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

LARGEST = 512 * 1024 * 1024
"""Bytes of all pages; beyond it those that were of use least lately go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedPage:
    """A page as it was fetched; ``etag`` and ``modified`` are what its server said of it."""

    data: bytes
    charset: str | None
    etag: str | None
    modified: str | None

    def conditions(self) -> Mapping[str, str]:
        """The headers that ask for the page only if it has changed (RFC 9110, 13.1)."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


def user_cache() -> Path:
    """Where the pages of this user are kept when no graph's folder keeps them."""
    from platformdirs import user_cache_path

    return user_cache_path("policygraph") / "pages"


class PageCache:
    """Pages by address; a folder that cannot be written keeps none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, url: str) -> CachedPage | None:
        """The page of that address, if it is there and whole."""
        path = self._path(url)
        try:
            head, _, data = path.read_bytes().partition(b"\n")
            told = json.loads(head)
            if told["url"] != url or told["sha256"] != sha256(data).hexdigest():
                return None
            page = CachedPage(
                data=data, charset=told["charset"], etag=told["etag"], modified=told["modified"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        with suppress(OSError):
            os.utime(path)  # it was of use
        return page

    def put(self, url: str, page: CachedPage) -> None:
        """Keep a page in place of an older one of the same address."""
        told = {
            "url": url,
            "charset": page.charset,
            "etag": page.etag,
            "modified": page.modified,
            "sha256": sha256(page.data).hexdigest(),
        }
        path = self._path(url)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as new:
                new.write(json.dumps(told).encode() + b"\n" + page.data)
            Path(new.name).replace(path)

    def forget(self, url: str) -> None:
        """Drop a page that its server no longer wants to be kept."""
        with suppress(OSError):
            self._path(url).unlink()

    def prune(self, largest: int = LARGEST) -> None:
        """Drop the pages that were of use least lately, down to that many bytes."""
        with suppress(OSError):
            files = [(path, path.stat()) for path in self._folder.glob("*/*")]
            size = sum(stat.st_size for _, stat in files)
            for path, stat in sorted(files, key=lambda file: file[1].st_mtime):
                if size <= largest:
                    break
                path.unlink(missing_ok=True)
                size -= stat.st_size

    def _path(self, url: str) -> Path:
        name = sha256(url.encode(errors="surrogatepass")).hexdigest()
        return self._folder / name[:2] / name
