"""The house rules, as machines check them: style, types, layers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sample_records import ROOT

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command", ["ruff check", "ruff format --check", "lint-imports", "mypy"], ids=str
)
def test_the_house_is_in_order(command: str) -> None:
    program, *arguments = command.split()
    if not (BIN / program).exists():
        pytest.skip(f"{program} is not installed")

    done = subprocess.run(
        [BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
