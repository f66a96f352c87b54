"""The page of ``policygraph view`` in a real browser, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from view_graph import IDS, add_claim, add_entity, empty_graph, iri, press_graph

from policygraph.view import write_view

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH (Debian: chromium)"),
    # playwright's pipes and Python's garbage collector: not ours to close
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

NASTY = "</script><script>window.broken=1</script><img src=x onerror='window.broken=1'> \u202ehref"


@dataclass
class Opened:
    """An open page with everything that went wrong, or out, while it was open."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def click_canvas(self, spot: str) -> None:
        """Click where the network object says that something is drawn."""
        point = self.page.evaluate(f"policygraph.network.canvasToDOM({spot})")
        box = self.page.locator("#network").bounding_box()
        self.page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
        self.page.wait_for_timeout(100)

    def click_line(self, claim: str) -> None:
        line = self.page.evaluate(
            "claim => { const { lines } = JSON.parse(document.getElementById('data').textContent);"
            " return Object.keys(lines).find((id) => lines[id].claims.includes(claim)); }",
            claim,
        )
        self.click_canvas(f"policygraph.network.body.edges['{line}'].edgeType.getPoint(0.5)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_view(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def open_(graph: nx.MultiDiGraph, *, browser_options: Any = None, **options: Any) -> Opened:
        write_view(graph, tmp_path / "graph.html", **options)
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        context = browser.new_context(offline=True, **settings | (browser_options or {}))
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.errors.append(message.text))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto((tmp_path / "graph.html").as_uri())
        opened.page.wait_for_timeout(200)
        assert opened.requests == [(tmp_path / "graph.html").as_uri()]
        return opened

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def press(open_view: Callable[..., Opened]) -> Iterator[Opened]:
    opened = open_view(press_graph())
    yield opened
    assert opened.errors == []
    assert len(opened.requests) == 1, "the page asked for something while it was used"


def test_it_opens_with_a_legend_of_types_and_statuses(press: Opened) -> None:
    shapes = press.page.locator("#types .row svg path").count()
    legend = press.text("#statuses")

    assert shapes == 11
    assert "Planned" in legend and "Denied or ruled out" in legend
    assert press.text("#shown") == "Entities: 43 · Claims: 67"


def test_every_node_is_inside_the_first_view(press: Opened) -> None:
    outside = press.page.evaluate(
        "() => { const box = document.getElementById('network').getBoundingClientRect();"
        " return Object.values(policygraph.network.getPositions()).filter((place) => {"
        " const { x, y } = policygraph.network.canvasToDOM(place);"
        " return x < 0 || y < 0 || x > box.width || y > box.height; }).length; }"
    )

    assert outside == 0


def test_a_click_on_a_line_shows_the_claim_and_its_evidence(press: Opened) -> None:
    press.click_line(f"{IDS}claim/0000")

    panel = press.text("#panel")
    assert "Microsoft acquires TikTok" in panel
    assert "Planned" in panel
    assert "15 September 2020" in panel
    assert press.text("#panel mark") == "Microsoft acquires TikTok"
    assert press.text("#panel dd:first-of-type") == "Microsoft"
    assert "Microsoft confirms it is in talks" in press.text("#panel cite a")
    assert "The Example Post" in panel
    link = press.page.locator("#panel cite a")
    assert link.get_attribute("href") == "https://news.example/a1"
    assert "noopener" in link.get_attribute("rel")


def test_each_of_two_parallel_lines_can_be_clicked(press: Opened) -> None:
    press.click_line(f"{IDS}claim/0001")
    first = press.text("#panel")
    press.page.keyboard.press("Escape")
    press.click_line(f"{IDS}claim/0000")
    second = press.text("#panel")

    assert "Possible" in first and "30 billion\u00a0USD" in first
    assert "Planned" in second


def test_a_line_of_several_claims_shows_them_all(press: Opened) -> None:
    press.click_line(f"{IDS}claim/0004")

    assert "3 claims" in press.text("#panel")
    assert press.page.locator("#panel article").count() == 3


def test_a_click_on_a_node_shows_its_claims_and_wikidata(press: Opened) -> None:
    press.click_canvas(f"policygraph.network.getPosition('{iri('Microsoft')}')")

    assert press.text("#panel h2") == "Microsoft"
    assert press.page.locator("#panel ul.claims li").count() == 17
    assert press.page.locator("#panel .facts a").get_attribute("href") == (
        "https://www.wikidata.org/wiki/Q2283"
    )


def test_escape_and_a_click_beside_the_graph_close_the_panel(press: Opened) -> None:
    press.page.evaluate(f"policygraph.select('{iri('Microsoft')}')")
    assert press.page.locator("#panel").is_visible()
    press.page.keyboard.press("Escape")
    assert not press.page.locator("#panel").is_visible()

    press.page.evaluate(f"policygraph.select('{iri('Sony')}')")
    x, y = press.page.evaluate(
        "() => { for (let x = 20; x < 600; x += 20) for (let y = 20; y < 780; y += 20)"
        " if (policygraph.network.getNodeAt({ x, y }) === undefined"
        " && policygraph.network.getEdgeAt({ x, y }) === undefined) return [x, y]; }"
    )
    box = press.page.locator("#network").bounding_box()
    press.page.mouse.click(box["x"] + x, box["y"] + y)
    press.page.wait_for_timeout(100)
    assert not press.page.locator("#panel").is_visible()


def test_search_ignores_accents_and_works_by_keyboard(press: Opened) -> None:
    press.page.keyboard.press("/")
    press.page.keyboard.type("etats")
    press.page.keyboard.press("Enter")

    assert press.text("#panel h2") == "United States"
    assert press.page.evaluate("document.activeElement.id") == "panel"


