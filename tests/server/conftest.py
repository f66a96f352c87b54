from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sample_records import english, zephyr
from served import serving

from policygraph.graph import ClaimGraph
from policygraph.resolve import resolve


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A French article of four claims, with a comment, and an English one of one claim."""
    path = tmp_path_factory.mktemp("served") / "g"
    with ClaimGraph.open(path, create=True) as graph:
        graph.extend([resolve(zephyr()), english()])
    return path


@pytest.fixture(scope="session")
def url(graph_folder: Path) -> Iterator[str]:
    with serving(graph_folder) as address:
        yield address


@pytest.fixture(scope="session")
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        yield client
