"""A server as other programs meet it: a process of its own, spoken to over HTTP."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx


@contextmanager
def serving(path: Path, *options: str) -> Iterator[str]:
    """The URL of a server on a graph folder."""
    command = [sys.executable, "-m", "policygraph", "serve", "--graph", str(path), "--port", "0"]
    with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        try:
            assert said.startswith(f"serving {path} at http://127.0.0.1:"), said
            yield said.split(" at ")[1].split()[0]
        finally:
            process.terminate()


def get_drawn(client: httpx.Client, path: str, **options: Any) -> httpx.Response:
    """The page at a path, once the server has drawn it: slow machines take a while."""
    while (answer := client.get(path, **options)).status_code == 202:
        time.sleep(float(answer.headers["Refresh"]) / 4)
    return answer
