"""The page of ``policygraph view``, read as text; ``test_view_in_browser`` opens it."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from view_graph import add_claim, add_entity, crowd, empty_graph, iri, press_graph

from policygraph.errors import OntologyError, PolicyGraphError, QueryError
from policygraph.model import Status
from policygraph.view import select, write_view
from policygraph.view.appearance import load_appearance
from policygraph.view.drawing import short
from policygraph.view.layout import arrange
from policygraph.view.room import Box

NASTY = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)> \u202eevil\u2028 href"


def page_of(graph: nx.MultiDiGraph, tmp_path: Path, **options: Any) -> str:
    write_view(graph, tmp_path / "graph.html", **options)
    return (tmp_path / "graph.html").read_text(encoding="utf-8")


def block(page: str, id: str) -> Any:
    [text] = re.findall(rf'<script type="application/json" id="{id}">(.*?)</script>', page, re.S)
    return json.loads(text)


def data_of(page: str) -> dict[str, Any]:
    """The page's data; entities by IRI, and lines with what their claims share."""
    data = block(page, "data")
    data["entities"] = {entity["iri"]: entity for entity in data["entities"]}
    names = list(data["entities"])
    data["lines"] = [
        {"ends": (names[one], names[other]), "claims": own, **data["claims"][own[0]]}
        for one, other, own in data["lines"]
    ]
    data["texts"] = block(page, "texts")
    return data


def two_firms(**claim: Any) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    add_entity(graph, "Microsoft")
    add_entity(graph, "TikTok", "Product")
    add_claim(graph, "Microsoft", "acquires", "TikTok", **claim)
    return graph


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    first = page_of(press_graph(), tmp_path)
    shuffled = nx.MultiDiGraph()
    shuffled.add_nodes_from(reversed(list(press_graph().nodes(data=True))))
    shuffled.add_edges_from(reversed(list(press_graph().edges(keys=True, data=True))))

    second = page_of(shuffled, tmp_path)

    assert first == second


def test_the_page_asks_the_network_for_nothing(tmp_path: Path) -> None:
    page = page_of(press_graph(), tmp_path)

    head, _, rest = page.partition('<script type="application/json"')
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*\b(?:src|href)="([^"]*)"', head + rest)

    assert loaded == ["data:,"]
    assert "default-src 'none'" in head
    assert "unsafe" not in head


def test_the_graph_that_is_drawn_stays_as_it_was(tmp_path: Path) -> None:
    graph = press_graph()

    page_of(graph, tmp_path)

    assert nx.utils.graphs_equal(graph, press_graph())


def test_names_and_relations_are_in_the_reader_s_language(tmp_path: Path) -> None:
    english = data_of(page_of(press_graph(), tmp_path, lang="en"))
    french = data_of(page_of(press_graph(), tmp_path, lang="fr"))

    labels = [{edge["label"] for edge in data["vis"]["edges"]} for data in (english, french)]

    assert "restricts" in labels[0] and "restreint" in labels[1]
    assert "not: supplies" in labels[0] and "non : fournit" in labels[1]
    assert english["entities"][iri("China")]["names"] == {"en": "China", "fr": "Chine"}
    assert (english["lang"], french["lang"]) == ("en", "fr")
    assert french["statuses"]["planned"]["label"] == {"en": "Planned", "fr": "Prévu"}


def test_an_unknown_language_is_the_caller_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'de' is not one of en, fr"):
        write_view(press_graph(), tmp_path / "graph.html", lang="de")


def test_each_status_is_drawn_differently_and_negation_in_red(tmp_path: Path) -> None:
    graph = two_firms()
    for number, status in enumerate(Status, start=1):
        add_claim(graph, "Microsoft", "owns", "TikTok", status=status, number=number)
    add_claim(graph, "Microsoft", "bans", "TikTok", status="planned", number=9, negated=True)

    data = data_of(page_of(graph, tmp_path))

    drawn = {
        (line["p"], line["status"]): edge
        for edge, line in zip(data["vis"]["edges"], data["lines"], strict=True)
    }
    assert drawn["owns", "actual"]["dashes"] is False
    dashes = [str(drawn["owns", status]["dashes"]) for status in Status]
    assert len(set(dashes)) == len(Status)
    assert drawn["bans", "planned"]["color"] == load_appearance().negated.line
    assert drawn["bans", "planned"]["dashes"] == drawn["owns", "planned"]["dashes"]


