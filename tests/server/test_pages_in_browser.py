"""The server's pages in a real browser, as people use them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsers import IN_BROWSER, chromium, watched

from policygraph.ontology import ENTITIES

pytestmark = IN_BROWSER

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Any]:
    """A tab whose addresses begin at the server; nothing may go wrong in it, or leave it."""
    context = browser.new_context(base_url=url, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(120_000)  # machines are slow at times
    wrong = watched(page, url)
    yield page
    context.close()
    refused = "status of 400"  # a wrong query, which the browser mentions too
    assert [words for words in wrong if refused not in words] == []


def write_query(page: Any, text: str) -> None:
    page.click(".CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.keyboard.press("Escape")


def test_a_named_question_is_answered_about_an_entity(page: Any) -> None:
    page.goto("/")
    page.select_option("#named", "timeline")
    page.fill("#params input[name=entity]", "zephyr")
    page.click("#ask")
    page.wait_for_selector("#result tbody tr")

    words = page.locator("#result").inner_text()
    assert page.locator("#result tbody tr").count() == 3
    assert "vouloir racheter Papillon" in words
    assert page.locator("#message").inner_text() == "3 answers"
    assert "name=timeline" in page.url and "entity=zephyr" in page.url
    page.click("#result th:nth-child(2) button")
    assert page.locator("#result th:nth-child(2)").get_attribute("aria-sort") == "ascending"

    page.reload()  # the address leads straight to the answer
    page.wait_for_selector("#result tbody tr")
    assert page.locator("#result tbody tr").count() == 3


def test_a_query_of_ones_own_leads_to_the_entity(page: Any) -> None:
    page.goto("/")
    write_query(page, "SELECT ?who { ?who pg:owns ?what }")
    page.click("#ask")
    page.click("#result tbody a")

    page.wait_for_selector("h1")
    assert page.locator("h1").inner_text() == "Zephyr"


def test_what_is_wrong_with_a_query_is_said(page: Any) -> None:
    page.goto("/")
    write_query(page, "SELECT nonsense")
    page.click("#ask")
    page.wait_for_selector("#result .error")

    assert "not SPARQL" in page.locator("#result .error").inner_text()


def test_a_graph_is_shown_as_turtle_and_can_be_downloaded(page: Any) -> None:
    page.goto("/?query=CONSTRUCT WHERE { ?s pg:owns ?o }")
    page.wait_for_selector("#result pre")

    assert "pg:owns" in page.locator("#result pre").inner_text()
    with page.expect_download() as download:
        page.click("#downloads button:has-text('N-Triples')")
    assert download.value.suggested_filename == "policygraph.n-triples".replace("n-triples", "nt")


def test_a_query_can_be_stopped(page: Any) -> None:
    page.goto(f"/?query={ENDLESS}")
    page.click("#stop")
    page.wait_for_selector("#stop", state="hidden")

    assert page.locator("#message").inner_text() == ""
    write_query(page, "ASK { ?s pg:owns ?o }")
    page.click("#ask")
    page.wait_for_selector("#message:text-is('Yes')")


def test_an_entity_leads_to_the_words_in_the_article(page: Any) -> None:
    page.goto(f"/id/{ENTITIES.rpartition('/id/')[2]}company/zephyr.html")
    assert page.locator("article.claim").count() == 3
    page.click("nav.choices a:has-text('Planned')")
    page.wait_for_selector("nav.choices strong")
    assert page.locator("article.claim").count() == 1

    page.click("article.claim a:has-text('Zephyr veut racheter Papillon')")
    page.wait_for_selector("section.text")
    assert page.locator("section.text mark").count() >= 1
    assert "vouloir racheter Papillon" in page.locator("section.text").inner_text()


def test_pages_speak_the_language_of_the_browser(browser: Any, url: str) -> None:
    context = browser.new_context(base_url=url, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto("/")

    assert page.locator("html").get_attribute("lang") == "fr"
    context.close()
