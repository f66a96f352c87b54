"""How far two annotations of the same articles agree, in the measures of ``policygraph evaluate``.

``python -m training.agreement FIRST SECOND``: folders of records; those are compared that have one
text, the first as what is wanted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from policygraph.evaluate import evaluate
from policygraph.printing import scores_table
from training.annotated import gold_records


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the scores; 1 where no article is in both folders."""
    parser = argparse.ArgumentParser(
        prog="training.agreement", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    options = parser.parse_args(arguments if arguments is None else list(arguments))
    first = {record.article.text: record for record in gold_records(options.first)}
    second = {record.article.text: record for record in gold_records(options.second)}
    both = [(record, second[text]) for text, record in first.items() if text in second]
    if not both:
        print(f"no article is in both {options.first} and {options.second}", file=sys.stderr)
        return 1
    print(scores_table(evaluate(both)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