def test_search_finds_words_of_a_quotation(press: Opened) -> None:
    press.page.keyboard.press("/")
    press.page.keyboard.type("annule privacy")
    assert "Nothing found" in press.text("#results")
    press.page.locator("#query").fill("repeals privacy")
    press.page.keyboard.press("Enter")

    assert press.text("#panel mark").endswith("repeals Privacy Shield")


def test_the_claims_of_a_node_lead_on_by_keyboard(press: Opened) -> None:
    press.page.evaluate(f"policygraph.select('{iri('Sony')}', {{focus: true}})")
    for _ in range(3):  # close, neighbours, first claim
        press.page.keyboard.press("Tab")
    press.page.keyboard.press("Enter")

    assert "Microsoft" in press.text("#panel h2") and "Sony" in press.text("#panel h2")
    assert press.page.locator("#panel blockquote").count() == 1


def test_filters_hide_claims_and_reset_shows_them_again(press: Opened) -> None:
    press.page.locator("#statuses input[value=actual]").uncheck()
    without_actual = press.page.evaluate("policygraph.shown()")
    press.page.locator("#types input[value=Company]").uncheck()
    without_firms = press.page.evaluate("policygraph.shown()")
    press.page.locator("#reset").click()
    press.page.wait_for_timeout(100)
    everything = press.page.evaluate("policygraph.shown()")

    assert without_firms["lines"] < without_actual["lines"] < everything["lines"]
    assert everything["entities"] == 43


def test_a_relation_can_be_filtered_alone(press: Opened) -> None:
    press.page.locator("#predicates summary").click()
    press.page.locator("#predicates .pick button").nth(1).click()
    assert press.page.evaluate("policygraph.shown().lines") == 0
    press.page.locator("#predicates input[value=fines]").check()

    assert press.text("#shown") == "Entities: 4 · Claims: 3"


def test_focus_shows_only_the_neighbours(press: Opened) -> None:
    press.page.evaluate(f"policygraph.select('{iri('Sam Altman')}')")
    press.page.locator("#panel .plain").click()
    assert press.page.evaluate("policygraph.shown().entities") == 3
    press.page.locator("#panel .plain").click()

    assert press.page.evaluate("policygraph.shown().entities") == 43


def test_the_page_speaks_french(open_view: Callable[..., Opened]) -> None:
    opened = open_view(press_graph(), lang="fr")
    opened.click_line(f"{IDS}claim/0021")

    panel = opened.text("#panel")
    assert "inflige une amende à" in panel
    assert "150 millions\u00a0EUR" in panel
    assert "6 janvier 2022" in panel
    assert opened.errors == []


def test_a_dark_page_has_its_own_colours(open_view: Callable[..., Opened]) -> None:
    opened = open_view(press_graph(), browser_options={"color_scheme": "dark"})
    icon = opened.page.locator("#types .row svg path").first

    assert icon.get_attribute("fill") == "#3D9BD4"
    opened.page.emulate_media(color_scheme="light")
    opened.page.wait_for_timeout(100)
    assert opened.page.locator("#types .row svg path").first.get_attribute("fill") == "#0072B2"


def test_it_can_be_used_on_a_phone(open_view: Callable[..., Opened]) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    opened = open_view(press_graph(), browser_options=phone)
    assert not opened.page.locator("#filters").is_visible()
    opened.page.locator("#menu").click()
    assert opened.page.locator("#filters").is_visible()
    opened.page.locator("#menu").click()
    opened.page.evaluate(f"policygraph.select('{IDS}claim/0000')")

    assert opened.page.locator("#panel mark").is_visible()
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
    assert opened.errors == []


def test_text_of_articles_never_runs(open_view: Callable[..., Opened]) -> None:
    graph = empty_graph()
    add_entity(graph, "Microsoft", french=NASTY)
    add_entity(graph, "TikTok")
    graph.nodes[iri("Microsoft")].update(label=NASTY, label_en=NASTY)
    claim = add_claim(
        graph, "Microsoft", "acquires", "TikTok", evidence=NASTY, sentence=NASTY, speaker=NASTY,
        article_title=NASTY, publisher=NASTY, role=NASTY, amount=NASTY, date=NASTY, lang="'\"><b>",
        source="javascript:window.broken=1",
    )  # fmt: skip
    opened = open_view(graph, title=NASTY)

    opened.click_line(claim)
    quotation = opened.page.locator("#panel blockquote").text_content()
    opened.page.evaluate(f"policygraph.select('{iri('Microsoft')}')")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("script")
    opened.page.wait_for_timeout(100)

    assert quotation == NASTY
    assert opened.page.evaluate("window.broken") is None
    assert opened.page.locator("img").count() == 0
    assert opened.page.locator("a[href^=javascript]").count() == 0
    assert opened.errors == []


def test_an_empty_graph_opens_and_says_so(open_view: Callable[..., Opened]) -> None:
    opened = open_view(empty_graph())

    assert "No claim to draw" in opened.text("main")
    assert opened.errors == []


def test_four_hundred_nodes_open_quickly(open_view: Callable[..., Opened]) -> None:
    graph = empty_graph()
    for number in range(400):
        add_entity(graph, f"Company number {number}")
        for other in {number // 2, number // 7, number * 5 // 11} - {number}:
            name = f"Company number {other}"
            add_claim(graph, f"Company number {number}", "sues", name, number=1000 * number + other)
    opened = open_view(graph)

    opened.page.evaluate(f"policygraph.select('{iri('Company number 1')}')")

    assert opened.text("#panel h2") == "Company number 1"
    assert opened.errors == []
