"""Names what extracts claims, so that two extractors that may differ have two names.

The name holds a hash of all that extraction depends on: its code, the data under ``ontology/``
and the models. What serves one language alone counts for that language alone, so that a new
French rule leaves English articles as they are.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from policygraph.authority import authority_in_use
from policygraph.ontology import ontology_dir
from policygraph.version import __version__

OURS = "policygraph "
"""What the name of every extractor of this project begins with."""

_READ = re.compile(r"(?<=[( ])(\w+) [0-9a-f]{12}(?=[,)])")
_CODE = Path(__file__).parent
_MODULES = (
    "authority", "extraction", "folding", "mending", "model", "nlp", "ontology", "passages",
    "resolve", "rules", "sources/language", "tables", "word_vectors",
)  # fmt: skip
_DATA = ("authority", "geography", "lexicon", "relations")
_DATA_FILES = ("policygraph.ttl", "consistency.toml")
_LANGUAGES = ("en", "fr")
_WEIGHTS = (".npz", ".onnx", ".model", ".py")
_SOURCES = (".py", ".toml", ".txt", ".ttl", ".json", ".cfg")


def software(lang: str, model: str | None = None) -> str:
    """The name of the extractor for a language, as in ``policygraph 0.1.0 (fr 0f1e2d3c4b5a)``.

    ``model`` is an installed spaCy pipeline, or the path of one, in place of the shipped one.
    Further authority files count where they are in use.
    """
    return _name(lang, model, authority_in_use())


def software_of(langs: Sequence[str], models: Mapping[str, str]) -> str:
    """The name of what reads an article in several languages, its own first.

    ``policygraph 0.1.0 (fr 0f1e2d3c4b5a, en 5b4c3d2e1f0a)``; ``models`` is by language.
    """
    first, *others = (software(lang, models.get(lang)) for lang in langs)
    rest = "".join(f", {name.rpartition('(')[2][:-1]}" for name in others)
    return f"{first[:-1]}{rest})"


def is_current(name: str, models: Mapping[str, str]) -> bool:
    """Whether a record's extractors, by their ``name``, are those that would read it now."""
    langs = _READ.findall(name)
    return bool(langs) and name == software_of(langs, models)


@cache
def _name(lang: str, model: str | None, authority: tuple[Path, ...]) -> str:
    total = sha256()
    for path in (*_files(lang, shipped=model is None), *authority):
        content = path.read_bytes()
        if path.suffix in _SOURCES:  # a checkout on Windows may have other line ends
            content = content.replace(b"\r\n", b"\n")
        total.update(f"{path.name}\n{len(content)}\n".encode())
        total.update(content)
    if model is not None:
        total.update(f"{model} {_installed(model)}".encode())
    return f"{OURS}{__version__} ({lang} {total.hexdigest()[:12]})"


def _files(lang: str, *, shipped: bool) -> Iterator[Path]:
    """What extraction depends on, in an order that is the same everywhere."""
    data, models = ontology_dir(), _CODE / "models"
    for name in _MODULES:
        package = _CODE / name
        yield from _below(package, lang) if package.is_dir() else [package.with_suffix(".py")]
    yield from (data / name for name in _DATA_FILES)
    for folder in _DATA:
        yield from _below(data / folder, lang)
    yield from sorted(path for path in models.iterdir() if path.suffix in _WEIGHTS)
    if shipped:
        yield from _below(models / lang, lang)


def _below(folder: Path, lang: str) -> Iterator[Path]:
    others = {f".{other}" for other in _LANGUAGES if other != lang}
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file() and "__pycache__" not in path.parts and others.isdisjoint(path.suffixes):
            yield path


def _installed(model: str) -> str:
    """The version of a package, or what a pipeline's folder says of itself."""
    try:
        return importlib.metadata.version(model)
    except importlib.metadata.PackageNotFoundError:
        meta = Path(model) / "meta.json"
        return meta.read_text(encoding="utf-8") if meta.is_file() else "unknown"