def test_claims_that_say_the_same_share_a_line_that_counts_them(tmp_path: Path) -> None:
    data = data_of(page_of(press_graph(), tmp_path))

    [line] = [
        line
        for line in data["lines"]
        if line["ends"][0] == iri("ByteDance") and line["p"] == "owns"
    ]

    assert len(line["claims"]) == 3
    assert "owns (3)" in {edge["label"] for edge in data["vis"]["edges"]}
    assert sum(len(line["claims"]) for line in data["lines"]) == len(data["claims"]) == 67


def test_lines_between_the_same_two_nodes_bend_apart_on_the_page(tmp_path: Path) -> None:
    graph = two_firms()
    add_claim(graph, "Microsoft", "sues", "TikTok", number=1)
    add_claim(graph, "TikTok", "sues", "Microsoft", number=2)

    edges = data_of(page_of(graph, tmp_path))["vis"]["edges"]

    def side(edge: dict[str, Any]) -> float:
        turn = 1 if edge["smooth"]["type"] == "curvedCW" else -1
        forwards = 1 if edge["from"] == 0 else -1
        return turn * forwards * edge["smooth"]["roundness"] * edge["smooth"]["enabled"]

    assert len({side(edge) for edge in edges}) == 3


def test_a_symmetric_relation_has_one_line_and_no_arrow(tmp_path: Path) -> None:
    graph = two_firms()
    add_claim(graph, "Microsoft", "negotiatesWith", "TikTok", number=1)
    add_claim(graph, "TikTok", "negotiatesWith", "Microsoft", number=2)

    edges = data_of(page_of(graph, tmp_path))["vis"]["edges"]

    arrows = {edge["label"]: edge["arrows"]["to"]["enabled"] for edge in edges}
    assert arrows == {"acquires": True, "negotiates with (2)": False}


def test_a_claim_about_itself_is_drawn(tmp_path: Path) -> None:
    graph = two_firms()
    add_claim(graph, "Microsoft", "sues", "Microsoft", number=1)

    data = data_of(page_of(graph, tmp_path))

    assert len(data["vis"]["edges"]) == 2


@pytest.mark.parametrize("place", ["label", "evidence", "article_title", "publisher", "speaker"])
def test_text_of_articles_cannot_end_the_data_block_or_become_markup(
    tmp_path: Path, place: str
) -> None:
    graph = two_firms()
    if place == "label":
        graph.nodes[iri("Microsoft")].update(label=NASTY, label_en=NASTY, type=NASTY)
    else:
        for *_, edge in graph.edges(data=True):
            edge[place] = edge["sentence"] = NASTY

    page = page_of(graph, tmp_path)

    assert page.count("</script") == 4  # data, texts, vis-network, ours
    assert "<img" not in page
    assert NASTY in json.dumps(data_of(page), ensure_ascii=False).replace('\\"', '"')


def test_the_title_is_escaped(tmp_path: Path) -> None:
    page = page_of(two_firms(), tmp_path, title="<b class=odd>A & B")

    assert "<title>&lt;b class=odd&gt;A &amp; B</title>" in page
    assert "<b class=odd" not in page


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("https://news.example/a?b=1&c=2", "https://news.example/a?b=1&c=2"),
        ("http://news.example/", "http://news.example/"),
        ("javascript:alert(1)", None),
        ("data:text/html,hello", None),
        ("folder/page.html", None),
        ("https:///nohost", None),
        ("http://[broken", None),
    ],
)
def test_only_web_addresses_become_links(tmp_path: Path, source: str, link: str | None) -> None:
    data = data_of(page_of(two_firms(source=source), tmp_path))

    [article] = data["articles"]

    assert article.get("link") == link
    assert article["source"] == source


def test_only_a_qid_becomes_a_wikidata_link(tmp_path: Path) -> None:
    graph = two_firms()
    graph.nodes[iri("TikTok")]["wikidata"] = "Q1/../../evil"

    entities = data_of(page_of(graph, tmp_path))["entities"]

    assert entities[iri("Microsoft")]["wikidata"] == "Q2283"
    assert "wikidata" not in entities[iri("TikTok")]


def test_the_evidence_is_found_in_its_sentence(tmp_path: Path) -> None:
    [[_, before, evidence, after]] = data_of(page_of(two_firms(), tmp_path))["texts"]

    assert before == "According to people close to the matter, "
    assert evidence == "Microsoft acquires TikTok"
    assert after == ", and more is to come."


