from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from sample_records import Said, make_record, said

from policygraph.errors import QueryError
from policygraph.graph import ClaimGraph, deriving
from policygraph.graph.stages import load_models
from policygraph.graph.terms import MATTERS
from policygraph.model import Record, Status
from policygraph.ontology import load_vocabulary
from policygraph.resolve import resolve
from policygraph.resolve.judgements import Verdict, judgement

TYPES = {
    "Zephyr": "Company",
    "Papillon": "Product",
    "ARCO": "GovernmentBody",
    "Nuage Act": "LegalInstrument",
    "Le Courrier": "MediaOutlet",
}


def article(published: str | None, *claims: Said, publisher: str = "A") -> Record:
    text = " ".join(f"{claim.words}." for claim in claims)
    text += f" {', '.join(TYPES)}. {published} {publisher}"
    return resolve(
        make_record(
            text, TYPES, claims, published=published, publisher=publisher, lang="en",
            source=f"{publisher}-{published}.html",
        )
    )  # fmt: skip


def claim(
    subject: str, predicate: str, object: str, status: str = "actual", **more: object
) -> Said:
    words = f"{subject} {predicate} {object} {status}"
    return said(subject, predicate, object, words, status=Status(status), **more)


RUMOUR = article("2020-08-01", claim("Zephyr", "acquires", "Papillon", "possible"))
TALKS = article(
    "2020-08-10",
    claim("Zephyr", "acquires", "Papillon", "planned"),
    claim("ARCO", "reviews", "Papillon"),
    publisher="B",
)
DONE = article("2020-12-01", claim("Zephyr", "acquires", "Papillon", date="2020-11-30"))


def graph_of(*records: Record) -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend(records)
    graph.derive_matters()
    return graph


def derived(graph: ClaimGraph) -> list[str]:
    return sorted(map(str, graph.store.quads_for_pattern(None, None, None, MATTERS)))


def stages(graph: ClaimGraph) -> list[tuple[object, ...]]:
    rows = graph.query(
        "SELECT ?label ?stage ?since ?sources { ?m rdfs:label ?label ; pg:hasStage ?s . "
        "?s pg:stage/rdfs:label ?stage ; pg:independentSources ?sources "
        "OPTIONAL { ?s pg:since ?since } FILTER(LANG(?label) = 'en' && LANG(?stage) = 'en') } "
        "ORDER BY STR(?since) ?stage"
    )
    return [tuple(row) for row in rows]


def test_articles_about_one_deal_tell_its_stages() -> None:
    graph = graph_of(RUMOUR, TALKS, DONE)

    label = "Zephyr / Papillon (deal)"
    assert stages(graph) == [
        (label, "rumoured", "2020-08-01", 1),
        (label, "announced", "2020-08-10", 1),
        (label, "under review", "2020-08-10", 1),
        (label, "closed", "2020-11-30", 1),
    ]
    [row] = graph.ask("deal-states", entity="Papillon")
    assert (row["who"], row["whom"], row["state"], row["sources"]) == (
        "Zephyr", "Papillon", "closed", 2,
    )  # fmt: skip


def test_matters_are_the_same_in_whatever_order_articles_come() -> None:
    found = {tuple(derived(graph_of(*order))) for order in permutations([RUMOUR, TALKS, DONE])}

    assert len(found) == 1


def test_matters_follow_what_the_graph_holds_and_can_be_forgotten() -> None:
    graph = graph_of(RUMOUR, TALKS)
    assert graph.derive_matters() is False
    before = len(graph.store)

    graph.add(DONE)
    assert not graph.matters_are_current()
    assert graph.derive_matters() is True
    graph.remove(DONE.id)
    graph.derive_matters()
    assert len(graph.store) == before
    assert derived(graph) == derived(graph_of(TALKS, RUMOUR))

    graph.forget_matters()
    assert derived(graph) == []
    assert not graph.query("ASK { ?m a pg:Matter }")


def everything(graph: ClaimGraph) -> set[str]:
    """All quads but those of the ontology's blank nodes, which have other names in each store."""
    return {line for line in map(str, graph.store) if "_:" not in line}


