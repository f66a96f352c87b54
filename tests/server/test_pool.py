from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from policygraph.server.limits import Limits
from policygraph.server.pool import Pool
from policygraph.server.refusals import BusyError, RefusedError, TooSlowError

T = TypeVar("T")

ENDLESS = """
SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l && ?c < ?f) }
"""


def with_pool(folder: Path, limits: Limits, work: Callable[[Pool], Awaitable[T]]) -> T:
    async def main() -> T:
        pool = Pool(folder, limits)
        try:
            return await work(pool)
        finally:
            await pool.close()

    return asyncio.run(main())


def test_one_process_answers_query_after_query(graph_folder: Path) -> None:
    async def work(pool: Pool) -> None:
        for _ in range(3):
            answer = await pool.run("ASK { ?s pg:fines ?o }", solutions="csv")
            assert (answer.kind, answer.content.strip()) == ("solutions", b"true")
        answer = await pool.run("CONSTRUCT WHERE { ?s pg:fines ?o }", graph="ttl")
        assert answer.kind == "graph"
        assert b"pg:fines" in answer.content

    with_pool(graph_folder, Limits(workers=1), work)


def test_a_wrong_query_harms_nobody(graph_folder: Path) -> None:
    async def work(pool: Pool) -> bytes:
        with pytest.raises(RefusedError, match="not SPARQL") as wrong:
            await pool.run("SELECT", solutions="json")
        with pytest.raises(RefusedError, match="no accepted format") as unfit:
            await pool.run("ASK {}", graph="ttl")
        assert (wrong.value.status, unfit.value.status) == (400, 406)
        return (await pool.run("ASK {}", solutions="csv")).content

    assert with_pool(graph_folder, Limits(workers=1), work).strip() == b"true"


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(
    graph_folder: Path,
) -> None:
    async def work(pool: Pool) -> bytes:
        with pytest.raises(TooSlowError, match="took more than 1 s and was stopped"):
            await pool.run(ENDLESS, solutions="json")
        return (await pool.run("ASK {}", solutions="csv")).content

    assert with_pool(graph_folder, Limits(workers=1, timeout=1), work).strip() == b"true"


SLOW = "SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c a ?d }"


def test_endless_queries_make_room_for_those_that_wait(graph_folder: Path) -> None:
    limits = Limits(workers=4, quick=0.1, timeout=300)

    async def work(pool: Pool) -> int:
        endless = [asyncio.ensure_future(pool.run(ENDLESS, solutions="json")) for _ in range(16)]
        await asyncio.sleep(0)
        for _ in range(3):
            assert (await pool.run("ASK {}", solutions="csv")).content.strip() == b"true"
        still = [query for query in endless if not query.done()]
        for query in still:
            query.cancel()
        await asyncio.gather(*endless, return_exceptions=True)
        assert (await pool.run("ASK {}", solutions="csv")).content.strip() == b"true"
        return len(still)

    assert with_pool(graph_folder, limits, work) == 16, "they run out their time"


def test_a_slow_query_is_answered_among_endless_ones(graph_folder: Path) -> None:
    limits = Limits(workers=2, quick=0.05, timeout=300)

    async def work(pool: Pool) -> list[bool]:
        endless = [asyncio.ensure_future(pool.run(ENDLESS, solutions="json")) for _ in range(4)]
        await asyncio.sleep(0)
        slow = [pool.run(SLOW, solutions="csv") for _ in range(3)]
        answers = await asyncio.gather(*slow)
        for query in endless:
            query.cancel()
        await asyncio.gather(*endless, return_exceptions=True)
        return [int(answer.content.split()[1]) > 0 for answer in answers]

    assert with_pool(graph_folder, limits, work) == [True] * 3


def test_endless_queries_end_at_their_time_however_often_they_made_room(graph_folder: Path) -> None:
    limits = Limits(workers=1, quick=0.02, timeout=2)

    async def work(pool: Pool) -> list[BaseException | None]:
        endless = [asyncio.ensure_future(pool.run(ENDLESS, solutions="json")) for _ in range(3)]
        await asyncio.gather(*endless, return_exceptions=True)
        return [query.exception() for query in endless]

    for error in with_pool(graph_folder, limits, work):
        assert isinstance(error, TooSlowError | BusyError)


def test_workers_are_started_ahead(graph_folder: Path) -> None:
    async def work(pool: Pool) -> tuple[int, int]:
        pool.start()
        while len(pool._idle) < 2:
            await asyncio.sleep(0.05)
        ready = {id(child) for child in pool._idle}
        await pool.run("ASK {}", solutions="csv")
        return len(ready), len(ready & {id(child) for child in pool._idle})

    assert with_pool(graph_folder, Limits(spare=2), work) == (2, 2), "one of them answered"


def test_a_long_line_is_refused_at_once(graph_folder: Path) -> None:
    async def work(pool: Pool) -> None:
        running = asyncio.ensure_future(pool.run(ENDLESS, solutions="json"))
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="too many requests") as busy:
            await pool.run("ASK {}", solutions="csv")
        assert busy.value.headers == {"Retry-After": "5"}
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        answer = await pool.run("ASK {}", solutions="csv")
        assert answer.content.strip() == b"true"

    with_pool(graph_folder, Limits(workers=1, waiting=0, timeout=20), work)


def test_an_answer_that_grows_too_large_is_refused(graph_folder: Path) -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(RefusedError, match="more than 10000 bytes; add a LIMIT") as refused:
            await pool.run("SELECT * { ?a ?b ?c . ?d ?e ?f }", solutions="json")
        assert refused.value.status == 400
        with pytest.raises(RefusedError, match="more than 10000 bytes"):
            await pool.run("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", graph="nt")

    with_pool(graph_folder, Limits(workers=1, answer=10_000), work)


def test_a_folder_that_went_away_is_an_error_and_no_puzzle(tmp_path: Path) -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(RefusedError, match="no graph here") as refused:
            await pool.run("ASK {}", solutions="csv")
        assert refused.value.status == 503

    with_pool(tmp_path / "none", Limits(workers=1), work)
