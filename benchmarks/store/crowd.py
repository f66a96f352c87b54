"""How long a quick query takes at the server while endless ones crowd it.

::

    python -m benchmarks.store.crowd policygraph.db --endless 16
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

import httpx2

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"
QUICK = "SELECT ?o { ?s pg:fines ?o } LIMIT 10"


async def crowd(url: str, *, endless: int, quick: int) -> tuple[list[float], list[int]]:
    """Seconds that each quick query took, one after another, and how the endless ones ended."""
    limits = httpx2.Limits(max_connections=endless + 1)
    async with httpx2.AsyncClient(timeout=120, limits=limits, trust_env=False) as client:

        async def ask(query: str) -> int:
            return (await client.post(url, data={"query": query})).status_code

        await ask(QUICK)
        long = [asyncio.ensure_future(ask(ENDLESS)) for _ in range(endless)]
        await asyncio.sleep(0.1)
        took = []
        for _ in range(quick):
            began = time.perf_counter()
            if await ask(QUICK) == 200:
                took.append(time.perf_counter() - began)
        return took, await asyncio.gather(*long)


def main() -> None:
    """Serve a graph, crowd it, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--endless", type=int, default=16)
    parser.add_argument("--quick", type=int, default=20)
    options = parser.parse_args()
    command = [sys.executable, "-m", "policygraph", "serve", "--port", "0", "--graph"]
    with subprocess.Popen(
        [*command, str(options.graph)], stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        url = server.stderr.readline().split(" at ")[1].split()[0]
        try:
            work = crowd(f"{url}sparql", endless=options.endless, quick=options.quick)
            took, ended = asyncio.run(work)
        finally:
            server.terminate()
    print(
        f"{len(took)} of {options.quick} answered, median {statistics.median(took):.2f} s, "
        f"first {took[0]:.2f} s, longest {max(took):.2f} s; {ended.count(503)} endless were stopped"
    )


if __name__ == "__main__":
    main()
