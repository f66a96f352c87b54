"""The graph in notebooks and on paper."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from view_graph import add_claim, add_entity, crowd, empty_graph, iri, press_graph

from policygraph.errors import PolicyGraphError
from policygraph.graph import ClaimGraph
from policygraph.model import Article, Claim, Entity, Evidence, Mention, Record
from policygraph.view import show_view, write_view

NASTY = "</td><script>alert(1)</script>\"'<img src=x onerror=alert(2)>\u202e$x_1$"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Tags:
    tags = _Tags()
    tags.feed(html)
    return tags


def record(name: str = "Microsoft") -> Record:
    text = f"{name} buys TikTok, says {name}."
    end = text.index(",")
    return Record(
        article=Article(source="a.txt", text=text, lang="en", title=name, published="2020-08-03"),
        entities=(
            Entity(id="e1", name=name, type="Company", mentions=(Mention(0, len(name), name),)),
            Entity(
                id="e2", name="TikTok", type="Product", mentions=(Mention(end - 6, end, "TikTok"),)
            ),
        ),
        claims=(
            Claim(
                subject="e1", predicate="acquires", object="e2", negated=True,
                evidence=Evidence(0, end, text[:end]), attributed_to="e1", deadline="2020-09-15",
            ),
        ),
    )  # fmt: skip


def test_a_record_shows_its_claims_with_names() -> None:
    shown = read(record()._repr_html_())

    assert "not: acquires" in shown.text and "Microsoft buys TikTok" in shown.text
    assert "2020-08-03" in shown.text


def test_a_claim_shows_its_qualifiers() -> None:
    shown = read(record().claims[0]._repr_html_())

    assert "2020-09-15" in shown.text and "Microsoft buys TikTok" in shown.text


def test_a_graph_shows_its_counts() -> None:
    graph = ClaimGraph()
    graph.add(record())

    shown = read(graph._repr_html_())

    assert "acquires 1" in shown.text and "articles" in shown.text


def test_text_of_articles_is_no_markup_in_a_notebook() -> None:
    nasty = record(NASTY)

    shown = [read(nasty._repr_html_()), read(nasty.claims[0]._repr_html_())]

    for page in shown:
        assert not {"script", "img"} & set(page.tags)
        assert "\u202e" not in page.text
    assert "alert(1)" in shown[0].text


def test_a_long_name_is_cut_in_a_notebook() -> None:
    assert len(record("very " * 2000 + "long")._repr_html_()) < 5000


def test_the_page_stands_in_a_frame_of_its_own() -> None:
    graph = ClaimGraph()
    graph.add(record(NASTY))

    inline = graph.view()
    frame = read(inline._repr_html_())

    assert frame.tags == ["iframe"]
    assert "allow-same-origin" not in str(frame.attributes["sandbox"])
    assert frame.attributes["srcdoc"] == str(inline)
    assert "Content-Security-Policy" in str(inline)


def test_the_frame_is_as_high_as_asked_for() -> None:
    assert 'height="300"' in show_view(press_graph(), height=300)._repr_html_()


@pytest.mark.parametrize(
    ("suffix", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")]
)
def test_pictures_for_print_are_the_same_from_run_to_run(
    tmp_path: Path, suffix: str, start: bytes
) -> None:
    pytest.importorskip("matplotlib")
    graph = empty_graph()
    add_entity(graph, "Microsoft")
    add_entity(graph, "TikTok", "Product")
    add_claim(graph, "Microsoft", "acquires", "TikTok", "planned")

    summary = write_view(graph, tmp_path / f"one.{suffix}")
    write_view(graph, tmp_path / f"two.{suffix}")

    one, two = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("one", "two"))
    assert summary.claims == 1
    assert one.startswith(start) and one == two


def test_a_vector_picture_holds_its_words_and_no_script(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    graph = empty_graph()
    add_entity(graph, "Microsoft")
    add_entity(graph, "TikTok", "Product", french=NASTY)
    add_claim(graph, "Microsoft", "acquires", "TikTok")
    graph.nodes[iri("TikTok")].update(label_en=NASTY)

    write_view(graph, tmp_path / "g.svg", title=NASTY.replace("\u202e", ""))

    tree = ElementTree.parse(tmp_path / "g.svg")
    words = "".join(tree.getroot().itertext())
    assert "Microsoft" in words and "alert(1)" in words and "acquires" in words
    assert not [node for node in tree.iter() if node.tag.endswith("}script")]


def test_a_picture_in_a_missing_folder_gets_one_clear_error(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(PolicyGraphError, match="cannot be written"):
        write_view(press_graph(), tmp_path / "missing" / "g.svg", around="Sam Altman")


def test_a_large_graph_is_printed_without_names_over_names(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    write_view(crowd(900), tmp_path / "g.svg")

    words = "".join(ElementTree.parse(tmp_path / "g.svg").getroot().itertext())
    assert 20 < words.count("Company ") < 450
    assert "sues" not in words


def test_a_graph_too_large_for_one_picture_is_printed_as_a_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("policygraph.view.static.BUDGET", 500)
    write_view(crowd(900), tmp_path / "g.svg", lang="fr")

    words = "".join(ElementTree.parse(tmp_path / "g.svg").getroot().itertext())
    assert "896 affirmations, par communautés" in words
    assert words.count("Company ") < 61 * 3
