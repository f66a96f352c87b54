"""The page of ``policygraph view`` in a real browser, without a network."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from browsers import IN_BROWSER, chromium
from view_graph import IDS, add_claim, add_entity, crowd, empty_graph, iri, press_graph

from policygraph.view import show_view, write_view

pytestmark = IN_BROWSER

SCREENSHOTS = (
    Path(os.environ["POLICYGRAPH_SCREENSHOTS"]) if "POLICYGRAPH_SCREENSHOTS" in os.environ else None
)
"""A folder that .ci/run names, where pictures of the views are kept."""

NASTY = "</script><script>window.broken=1</script><img src=x onerror='window.broken=1'> \u202ehref"


@dataclass
class Opened:
    """An open page with everything that went wrong, or out, while it was open."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def click(self, spot: str) -> None:
        """Click where the page says that an entity or the line of a claim is drawn."""
        point = self.page.evaluate(f"policygraph.spot('{spot}')")
        box = self.page.locator("#stage").bounding_box()
        self.page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
        self.page.wait_for_timeout(100)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_view(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def open_(graph: nx.MultiDiGraph, *, browser_options: Any = None, **options: Any) -> Opened:
        write_view(graph, tmp_path / "graph.html", **options)
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        context = browser.new_context(offline=True, **settings | (browser_options or {}))
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(60_000)
        opened.page.on("console", lambda message: opened.errors.append(message.text))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto((tmp_path / "graph.html").as_uri())
        opened.page.wait_for_selector("body[data-ready], main.empty")
        opened.page.wait_for_timeout(100)
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
        "(iris) => { const box = document.getElementById('stage').getBoundingClientRect();"
        " return iris.filter((iri) => { const { x, y } = policygraph.spot(iri);"
        " return x < 0 || y < 0 || x > box.width || y > box.height; }).length; }",
        [iri("Microsoft"), iri("California"), iri("noyb"), iri("Sam Altman"), iri("5G")],
    )

    assert outside == 0


def test_a_click_on_a_line_shows_the_claim_and_its_evidence(press: Opened) -> None:
    press.click(f"{IDS}claim/0000")

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
    press.click(f"{IDS}claim/0001")
    first = press.text("#panel")
    press.page.keyboard.press("Escape")
    press.click(f"{IDS}claim/0000")
    second = press.text("#panel")

    assert "Possible" in first and "30 billion\u00a0USD" in first
    assert "Planned" in second


def test_a_line_of_several_claims_shows_them_all(press: Opened) -> None:
    press.click(f"{IDS}claim/0004")

    assert "3 claims" in press.text("#panel")
    assert press.page.locator("#panel article").count() == 3


def test_a_click_on_a_node_shows_its_claims_and_wikidata(press: Opened) -> None:
    press.click(iri("Microsoft"))

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
    box = press.page.locator("#stage").bounding_box()
    press.page.mouse.click(box["x"] + 8, box["y"] + 8)
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
    press.page.evaluate(f"policygraph.select('{iri('Sony')}')")
    press.page.locator("#panel").focus()
    for _ in range(8):  # close, seven actions; Sony's one year has no bars
        press.page.keyboard.press("Tab")
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
    assert everything["nodes"] == 43


def test_a_relation_can_be_filtered_alone(press: Opened) -> None:
    press.page.locator("#predicates summary").click()
    press.page.locator("#predicates .pick button").nth(1).click()
    press.page.wait_for_timeout(50)
    assert press.page.evaluate("policygraph.shown().lines") == 0
    press.page.locator("#predicates input[value=fines]").check()

    assert press.text("#shown") == "Entities: 4 · Claims: 3"


def test_focus_shows_only_the_neighbours(press: Opened) -> None:
    press.page.evaluate(f"policygraph.select('{iri('Sam Altman')}')")
    press.page.locator("[data-do=focus]").click()
    near = press.page.evaluate("policygraph.shown()")
    press.page.locator("#strip").get_by_role("button", name="One step further").click()
    further = press.page.evaluate("policygraph.shown().nodes")
    press.page.locator("#leave").click()

    assert (near["mode"], near["nodes"]) == ("ego", 3)
    assert 3 < further < 43
    assert press.page.evaluate("policygraph.shown().nodes") == 43


