"""A server as other programs meet it: a process of its own, spoken to over HTTP."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