def test_deriving_what_changed_gives_what_deriving_all_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever comes, goes, is read otherwise, is merged or parted, and in whatever order."""
    fined = article("2021-02-01", claim("ARCO", "fines", "Zephyr", amount="5 EUR"))
    reprint = replace(fined, article=replace(fined.article, publisher="B", published="2021-02-02"))
    records = [
        RUMOUR, TALKS, DONE, fined,
        replace(reprint, id="reprint"),
        article("2021-01-01", claim("ARCO", "supports", "Nuage Act"), publisher="C"),
        article("2021-01-02", claim("ARCO", "opposes", "Nuage Act")),
        article("2024-01-02", claim("ARCO", "fines", "Zephyr"), publisher="D"),
        article(None, claim("ARCO", "reviews", "Papillon"), publisher="Le Courrier"),
        replace(TALKS, claims=TALKS.claims[:1], software="another"),  # and another article again
        replace(TALKS, entities=tuple(
            replace(e, iri=f"{e.iri}-2", name=f"A {e.name}") if e.name == "Zephyr" else e
            for e in TALKS.entities
        ), software="a third"),
        replace(fined, article=replace(fined.article, publisher="E"), software="another"),
    ]  # fmt: skip
    iris = {entity.name: str(entity.iri) for entity in RUMOUR.entities}
    chance = Random(1)
    graph = ClaimGraph.open(None)

    for _ in range(40):
        for _ in range(chance.randrange(1, 4)):
            record = chance.choice(records)
            verdict = chance.choice([Verdict.SAME, Verdict.DIFFERENT])
            chance.choice([
                lambda: graph.add(record), lambda: graph.add(record),  # noqa: B023
                lambda: graph.remove(record.id),  # noqa: B023
                lambda: graph.judge(judgement(iris["Zephyr"], iris["ARCO"], verdict, "", by="p")),  # noqa: B023
            ])()  # fmt: skip
        monkeypatch.setattr(deriving, "_WHOLE", chance.choice([10, 200_000]))
        graph.settle()
        found = everything(graph)
        graph.derive_matters(anew=True)
        assert everything(graph) == found


def test_a_copy_of_the_graph_has_all_matters_in_the_order_of_n_quads() -> None:
    graph = graph_of(RUMOUR, TALKS, DONE)

    copied = [str(quad) for quad in graph.statements() if quad.graph_name == MATTERS]

    assert copied == derived(graph)


def test_a_long_derivation_that_is_killed_is_known_to_be_unfinished(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = ClaimGraph.open(None)
    graph.extend([RUMOUR, TALKS, DONE])
    monkeypatch.setattr(deriving, "_WHOLE", 10)
    monkeypatch.setattr(deriving, "statement_quads", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        graph.derive_matters()

    assert not graph.matters_are_current()
    monkeypatch.undo()
    graph.derive_matters()
    assert everything(graph) == everything(graph_of(DONE, TALKS, RUMOUR))


def test_the_same_two_have_a_new_case_after_a_long_silence() -> None:
    first = article("2019-01-21", claim("ARCO", "fines", "Zephyr", amount="50000000 EUR"))
    again = article("2019-02-01", claim("ARCO", "fines", "Zephyr", amount="50000000 EUR"),
                    publisher="B")  # fmt: skip
    later = article("2020-12-10", claim("ARCO", "fines", "Zephyr", amount="100000000 EUR"))

    rows = graph_of(first, again, later).ask("fines-by-year", entity="ARCO")

    assert [(r["year"], r["fines"], r["sum"], r["currency"]) for r in rows] == [
        ("2020", 1, 100000000.0, "EUR"),
        ("2019", 1, 50000000.0, "EUR"),
    ]


def test_a_review_belongs_to_the_deal_whose_words_stand_nearest() -> None:
    record = article(
        "2021-01-01",
        claim("Le Courrier", "acquires", "Papillon", "possible"),
        claim("Zephyr", "acquires", "Papillon", "planned"),
        claim("ARCO", "reviews", "Papillon"),
    )

    found = {(label, stage) for label, stage, *_ in stages(graph_of(record))}

    assert ("Zephyr / Papillon (deal)", "under review") in found
    assert ("Le Courrier / Papillon (deal)", "under review") not in found


def test_a_law_is_one_matter_and_a_ban_another() -> None:
    graph = graph_of(
        article("2021-01-01", claim("ARCO", "proposes", "Nuage Act")),
        article("2024-06-01", claim("ARCO", "enacts", "Nuage Act")),
        article("2024-07-01", claim("ARCO", "bans", "Papillon", "planned")),
    )

    states = {row["label"]: row["state"] for row in graph.ask("matters")}

    assert states == {
        "Nuage Act (law)": "enacted",
        "ARCO / Papillon (ban or restriction)": "announced",
    }
    assert [row["state"] for row in graph.ask("matters", kind="bill", lang="fr")] == ["adopté"]
    [ban] = graph.ask("bans-by-country")
    assert (ban["country"], ban["whom"], ban["state"]) == ("ARCO", "Papillon", "announced")


def test_outlets_that_cite_one_outlet_and_copies_are_one_source() -> None:
    owns = claim("Zephyr", "owns", "Papillon")
    cited = claim("Zephyr", "owns", "Papillon", by="Le Courrier")
    one, two = article("2020-01-01", owns), article("2020-01-02", owns, publisher="B")  # a reprint
    quoting = [article("2020-01-03", cited, publisher=name) for name in ("C", "Le Courrier")]
    graph = graph_of(one, two, *quoting)

    [row] = graph.ask("best-sourced-claims", entity="Papillon")
    assert (row["sources"], row["claims"]) == (2, 4)


def test_claims_that_contradict_each_other_are_linked() -> None:
    graph = graph_of(
        article("2020-01-01", claim("ARCO", "supports", "Nuage Act")),
        article("2020-02-01", claim("ARCO", "opposes", "Nuage Act"), publisher="B"),
        article("2020-03-01", claim("Zephyr", "owns", "Papillon")),
        article("2020-04-01", claim("Zephyr", "owns", "Papillon", negated=True), publisher="B"),
    )

    rows = graph.ask("contradictions")

    assert {(row["who"], row["says"], row["against"], row["denied"]) for row in rows} == {
        ("ARCO", "opposes", "supports", False) if rows[0]["says"] == "opposes"
        else ("ARCO", "supports", "opposes", False),
        ("Zephyr", "owns", "owns", True),
    }  # fmt: skip
    assert len(graph.ask("contradictions", entity="Papillon")) == 1


def test_an_undated_article_joins_what_there_is() -> None:
    undated = article(None, claim("ARCO", "reviews", "Papillon"),
                      claim("Zephyr", "acquires", "Papillon", "planned"))  # fmt: skip

    graph = graph_of(undated, RUMOUR)

    assert len(graph.ask("matters")) == 1


def test_things_that_were_merged_have_their_matters_in_common() -> None:
    sold = article("2020-09-01", claim("ARCO", "acquires", "Papillon", "planned"), publisher="C")
    graph = graph_of(RUMOUR, sold)
    iris = {entity.name: str(entity.iri) for entity in sold.entities}
    before = derived(graph)
    assert len(graph.ask("matters", kind="deal")) == 2

    graph.judge(judgement(iris["Zephyr"], iris["ARCO"], Verdict.SAME, "one firm", by="person"))
    [deal] = graph.ask("matters", kind="deal")
    assert deal["sources"] == 2
    graph.undo()

    assert derived(graph) == before


def test_a_reader_is_told_to_derive_matters_first(tmp_path: Path) -> None:
    with ClaimGraph.open(tmp_path / "g", create=True) as graph:
        graph.add(RUMOUR)
    with (
        ClaimGraph.open(tmp_path / "g", read_only=True) as graph,
        pytest.raises(QueryError, match="run `policygraph matters` first"),
    ):
        graph.ask("matters")

    with ClaimGraph.open(tmp_path / "g") as graph:
        graph.derive_matters()
    with ClaimGraph.open(tmp_path / "g", read_only=True) as graph:
        assert len(graph.ask("matters")) == 1


def test_every_stage_and_kind_of_the_models_is_in_the_ontology() -> None:
    graph = ClaimGraph.open(None)
    models = load_models()

    labels = "SELECT ?lang { %s a %s ; rdfs:label ?l BIND(LANG(?l) AS ?lang) } ORDER BY ?lang"
    for model in models.kinds.values():
        assert graph.query(f"ASK {{ pg:{model.cls} rdfs:subClassOf pg:Matter }}")
        for stage in model.ranks:
            rows = graph.query(labels % (f"pg:{stage}", "pg:StageKind"))
            assert [row["lang"] for row in rows] == ["en", "fr"], stage
    assert models.rules.keys() <= load_vocabulary().predicates.keys()


def test_a_claim_tells_of_one_matter_only() -> None:
    record = article("2021-01-01", claim("Zephyr", "acquires", "Papillon", "planned"),
                     claim("ARCO", "blocks", "Papillon"))  # fmt: skip

    rows = graph_of(record, replace(record, id="other")).query(
        "SELECT ?claim (COUNT(DISTINCT ?m) AS ?n) { ?m pg:hasStage/pg:evidencedBy ?claim } "
        "GROUP BY ?claim"
    )

    assert {row["n"] for row in rows} == {1}