def test_the_page_speaks_french(open_view: Callable[..., Opened]) -> None:
    opened = open_view(press_graph(), lang="fr")
    opened.click(f"{IDS}claim/0021")

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
    add_entity(graph, "China", "Country", french=NASTY)
    long = f"{NASTY} {'very long ' * 1000}"
    graph.nodes[iri("Microsoft")].update(label=long, label_en=long)
    claim = add_claim(
        graph, "Microsoft", "acquires", "TikTok", evidence=NASTY, sentence=NASTY, speaker=NASTY,
        article_title=NASTY, publisher=NASTY, role=NASTY, amount=NASTY, date=NASTY, lang="'\"><b>",
        source="javascript:window.broken=1",
    )  # fmt: skip
    add_claim(graph, "China", "sues", "Microsoft", number=1, article_title=long, speaker=long)
    opened = open_view(graph, title=NASTY)
    page = opened.page

    opened.click(claim)
    quotation = page.locator("#panel blockquote").text_content()
    page.evaluate(f"policygraph.select('{iri('Microsoft')}')")
    page.keyboard.press("/")
    page.keyboard.type("script")
    page.keyboard.press("Escape")
    page.locator("#stage").focus()
    for key in "12345":
        page.keyboard.press(key)
        page.wait_for_timeout(50)
    page.locator("#language").click()
    page.locator("#tab-graph").click()
    page.locator("#menu-export summary").click()
    with page.expect_download():
        page.locator("[data-save=svg]").click()

    assert quotation == NASTY
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert opened.errors == []


def test_it_works_in_the_frame_of_a_notebook(browser: Any, tmp_path: Path) -> None:
    inline = show_view(press_graph())
    (tmp_path / "notebook.html").write_text(inline._repr_html_(), encoding="utf-8")
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#tab-matrix").click()

    assert frame.get_by_role("button", name="CNIL, Google: 2 claims").is_visible()
    assert errors == []
    page.close()


def test_an_empty_graph_opens_and_says_so(open_view: Callable[..., Opened]) -> None:
    opened = open_view(empty_graph())

    assert "No claim to draw" in opened.text("main")
    assert opened.errors == []


def test_time_confidence_source_and_language_filter_every_view(press: Opened) -> None:
    page = press.page
    page.locator("#time_from").evaluate(
        "(input) => { input.value = input.max; input.dispatchEvent(new Event('input')); }"
    )
    page.wait_for_timeout(200)
    late = press.text("#shown")
    page.locator("#reset").click()
    page.locator("#sources summary").click()
    page.locator("#sources input[value='The Example Post']").uncheck()
    without_source = press.text("#shown")
    page.locator("#reset").click()
    page.locator("#languages summary").click()
    page.locator("#languages input[value=fr]").uncheck()
    english = press.text("#shown")
    page.locator("#reset").click()
    page.locator("#least").evaluate(
        "(input) => { input.value = 0.9; input.dispatchEvent(new Event('input')); }"
    )
    page.wait_for_timeout(200)

    assert late == "Entities: 2 · Claims: 1"
    assert without_source == "Entities: 35 · Claims: 47"
    assert english == "Entities: 33 · Claims: 43"
    assert press.text("#shown") == "Entities: 0 · Claims: 0"


def test_a_path_between_two_entities(press: Opened) -> None:
    press.page.evaluate(f"policygraph.select('{iri('Sony')}')")
    press.page.locator("[data-do=path]").click()
    press.page.keyboard.type("chatgpt")
    press.page.keyboard.press("Enter")

    shown = press.page.evaluate("policygraph.shown()")
    assert shown["mode"] == "path" and shown["nodes"] == 4
    assert "From Sony to ChatGPT: 3 steps" in press.text("#strip")


