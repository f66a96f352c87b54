"""A real browser, Debian's Chromium driven by Playwright; where either is absent, tests skip."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

IN_BROWSER = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH (Debian: chromium)"),
    # playwright's pipes and Python's garbage collector: not ours to close
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""Marks of a module whose tests need the browser."""


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def watched(page: Any, base: str) -> list[str]:
    """What the page will say on its console, throw, or ask of any server but ``base``."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda it: it.url.startswith((base, "data:")) or wrong.append(it.url))
    return wrong
