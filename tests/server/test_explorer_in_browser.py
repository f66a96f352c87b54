"""The served explorer in a real browser: ways into it, out of it and back, under the policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from browsers import IN_BROWSER, chromium, watched
from served import get_drawn

from policygraph.ontology import ENTITIES

pytestmark = IN_BROWSER

FIRM = f"{ENTITIES}company/zephyr"


@pytest.fixture
def page(client: httpx.Client) -> Iterator[Any]:
    """A page at which nothing may go wrong and that may ask this server alone."""
    base = str(client.base_url).rstrip("/")
    for path in ("/explore", "/explore?entity=Zephyr"):  # so that no page comes back for itself
        get_drawn(client, path, headers={"Accept-Language": "en"})
    with chromium() as browser:
        context = browser.new_context(locale="en-GB", reduced_motion="reduce", base_url=base)
        page = context.new_page()
        page.set_default_timeout(60_000)
        wrong = watched(page, base)
        yield page
        assert wrong == []


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
