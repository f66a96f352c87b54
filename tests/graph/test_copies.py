from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from policygraph.graph import ClaimGraph
from policygraph.graph.likeness import Printed, are_copies
from policygraph.graph.named import named_query
from policygraph.graph.terms import COPIES, MARKS, term
from policygraph.graph.writing import article_iri
from policygraph.model import Article, Record
from policygraph.validate import validate

WORDS = (
    "court firm law data user price phone cloud minister union privacy market chip court".split()
)


def story(seed: int, length: int = 120) -> list[str]:
    """The words of a story that no other seed gives."""
    draw = random.Random(seed)
    return [f"{draw.choice(WORDS)}{draw.randrange(400)}" for _ in range(length)]


def printed(words: Sequence[str], day: int = 1, by: str | None = "A", **more: Any) -> Record:
    text = " ".join(words)
    article = Article(
        source=more.pop("source", f"{by}-{day}.html"),
        text=text,
        lang=more.pop("lang", "en"),
        published=f"2020-01-{day:02}",
        publisher=by,
        **more,
    )
    return Record(article=article)


def graph_of(*records: Record) -> ClaimGraph:
    graph = ClaimGraph.open(None)
    for record in records:
        graph.add(record)
    return graph


def links(graph: ClaimGraph) -> set[tuple[str, str, str]]:
    """What is linked to what, by sources."""
    rows = graph.query(
        "SELECT ?a ?link ?b { VALUES ?link { pg:reprintOf pg:revisionOf } ?x ?link ?y . "
        "?x dcterms:source ?a . ?y dcterms:source ?b }"
    )
    return {(str(row["a"]), str(row["link"]).rpartition("#")[2], str(row["b"])) for row in rows}


def state(graph: ClaimGraph) -> list[str]:
    marks = graph.store.quads_for_pattern(None, None, None, MARKS)
    return sorted(map(str, [*graph.quads(), *marks]))


CUT = story(1)[:-30]
EDITED = [*story(1)[:60], "now", "with", "a", "new", "sentence", *story(1)[62:], "updated"]


def test_a_reprint_is_linked_to_what_was_printed_first() -> None:
    graph = graph_of(printed(CUT, 3, "B"), printed(story(1), 1, "A"), printed(story(2), 2, "C"))

    assert links(graph) == {("B-3.html", "reprintOf", "A-1.html")}


def test_a_later_version_in_the_same_house_is_a_revision() -> None:
    graph = graph_of(printed(story(1), 1), printed(EDITED, 2), printed(EDITED, 3, "B"))

    assert links(graph) == {
        ("A-2.html", "revisionOf", "A-1.html"),
        ("B-3.html", "reprintOf", "A-1.html"),
    }


def test_without_a_publisher_the_site_tells_the_house() -> None:
    first = printed(story(1), 1, None, url="https://www.a.example.org/1")
    again = printed(EDITED, 2, None, url="https://m.example.org/2")
    other = printed(CUT, 3, None, url="https://example.net/1")

    assert links(graph_of(first, again, other)) == {
        ("None-2.html", "revisionOf", "None-1.html"),
        ("None-3.html", "reprintOf", "None-1.html"),
    }


@pytest.mark.parametrize(
    "url",
    [
        "http://m.paper.example.org/2020/story/",
        "https://www.paper.example.org/2020/story?utm_source=feed#top",
        "https://amp.paper.example.org/2020/story",
        "https://paper.example.org/2020/story/amp/",
        "https://paper.example.org/2020/story?outputType=amp",
        "https://www.google.com/amp/s/paper.example.org/2020/story",
        "https://paper-example-org.cdn.ampproject.org/c/s/paper.example.org/2020/story/amp",
    ],
)
def test_a_page_rewritten_at_another_of_its_addresses_is_a_revision(url: str) -> None:
    first = printed(story(1), 1, url="https://paper.example.org/2020/story")
    again = printed([*story(1)[:50], *story(5)[:70]], 2, url=url)
    elsewhere = printed([*story(1)[:50], *story(5)[:71]], 3, url="https://paper.example.org/else")

    assert links(graph_of(first, again)) == {("A-2.html", "revisionOf", "A-1.html")}
    assert links(graph_of(first, elsewhere)) == set()


def test_other_articles_at_one_address_are_no_copies() -> None:
    url = "https://paper.example.org/live"

    assert links(graph_of(printed(story(1), 1, url=url), printed(story(2), 2, url=url))) == set()


@pytest.mark.parametrize(
    ("one", "other", "copies"),
    [
        (story(1), story(1), True),
        (story(1), [word.upper() + "," for word in story(1)], True),
        (story(1), CUT, True),
        (story(1)[:100], [*story(1)[:100], *story(2)[:20]], True),
        (story(1)[:40], [*story(1)[:40], *story(2)], True),
        (story(1), [*story(1)[:60], *story(2)[:60]], False),
        (story(1), story(2), False),
    ],
)
def test_copies_share_half_of_all_or_hold_the_shorter(
    one: list[str], other: list[str], copies: bool
) -> None:
    a, b = Printed.of(printed(one).article), Printed.of(printed(other).article)

    assert are_copies(a, b) is are_copies(b, a) is copies


