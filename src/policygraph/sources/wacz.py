"""Reads WACZ files: WARCs in a zip, with a list of the pages that are worth reading."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import cast

from policygraph.errors import SourceError
from policygraph.sources.failure import Failure
from policygraph.sources.origin import Found, Origin
from policygraph.sources.unpacking import Packed, unpacked
from policygraph.sources.warc import read_pages
from policygraph.sources.zipped import DAMAGE, opened

_PAGES = ("pages/pages.jsonl", "pages/extraPages.jsonl")


def read_wacz(origin: Origin) -> Iterator[Found]:
    """Yield the articles of the pages that the file lists, or of all where it lists none."""
    with opened(origin) as archive:
        warcs = [i for i in archive.infolist() if i.filename.startswith("archive/")]
        warcs = [info for info in warcs if info.filename.endswith((".warc", ".warc.gz"))]
        if not warcs:
            raise SourceError("a WACZ file without archive/*.warc.gz; expected a web archive")
        pages = _pages(archive)
        for info in sorted(warcs, key=lambda info: info.filename):
            label = f"{origin.source}/{info.filename}"
            try:
                with archive.open(info) as member:
                    stream = unpacked(cast("Packed", member), partial(_size, info))
                    yield from read_pages(stream, label, lambda url: not pages or url in pages)
            except (*DAMAGE, RuntimeError, NotImplementedError) as error:
                yield Failure(label, f"damaged in the archive ({str(error)[:160]})")


def _size(info: zipfile.ZipInfo) -> int:
    return info.compress_size


def _pages(archive: zipfile.ZipFile) -> frozenset[str]:
    """The addresses of the pages that a person, or the crawler for them, looked at."""
    found = set()
    for name in _PAGES:
        try:
            lines = archive.read(name).decode("utf-8", errors="replace").splitlines()
        except (KeyError, RuntimeError, NotImplementedError, *DAMAGE):
            continue
        for line in lines:
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict) and isinstance(value.get("url"), str):
                found.add(value["url"])
    return frozenset(found)
