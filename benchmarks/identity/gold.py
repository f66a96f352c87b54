"""Which thing each gold entity is: keys that hold across articles and languages.

``read.tsv`` says it where a name alone does not, as a reader of the article judged: a slug of
the authority file, or ``-`` and a name of our own for what the file does not have. Anywhere
else a name that the file gives to one entry of the right type means that entry, and other
names mean one thing where they are the same but for case and accents (a name that many share,
such as "High Court", in one article only), or where ``same.tsv`` says that two are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from policygraph.authority import load_authority
from policygraph.folding import fold
from policygraph.model import Entity, Record
from policygraph.resolve.minting import is_own

HERE = Path(__file__).parent
VALUES = frozenset({"Date", "Money"})


@cache
def _read() -> dict[tuple[str, str], str]:
    rows = (HERE / "read.tsv").read_text(encoding="utf-8").splitlines()
    return {(article, name): key for article, name, key in (row.split("\t") for row in rows)}


@cache
def _same() -> dict[str, str]:
    path = HERE / "same.tsv"
    rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return dict(row.split("\t") for row in rows)


def key_of(record: Record, entity: Entity) -> str:
    """A slug of the authority file, or another key that begins with a hyphen."""
    read = _read().get((record.id.removesuffix("-001"), entity.name))
    if read is not None:
        return f"-{fold(entity.name)}" if read == "-" else read
    found = load_authority().find(entity.name, record.article.lang)
    fitting = [k for k in found if entity.type in (k.type, *k.also)] or [
        k for k in found if _near(entity.type, k.type)
    ]
    if fitting:
        return fitting[0].slug
    own = f"-{fold(entity.name)}"
    if not is_own(entity.type, entity.name):  # one of many that are called so
        own += f"@{record.id}"
    return _same().get(own, own)


def _near(type_: str, known: str) -> bool:
    return {type_, known} in (
        {"Country", "Place"}, {"Company", "MediaOutlet"}, {"Company", "Product"},
        {"GovernmentBody", "Country"}, {"GovernmentBody", "IntergovernmentalOrganization"},
        {"AdvocacyGroup", "MediaOutlet"}, {"ResearchOrganization", "AdvocacyGroup"},
        {"AdvocacyGroup", "Company"}, {"Product", "AdvocacyGroup"}, {"GovernmentBody", "Product"},
        {"ResearchOrganization", "Company"}, {"Product", "Technology"}, {"MediaOutlet", "Product"},
        {"LegalInstrument", "Event"}, {"ResearchOrganization", "IntergovernmentalOrganization"},
    )  # fmt: skip


def gold_records(folders: Iterable[Path]) -> Iterator[Record]:
    """The records of the folders, in a fixed order."""
    for folder in folders:
        for path in sorted(folder.rglob("*.json")):
            yield Record.from_json(json.loads(path.read_text(encoding="utf-8")), where=path.name)
