"""How long quick queries, and lawful ones of a second or two, take while endless ones crowd in.

::

    python -m benchmarks.store.crowd policygraph.db --endless 16 --slow 20
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx2

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"
QUICK = "SELECT ?o { ?s pg:fines ?o } LIMIT 10"
SLOW = """
SELECT (COUNT(*) AS ?n) {
  { SELECT ?a { ?a ?p ?o } LIMIT 1000 } { SELECT ?b { ?b ?q ?r } LIMIT %d }
  FILTER(STRLEN(STR(?a)) > STRLEN(STR(?b)))
}
"""
"""Takes as long as the number says: about a second for every four hundred."""


async def crowd(
    url: str, *, endless: int, slow: int, size: int, quick: int
) -> tuple[list[float], list[float], list[int]]:
    """Seconds that quick queries took, one after another, and slow ones, all at once.

    Only those that were answered are there; and how the endless ones ended.
    """
    limits = httpx2.Limits(max_connections=endless + slow + 1)
    async with httpx2.AsyncClient(timeout=300, limits=limits, trust_env=False) as client:

        async def ask(query: str) -> tuple[int, float]:
            began = time.perf_counter()
            answer = await client.post(url, data={"query": query})
            if answer.status_code != 200 and query != ENDLESS:
                print(f"{answer.status_code}: {answer.text.strip()}")
            return answer.status_code, time.perf_counter() - began

        print(f"a slow query alone: {(await ask(SLOW % size))[1]:.2f} s")
        long = [asyncio.ensure_future(ask(ENDLESS)) for _ in range(endless)]
        await asyncio.sleep(0.1)
        middling = [asyncio.ensure_future(ask(SLOW % size)) for _ in range(slow)]
        quickly = [await ask(QUICK) for _ in range(quick)]
        slowly = await asyncio.gather(*middling)
        ended = await asyncio.gather(*long)
        took = [
            [seconds for status, seconds in done if status == 200] for done in (quickly, slowly)
        ]
        return took[0], took[1], [status for status, _ in ended]


def main() -> None:
    """Serve a graph, crowd it, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--endless", type=int, default=16)
    parser.add_argument("--slow", type=int, default=20)
    parser.add_argument("--size", type=int, default=600, help="of a slow query")
    parser.add_argument("--quick", type=int, default=20)
    options = parser.parse_args()
    command = [sys.executable, "-m", "policygraph", "serve", "--port", "0", "--graph"]
    with subprocess.Popen(
        [*command, str(options.graph)], stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        url = server.stderr.readline().split(" at ")[1].split()[0]
        try:
            work = crowd(
                f"{url}sparql",
                endless=options.endless,
                slow=options.slow,
                size=options.size,
                quick=options.quick,
            )
            quick, slow, ended = asyncio.run(work)
        finally:
            server.terminate()
    for name, asked, took in (("quick", options.quick, quick), ("slow", options.slow, slow)):
        median, longest = statistics.median(took or [0]), max(took, default=0)
        print(
            f"{len(took)} of {asked} {name} ones answered: median {median:.2f} s, "
            f"longest {longest:.2f} s"
        )
    print(f"endless ones ended with {dict(Counter(ended))}")


if __name__ == "__main__":
    main()