def test_hide_collapse_expand_and_pin(press: Opened) -> None:
    page = press.page

    def nodes() -> int:
        return int(page.evaluate("policygraph.shown().nodes"))

    page.evaluate(f"policygraph.select('{iri('Microsoft')}')")
    page.locator("[data-do=collapse]").click()
    collapsed = nodes()
    page.locator("[data-do=expand]").click()
    expanded = nodes()
    page.locator("[data-do=hide]").click()
    hidden = nodes()
    page.locator("#unhide").click()
    back = nodes()
    page.evaluate(f"policygraph.select('{iri('CNIL')}')")
    page.locator("[data-do=pin]").click()
    page.evaluate(f"policygraph.select('{iri('Sam Altman')}')")
    page.locator("[data-do=focus]").click()

    assert collapsed == 38  # without the five that nothing but Microsoft joins to the rest
    assert expanded == back == 43
    assert hidden < 43
    assert nodes() == 4  # three near Sam Altman, and the pinned one


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_export(press: Opened, tmp_path: Path, kind: str) -> None:
    press.page.evaluate(f"policygraph.select('{IDS}claim/0000')")
    press.page.locator("#menu-export summary").click()
    with press.page.expect_download() as waiting:
        press.page.locator(f"[data-save={kind}]").click()
    waiting.value.save_as(tmp_path / "saved")
    saved = (tmp_path / "saved").read_bytes()

    if kind == "csv":
        [row] = csv.DictReader(saved.decode("utf-8-sig").splitlines())
        assert (row["subject"], row["predicate"], row["object"]) == (
            "Microsoft", "acquires", "TikTok",
        )  # fmt: skip
        assert row["evidence"] == "Microsoft acquires TikTok"
        assert row["deadline"] == "2020-09-15" and row["claim_iri"] == f"{IDS}claim/0000"
    elif kind == "svg":
        assert b"Satya Nadella" in saved and b"<script" not in saved
        ElementTree.fromstring(saved)
    else:
        assert saved.startswith(b"\x89PNG") and len(saved) > 20_000


@pytest.mark.parametrize(
    ("view", "words"),
    [("stories", b"Against"), ("matrix", b"Federal Trade"), ("map", b"United States")],
)
def test_other_views_are_pictures_too(
    press: Opened, tmp_path: Path, view: str, words: bytes
) -> None:
    press.page.locator(f"#tab-{view}").click()
    if view == "stories":
        press.page.locator("#view-stories nav button").filter(has_text="Activision").first.click()
    saved = exported(press, tmp_path, "svg")
    drawing = ElementTree.fromstring(saved)

    assert b"color-mix" not in saved and b"var(" not in saved and b"<script" not in saved
    assert words in saved
    if view == "map":
        paths = drawing.iter("{http://www.w3.org/2000/svg}path")
        assert [path.get("stroke") for path in paths].count("rgb(213,94,0)") == 2


def test_each_view_gives_its_own_claims(press: Opened, tmp_path: Path) -> None:
    def rows() -> list[dict[str, str]]:
        return list(
            csv.DictReader(exported(press, tmp_path, "csv").decode("utf-8-sig").split("\r\n"))
        )

    press.page.locator("#tab-matrix").click()
    matrix = rows()
    press.page.evaluate(f"policygraph.select('{iri('TikTok')}')")
    press.page.locator("[data-do=speakers]").click()
    press.page.keyboard.press("Escape")
    about = rows()

    assert {row["subject"] for row in matrix} >= {"CNIL", "CFIUS", "European Commission"}
    assert {row["object"] for row in matrix} & {"China", "GDPR"} == set()
    assert all("TikTok" in (row["subject"], row["object"]) for row in about)
    assert press.page.locator("[data-save=png]").is_disabled()


def exported(opened: Opened, folder: Path, kind: str) -> bytes:
    opened.page.locator("#menu-export summary").click()
    with opened.page.expect_download() as waiting:
        opened.page.locator(f"[data-save={kind}]").click()
    waiting.value.save_as(folder / f"saved.{kind}")
    return (folder / f"saved.{kind}").read_bytes()


def test_the_printed_page_holds_a_drawing_and_no_controls(press: Opened) -> None:
    page = press.page
    page.locator("#theme").click()
    page.pdf()  # which lets the page prepare itself, as a print does
    page.emulate_media(media="print")
    drawing = page.locator("#paper svg[role=img]")

    assert drawing.is_visible() and "Satya Nadella" in str(drawing.text_content())
    assert "Entities: 43 · Claims: 67" in press.text("#paper")
    assert "Legal instrument" in press.text("#paper .legend")
    for hidden in ("#filters", "#tabs", "#time", "#stage"):
        assert not page.locator(hidden).is_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_who_is_against_the_deal_on_what_grounds_who_said_so_and_when(press: Opened) -> None:
    press.page.locator("#tab-stories").click()
    press.page.locator("#view-stories nav button").filter(has_text="TikTok").first.click()

    against = press.text(".lane.against")
    grounds = press.text(".lane.grounds")
    assert "Donald Trump bans TikTok" in against and "Threatened" in against
    assert "31 July 2020" in against
    assert "Donald Trump bans TikTok" in press.text(".lane.against mark >> nth=0")
    assert "TikTok transfers data to China" in grounds and "United States" in grounds
    press.page.locator(".timeline .mark.against").first.click()
    assert "Donald Trump" in press.text("#panel h2")