def test_articles_in_other_languages_are_no_copies() -> None:
    assert links(graph_of(printed(story(1), 1), printed(story(1), 2, lang="fr"))) == set()


def test_the_links_do_not_depend_on_the_order_of_adding() -> None:
    bridge = [*story(1)[:100], *story(2)[:100]]  # holds both, which have nothing in common
    records = [
        printed(bridge, 4, "C"),
        printed(story(1)[:100], 1, "A"),
        printed(story(2)[:100], 3, "B"),
        printed(story(1)[:99], 5, "A"),
        printed(story(3), 2, "A"),
    ]

    expected = state(graph_of(*records))

    assert links(graph_of(*records)) == {
        ("A-5.html", "revisionOf", "A-1.html"),
        ("B-3.html", "reprintOf", "A-1.html"),
        ("C-4.html", "reprintOf", "A-1.html"),
    }
    for order in permutations(records):
        assert state(graph_of(*order)) == expected
    together = ClaimGraph.open(None)
    together.extend(records)
    assert state(together) == expected


def test_removing_an_article_leaves_no_trace_of_it_in_the_links() -> None:
    bridge = [*story(1)[:100], *story(2)[:100]]
    records = [
        printed(story(1)[:100], 1, "A"),
        printed(bridge, 2, "C"),
        printed(story(2)[:100], 3, "B"),
        printed(story(2)[:99], 4, "D"),
    ]

    for gone in records:
        graph = graph_of(*records)
        graph.remove(gone.id)
        assert state(graph) == state(graph_of(*(r for r in records if r is not gone)))
    graph = graph_of(*records)
    for record in records:
        graph.remove(record.id)
    assert graph.quads() == []
    assert not graph.query("ASK { ?x pg:reprintOf ?y }")


def test_an_article_that_is_replaced_keeps_its_links() -> None:
    records = [printed(story(1), 1), printed(CUT, 2, "B")]
    graph = graph_of(*records)

    graph.add(replace(records[0], software="policygraph 9"))
    changed = replace(records[1], article=replace(records[1].article, publisher="A"))
    graph.add(replace(changed, software="policygraph 9"))

    assert links(graph) == {("B-2.html", "revisionOf", "A-1.html")}


def test_a_graph_from_before_copies_were_linked_is_linked_when_opened(tmp_path: Path) -> None:
    records = [printed(story(1), 1), printed(CUT, 2, "B"), printed(story(2), 3)]
    with ClaimGraph.open(tmp_path / "g", create=True) as graph:
        graph.extend(records)
        for name in (COPIES, MARKS):
            graph.store.remove_graph(name)

    with ClaimGraph.open(tmp_path / "g") as graph:
        assert state(graph) == state(graph_of(*records))


def test_the_same_article_in_other_places_keeps_them_all_in_whatever_order_they_come() -> None:
    sources = [printed(story(1), 1, by, source=f"{by}.html") for by in "CAB"]

    graphs = [graph_of(*order) for order in permutations(sources)]

    assert all(state(graph) == state(graphs[0]) for graph in graphs)
    graph = graphs[0]
    found = graph.query(named_query("reprints").text)
    assert [(row["source"], row["publisher"], row["original"]) for row in found] == [
        ("B.html", "B", "A.html"),
        ("C.html", "C", "A.html"),
    ]
    assert (graph.stats().articles, graph.stats().printings) == (1, 2)
    assert validate(graph).conforms
    before = state(graph)
    graph.extend([*sources, *sources])
    assert state(graph) == before
    assert graph.remove("B.html") == 1
    assert state(graph) == state(graph_of(sources[0], sources[1]))
    assert graph.remove("A.html") == 1
    assert state(graph) == state(graph_of())


def test_copies_are_one_voice_where_sources_are_counted() -> None:
    from sample_records import english

    said = "ARCO fined Papillon."
    texts = [f"{said} {' '.join(words)}" for words in (story(1), CUT, EDITED, story(2))]
    records = []
    for number, text in enumerate(texts, 1):
        record = english(f"{number}.html", text)
        article = replace(record.article, published=f"2020-01-0{number}", publisher=f"P{number}")
        records.append(replace(record, article=article, id=""))
    graph = graph_of(*records)

    graph.derive_matters()

    [row] = graph.query((Path(__file__).parents[2] / QUERY).read_text(encoding="utf-8"))

    assert (row["claims"], row["sources"]) == (4, 2)
    assert graph.stats().copies == {"reprintOf": 2}
    assert graph.stats().voices == 2
    assert validate(graph).conforms


QUERY = "ontology/queries/best-sourced-claims.rq"


def test_the_links_have_the_shape_that_they_should(tmp_path: Path) -> None:
    one, other = printed(story(1), 1), printed(CUT, 2, "B")
    graph = graph_of(one, other)
    assert validate(graph).conforms

    names = [ox.NamedNode(article_iri(record.id)) for record in (one, other)]
    graph.store.add(ox.Quad(names[0], term("pg:revisionOf"), names[1], COPIES))

    messages = {violation.message for violation in validate(graph).violations}
    assert messages == {"what an article is a copy of is no copy itself"}
