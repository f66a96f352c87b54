"""The served explorer in a real browser: ways into it, out of it and back, under the policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from served import get_drawn

from policygraph.ontology import ENTITIES

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH (Debian: chromium)"),
    # playwright's pipes and Python's garbage collector: not ours to close
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

FIRM = f"{ENTITIES}company/zephyr"


@pytest.fixture
def page(client: httpx.Client) -> Iterator[Any]:
    """A page at which nothing may go wrong and that may ask this server alone."""
    base = str(client.base_url).rstrip("/")
    for path in ("/explore", "/explore?entity=Zephyr"):  # so that no page comes back for itself
        get_drawn(client, path, headers={"Accept-Language": "en"})
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(locale="en-GB", reduced_motion="reduce", base_url=base)
        page = context.new_page()
        page.set_default_timeout(60_000)
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda it: it.url.startswith((base, "data:")) or wrong.append(it.url))
        yield page
        assert wrong == []
        browser.close()


def ready(page: Any) -> None:
    page.wait_for_selector("body[data-ready]")


def test_it_leads_from_an_entity_to_the_words_in_the_article_and_back(page: Any) -> None:
    page.goto(f"/id/{ENTITIES.rpartition('/id/')[2]}company/zephyr.html")
    page.get_by_role("link", name="See it in the graph").click()
    ready(page)
    assert page.evaluate("policygraph.shown().mode") == "ego"
    page.evaluate(f"policygraph.select('{FIRM}')")
    page.locator("#panel ul.claims button").filter(has_text="acquires").click()
    chosen = page.url
    page.locator("#panel cite .title a").click()
    page.wait_for_selector("section.text")

    assert page.locator(".anchor:target + mark").inner_text().startswith("vouloir racheter")
    page.go_back()
    ready(page)
    assert page.url == chosen
    assert "acquires" in page.locator("#panel h2").inner_text()


def test_a_step_further_than_the_page_holds_is_asked_of_the_server(page: Any) -> None:
    page.goto("/explore?entity=Zephyr")
    ready(page)
    page.locator("#strip").get_by_role("button", name="One step further").click()
    page.wait_for_url("**depth=2**")
    ready(page)
    assert "steps: 2" in page.locator("#strip").inner_text()
    page.locator("#whole").click()
    ready(page)

    assert page.evaluate("policygraph.shown()") == {"mode": "all", "nodes": 4, "lines": 4}


def test_the_language_that_the_reader_chose_goes_along(page: Any) -> None:
    page.goto("/explore?entity=Zephyr")
    ready(page)
    page.locator("#language").click()
    page.evaluate(f"policygraph.select('{FIRM}')")
    page.locator("[data-do=page]").click()
    page.wait_for_selector(".choices")

    assert page.evaluate("document.documentElement.lang") == "fr"
