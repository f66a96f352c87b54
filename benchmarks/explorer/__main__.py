"""Measures the page of ``policygraph view`` in headless Chromium, with graphs of four sizes.

``python -m benchmarks.explorer [LINES …]`` from the repository's root, with ``tests`` on the
path of Python (it makes the graphs). Times of the page are processor time of its main thread,
so that they do not depend on what else the machine does; frames are what the browser shows.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from view_graph import crowd

from policygraph.view import write_view

SIZES = (30, 500, 5000, 50_000)

_COUNT_FRAMES = """
() => {
  window.frames_ = 0;
  const count = () => { window.frames_ += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
}
"""


def main(sizes: list[int]) -> None:
    """Print a row for each number of lines."""
    print("lines | made in s | MB | open, s of processor | drag, ms a frame | frames a second")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for lines in sizes:
            path = Path(folder) / f"{lines}.html"
            graph = crowd(lines)
            began = time.process_time()
            write_view(graph, path, limit=100_000)
            made = time.process_time() - began
            opened, frame, rate = measure(browser, path)
            size = path.stat().st_size / 1e6
            print(
                f"{lines} | {made:.1f} | {size:.1f} | {opened:.2f} | {frame:.1f} | {rate:.0f}",
                flush=True,
            )
        browser.close()


def measure(browser: Any, path: Path) -> tuple[float, float, float]:
    """Seconds until the page can be used, milliseconds for a frame of dragging, frames a second."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(600_000)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    opened = busy(session)
    page.wait_for_timeout(1500)
    box = page.locator("#stage").bounding_box()
    x, y = box["x"] + 8, box["y"] + box["height"] - 8  # where no node is
    page.evaluate(_COUNT_FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    before, began = busy(session), time.monotonic()
    frames = page.evaluate("window.frames_")
    for step in range(1, 121):
        page.mouse.move(x + step * 3, y - step * 2)
    frames = page.evaluate("window.frames_") - frames
    spent, took = busy(session) - before, time.monotonic() - began
    page.mouse.up()
    page.close()
    return opened, 1000 * spent / max(1, frames), frames / took


def busy(session: Any) -> float:
    """Processor time of the page's main thread so far, in seconds."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(item["value"] for item in metrics if item["name"] == "TaskDuration"))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
