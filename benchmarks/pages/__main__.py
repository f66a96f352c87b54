"""Compare what becomes of pages: ``python -m benchmarks.pages``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks.pages.gold import SPLITS, read_pages
from benchmarks.pages.measure import score
from benchmarks.pages.systems import SYSTEMS
from benchmarks.pages.table import field_table, layout_table, text_table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables of each split, or of the one that is named."""
    options = _parser().parse_args(arguments)
    for split in [options.split] if options.split else SPLITS:
        pages = list(read_pages(split))
        scores = {name: [score(p, read(p.path)) for p in pages] for name, read in SYSTEMS.items()}
        print(f"### {split}: {len(pages)} pages\n")
        print(text_table(scores), end="\n\n")
        print(field_table(scores), end="\n\n")
        print(layout_table([page.layout for page in pages], scores), end="\n\n")
        if options.pages:
            print(layout_table([page.path.stem for page in pages], scores), end="\n\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, help="one of the two, both by default")
    parser.add_argument("--pages", action="store_true", help="the text F1 of every page as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