@pytest.mark.parametrize("sentence", [None, "The sentence is another one."])
def test_the_evidence_stands_alone_without_its_sentence(
    tmp_path: Path, sentence: str | None
) -> None:
    [text] = data_of(page_of(two_firms(sentence=sentence), tmp_path))["texts"]

    assert text[1:] == ["", "Microsoft acquires TikTok", ""]


def test_a_long_or_odd_name_is_cut_for_the_canvas_and_kept_for_the_panel(tmp_path: Path) -> None:
    graph = two_firms()
    name = "A\u202e\u0000\n" + "very " * 2000 + "long name"
    graph.nodes[iri("Microsoft")].update(label=name, label_en=name)

    data = data_of(page_of(graph, tmp_path))

    [node, _] = data["vis"]["nodes"]
    assert len(node["label"]) < 70 and node["label"].endswith("…")
    assert not set(node["label"]) & {"\u202e", "\u0000"}
    assert data["entities"][iri("Microsoft")]["names"]["en"] == name


@pytest.mark.parametrize("text", ["", " \u200f\u202e ", "\u0000"])
def test_a_name_without_visible_letters_still_has_a_label(text: str) -> None:
    assert short(text) == "?"


def test_half_a_character_does_not_stop_the_page(tmp_path: Path) -> None:
    page = page_of(two_firms(evidence="broken \ud83d emoji", sentence=None), tmp_path)

    assert "broken ? emoji" in page


@pytest.mark.parametrize(
    ("graph", "options", "reason"),
    [
        (empty_graph(), {}, "The graph is empty"),
        (empty_graph(), {"lang": "fr"}, "Le graphe est vide"),
        (two_firms(), {"statuses": ["alleged"]}, "Claims in the graph: 1. None passes"),
    ],
)
def test_an_empty_picture_says_why(
    tmp_path: Path, graph: nx.MultiDiGraph, options: dict[str, Any], reason: str
) -> None:
    page = page_of(graph, tmp_path, **options)

    assert reason in page
    assert "<script" not in page


def test_entities_without_claims_alone_say_so(tmp_path: Path) -> None:
    graph = empty_graph()
    add_entity(graph, "Microsoft")

    assert "Entities that the articles mention: 1. No claim relates two" in page_of(graph, tmp_path)


def test_filters_choose_claims_and_the_page_says_what_they_leave_out(tmp_path: Path) -> None:
    summary = write_view(press_graph(), tmp_path / "g.html", statuses=["threatened"])

    page = (tmp_path / "g.html").read_text(encoding="utf-8")

    assert (summary.entities, summary.claims, summary.filtered) == (4, 3, 64)
    assert data_of(page)["counts"]["filtered"] == 64
    assert {line["status"] for line in data_of(page)["lines"]} == {"threatened"}


def test_a_type_filter_wants_both_ends() -> None:
    graph = select(press_graph(), types=["Company", "Product"]).graph

    assert {data["type"] for _, data in graph.nodes(data=True)} == {"Company", "Product"}
    assert graph.has_edge(iri("Microsoft"), iri("TikTok"))


def test_around_keeps_the_neighbours_within_the_depth() -> None:
    near = set(select(press_graph(), around="sam altman").graph)
    far = set(select(press_graph(), around=iri("Sam Altman"), depth=2).graph)

    assert near == {iri("Sam Altman"), iri("OpenAI"), iri("European Commission")}
    assert near < far
    assert iri("ChatGPT") in far and iri("Sony") not in far


def test_around_knows_the_names_of_both_languages() -> None:
    assert iri("China") in select(press_graph(), around="Chine").graph


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"around": "Mikrosoft"}, "called 'Mikrosoft'; did you mean Microsoft"),
        ({"around": "zzz"}, "called 'zzz'; give its label or its IRI"),
        ({"statuses": ["done"]}, "no status 'done'; use actual, alleged, planned"),
        ({"predicates": ["aquires"]}, "no predicate 'aquires'; did you mean acquires"),
        ({"types": ["company"]}, "no type 'company'; did you mean Company"),
    ],
)
def test_a_filter_that_names_nothing_gets_a_clear_error(
    options: dict[str, Any], message: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        select(press_graph(), **options)


def test_above_the_limit_the_best_connected_stay_and_the_page_says_so(tmp_path: Path) -> None:
    graph = empty_graph()
    hub = add_entity(graph, "Hub")
    for number in range(30):
        add_entity(graph, f"Firm {number}")
        add_claim(graph, "Hub", "sues", f"Firm {number}", number=number)
        if number < 5:
            add_claim(graph, "Hub", "fines", f"Firm {number}", number=100 + number)

    summary = write_view(graph, tmp_path / "g.html", limit=6)
    page = (tmp_path / "g.html").read_text(encoding="utf-8")

    assert set(data_of(page)["entities"]) == {hub, *(iri(f"Firm {n}") for n in range(5))}
    assert summary.beyond == (25, 25)
    counts = data_of(page)["counts"]
    assert (counts["drawn"], counts["entities_beyond"], counts["claims_beyond"]) == (6, 25, 25)


def test_a_file_that_cannot_be_written_gives_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyGraphError, match="cannot be written"):
        write_view(two_firms(), tmp_path / "missing" / "graph.html")


