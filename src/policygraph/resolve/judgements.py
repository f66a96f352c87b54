"""Judgements on whether two things are one: by a rule, or by a person, which none overrules.

Persons' judgements are a file of JSON lines in the graph's folder, to be read, reviewed and
kept under version control; the last on a pair holds. Rules' judgements follow from what the
articles say and are made anew whenever these change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from policygraph.errors import StoreError


class Verdict(StrEnum):
    """What is judged of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether the things of two IRIs are one, and why.

    ``one`` comes before ``other`` in the alphabet. ``by`` is ``rule``, or ``person`` with
    their name after a colon where they gave it; ``score`` is how alike the two are, from 0 to 1.
    """

    one: str
    other: str
    verdict: Verdict
    reason: str
    by: str = "rule"
    score: float = 1.0

    @property
    def pair(self) -> tuple[str, str]:
        """The two IRIs, in order."""
        return self.one, self.other

    @property
    def is_personal(self) -> bool:
        """Whether a person judged."""
        return self.by != "rule"


def judgement(
    one: str, other: str, verdict: Verdict, reason: str, *, by: str = "rule", score: float = 1.0
) -> Judgement:
    """A judgement with its IRIs in order; ``ValueError`` where they are the same."""
    if one == other:
        raise ValueError(f"{one}: a thing is itself; judge two IRIs")
    first, second = sorted((one, other))
    return Judgement(
        one=first, other=second, verdict=verdict, reason=reason, by=by, score=round(score, 3)
    )


def read_judgements(path: Path) -> list[Judgement]:
    """The judgements of a file, oldest first; none where there is no file.

    Raises ``StoreError`` with the line that cannot be read.
    """
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            found.append(
                judgement(
                    value["one"],
                    value["other"],
                    Verdict(value["verdict"]),
                    str(value.get("reason", "")),
                    by=str(value.get("by", "person")),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{path}:{number}: no judgement ({error}); expected "
                '{"one": IRI, "other": IRI, "verdict": "same", "reason": "…"}'
            ) from error
    return found


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write the file anew, whole or not at all; ``StoreError`` where the disk refuses."""
    lines = []
    for item in judgements:
        value = {k: v for k, v in asdict(item).items() if k != "score"}
        lines.append(json.dumps(value, ensure_ascii=False) + "\n")
    new = path.with_suffix(".new")
    try:
        new.write_text("".join(lines), encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error


def in_force(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The last judgement on each pair."""
    return {item.pair: item for item in judgements}
