"""Compare claims: ``python -m benchmarks.claims corpora/gold/test --systems textacy relatio``."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy: speeds are of one core
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from benchmarks.claims.answers import Reader
from benchmarks.claims.gold import read_gold
from benchmarks.claims.systems import (
    cooccurrence,
    ours,
    relatio_rules,
    semantica_patterns,
    textacy_svo,
)
from benchmarks.claims.table import Row, markdown, run
from policygraph.errors import PolicyGraphError
from policygraph.model import Article, Entity, Record
from policygraph.pipeline import extract_article

SYSTEMS: Mapping[str, Callable[[], Reader]] = {
    "policygraph": ours.load,
    "co-occurrence": cooccurrence.load_typed,
    "co-occurrence-untyped": cooccurrence.load_untyped,
    "textacy": textacy_svo.load,
    "relatio": relatio_rules.load,
    "semantica": semantica_patterns.load,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a source cannot be read or a named system is not installed."""
    options = _parser().parse_args(arguments)
    names = options.systems or list(SYSTEMS)
    readers: dict[str, Reader] = {}
    for name in names:
        try:
            readers[name] = SYSTEMS[name]()
        except ModuleNotFoundError as error:
            print(f"{name}: {error}; see benchmarks/claims/README.md", file=sys.stderr)
            if options.systems:
                return 1
    entities = _found if options.entities == "found" else _gold
    try:
        rows = list(_rows(options.sources, readers, entities))
    except PolicyGraphError as error:
        print(error, file=sys.stderr)
        return 1
    print(markdown(rows, speed=not options.without_speed))
    return 0


def _rows(
    sources: list[Path],
    readers: Mapping[str, Reader],
    entities: Callable[[Record], tuple[Entity, ...]],
) -> Iterator[Row]:
    for source in sources:
        label = "/".join(source.resolve().parts[-2:])
        records = list(read_gold(source))
        rows = [
            r
            for name, reader in readers.items()
            for r in run(label, records, name, reader, entities)
        ]
        yield from sorted(rows, key=lambda row: row.lang)


def _gold(record: Record) -> tuple[Entity, ...]:
    return record.entities


def _found(record: Record) -> tuple[Entity, ...]:
    return _extracted(record.article)


@cache
def _extracted(article: Article) -> tuple[Entity, ...]:
    return extract_article(article).entities


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path, help="annotated records, or folders")
    parser.add_argument(
        "--systems", nargs="+", choices=list(SYSTEMS), help="all that are installed by default"
    )
    parser.add_argument(
        "--entities",
        choices=("gold", "found"),
        default="gold",
        help="the entities that the others are handed: the gold's, or those policygraph finds",
    )
    parser.add_argument(
        "--without-speed", action="store_true", help="leave out the figure that no two runs share"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