def test_boxes_do_not_overlap() -> None:
    graph = nx.barbell_graph(12, 3)
    graph = nx.relabel_nodes(graph, {node: f"n{node:02}" for node in graph})
    graph = nx.disjoint_union_all([graph, *(nx.path_graph(2) for _ in range(4))])
    graph = nx.relabel_nodes(graph, {node: f"n{node:02}" for node in graph})
    nx.set_edge_attributes(graph, 90.0, "length")
    nx.set_edge_attributes(graph, Box(60, 16), "box")
    boxes = {node: Box(60 + 10 * (number % 7), 50, drop=9) for number, node in enumerate(graph)}

    places = arrange(graph, boxes)

    for one, other in itertools.combinations(graph, 2):
        (x1, y1), (x2, y2) = places[one], places[other]
        apart_x = abs(x1 - x2) >= (boxes[one].width + boxes[other].width) / 2
        apart_y = abs(y1 - y2) >= (boxes[one].height + boxes[other].height) / 2
        assert apart_x or apart_y, (one, other)


def test_no_two_types_share_shape_and_colour() -> None:
    looks = load_appearance().types.values()

    assert len({(look.shape, look.fill) for look in looks}) == len(looks) == 16


def test_every_type_of_the_ontology_has_a_look_and_a_name() -> None:
    from policygraph.ontology import load_vocabulary

    types = load_vocabulary().types

    assert set(types) <= set(load_appearance().types)
    assert all(labels.get("en") and labels.get("fr") for labels in types.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("appearance", 'shape = "star"', 'shape = "heart"', "Event has the unknown shape 'heart'"),
        ("appearance", "[negated]", "[denied]", "no entry 'negated'"),
        ("appearance", '"acquires"', '"aquires"', "'aquires' is no predicate"),
        ("interface", 'reset = "Reset"\n', "", "words given in one language only: reset"),
    ],
)
def test_a_broken_appearance_file_gets_a_clear_error(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    from policygraph.ontology import ontology_dir

    for name in ("appearance", "interface"):
        text = (ontology_dir() / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace(old, new, 1) if name == file else text
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")

    with pytest.raises(OntologyError, match=re.escape(message)):
        load_appearance(tmp_path)


def test_many_lines_get_places_and_communities_instead_of_a_network(tmp_path: Path) -> None:
    page = page_of(crowd(900), tmp_path)
    data = data_of(page)

    members = [member for group in data["communities"] for member in group["members"]]
    assert "vis" not in data and "vis.DataSet=" not in page and len(page) < 700_000
    assert len(data["places"]) == len(data["entities"]) == len(set(members)) == len(members)
    assert page == page_of(crowd(900), tmp_path)


def test_countries_are_told_by_their_name_and_by_where_a_firm_is_based(tmp_path: Path) -> None:
    entities = data_of(page_of(press_graph(), tmp_path))["entities"]

    assert entities[iri("China")]["country"] == entities[iri("ByteDance")]["country"] == "cn"
    assert "country" not in entities[iri("Apple")]  # based in California, which is no country


def test_every_country_on_the_map_has_an_outline_inside_it(tmp_path: Path) -> None:
    outline = data_of(page_of(press_graph(), tmp_path))["map"]

    assert {"fr", "us", "cn", "gb", "ie", "in", "xk"} <= set(outline["shapes"])
    for shape in outline["shapes"].values():
        x, y = shape["middle"]
        assert 0 <= x <= outline["width"] and 0 <= y <= outline["height"]
        assert shape["path"].startswith("M") and shape["path"].endswith("Z")
