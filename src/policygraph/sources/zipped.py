"""Reads zip archives file by file; nothing is written to the disk."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import cast

from policygraph.errors import SourceError
from policygraph.sources.failure import Failure
from policygraph.sources.finding import is_aside
from policygraph.sources.formats import read
from policygraph.sources.origin import Found, Origin
from policygraph.sources.unpacking import Packed, unpacked

_LONGEST_REASON = 160
_MOST = 100_000
"""Files of an archive."""

_IN_MEMORY = 16 * 1024 * 1024

DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError)
"""What zipfile raises for archives of which bytes are missing or wrong."""


def read_zip(origin: Origin) -> Iterator[Found]:
    """Yield the articles of an archive's files, labelled ``archive.zip/folder/file``.

    Hidden files are left aside, as in folders.
    """
    with opened(origin) as archive:
        members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        files = [info for name, info in members.items() if not is_aside(name, members)]
        if len(files) > _MOST:
            raise SourceError(f"an archive of more than {_MOST} files; unpack it first")
        for info in sorted(files, key=lambda info: info.filename):
            yield from read_member(origin, archive, info)
        if not files:
            raise SourceError("an empty archive; expected articles in it")


def read_member(
    origin: Origin, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str | None = None
) -> Iterator[Found]:
    """Yield the articles of one file of an archive, or why it has none."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    label = f"{origin.source}/{path}"
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        yield Failure(label, "a path that leads out of the archive; refused")
        return
    try:
        with archive.open(info) as member:
            stream = unpacked(cast("Packed", member), lambda: info.compress_size)
            yield from read(origin.inner(label, stream, name=name or path.name))
    except (RuntimeError, NotImplementedError) as error:
        reason = "locked with a password" if info.flag_bits & 1 else str(error)
        yield Failure(label, f"cannot be unpacked ({reason})")
    except DAMAGE as error:
        yield Failure(label, f"damaged in the archive ({_short(error)})")


@contextmanager
def opened(origin: Origin) -> Iterator[zipfile.ZipFile]:
    """The archive; one that came as a stream is first put by in a temporary file."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as aside:
        stream = origin.stream
        if not stream.seekable():
            shutil.copyfileobj(stream, aside)
            stream = aside  # type: ignore[assignment]
        try:
            archive = zipfile.ZipFile(stream)
        except (*DAMAGE, NotImplementedError) as error:
            raise SourceError(f"a damaged zip archive ({_short(error)})") from error
        with archive:
            yield archive


def _short(error: Exception) -> str:
    return str(error)[:_LONGEST_REASON] or type(error).__name__
