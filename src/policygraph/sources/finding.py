"""Finds the files that a user named: files, folders, globs; in an order that never varies."""

from __future__ import annotations

import glob
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from policygraph.sources.failure import Failure

_BESIDE = frozenset(("_files", "_fichiers"))
"""How a browser's folder beside a saved page ends."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read; ``label`` names it in the same way on every machine."""

    label: str
    path: Path


def find_files(source: str | Path) -> Iterator[File | Failure]:
    """Yield the files behind a path or a glob.

    A file is labelled by its name, what is in a folder by the folder's name and the path
    below it, what a glob matched in the same two ways. Hidden files are left aside.
    """
    path = Path(source)
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif path.exists():
            yield File(path.name, path)
        elif glob.has_magic(str(source)):
            yield from _matching(str(source))
        else:
            yield Failure(
                str(source), "no such file or folder; give a file, folder, glob, URL or -"
            )
    except OSError as error:
        yield Failure(str(source), f"cannot be read ({error.strerror})")


def _in_folder(folder: Path) -> Iterator[File | Failure]:
    base = folder.resolve()
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    files = sorted(
        path for name, path in paths.items() if not path.is_dir() and not is_aside(name, paths)
    )
    for path in files:
        yield File(f"{base.name}/{path.relative_to(folder).as_posix()}".lstrip("/"), path)
    if not files:
        yield Failure(base.name or str(folder), "an empty folder; expected articles in it")


def is_aside(name: str, names: Container[str]) -> bool:
    """Whether a file in a folder or an archive is no article by its place.

    Hidden files, those that macOS adds to archives, and the pictures and scripts that a browser
    saves in ``page_files/`` beside ``page.html``.
    """
    parts = PurePosixPath(name).parts
    if any(part == "__MACOSX" or (part[0] == "." and part != "..") for part in parts):
        return True
    for depth, part in enumerate(parts[:-1]):
        page, mark, _ = part.rpartition("_")
        if mark and part[len(page) :].lower() in _BESIDE:
            saved = "/".join((*parts[:depth], page))
            if f"{saved}.html" in names or f"{saved}.htm" in names:
                return True
    return False


def _matching(pattern: str) -> Iterator[File | Failure]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 patterns may be absolute
    if not matches:
        yield Failure(pattern, "matches no file")
    for match in matches:
        yield from find_files(Path(match))
