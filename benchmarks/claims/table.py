"""Runs systems over annotated articles and lays their scores out as a Markdown table."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.claims.answers import Answer, Reader
from benchmarks.claims.measure import Tally
from policygraph.evaluate import Score
from policygraph.model import Entity, Record

HEADER = (
    "articles", "lang", "n", "system", "claims P / R / F1", "pairs P / R / F1", "words/s",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One system on the articles of one source and language."""

    source: str
    lang: str
    system: str
    tally: Tally = field(default_factory=Tally)
    articles: int = 0
    words: int = 0
    seconds: float = 0.0

    def cells(self, *, speed: bool) -> tuple[str, ...]:
        """What the table shows; the speed, which no two runs share, on demand."""
        pace = f"{self.words / self.seconds:,.0f}" if speed and self.seconds else "–"
        return (
            self.source,
            self.lang,
            str(self.articles),
            self.system,
            _figures(self.tally.labelled),
            _figures(self.tally.pairs),
            pace,
        )


def run(
    source: str,
    records: Iterable[Record],
    system: str,
    reader: Reader,
    entities: Callable[[Record], tuple[Entity, ...]],
) -> Iterator[Row]:
    """Score a system; a row a language, in alphabetical order.

    Seconds are of the processor, parsing included; each language's first article is read once
    before, so that loading does not count.
    """
    rows: dict[str, Row] = {}
    for record in records:
        lang = record.article.lang
        given = entities(record)
        if lang not in rows:
            rows[lang] = Row(source, lang, system)
            reader(record.article, given)
        row = rows[lang]
        answer, seconds = _timed(reader, record, given)
        row.tally.add(record, answer)
        row.articles += 1
        row.words += len(re.findall(r"\w+", record.article.text))
        row.seconds += seconds
    yield from (rows[lang] for lang in sorted(rows))


def _timed(reader: Reader, record: Record, given: tuple[Entity, ...]) -> tuple[Answer, float]:
    start = time.process_time()
    answer = reader(record.article, given)
    return answer, time.process_time() - start


def markdown(rows: Iterable[Row], *, speed: bool) -> str:
    """The table, with a row a line."""
    lines = [HEADER, ("---",) * len(HEADER), *(row.cells(speed=speed) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _figures(score: Score) -> str:
    return f"{score.precision:.2f} / {score.recall:.2f} / {score.f1:.2f}"
