"""One thing, one node: what is merged, why, and that no order and no later article undo it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path
from random import Random

import pytest

from policygraph.graph import ClaimGraph
from policygraph.graph.explaining import explain
from policygraph.graph.things import thing_of
from policygraph.model import Article, Claim, Entity, Evidence, Mention, Record
from policygraph.ontology import ENTITIES
from policygraph.resolve import resolve
from policygraph.resolve.judgements import Verdict, judgement

Named = tuple[str, str]


def article(source: str, *named: Named, lang: str = "en") -> Record:
    """An article in which the first thing sues the second, each named as (type, name)."""
    text, entities = f"{source}: ", []
    for number, (type_, name) in enumerate(named, 1):
        mention = Mention(len(text), len(text) + len(name), name)
        text += f"{name}, "
        entities.append(Entity(id=f"e{number}", name=name, type=type_, mentions=(mention,)))
    claims = ()
    if len(entities) > 1:
        evidence = Evidence(0, len(text), text)
        claims = (Claim(subject="e1", predicate="sues", object="e2", evidence=evidence),)
    found = Record(
        article=Article(source=source, text=text, lang=lang),
        entities=tuple(entities),
        claims=claims,
    )
    return resolve(found)


def graph_of(*records: Record, path: Path | None = None) -> ClaimGraph:
    graph = ClaimGraph.open(path, create=True)
    graph.extend(records)
    graph.resolve()
    return graph


def nodes(graph: ClaimGraph) -> set[str]:
    rows = graph.query("SELECT DISTINCT ?e { ?o pg:entity ?e }")
    return {str(row["e"]).removeprefix(ENTITIES) for row in rows}


def default(graph: ClaimGraph) -> set[str]:
    """All that the store holds but blank nodes, which the vocabulary has."""
    return {line for quad in graph.store if "_:" not in (line := str(quad))}


def lines(graph: ClaimGraph) -> list[str]:
    return [str(quad) for quad in graph.quads()]


ZORBLAX = (
    article("a", ("Company", "Zorblax Systems"), ("Company", "Quuxly")),
    article("b", ("Company", "Zorblax Systems, Inc."), ("Company", "Quuxly")),
    article("c", ("Product", "Quuxly"), ("Company", "ZORBLAX SYSTEMS")),
)


def test_one_thing_written_in_several_ways_is_one_node() -> None:
    graph = graph_of(*ZORBLAX)

    assert nodes(graph) == {"company/quuxly", "company/zorblax-systems"}
    [row] = graph.query("SELECT ?n { <" + ENTITIES + "company/zorblax-systems> pg:sues ?n }")
    assert row["n"] == f"{ENTITIES}company/quuxly"
    assert len(graph.to_networkx()) == 2


def test_an_iri_that_was_merged_leads_to_the_one_that_stands_for_it() -> None:
    graph = graph_of(*ZORBLAX)

    [row] = graph.query(
        f"SELECT ?now {{ <{ENTITIES}company/zorblax-systems-inc> dcterms:isReplacedBy ?now }}"
    )

    assert row["now"] == f"{ENTITIES}company/zorblax-systems"
    assert any("isReplacedBy" in line for line in lines(graph))


def test_the_graph_is_the_same_whatever_the_order_of_articles() -> None:
    whole = lines(graph_of(*ZORBLAX))

    for order in permutations(ZORBLAX):
        piecemeal = ClaimGraph.open(None)
        for record in order:
            piecemeal.add(record)
            piecemeal.resolve()
        assert lines(piecemeal) == whole
        assert default(piecemeal) == default(graph_of(*ZORBLAX))


def test_a_hundred_gold_articles_give_the_same_graph_in_any_order() -> None:
    paths = sorted((Path(__file__).parents[2] / "corpora" / "gold" / "dev").rglob("*.json"))
    records = [
        resolve(Record.from_json(json.loads(path.read_text(encoding="utf-8")), where=path.name))
        for path in paths[::-1][:50] + paths[:50]
    ]
    one, other = graph_of(*records), ClaimGraph.open(None)
    for start in (1, 0):  # in two lots, every other article first
        other.extend(sorted(records[start::2], key=lambda r: r.id))
        other.resolve()

    assert len(records) == 100
    assert default(one) == default(other)


def read_again(record: Record, slug: str) -> Record:
    """The record after its first thing has become an entry of the authority file."""
    first = replace(record.entities[0], iri=ENTITIES + slug)
    return replace(record, entities=(first, *record.entities[1:]))


def replacement(graph: ClaimGraph, iri: str) -> list[str]:
    rows = graph.query(f"SELECT ?now {{ <{iri}> dcterms:isReplacedBy ?now }}")
    return [str(row["now"]) for row in rows]


def test_an_iri_leads_on_when_no_article_is_read_with_it_any_more(tmp_path: Path) -> None:
    was, by = f"{ENTITIES}company/zorblax-systems", f"{ENTITIES}zorblax"
    with graph_of(*ZORBLAX[:2], path=tmp_path / "g") as graph:
        for record in ZORBLAX[:2]:
            graph.add(read_again(record, "zorblax"))
        graph.resolve()

        assert graph.now(was) == by
        assert replacement(graph, was) == [by]
        assert [found.iri for found in explain(graph, was)] == [by]

    with ClaimGraph.open(tmp_path / "g") as graph:  # and when articles come later
        graph.add(article("d", ("Company", "Quuxly")))
        graph.resolve()
        assert replacement(graph, was) == [by]
        assert replacement(graph, f"{was}-inc") == [by]

        graph.add(ZORBLAX[0])  # who reads it as before brings it back
        graph.resolve()
        assert graph.has_entity(was)


def test_an_article_that_goes_takes_its_merges_along() -> None:
    graph = graph_of(*ZORBLAX)

    graph.remove("b")
    graph.resolve()

    assert lines(graph) == lines(graph_of(ZORBLAX[0], ZORBLAX[2]))
    assert default(graph) == default(graph_of(*ZORBLAX[::2]))


def test_adding_again_changes_nothing() -> None:
    graph = graph_of(*ZORBLAX)
    before = default(graph)

    assert graph.extend(ZORBLAX).unchanged == 3
    assert [*graph.records()] == [*graph_of(*ZORBLAX).records()]
    graph.extend([*graph.records()])
    graph.resolve()

    assert default(graph) == before


def test_a_person_is_never_overruled(tmp_path: Path) -> None:
    one, other = f"{ENTITIES}company/zorblax-systems", f"{ENTITIES}company/zorblax-systems-inc"
    with graph_of(*ZORBLAX[:2], path=tmp_path / "g") as graph:
        graph.judge(judgement(other, one, Verdict.DIFFERENT, "two firms", by="person"))
        assert "company/zorblax-systems-inc" in nodes(graph)

    with ClaimGraph.open(tmp_path / "g") as graph:
        graph.add(ZORBLAX[2])
        graph.resolve()
        assert "company/zorblax-systems-inc" in nodes(graph)
        [kept] = [j for j in graph.judgements() if j.is_personal]
        assert (kept.verdict, kept.reason) == (Verdict.DIFFERENT, "two firms")

        assert graph.undo() == kept
        assert nodes(graph) == {"company/quuxly", "company/zorblax-systems"}
        assert graph.undo() is None


def test_a_person_may_merge_what_no_rule_would(tmp_path: Path) -> None:
    one, other = f"{ENTITIES}company/zorblax-systems", f"{ENTITIES}company/quuxly"
    graph = graph_of(*ZORBLAX, path=tmp_path / "g")

    graph.judge(judgement(one, other, Verdict.SAME, "renamed", by="person:Ada"))

    assert nodes(graph) == {"company/quuxly"}
    graph.close()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Person", "Paul Zorbman"), ("Person", "Anna Zorbman")),
        (("Person", "Zorbman"), ("Person", "Paul Zorbman")),
        (("Place", "Quuxly"), ("Company", "Quuxly")),
        (("Product", "Zorblax 4"), ("Product", "Zorblax 5")),
        (("Company", "Dellby"), ("Company", "Bellby")),
        (("Company", "Orange"), ("Place", "Orange")),
        (("GovernmentBody", "Zorbland Data Court"), ("GovernmentBody", "Zorbland Tax Court")),
    ],
)
def test_what_only_looks_alike_stays_apart(first: Named, second: Named) -> None:
    graph = graph_of(article("a", first), article("b", second))

    assert len(nodes(graph)) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Place", "Comté de Zorbland Sud"), ("Place", "Zorbland sud, comté")),
        (("Event", "Cour suprême du Zorbland"), ("Event", "Zorbland Supreme Court")),
        (("Person", "Jean-Paul Zorbman"), ("Person", "JEAN PAUL ZORBMAN")),
        (("Person", "Robert Zorbman"), ("Person", "Dr Robert A. Zorbman")),
        (("Company", "Zorblax"), ("Company", "Groupe Zorblax")),
        (("Company", "Zorbland Communicatons Firm"), ("Company", "Zorbland Communications Firm")),
    ],
)
def test_what_is_one_in_both_languages_is_merged(first: Named, second: Named) -> None:
    graph = graph_of(article("a", first, lang="fr"), article("b", second))

    assert len(nodes(graph)) == 1


def test_a_surname_joins_the_full_name_that_keeps_the_same_company() -> None:
    company = (("Company", "Quuxly"), ("GovernmentBody", "Zorbland Data Court"))
    graph = graph_of(
        article("a", ("Person", "Paul Zorbman"), *company),
        article("b", ("Person", "Zorbman"), *company),
        article("c", ("Person", "Zorbman")),
    )

    people = {node for node in nodes(graph) if node.startswith("person/")}
    assert len(people) == 2
    assert "person/paul-zorbman" in people
    assert any(j.verdict is Verdict.UNSURE for j in graph.judgements())


def judgement_lines(graph: ClaimGraph) -> list[str]:
    return sorted(str(quad) for quad in graph.store if "graph/blocks" in str(quad))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_judged_piece_by_piece_is_what_is_judged_at_once(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("resolve.clusters", "graph.rejudging"):
        monkeypatch.setattr(f"policygraph.{module}.CROWD", 3)  # so that blocks get crowded
    random = Random(seed)
    words = ("Zorblax", "Quuxly", "Systems", "Group", "Labs", "Inc.")
    people = ("Paul Zorbman", "P. Zorbman", "Zorbman", "Anna Zorbman", "Dr Paul Zorbman")

    def some(source: str) -> Record:
        named = [("Company", " ".join(random.sample(words, 2))) for _ in range(3)]
        return article(source, *named, ("Person", random.choice(people)))

    records = {source: some(source) for source in "abcdefghij"}
    piecemeal = graph_of(*[*records.values()][:3])
    pairs = [(e.iri, o.iri) for r in records.values() for e, o in pairwise(r.entities)]
    for source in [*records][3:]:
        piecemeal.add(records[source])
        piecemeal.resolve()
        if random.random() < 0.4:
            gone = random.choice([*records])
            piecemeal.remove(gone)
            records[gone] = some(gone)
            piecemeal.add(records[gone])
        if random.random() < 0.4:
            one, other = random.choice(pairs)
            verdict = random.choice([*Verdict])
            piecemeal.judge(judgement(one or "", other or "", verdict, "so", by="person"))
        if random.random() < 0.2:
            piecemeal.undo()
        piecemeal.resolve()
    at_once = ClaimGraph.open(None)
    at_once._judged = piecemeal._judged
    at_once.extend([*piecemeal.records()])
    at_once.resolve()

    assert piecemeal.merged == {**at_once.merged, **renamed_in(piecemeal)}
    assert piecemeal.judgements() == at_once.judgements()
    assert judgement_lines(piecemeal) == judgement_lines(at_once)


def renamed_in(graph: ClaimGraph) -> dict[str, str]:
    """IRIs that an article was read with once, which lead on."""
    return {old: new for old, new in graph.merged.items() if not graph.has_entity(old)}


def test_a_new_article_has_few_things_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [article(f"m{n}", ("Company", f"Firm{n:03} Holdings{n:03}")) for n in range(60)]
    graph = graph_of(*many, *ZORBLAX[:2])
    judged = []
    monkeypatch.setattr(
        "policygraph.graph.rejudging.thing_of",
        lambda store, iri: judged.append(iri) or thing_of(store, iri),
    )

    graph.add(ZORBLAX[2])
    graph.resolve()

    assert 0 < len(judged) < 10
    assert "company/zorblax-systems" in nodes(graph)


def test_a_known_thing_is_explained_by_any_of_its_names() -> None:
    graph = graph_of(article("a", ("Company", "Facebook, Inc.")))

    assert [found.iri for found in explain(graph, "Facebook")] == [f"{ENTITIES}meta"]
