"""What nouns a known thing is called by, and where it is based: "the social network" is TikTok
rather than Microsoft, "the Redmond firm" is Microsoft.

``ontology/lexicon/called.LANG.txt`` tells in how many of the gold training articles each noun
stands for each entry of the authority file, ``seats.txt`` in how many it is said to be based in
each place; ``training/called.py`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from policygraph.errors import OntologyError
from policygraph.ontology import ontology_dir

Call = tuple[str, str]
"""A slug of the authority file and the lemma of a noun that stands for it, or a place's slug."""


@dataclass(frozen=True, slots=True)
class Called:
    """``counts`` of articles by slug and noun, less one for each of ``but``."""

    counts: Mapping[str, Mapping[str, int]]
    but: frozenset[Call] = frozenset()

    def without(self, calls: Iterable[Call]) -> Called:
        """The counts of all articles but one, in which those calls stand."""
        return Called(self.counts, frozenset(calls))

    def features(self, slug: str, noun: str, name: str = "called") -> dict[str, float]:
        """How often a thing is called so: at all, by this noun, and by others alone."""
        nouns = self.counts.get(slug, {})
        total = sum(nouns.values()) - sum(one == slug for one, _ in self.but)
        if total < 1:
            return {}
        so = nouns.get(noun, 0) - ((slug, noun) in self.but)
        often = log(1 + total)
        return {
            name: often,
            f"{name} so": so / (total + 1),
            f"{name} so ever": float(so > 0),
            f"{name} so never": 0.0 if so else often,
        }


@cache
def load_called(lang: str) -> Called:
    """Read a language's table; an empty one in a checkout that has none yet."""
    return _read(ontology_dir() / "lexicon" / f"called.{lang}.txt")


@cache
def load_seats() -> Called:
    """Read where known things are based; an empty table in a checkout that has none yet."""
    return _read(ontology_dir() / "lexicon" / "seats.txt")


def _read(path: Path) -> Called:
    counts: dict[str, dict[str, int]] = {}
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                slug, noun, count = line.split("\t")
                counts.setdefault(slug, {})[noun] = int(count)
            except ValueError as error:
                raise OntologyError(
                    f"{path}:{number}: expected a slug, a noun or place and a count, parted by tabs"
                ) from error
    return Called(counts)