def test_the_matrix_counts_what_regulators_do_to_firms(press: Opened) -> None:
    press.page.locator("#tab-matrix").click()
    cell = press.page.get_by_role("button", name="CNIL, Google: 2 claims")
    cell.click()

    assert press.page.locator("#panel article").count() == 2
    assert "150 million\u00a0EUR" in press.text("#panel")


def test_the_map_leads_from_a_country_to_its_claims(press: Opened) -> None:
    press.page.locator("#tab-map").click()
    press.page.get_by_role("button", name="United States → China", exact=True).click()

    assert "restricts" in press.text("#panel")
    assert press.page.locator("#view-map path.land.has").count() == 4


def test_who_says_what_about_an_entity(press: Opened) -> None:
    press.page.evaluate(f"policygraph.select('{iri('TikTok')}')")
    press.page.locator("[data-do=speakers]").click()

    headings = press.page.locator(".speakers section > h3").all_inner_texts()
    assert {heading.split("\n")[0] for heading in headings} == {
        "United States", "Reuters", "Le Monde", "Microsoft", "TikTok", "The articles' own words",
    }  # fmt: skip
    assert headings[-1].startswith("The articles' own words")


def test_the_reader_changes_the_language_and_the_theme(press: Opened) -> None:
    press.page.locator("#language").click()
    assert press.text("#tab-stories") == "Opérations et affaires"
    assert press.page.evaluate("document.documentElement.lang") == "fr"
    assert press.text("#shown") == "Entités : 43 · Affirmations : 67"
    press.page.locator("#theme").click()

    assert press.page.locator("#types .row svg path").first.get_attribute("fill") == "#3D9BD4"


def test_every_view_is_reached_by_keyboard(press: Opened) -> None:
    for key, view in enumerate(("graph", "stories", "matrix", "map", "speakers"), start=1):
        press.page.keyboard.press(str(key))
        assert press.page.locator(f"#view-{view}").is_visible()
        assert press.page.locator(f"#tab-{view}").get_attribute("aria-selected") == "true"
        if SCREENSHOTS:
            press.page.screenshot(path=SCREENSHOTS / f"{view}.png")


def test_every_control_has_a_name(press: Opened) -> None:
    press.page.evaluate(f"policygraph.select('{iri('Microsoft')}')")
    nameless = press.page.evaluate(
        "() => [...document.querySelectorAll('button, input, select, [role=button]')]"
        ".filter((it) => !(it.textContent.trim() || it.ariaLabel || it.labels?.[0]?.textContent))"
        ".map((it) => it.outerHTML)"
    )

    assert nameless == []


def test_a_large_graph_opens_on_a_summary_and_leads_inside(
    open_view: Callable[..., Opened],
) -> None:
    opened = open_view(crowd(6000), limit=10_000)
    page = opened.page
    summary = page.evaluate("policygraph.shown()")
    said = opened.text("#strip")
    top = page.locator("#top ol li").count()
    bar, list_, stage = (page.locator(part).bounding_box() for part in ("#strip", "#top", "#stage"))
    if SCREENSHOTS:
        page.screenshot(path=SCREENSHOTS / "summary.png")
    place = page.evaluate("policygraph.first()")
    box = page.locator("#stage").bounding_box()
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    page.wait_for_timeout(300)
    inner = page.evaluate("policygraph.shown()")
    part = opened.text("#strip")
    page.locator("#leave").click()

    assert summary["mode"] == "summary" and summary["nodes"] < 70
    assert "too many for one picture" in said and top == 40
    assert list_["x"] + list_["width"] <= stage["x"]
    assert bar["y"] + bar["height"] <= stage["y"]
    assert inner["mode"] == "community" and 0 < inner["nodes"] <= 150
    assert "Community of" in part
    assert page.evaluate("policygraph.shown().mode") == "summary"
    assert opened.errors == []


def test_a_middling_graph_is_drawn_whole_and_its_nodes_can_be_clicked(
    open_view: Callable[..., Opened],
) -> None:
    opened = open_view(crowd(900), limit=10_000)
    opened.click(iri("Company 0"))

    assert opened.page.evaluate("policygraph.shown().mode") == "all"
    assert opened.text("#panel h2") == "Company 0"
    assert opened.errors == []
