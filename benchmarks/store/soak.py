"""Kills an ingest again and again, with readers beside it, and compares with one that was not.

::

    python -m benchmarks.store.soak --articles 2000 --kills 20

The articles are the gold ones, each several times with another title, taken as they stand; with
``--extract`` the program reads them itself. Exit 1 when an article was lost, stood there by half,
or the graphs differ, matters included.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice, zip_longest
from pathlib import Path

from pyoxigraph import NamedNode

from policygraph.errors import StoreError
from policygraph.graph import ClaimGraph
from policygraph.graph.reading import read_article
from policygraph.graph.writing import write_record

GOLD = Path(__file__).parents[2] / "corpora" / "gold"


def main() -> int:
    """Run the soak and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--within", type=float, default=0.2, help="of the time that it takes alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--extract", action="store_true")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "articles.jsonl")
        write_corpus(corpus, options.articles)
        began = time.monotonic()
        ingest(corpus, Path(folder, "whole"), extract=options.extract).wait()
        alone = time.monotonic() - began
        print(f"not killed: {alone:.1f} s", flush=True)
        whole_ones: set[str] = set()
        for kill in range(options.kills):
            process = ingest(corpus, Path(folder, "killed"), extract=options.extract)
            until = time.monotonic() + chance.uniform(0.5, max(1.0, alone * options.within))
            reads = watch(Path(folder, "killed"), process, until)
            process.kill()
            process.wait()
            before = len(whole_ones)
            if lost := check(Path(folder, "killed"), whole_ones):
                print(f"LOST: {lost} articles that were there before")
                return 1
            new = len(whole_ones) - before
            print(
                f"kill {kill + 1}: {len(whole_ones)} articles, all whole, {new} of them new; "
                f"read {reads} times beside",
                flush=True,
            )
        ingest(corpus, Path(folder, "killed"), extract=options.extract).wait()
        with (
            ClaimGraph.open(Path(folder, "whole"), read_only=True) as whole,
            ClaimGraph.open(Path(folder, "killed"), read_only=True) as killed,
        ):
            pairs = zip_longest(whole.statements(), killed.statements())
            same = all(one == other for one, other in pairs) and killed.matters_are_current()
            print(f"{len(whole)} articles; the graphs are {'the same' if same else 'DIFFERENT'}")
    return 0 if same else 1


def write_corpus(path: Path, count: int) -> None:
    """As many articles as asked for, none the same as another."""
    files = sorted(GOLD.rglob("*.json"))
    with path.open("w", encoding="utf-8") as output:
        for number, file in enumerate(islice(cycle(files), count)):
            value = json.loads(file.read_text(encoding="utf-8"))
            value["title"] = f"{value.get('title') or file.stem} ({number})"
            value["id"] = f"soak-{number}"
            output.write(json.dumps(value, ensure_ascii=False) + "\n")


def ingest(corpus: Path, graph: Path, *, extract: bool) -> subprocess.Popen[bytes]:
    """The program itself, in a process of its own."""
    command = [sys.executable, "-m", "policygraph", "ingest", str(corpus), "--graph", str(graph)]
    return subprocess.Popen([*command, *([] if extract else ["--annotated"])], stderr=-3)


def watch(graph: Path, process: subprocess.Popen[bytes], until: float) -> int:
    """Read beside the writer until the time; what is not there yet is no error."""
    reads = 0
    while process.poll() is None and time.monotonic() < until:
        try:
            with ClaimGraph.open(graph, read_only=True) as opened:
                opened.query("SELECT (COUNT(*) AS ?n) { ?c a pg:Claim ; pg:subject ?s }")
                reads += 1
        except StoreError as error:
            if "no graph here" not in str(error) and "writing this graph" not in str(error):
                raise
        time.sleep(0.1)
    return reads


def check(graph: Path, whole: set[str]) -> int:
    """See that each article that is new is to the last triple what its record gives.

    Adds it to the ``whole`` ones; gives how many of these are there no more.
    """
    if not (graph / "store").exists():
        return len(whole)
    with ClaimGraph.open(graph, read_only=True) as opened:
        there = {*opened.articles()}
        for name in sorted(there - whole):
            quads = {*opened.store.quads_for_pattern(None, None, None, NamedNode(name))}
            if {*write_record(read_article(quads).record)} != quads:
                raise SystemExit(f"HALF-WRITTEN: {name}")
        lost = len(whole - there)
        whole |= there
        return lost


if __name__ == "__main__":
    sys.exit(main())
